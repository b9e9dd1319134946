"""axe finds nothing to say, at levels A and AA, on any page: full, wrong, empty or missing."""

import pytest
from playwright.sync_api import Page

from . import measuring, places
from .broken import FAILURES

pytestmark = pytest.mark.browser

LANGUAGES = ["fr", "en"]
# Whose pages differ from those of the member who sees most.
OTHERS = ["reception", "administrator", "trainer", "other_team", "federation"]
HIDDEN = 404


# Forms that refuse something when nothing, or nothing sensible, is written in them.
CAN_BE_WRONG = {
    "account_change_password",
    "account_reauthenticate",
    "competences:item",
    "competences:annotation_correct",
    "centres:my_settings",
    "centres:centre_edit",
    "centres:answer_delay",
    "centres:team_new",
    "centres:team_edit",
    "centres:member_new",
    "positioning:begin",
    "people:new",
    "people:edit",
    "people:note_new",
    "people:note_correct",
    "support:request_new",
    "support:request_person",
    "support:request_correct",
    "support:waiting_assign",
    "support:delay_new",
    "support:delay",
    "support:appointment_new",
    "support:appointment",
    "support:intervention_new",
    "support:intervention_correct",
    "support:moment",
    "support:procedure_new",
    "support:procedure",
    "support:procedure_edit",
    "support:steps",
    "support:step_change",
}
# Sends the last form of the page, with nothing in it.
SEND_NOTHING = """() => {
    const form = [...document.querySelectorAll('main form[novalidate]')].pop();
    for (const field of form.querySelectorAll('input, textarea, select'))
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
        else if (field.name !== 'csrfmiddlewaretoken' && field.type !== 'hidden') field.value = '';
    form.requestSubmit(form.querySelector('button.primary') || form.querySelector('button'));
}"""


def look(page: Page, address: str, faults: list[str]) -> int:
    """Open it, and let axe say what is wrong; the status of the answer."""
    answer = page.goto(address)
    assert answer is not None
    if answer.status != HIDDEN:
        measuring.unfold_everything(page)
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
def test_nothing_is_wrong_on_the_pages_of_each_role(house_to_walk, window_of, who):
    member = house_to_walk[who]
    page = window_of(member, "fr", expected=(HIDDEN,)).new_page()
    found = places.things(house_to_walk.awa, house_to_walk.colette)
    faults: list[str] = []

    answers = [look(page, places.address(place, found), faults) for place in places.to_look_at()]

    assert faults == []
    assert answers.count(200) >= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_on_a_form_that_says_what_is_to_be_corrected(
    house_to_walk, window_of, language
):
    colette = house_to_walk.colette
    page = window_of(colette, language).new_page()
    found = places.things(house_to_walk.awa, colette)
    faults: list[str] = []

    for place in places.to_look_at():
        if place.name in CAN_BE_WRONG:
            page.goto(places.address(place, found))
            with page.expect_navigation():
                page.evaluate(SEND_NOTHING)
            assert page.locator(".summary").count() == 1, place.name
            faults += [f"{place.name}: {fault}" for fault in measuring.violations(page)]

    assert faults == []


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
        page.evaluate(SEND_NOTHING)
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
