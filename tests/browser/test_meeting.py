"""A meeting in a room: the connection is cut in the middle, it goes on on the device and on paper,
the connection comes back, the paper is typed in. Nothing is lost, nothing is doubled. And what its
pages look like to whoever cannot see them, at every width.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from relier.deliberation.actions import questions, statements
from relier.deliberation.models import Meeting, Question, Sentence, ShowOfHands
from tests import factories as make
from tests import questions_asked

from . import measuring
from .hands import Hands

pytestmark = pytest.mark.browser

STATEMENTS = (
    "La salle est trop froide.",
    "Il faut un ordinateur de plus.",
    "Les explications vont trop vite.",
    "On peut apprendre à deux.",
)


@pytest.fixture
def question(transactional_db: None, house: Any) -> Question:
    by = make.actor(house.nour)
    said = {
        "words": "Qu’est-ce qui nous aide ?", "rule": "consent", "languages": ["fr"],
        "closes_on": timezone.localdate() + timedelta(days=14),
    }  # fmt: skip
    prepared = questions.prepare(said, by=by)
    for words in STATEMENTS:
        statements.write(prepared, words, pictogram="computer", by=by)
    return questions.open_question(prepared, by=by)


class Room(Hands):
    """A facilitator, in front of people."""

    def counts(self, number: int, agree: int, disagree: int, unsure: int) -> None:
        """Hands of one statement, on the page of whoever facilitates."""
        place = self.page.locator("#hands")
        option = f"{number}. {STATEMENTS[number - 1]}"
        place.get_by_label(self.say("Statement"), exact=True).select_option(label=option)
        for label, value in (
            ("People in the room", 12), ("I agree", agree), ("I disagree", disagree),
            ("I do not know", unsure),
        ):  # fmt: skip
            place.get_by_label(self.say(label), exact=True).fill(str(value))
        place.get_by_role("button", name=self.say("Write down the hands")).click()

    def notes(self, words: str) -> None:
        place = self.page.locator("#said")
        place.get_by_label(self.say("What someone said")).fill(words)
        place.get_by_role("button", name=self.say("Write down the sentence")).click()

    def waits(self, count: int) -> None:
        expect(self.page.locator("[data-count]")).to_have_text(str(count))

    def has_sent(self, count: int) -> None:
        """So many lines were written on this page, and all are sent."""
        marks = self.page.locator("[data-written] [data-mark]")
        expect(marks).to_have_count(count)
        for place in range(count):
            expect(marks.nth(place)).to_have_text(self.say("sent"), timeout=30_000)

    def is_ready(self) -> None:
        expect(self.page.locator("form[data-ready]")).to_have_count(2)


def lose_answers(window: BrowserContext, times: int) -> list[str]:
    """The first answers are lost on the way, once the server has kept what was sent."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or len(lost) >= times:
            route.continue_()
            return
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    window.route("**/send/", lose)
    return lost


@pytest.mark.parametrize("language", ["fr", "en"])
def test_cut_in_the_middle_it_goes_on_and_nothing_is_lost_or_doubled(
    question, house, window_of, watches, language
):
    window = window_of(house.nour, language, width=320)
    watches[-1].expects_cuts = True
    nour = Room(window, language)
    prints_and_begins(nour, question)
    nour.counts(1, 7, 3, 1)
    nour.has_sent(1)
    assert counted() == {1: (7, 3, 1)}

    # The connection dies. What is written stays on the device; the paper takes over.
    lost = lose_answers(window, 2)
    window.set_offline(True)
    nour.counts(2, 2, 1, 0)  # too few: nothing of it is kept
    nour.sees("Fewer than five hands are not written down: everybody would know whose they are.")
    nour.counts(2, 4, 4, 2)
    nour.notes("On se perd sur le site.")
    nour.notes("À deux, cela va mieux.")
    nour.waits(3)
    nour.sees("There is no connection. Go on here or on paper: what you write is kept on this "
              "device, and sent by itself when it is back.")  # fmt: skip
    assert counted() == {1: (7, 3, 1)}

    # It is back: what waited goes, though answers are lost on the way.
    window.set_offline(False)
    nour.has_sent(4)
    assert len(lost) == 2
    assert counted() == {1: (7, 3, 1), 2: (4, 4, 2)}
    assert remembered(nour.page) == (0, 0)

    types_the_paper_in(nour, question)

    assert counted() == {1: (7, 3, 1), 2: (4, 4, 2), 3: (0, 9, 1), 4: (11, 0, 0)}
    assert ShowOfHands.objects.count() == len(STATEMENTS)
    assert sorted(Sentence.objects.values_list("words", flat=True)) == [
        "On se perd sur le site.", "Trop de codes.", "À deux, cela va mieux.",
    ]  # fmt: skip
    goes_on(nour)


def prints_and_begins(nour: Room, question: Question) -> None:
    """From the page of the question: a meeting, its pages on paper, its first steps."""
    nour.page.goto(reverse("deliberation:question", args=[question.pk]))
    nour.follow("Meetings")
    nour.follow("Prepare a meeting")
    nour.page.locator("#id_starts_at").fill("14:00")
    nour.press("Keep")
    paper = " ".join(nour.fetch("Print it").split())
    assert all(words in paper for words in STATEMENTS)
    nour.follow("Facilitate it")
    nour.press("Begin")
    nour.press("Next")
    nour.is_ready()


def types_the_paper_in(nour: Room, question: Question) -> None:
    """Statement 2 stands on the paper too: it is typed in, and is one. All of it is sent twice."""
    nour.notes("Trop de codes.")
    nour.notes("On se perd sur le site.")
    nour.has_sent(6)
    for _time in range(2):
        nour.page.goto(reverse("deliberation:hands", args=[question.pk]))
        nour.page.locator("#id_present").fill("12")
        for number, counts in ((2, (4, 4, 2)), (3, (0, 9, 1)), (4, (11, 0, 0))):
            for name, value in zip(("agree", "disagree", "unsure"), counts, strict=True):
                nour.page.locator(f"#id_{name}_{number}").fill(str(value))
        nour.press("Write down")


def goes_on(nour: Room) -> None:
    """From where it stopped."""
    meeting = Meeting.objects.get()
    nour.page.goto(reverse("deliberation:facilitate", args=[meeting.pk]))
    here = meeting.item
    nour.press("Next")
    meeting.refresh_from_db()
    assert meeting.item.place == here.place + 1


def counted() -> dict[int, tuple[int, int, int]]:
    rows = ShowOfHands.objects.standing().select_related("statement")
    return {one.statement.number: (one.agree, one.disagree, one.unsure) for one in rows}


def all_sent(page: Page) -> None:
    for _tick in range(150):
        if not page.evaluate("outbox.all('entries').then((all) => all.length)"):
            return
        page.wait_for_timeout(200)
    raise AssertionError("Some entries still wait.")


def remembered(page: Page) -> tuple[int, int]:
    """How much of what was said in the room stays on the device once it is sent."""
    found = page.evaluate(
        "Promise.all([outbox.all('entries'), outbox.all('last')])"
        ".then((all) => [all[0].length, all[1].length])"
    )
    return tuple(found)


def test_what_waits_survives_a_page_that_is_left(question, house, window_of, watches):
    window = window_of(house.nour, "en")
    watches[-1].expects_cuts = True
    nour = Room(window, "en")
    prints_and_begins(nour, question)
    window.set_offline(True)
    nour.notes("Kept on this device.")
    nour.waits(1)

    window.set_offline(False)
    nour.page.goto("/")
    all_sent(nour.page)

    assert Sentence.objects.get().words == "Kept on this device."


def test_without_a_script_hands_and_words_are_sent_as_any_form(question, house, window_of):
    nour = Room(window_of(house.nour, "fr", width=320, java_script_enabled=False), "fr")
    nour.page.goto(reverse("deliberation:meeting_new", args=[question.pk]))
    nour.page.locator("#id_starts_at").fill("14:00")
    nour.page.get_by_role("button", name=nour.say("Keep"), exact=True).click()
    meeting = Meeting.objects.get()
    nour.page.goto(reverse("deliberation:facilitate", args=[meeting.pk]))
    nour.counts(1, 7, 3, 1)
    expect(nour.page.get_by_text(nour.say("It is written down."))).to_be_visible()
    nour.notes("Trop vite.")
    expect(nour.page.get_by_text(nour.say("It is written down."))).to_be_visible()

    assert counted() == {1: (7, 3, 1)}
    assert Sentence.objects.get().words == "Trop vite."


PAGES = (
    ("hands", "question"), ("meetings", "question"), ("meeting_new", "question"),
    ("meeting", "meeting"), ("meeting_edit", "meeting"), ("item_edit", "agenda_line"),
    ("facilitate", "meeting"), ("screen", "meeting"), ("results", "question"),
    ("sentences", "question"), ("question", "question"),
)  # fmt: skip
WIDTHS = (320, 1280, 1920)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_wrong_on_its_pages_at_any_width(transactional_db, house, window_of, language):
    planted = questions_asked.plant(house.nour)
    page = window_of(house.nour, language).new_page()
    faults = []
    for name, about in PAGES:
        page.goto(reverse(f"deliberation:{name}", args=[planted[about].pk]))
        measuring.unfold_everything(page, "main")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{name} {width}: {one}" for one in measuring.too_wide(page)]
        faults += [
            f"{name}: {one}" for one in measuring.violations(page, measuring.MORE_THAN_THE_LAW)
        ]

    assert faults == []
