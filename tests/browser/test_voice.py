"""A question, on the telephone of whoever holds a voice card and on a tablet that goes round: every
page, on a narrow screen, in both languages; then the way through without any script."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from relier.centres.middleware import actor_of
from relier.deliberation.actions import cards, objections, proposals, questions
from relier.deliberation.models import Ballot, Proposal, Statement
from tests import questions_asked
from tests.walls import NO_GET, PAGES

from . import measuring
from .test_weights import Scales

pytestmark = pytest.mark.browser

NARROWEST = 320
ONE_BREATH = 10_240
FIRST_VIEW = 14_336
REQUESTS = 3
BEFORE = ["voice:home", "voice:language"]
ASKED = [
    "voice:home",
    "voice:next",
    "voice:statement",
    "voice:every_one",
    "voice:propose",
    "voice:sentence",
    "voice:thanks",
    "voice:aloud",
    "voice:aloud_one",
    "voice:results",
    "voice:counted",
    "voice:refused",
    "voice:contest",
    "voice:language",
]
# After an answer; after all of them are given; after one has left; once it is over.
AFTER = ["voice:review", "voice:aloud_back", "voice:given", "voice:closed"]
OVER = ["voice:results", "voice:counted", "voice:proposed", "voice:object", "voice:aloud"]
# Leads elsewhere, or is a file, and draws nothing.
NEVER_DRAWN = {"voice:exchange", "voice:releases"}


@pytest.fixture
def asked(house) -> Any:
    """A card that nobody used yet, and the code of a tablet."""
    question, tickets = questions_asked.plant_answered(house.coordinator)
    _tablet, code = cards.open_tablet(
        question, kind="accompanied", most=8, form_key=uuid4(), by=actor_of(house.coordinator)
    )
    return {"question": question, "card": tickets[0].code, "tablet": code}


def address(name: str) -> str:
    refused = Statement.objects.filter(state=Statement.State.REFUSED).first()
    put = Proposal.objects.first()
    about = {
        "voice:statement": [2], "voice:aloud_one": [2], "voice:thanks": ["idea"],
        "voice:contest": [refused.pk], "voice:object": [put and put.pk],
    }  # fmt: skip
    return reverse(name, args=about.get(name, []))


def test_every_page_of_a_voice_is_looked_at():
    theirs = {page.name for page in PAGES if page.name.startswith("voice:")}
    drawn = {page.name for page in PAGES if page.name in theirs and page.read != NO_GET}

    assert drawn - NEVER_DRAWN == {*BEFORE, *ASKED, *AFTER, *OVER}


@pytest.fixture
def telephone(open_window, asked):
    def opened(language: str, **more: Any) -> Page:
        return open_window(language, width=NARROWEST, **more).new_page()

    return opened


class Look:
    """What is wrong with the pages that were looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.scales = Scales(page)
        self.faults: list[str] = []

    def at(self, where: str) -> None:
        self.scales.weigh(where)
        page, kinds, weights = self.page, self.scales.kinds, self.scales.weights
        html = [weights[one] for one, kind in kinds.items() if kind == "Document"][-1]
        if html > ONE_BREATH or sum(weights.values()) > FIRST_VIEW:
            self.faults.append(f"{where} weighs {html}, {sum(weights.values())}")
        if len(kinds) > REQUESTS:
            self.faults.append(f"{where} makes {len(kinds)} requests")
        self.as_it_is(where)
        measuring.enlarge_letters(page, 2)
        self.faults += [f"{where}, large letters: {one}" for one in measuring.too_wide(page)]

    def as_it_is(self, where: str) -> None:
        found = measuring.violations(self.page, measuring.MORE_THAN_THE_LAW)
        found += [f"too wide: {one}" for one in measuring.too_wide(self.page)]
        self.faults += [f"{where} {one}" for one in found]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_to_say_up_to_three_a_and_each_page_comes_in_one_breath(
    telephone, asked, language
):
    page = telephone(language)
    look = Look(page)
    for said in ("", "?said=unknown", "?said=wait", "?said=ended"):
        look.at(f"{address('voice:home')}{said}")
    look.at(address("voice:language"))
    page.goto(reverse("voice:exchange", args=[asked["card"]]))
    for name in ASKED:
        look.at(address(name))
    press(page, address("voice:statement"), "button[value=agree]")
    look.at(address("voice:review"))
    look.at(address("voice:aloud_back"))
    press(page, address("voice:review"), "main form button.primary")
    look.as_it_is("given")
    look.at(address("voice:given"))
    press(page, address("voice:given"), f'form[action="{reverse("voice:leave")}"] button')
    assert page.url.endswith(reverse("voice:closed"))
    look.as_it_is("closed")

    assert look.faults == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_once_it_is_over_whoever_has_a_card_reads_objects_and_finds_no_fault(
    telephone, asked, language, house
):
    by = actor_of(house.coordinator)
    put = proposals.put(questions.close(asked["question"], by=by), questions_asked.LONG, by=by)
    objections.raise_as_member(put, "On a peur.", language="fr", form_key=uuid4(), by=by)
    page = telephone(language)
    look = Look(page)
    page.goto(reverse("voice:exchange", args=[asked["card"]]))
    look.at(address("voice:home"))
    for name in OVER:
        look.at(address(name))

    assert look.faults == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_tablet_goes_round_without_a_fault(telephone, asked, language):
    page = telephone(language)
    look = Look(page)
    page.goto(reverse("voice:exchange", args=[asked["tablet"]]))
    look.at(address("voice:home"))
    press(page, address("voice:home"), f'form[action="{reverse("voice:begin")}"] button')
    look.as_it_is("begun")

    assert look.faults == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_any_script_someone_answers_gives_their_voice_and_leaves(
    telephone, asked, language
):
    page = telephone(language, java_script_enabled=False)
    page.goto(reverse("voice:exchange", args=[asked["card"]]))
    for number in (1, 2, 3):
        press(page, reverse("voice:statement", args=[number]), "button[value=agree]")
    before = Ballot.objects.count()
    press(page, address("voice:review"), "main form button.primary")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert Ballot.objects.count() == before + 1
    press(page, address("voice:given"), f'form[action="{reverse("voice:leave")}"] button')
    page.goto(address("voice:review"))
    assert page.url.endswith(reverse("voice:home"))


def press(page: Page, where: str, button: str) -> None:
    page.goto(where)
    with page.expect_navigation():
        page.locator(button).first.click()
