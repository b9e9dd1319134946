"""axe finds nothing to say, at levels A and AA, on any page: full, wrong, empty or missing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from relier.accounts.models import User
from tests.crawl import without_keys
from tests.hostile import filling

from . import measuring, places
from .broken import FAILURES

pytestmark = pytest.mark.browser

LANGUAGES = ["fr", "en"]
# Whose pages differ from those of the member who sees most.
OTHERS = ["reception", "administrator", "trainer", "other_team", "federation"]
HIDDEN = 404

FEWEST_REFUSALS = 45
# Sends a form with nothing in it, by one of its buttons.
SEND_NOTHING = """([elsewhere, place, pressed]) => {
    const here = form => !elsewhere.some(one => new URL(form.action).pathname.startsWith(one));
    // A field may be called "method": the form's own is its attribute.
    const sent = form => form.getAttribute('method') === 'post';
    const posted = [...document.forms].filter(form => sent(form) && here(form));
    const form = posted[place];
    for (const field of form.querySelectorAll('input, textarea, select'))
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
        else if (field.type !== 'hidden') field.value = '';
    const buttons = [...form.elements].filter(one => one.type === 'submit');
    form.requestSubmit(buttons.find(one => one.name === pressed[0] && one.value === pressed[1]));
}"""


def look(page: Page, address: str, faults: list[str]) -> int:
    """Open it, and let axe say what is wrong; the status of the answer."""
    answer = page.goto(address)
    assert answer is not None
    if answer.status != HIDDEN:
        # The menu is the same everywhere: it is opened on the first page.
        measuring.unfold_everything(page, "body" if address == "/" else "main")
        faults += [f"{address}: {fault}" for fault in measuring.violations(page)]
    return answer.status


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("share", places.SHARES)
def test_nothing_is_wrong_on_the_pages_of_whoever_sees_most(
    house_to_walk, window_of, language, share
):
    colette = house_to_walk.colette
    page = window_of(colette, language).new_page()
    found = places.things(house_to_walk.awa, colette)
    faults: list[str] = []

    for place in places.share(share):
        assert look(page, places.address(place, found), faults) == 200, place.name

    assert faults == []


@pytest.mark.parametrize("who", OTHERS)
def test_nothing_is_wrong_on_the_pages_of_each_role(house_to_walk, window_of, enter, who):
    member = house_to_walk[who]
    page = window_of(member, "fr", expected=(HIDDEN,)).new_page()
    found = places.things(house_to_walk.awa, house_to_walk.colette)
    User.objects.update(language="fr")
    theirs, of_colette = enter(member), enter(house_to_walk.colette)
    faults: list[str] = []
    open_to_them = 0

    for place in places.to_look_at():
        address = places.address(place, found)
        answer = theirs.get(address)
        open_to_them += answer.status_code == 200
        # What Colette finds there too, to the letter, is measured as hers; what is hidden, below.
        hers = address != "/" and main_of(answer) == main_of(of_colette.get(address))
        if answer.status_code == 200 and not hers:
            look(page, address, faults)

    assert faults == []
    assert open_to_them >= 4


def main_of(answer: Any) -> str:
    return without_keys(answer.content.decode()).partition("<main")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_on_a_form_that_says_what_is_to_be_corrected(
    house_to_walk, window_of, enter, language
):
    colette = house_to_walk.colette
    page = window_of(colette, language).new_page()
    found = places.things(house_to_walk.awa, colette)
    faults: list[str] = []
    refusals = 0

    for place in places.to_look_at():
        if place.name == SENT_BY_A_SCRIPT:
            continue
        address = places.address(place, found)
        # Which forms are sent back does not depend on the language.
        if place.name not in _sent_back:
            _sent_back[place.name] = list(refused(enter(colette), address))
        for which, pressed in _sent_back[place.name]:
            page.goto(address)
            with page.expect_navigation():
                page.evaluate(SEND_NOTHING, [filling.OF_THE_FRAME, which, pressed])
            assert page.locator(".summary").count() == 1, place.name
            faults += [f"{place.name}: {fault}" for fault in measuring.violations(page)]
            refusals += 1

    assert faults == []
    assert refusals >= FEWEST_REFUSALS


# No page answers its forms: what is to be corrected stands beside them (test_meeting).
SENT_BY_A_SCRIPT = "deliberation:facilitate"
_sent_back: dict[str, list[tuple[int, tuple[str, str]]]] = {}


def refused(client: Client, address: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """The forms of a page that are sent back when nothing is written in them, each by the first
    button that does it. What the others changed is undone."""
    forms = filling.forms_of(address, client.get(address).content.decode())
    cookies = client.cookies.copy()
    for which, form in enumerate(forms):
        for pressed in form.pressed():
            empty = form.filled(lambda one: one.value if one.kind == "hidden" else "")
            with transaction.atomic():
                answer = client.post(form.action, {**empty, **pressed})
                transaction.set_rollback(True)
            client.cookies = cookies.copy()
            if answer.status_code == 200 and 'class="summary"' in answer.content.decode():
                yield which, next(iter(pressed.items()), ("", ""))
                break


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["newcomer", "stranger"])
def test_nothing_is_wrong_where_nothing_stands_yet(house_to_walk, window_of, language, who):
    page = window_of(house_to_walk[who], language, expected=(HIDDEN,)).new_page()
    faults: list[str] = []

    answers = [
        look(page, places.address(place, {}), faults)
        for place in places.to_look_at()
        if not place.about
    ]

    assert faults == []
    assert answers.count(200) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_at_the_door_nor_in_an_empty_copy(open_window, language):
    page = open_window(language).new_page()
    faults: list[str] = []

    assert look(page, "/sign-in/", faults) == 200
    assert look(page, "/centre/welcome/", faults) == 200
    with page.expect_navigation():
        page.evaluate(SEND_NOTHING, [filling.OF_THE_FRAME, 0, ("", "")])
    faults += measuring.violations(page)

    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_on_the_pages_that_say_that_something_failed(
    house, window_of, settings, language
):
    settings.ROOT_URLCONF = "tests.browser.broken"
    page = window_of(house.nour, language, expected=tuple(FAILURES.values())).new_page()
    faults: list[str] = []

    for address, status in FAILURES.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        faults += [f"{address}: {fault}" for fault in measuring.violations(page)]

    assert faults == []
