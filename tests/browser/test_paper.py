"""A sheet on paper, whole: printed for three people, filled by hand, scanned and photographed in a
random order, read, checked with the keyboard alone, and handed over. The same answers given on
screen and by voice make the same rows and the same lines of the journal.
"""

import random
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from relier.competences.models import Answer, Positioning
from relier.journal.models import Line
from relier.paper import actions
from relier.paper.models import Copy, Printing, Scan, Why
from relier.paper.rules.ballots import VOID
from relier.paper.settling import settled
from tests import counts_of_ballots, filled, pages_of_paper
from tests import factories as make

from .hands import Hands, Keyboard

pytestmark = pytest.mark.browser

SHEET = "competences.positioning"
PART = 1  # eight deeds and a day, three pages
PATTERN = "yes could_learn no_need yes unclear could_learn yes no_need".split()
# Scans, poor scans and photographs, turn by turn.
LEVELS = ["S1", "P2", "S5", "S2", "P2", "S1", "S4", "P2", "S1", "S1", "S5", "P2"]


@pytest.fixture
def people(house: Any) -> list[Any]:
    others = [
        make.PersonFactory(centre=house.centre, call_name=name, followed_by=house.team)
        for name in ("Idris", "Lucie")
    ]
    return [house.awa, *others]


def answers_of(layout: Any) -> dict[str, str]:
    """Question -> what each of the three answers."""
    boxed = [question.key for question in layout.questions if question.choices]
    return dict(zip(boxed, PATTERN, strict=True))


def prints(nour: Hands, people: list[Any]) -> Printing:
    """From the first page of paper, for three people at once."""
    nour.page.goto(reverse("paper:home"))
    nour.page.get_by_role("link", name=nour.say("What I can do")).first.click()
    nour.tick(nour.page.locator('input[name="occasion"]').nth(PART))
    for person in people:
        nour.tick(nour.page.locator(f'input[name="people"][value="{person.pk}"]'))
    nour.press("Make the sheets")
    assert len(nour.fetch("Who has which (PDF)").splitlines()) > 3
    return Printing.objects.get()


def twelve_pages(printing: Printing, house: Any) -> list[bytes]:
    """Nine pages, a second picture of one of them, a page printed in another centre, and a page of
    another sheet. One of the nine lies upside down."""
    by, zoe = make.actor(house.nour), make.actor(house.zoe)
    layout = printing.sheet.as_layout
    answers = answers_of(layout)
    asked = list(answers)
    odd = {0: {asked[0]: filled.CORRECTED}, 1: {asked[4]: filled.DOUBLE}, 2: {}}
    pictures = filled.drawn(actions.pdf_of(printing))
    files = []
    for number, picture in enumerate(pictures):
        copy, page = divmod(number, len(layout.pages))
        filled.fill(picture, layout.page(page + 1), answers, odd[copy], seed=copy)
        files.append(filled.degraded(picture, LEVELS[number], number, upside_down=number == 5))
    files.append(filled.degraded(pictures[0], LEVELS[9], 9))
    for number, printer in ((10, zoe), (11, by)):
        other = actions.print_batch("support.request", subjects=[None], by=printer)
        files.append(filled.degraded(filled.drawn(other.pdf)[0], LEVELS[number], number))
    random.Random(20261126).shuffle(files)
    return files


def receives(nour: Hands, files: list[bytes]) -> None:
    nour.page.goto(reverse("paper:receive"))
    sent = [
        {"name": f"page-{number}.jpg", "mimeType": "image/jpeg", "buffer": data}
        for number, data in enumerate(files)
    ]
    nour.page.locator('input[type="file"]').set_input_files(sent)  # type: ignore[arg-type]
    with nour.page.expect_navigation(timeout=60_000):
        nour.page.get_by_role("button", name=nour.say("Keep and read")).click()
    whole = nour.page.locator(".progress", has_text="12").filter(has=nour.page.locator("strong"))
    whole.locator("strong", has_text="12").wait_for(timeout=120_000)


def checks(nour: Hands, printing: Printing) -> int:
    """With the keyboard alone, until nothing waits. How many keys were pressed."""
    answers = answers_of(printing.sheet.as_layout)
    nour.page.goto(reverse("paper:check", args=[printing.sheet_id]))
    keys = 0
    while nour.page.locator("form[data-keys]").count():
        place = nour.page.locator('input[name="place"]').input_value()
        question = place.split(":")[1]
        key = "Enter"
        if question in answers:
            proposed = nour.page.locator(f'[value="choose:{answers[question]}"]')
            shortcuts = (proposed.get_attribute("aria-keyshortcuts") or "").split()
            key = "Enter" if "Enter" in shortcuts else shortcuts[0]
        with nour.page.expect_navigation():
            nour.page.keyboard.press(key)
        keys += 1
        assert keys < 60, place
    return keys


def hands_over(nour: Hands, copy: Copy) -> None:
    nour.page.goto(reverse("paper:copy", args=[copy.pk]))
    nour.press("Hand these answers over")


def answers_on_screen(nour: Hands, person: Any, answers: dict[str, str]) -> None:
    nour.page.goto(f"{reverse('paper:fill', args=[SHEET])}?person={person.pk}&occasion={PART}")
    page = nour.page
    for _press in range(len(answers) + 4):
        asked = page.locator(".answers button").first
        if asked.count():
            key = asked.get_attribute("name") or ""
            button = page.locator(f'button[name="{key}"][value="{answers[key]}"]')
        else:
            ways = "next", "skip", "rather_not", "send"
            found = (page.locator(f'button[name="walk-go"][value="{way}"]') for way in ways)
            button = next(one for one in found if one.count())
        with page.expect_navigation():
            button.click()
        if "/fill/" not in page.url and "walk" not in page.content():
            return


def answers_by_voice(nour: Hands, person: Any, answers: dict[str, str]) -> None:
    nour.page.goto(f"{reverse('paper:voice', args=[SHEET])}?person={person.pk}&occasion={PART}")
    for question, answer in answers.items():
        nour.tick(nour.page.locator(f'input[name="{question}"][value="{answer}"]'))
    nour.press("Read back")
    nour.press("It is right: keep")


def journal_of(person: Any, since: int) -> list[str]:
    """Deeds of the rooms, but those of paper itself and the pages that were opened."""
    rows = Line.objects.filter(subject=person.pk, nature=Line.Nature.DEED, pk__gt=since)
    kinds = rows.order_by("pk").values_list("kind", flat=True)
    return [kind for kind in kinds if not kind.startswith("paper.")]


def said_by(person: Any) -> list[dict[str, str]]:
    made = Positioning.objects.filter(person=person).order_by("pk")
    return [Answer.objects.filter(positioning=one).standing() for one in made]


def test_twelve_pages_come_back_and_say_what_the_screen_and_the_voice_say(
    house, people, window_of, transactional_db
):
    nour = Hands(window_of(house.nour, "fr"), "fr")
    nour.page.set_default_timeout(20_000)
    printing = prints(nour, people)
    answers = answers_of(printing.sheet.as_layout)

    receives(nour, twelve_pages(printing, house))

    whys = sorted(Scan.objects.values_list("why", flat=True))
    assert whys == [*[""] * 10, Why.DUPLICATE, Why.UNKNOWN]
    waiting = rows_waiting(printing)
    assert len(waiting) < 3 * (len(answers) + 1)

    since = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    keyboard = Keyboard(window_of(house.nour, "fr"), "fr")
    keys = checks(keyboard, printing)
    print(f"{len(waiting)} rows of {3 * (len(answers) + 1)} waited; {keys} keys.")
    assert keys == len(waiting)

    for copy in Copy.objects.filter(printing=printing):
        hands_over(nour, copy)
    on_paper = {person.pk: said_by(person) for person in people}
    items = [answers[f"i_{item.replace('-', '_')}"] for item in on_paper[people[0].pk][0]]
    assert items == PATTERN
    assert all(said == on_paper[people[0].pk] for said in on_paper.values())

    lines = {person.pk: journal_of(person, since) for person in people}
    before = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    answers_on_screen(nour, people[1], answers)
    answers_by_voice(nour, people[2], answers)

    for person in people[1:]:
        paper, other = said_by(person)
        assert other == paper
        assert journal_of(person, before) == lines[person.pk] != []
    channels = set(Positioning.objects.values_list("channel", flat=True))
    assert channels == {"paper", "screen", "voice"}


def rows_waiting(printing: Printing) -> list[str]:
    rows = Scan.objects.standing().filter(page__copy__printing=printing)
    return [
        f"{scan.pk}:{key}"
        for scan in rows.select_related("page__copy__printing__sheet")
        for key, one in settled(scan).items()
        if one.answers is None
    ]


# --- the keys, and without a script --------------------------------------------------------------


@pytest.fixture
def waiting_page(house, transactional_db):
    """A request of Awa's of which every answer waits."""
    return pages_of_paper.plant(house.awa, house.nour)


def question_shown(page: Any) -> str:
    return str(page.locator('input[name="place"]').input_value()).split(":")[1]


def presses(page: Any, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_every_gesture_of_checking_has_its_key(house, waiting_page, window_of):
    page = window_of(house.nour, "fr").new_page()
    scan = waiting_page["scan"]
    page.goto(reverse("paper:check", args=[waiting_page["printed"].pk]))
    assert question_shown(page) == "words"

    page.keyboard.type("un cours 1")  # letters and figures are written, and press nothing
    presses(page, "Enter")
    assert settled(scan)["words"].answers == ("un cours 1",)

    assert question_shown(page) == "reply"
    page.keyboard.press("p")
    assert page.locator("main details").evaluate("one => one.open")
    page.keyboard.press("p")
    presses(page, "2")
    assert settled(scan)["reply"].answers == ("message",)

    assert question_shown(page) == "on"
    page.keyboard.press("Escape")
    presses(page, "u")
    assert question_shown(page) == "reply"
    presses(page, "i")
    assert settled(scan)["reply"].illegible
    page.keyboard.press("Escape")
    presses(page, "0")
    assert page.locator("form[data-keys]").count() == 0


def is_among_the_answers(page: Any) -> bool:
    return bool(page.evaluate("document.querySelector('form[data-keys]').matches(':focus-within')"))


def test_no_letter_acts_while_the_focus_is_outside_the_answers(house, waiting_page, window_of):
    page = window_of(house.nour, "fr").new_page()
    scan = waiting_page["scan"]
    page.goto(f"{reverse('paper:check', args=[waiting_page['printed'].pk])}?at={scan.pk}:reply")
    whole = page.locator("main details")
    elsewhere = (
        "document.activeElement.blur()",
        "document.querySelector('main').focus()",
        "document.querySelector('header a').focus()",
    )

    for place in elsewhere:
        assert is_among_the_answers(page)
        page.evaluate(place)
        assert not is_among_the_answers(page)
        for key in "p2i0u":
            page.keyboard.press(key)
        assert not whole.evaluate("one => one.open")
        page.locator("form[data-keys] h1").click()

    page.keyboard.press("p")
    assert whole.evaluate("one => one.open")
    assert not settled(scan)["reply"].decided
    assert question_shown(page) == "reply"


def test_a_question_without_a_proposal_opens_with_the_focus_among_its_answers(
    house, waiting_page, window_of
):
    Scan.objects.update(reading={})
    page = window_of(house.nour, "fr").new_page()
    scan = waiting_page["scan"]
    page.goto(f"{reverse('paper:check', args=[waiting_page['printed'].pk])}?at={scan.pk}:reply")

    assert page.evaluate("document.activeElement.matches('form[data-keys]')")
    page.keyboard.press("Enter")  # nothing is proposed: it keeps nothing
    presses(page, "3")

    assert settled(scan)["reply"].answers == ("letter",)


def test_a_ballot_is_told_with_one_key_from_a_page_just_opened(house, window_of, transactional_db):
    planted = counts_of_ballots.plant(house.nour)
    page = window_of(house.nour, "fr").new_page()
    page.goto(reverse("paper:ballot_look", args=[planted["count"].pk]))
    assert page.evaluate("document.activeElement.matches('form[data-keys]')")

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("2")
    page.locator("form[data-keys] h1").click()
    presses(page, "v")

    planted["strip"].refresh_from_db()
    assert planted["strip"].one_says == [VOID]


def test_without_a_script_enter_keeps_the_proposal_and_a_tap_any_answer(
    house, waiting_page, window_of
):
    page = window_of(house.nour, "fr", java_script_enabled=False).new_page()
    scan = waiting_page["scan"]
    address = reverse("paper:check", args=[waiting_page["printed"].pk])
    page.goto(f"{address}?at={scan.pk}:reply")
    # The browser moves there once it has drawn the page.
    expect(page.locator("[autofocus]")).to_be_focused()

    presses(page, "Enter")
    assert settled(scan)["reply"].answers == ("letter",)

    page.goto(f"{address}?at={scan.pk}:reply")
    with page.expect_navigation():
        page.locator('button[value="choose:phone"]').click()
    assert settled(scan)["reply"].answers == ("phone",)


def test_a_photograph_is_sent_as_soon_as_it_is_taken(house, window_of, transactional_db):
    by = make.actor(house.nour)
    printed = actions.print_batch("support.request", subjects=[house.awa.subject], by=by)
    photo = filled.degraded(filled.drawn(printed.pdf)[0], "P2", 3)
    page = window_of(house.nour, "fr", width=320).new_page()
    page.goto(reverse("paper:phone"))

    with page.expect_navigation(timeout=30_000):
        page.locator('input[type="file"]').set_input_files(
            [{"name": "page.jpg", "mimeType": "image/jpeg", "buffer": photo}]
        )

    assert page.locator(".notice-done").count() == 1
    assert Scan.objects.standing().get().subject_id == house.awa.pk
