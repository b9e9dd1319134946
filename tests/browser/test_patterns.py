"""The page of patterns and a person's page, before a real browser: to the eye, the thumb, the
keyboard and axe, by day and by night."""

from itertools import pairwise

import pytest

from . import measuring

pytestmark = pytest.mark.browser

FACES = [(lang, path) for lang in ("fr", "en") for path in ("/patterns/", "/patterns/?page=person")]


def test_the_browser_accepts_the_style_that_travels_in_a_page(open_window):
    """One byte of difference with the policy's hash, and it would be dropped without a word."""
    page = open_window().new_page()

    page.goto("/patterns/?page=person")

    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"


@pytest.mark.parametrize(("language", "path"), FACES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_even_beyond_the_law(open_window, language, path, scheme):
    page = open_window(language, color_scheme=scheme).new_page()

    page.goto(path)

    assert measuring.violations(page, measuring.MORE_THAN_THE_LAW) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(("language", "path"), FACES)
def test_the_page_never_scrolls_sideways(open_window, language, path, width):
    page = open_window(language, width=width).new_page()
    page.goto(path)

    assert measuring.too_wide(page) == []
    measuring.enlarge_letters(page, 2)
    assert measuring.too_wide(page) == []


@pytest.mark.parametrize("path", ["/patterns/", "/patterns/?page=person"])
def test_every_target_is_large_enough_for_a_thumb(open_window, path):
    page = open_window("fr", width=320).new_page()
    page.goto(path)

    # A box to tick counts with its row; a link inside a sentence is exempt (WCAG 2.5.5).
    small = page.evaluate("""() => [...document.querySelectorAll(
        'button, summary, select, textarea, input:not([type=hidden]), a:not(p > a):not(.skip)')]
        .map(e => e.closest('.choice') || e)
        .filter(e => e.offsetWidth && Math.min(e.offsetWidth, e.offsetHeight) < 44)
        .map(e => e.outerHTML.slice(0, 80))""")

    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_reaches_everything_in_order_and_is_always_seen(open_window, scheme):
    page = open_window("fr", width=390, color_scheme=scheme).new_page()
    page.goto("/patterns/")
    stops = page.evaluate("""() => document.querySelectorAll('a[href], button:enabled, summary,'
        + 'select, textarea, input:not([type=hidden]):not([type=radio]), [tabindex="0"]').length""")

    unseen, tops = [], []
    for _ in range(stops - 2):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
            const e = document.activeElement, row = e.closest('.choice') || e;
            const s = getComputedStyle(row);
            return {what: e.outerHTML.slice(0, 80), width: s.outlineWidth, style: s.outlineStyle,
                    top: row.getBoundingClientRect().top + scrollY}; }""")
        tops.append(seen["top"])
        if (seen["width"], seen["style"]) != ("3px", "solid"):
            unseen.append(seen["what"])

    assert unseen == []
    # Never back up the page by more than a line of controls.
    assert all(after >= before - 60 for before, after in pairwise(tops))
