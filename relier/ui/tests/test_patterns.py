"""The page of patterns shows every piece, in both languages, to a browser and to axe."""

import gzip
import re
from itertools import pairwise

import pytest
from django.template import engines

from relier.ui import pictograms, tokens, views
from relier.ui.templatetags import ui as tags

FACES = [(lang, path) for lang in ("fr", "en") for path in ("/patterns/", "/patterns/?page=person")]
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]


def dressed(html: str) -> str:
    """The same page with its stylesheet inside: the browser is given no server."""
    css = tokens.STYLESHEET.read_text(encoding="utf-8")
    html = re.sub(r'<link rel="icon"[^>]*>', "", html)
    return re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{css}</style>", html)


def test_every_pictogram_stands_on_the_page(page):
    html = page()

    assert [name for name in pictograms.WORDS if f"<small>{name}</small>" not in html] == []


def test_every_tag_is_used_on_a_page_of_patterns():
    own = engines["django"]
    sources = [
        own.get_template(f"ui/{name}.html").template.source
        for name in ("patterns", "patterns_person", "person")
    ]
    used = set(re.findall(r"{% (\w+)", "".join(sources)))

    assert set(tags.register.tags) <= used


@pytest.mark.parametrize(("language", "path"), FACES)
def test_nothing_on_the_page_breaks_the_content_policy(page, language, path):
    html = page(language, path)

    assert not re.search(r"<script|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


def test_french_and_english_show_different_words(page):
    assert "Avant un geste qui compte" in page("fr")
    assert "Before a deed that weighs" in page("en")


def test_no_id_of_the_page_stands_twice(page):
    ids = re.findall(r' id="([^"]+)"', page())

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_question_to_a_person_with_its_style_fits_in_one_breath(page, language):
    html = page(language, "/patterns/?page=person")

    assert len(gzip.compress(html.encode())) <= 10_240


@pytest.mark.browser
def test_the_browser_accepts_the_style_that_travels_in_a_page(browser, request_of):
    """One byte of difference with the policy's hash, and it would be dropped without a word."""
    response = views.patterns(request_of(path="/patterns/?page=person"))
    window = browser.new_page()
    window.route(
        "**/*",
        lambda route: route.fulfill(
            body=response.content.decode(),
            content_type="text/html",
            headers={"Content-Security-Policy": response["Content-Security-Policy"]},
        ),
    )

    window.goto("http://relier.test/")
    size = window.evaluate("getComputedStyle(document.body).fontSize")
    window.close()

    assert size == "20px"


@pytest.mark.browser
@pytest.mark.parametrize(("language", "path"), FACES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page(browser, page, language, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    window = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    window.set_content(dressed(page(language, path)))

    found = Axe().run(window, options={"runOnly": {"type": "tag", "values": AXE}})
    window.close()

    assert found.response["violations"] == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("letters", ["100%", "200%"])
@pytest.mark.parametrize(("language", "path"), FACES)
def test_the_page_never_scrolls_sideways(browser, page, language, path, width, letters):
    window = browser.new_page(viewport={"width": width, "height": 900})
    window.set_content(dressed(page(language, path)))
    window.evaluate("size => { document.documentElement.style.fontSize = size }", letters)

    needed = window.evaluate("document.documentElement.scrollWidth")
    window.close()

    assert needed <= width


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/patterns/", "/patterns/?page=person"])
def test_every_target_is_large_enough_for_a_thumb(browser, page, path):
    window = browser.new_page(viewport={"width": 320, "height": 900})
    window.set_content(dressed(page("fr", path)))

    # A box to tick counts with its row; a link inside a sentence is exempt (WCAG 2.5.5).
    small = window.evaluate("""() => [...document.querySelectorAll(
        'button, summary, select, textarea, input:not([type=hidden]), a:not(p > a):not(.skip)')]
        .map(e => e.closest('.choice') || e)
        .filter(e => e.offsetWidth && Math.min(e.offsetWidth, e.offsetHeight) < 44)
        .map(e => e.outerHTML.slice(0, 80))""")
    window.close()

    assert small == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_reaches_everything_in_order_and_is_always_seen(browser, page, scheme):
    window = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 900})
    window.set_content(dressed(page("fr")))
    stops = window.evaluate("""() => document.querySelectorAll('a[href], button:enabled, summary,'
        + 'select, textarea, input:not([type=hidden]):not([type=radio]), [tabindex="0"]').length""")

    unseen, tops = [], []
    for _ in range(stops - 2):
        window.keyboard.press("Tab")
        seen = window.evaluate("""() => {
            const e = document.activeElement, row = e.closest('.choice') || e;
            const s = getComputedStyle(row);
            return {what: e.outerHTML.slice(0, 80), width: s.outlineWidth, style: s.outlineStyle,
                    top: row.getBoundingClientRect().top + scrollY}; }""")
        tops.append(seen["top"])
        if (seen["width"], seen["style"]) != ("3px", "solid"):
            unseen.append(seen["what"])
    window.close()

    assert unseen == []
    # Never back up the page by more than a line of controls.
    assert all(after >= before - 60 for before, after in pairwise(tops))
