"""A person's own page, in a real browser and from the real server: in one breath, in each of its
seven languages, without any script, for those who read large, hear, or use no mouse."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.request import urlopen

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from relier.desk.own.languages import NAMES, TO_REVIEW
from tests.walls import NO_GET, PAGES

from . import measuring, showing
from .test_weights import Scales

pytestmark = pytest.mark.browser

ONE_BREATH = 10_240
FIRST_VIEW = 14_336
REQUESTS = 3
NARROWEST = 320
AAA = measuring.MORE_THAN_THE_LAW
PICTURES = ("house", "transport", "clock")
ALONE = {"basics": "/me/", "pictures": "/me/pictures/"}
REST = {
    name: f"/me/{name}/"
    for name in (
        "steps",
        "can-do",
        "procedures",
        "agreed",
        "readers",
        "beyond",
        "held",
        "ask",
    )
} | {"home": "/me/"}


# Before one comes in, and after one has left.
AROUND = ("/me/language/", "/me/closed/")
# Papers and a file to keep are no pages to look at: their words are read in desk/tests.
ON_PAPER = {"/me/print/", "/me/held/print/", "/me/held/file/"}


def test_every_page_of_a_person_is_looked_at():
    theirs = [page for page in PAGES if page.name.startswith("own:") and page.read != NO_GET]
    drawn = {reverse(page.name) for page in theirs if not page.about}

    assert drawn - ON_PAPER == {*ALONE.values(), *REST.values(), *AROUND}


@pytest.fixture(scope="module")
def shown():
    """The demonstration as it is: this page needs nothing planted beside."""
    port = showing.free_port()
    program = ["relier.config.command", "demo", "--port", str(port)]
    with showing.running(program, mode="demo") as process:
        showing.visits_said_by(process)
        yield showing.Shown(f"http://127.0.0.1:{port}", [])


@pytest.fixture(scope="module")
def code(shown) -> str:
    """Awa's, as the demonstration tells it at its door."""
    with urlopen(f"{shown.url}/sign-in/") as answer:
        found = re.search(r"/me/c/([^/]+)/", answer.read().decode())
    assert found
    return found[1]


def telephone(browser: Any, shown: Any, language: str, **more: Any) -> Page:
    """A narrow telephone without any script, that reads in this language."""
    window = browser.new_context(
        base_url=shown.url,
        viewport={"width": NARROWEST, "height": 640},
        java_script_enabled=more.pop("scripts", True),
        **more,
    )
    window.set_default_timeout(10_000)
    page = window.new_page()
    page.goto("/me/language/")
    with page.expect_navigation():
        page.locator(f"button[value={language}]").click()
    return page


def show_pictures(page: Page) -> None:
    page.goto("/me/pictures/")
    press_pictures(page, PICTURES)


def press_pictures(page: Page, pictures: Iterable[str]) -> None:
    for picture in pictures:
        with page.expect_navigation():
            page.locator(f"button[value={picture}]").click()


class Breath(Scales):
    """What one page weighs, and how many requests it makes; the icon is inside."""

    def whole(self, address: str) -> tuple[int, int, int]:
        self.weigh(address)
        documents = [self.weights[one] for one, kind in self.kinds.items() if kind == "Document"]
        return documents[-1], sum(self.weights.values()), len(self.kinds)


@pytest.mark.parametrize("language", NAMES)
def test_each_page_arrives_in_one_breath(browser, shown, code, language):
    page = telephone(browser, shown, language)
    scales = Breath(page)
    weighed = {"door": scales.whole("/me/")}
    page.goto(f"/me/c/{code}/")
    weighed |= {name: scales.whole(address) for name, address in ALONE.items()}
    show_pictures(page)
    weighed |= {name: scales.whole(address) for name, address in REST.items()}
    # Last: whoever leaves is no longer asked in which language.
    weighed |= {address: scales.whole(address) for address in AROUND}
    page.context.close()

    print(language, {name: one[0] for name, one in weighed.items()})
    assert {name: html for name, (html, _, _) in weighed.items() if html > ONE_BREATH} == {}
    assert {name: total for name, (_, total, _) in weighed.items() if total > FIRST_VIEW} == {}
    assert max(requests for _, _, requests in weighed.values()) <= REQUESTS
    assert min(html for html, _, _ in weighed.values()) > 2_000


@pytest.mark.parametrize("language", NAMES)
def test_axe_finds_nothing_to_say_up_to_three_a_on_any_page(browser, shown, code, language):
    page = telephone(browser, shown, language)
    faults: list[str] = []

    def look(address: str) -> None:
        page.goto(address)
        measuring.unfold_everything(page)
        faults.extend(f"{address}: {one}" for one in measuring.violations(page, AAA))
        faults.extend(f"{address} is too wide: {one}" for one in measuring.too_wide(page))
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "")

    for said in ("", "?said=unknown", "?said=wait", "?said=ended", "?said=unreadable"):
        look(f"/me/{said}")
    look("/me/language/")
    page.goto(f"/me/c/{code}/")
    for address in ALONE.values():
        look(address)
    press_pictures(page, ["key", "key", "key"])
    expect(page.get_by_role("alert")).to_have_count(1)
    faults.extend(measuring.violations(page, AAA))
    show_pictures(page)
    for address in REST.values():
        look(address)
    with page.expect_navigation():
        page.locator("header button").click()
    assert page.url.endswith("/me/closed/")
    faults.extend(measuring.violations(page, AAA))
    page.context.close()

    assert faults == []


@pytest.mark.parametrize("language", TO_REVIEW)
def test_the_letters_can_be_twice_as_large(browser, shown, code, language):
    page = telephone(browser, shown, language)
    page.goto(f"/me/c/{code}/")
    show_pictures(page)
    wide = []
    for address in REST.values():
        page.goto(address)
        measuring.enlarge_letters(page, 2)
        wide += [f"{address}: {one}" for one in measuring.too_wide(page)]
    page.context.close()

    assert wide == []


def test_without_any_script_someone_comes_in_asks_and_leaves(browser, shown, code):
    page = telephone(browser, shown, "en", scripts=False)
    page.goto("/me/")
    page.get_by_label("Write the code of your card").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Open my page").click()
    page.get_by_role("link", name="Show my pictures").click()
    for picture in ("House", "Bus", "Clock"):
        page.get_by_role("button", name=picture, exact=True).click()
    page.get_by_role("link", name="Ask something").click()
    page.get_by_label("A question, or something to change in your file").fill("When is it paid?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("When is it paid?")).to_have_count(1)
    page.get_by_role("button", name="Leave").click()

    expect(page.get_by_role("heading", name="Your page is closed")).to_have_count(1)
    # The back button shows nothing: no page was kept.
    page.go_back()
    expect(page.get_by_text("When is it paid?")).to_have_count(0)
    cookies = {cookie["name"] for cookie in page.context.cookies()}
    assert "relier_card" not in cookies
    page.context.close()


def test_by_the_keyboard_alone_the_pictures_are_shown(browser, shown, code):
    page = telephone(browser, shown, "en")
    page.goto(f"/me/c/{code}/")
    page.goto("/me/pictures/")
    for picture in ("House", "Bus", "Clock"):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == picture:
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Who opened my file")).to_have_count(1)
    page.context.close()


def test_the_address_of_a_card_stays_nowhere(browser, shown, code):
    page = telephone(browser, shown, "en")
    page.goto(f"/me/c/{code}/")

    assert page.url == f"{shown.url}/me/"
    assert code not in page.content()
    assert page.evaluate("document.referrer") == ""
    page.context.close()
