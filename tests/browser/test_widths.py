"""Nobody scrolls sideways: not at 320 pixels, not at 200 % zoom, not with letters twice as large,
whatever long words stand in the page."""

import pytest

from . import measuring, places

pytestmark = pytest.mark.browser

NARROWEST = 320
# A screen of 1280 pixels at 200 % zoom is one of 640.
AT_DOUBLE_ZOOM = 640
DESKTOP = 1280


def sideways(page, address: str) -> list[str]:
    """Where the page sticks out, at each width and with larger letters."""
    page.goto(address)
    measuring.unfold_everything(page)
    found = []
    for width, letters in ((NARROWEST, 1), (AT_DOUBLE_ZOOM, 1), (DESKTOP, 2), (NARROWEST, 2)):
        page.set_viewport_size({"width": width, "height": 900})
        measuring.enlarge_letters(page, letters)
        found += [f"{address} {width} px × {letters}: {one}" for one in measuring.too_wide(page)]
    return found


@pytest.mark.parametrize("share", places.SHARES)
def test_no_page_scrolls_sideways(house_to_walk, window_of, share):
    colette = house_to_walk.colette
    page = window_of(colette, "fr").new_page()
    found = places.things(house_to_walk.awa, colette)

    wide = [
        fault
        for place in places.share(share)
        for fault in sideways(page, places.address(place, found))
    ]

    assert wide == []


# At most this much of a telephone's screen before the page itself begins.
HEADER = {320: 260, 390: 190}
SMALLEST_TARGET = 44
# In the line or in the menu, and once.
LOCK = {"fr": "Verrouiller", "en": "Lock"}
TARGETS = """() => {
    const head = document.querySelector('header');
    head.querySelectorAll('details').forEach(menu => { menu.open = true; });
    const all = [...head.querySelectorAll('a, button, input:not([type=hidden]), summary')];
    // On a narrow screen some stand in the menu, and not in the line: those that are drawn count.
    return all.filter(one => one.getClientRects().length).map(one => {
        const box = one.getBoundingClientRect();
        const word = one.textContent.trim() || one.name;
        return [word, Math.ceil(box.height), box.left >= 0 && box.right <= innerWidth];
    });
}"""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", HEADER)
def test_the_header_leaves_a_telephone_to_the_page(house, window_of, width, language):
    page = window_of(house.reception, language, width=width).new_page()
    page.goto("/")

    height = page.evaluate("document.querySelector('header').offsetHeight")
    targets = page.evaluate(TARGETS)

    assert height <= HEADER[width]
    assert len(targets) >= 9
    assert len([word for word, *_box in targets if word == LOCK[language]]) == 1
    assert [word for word, high, _inside in targets if high < SMALLEST_TARGET] == []
    assert [word for word, _high, inside in targets if not inside] == []


def test_the_measure_sees_a_page_that_is_too_wide(open_window):
    page = open_window(width=NARROWEST).new_page()
    page.set_content("<p style='width: 400px'>Wide</p>")

    assert len(measuring.too_wide(page)) == 1


def test_the_measure_sees_what_axe_refuses(open_window):
    page = open_window().new_page()
    page.set_content("<html lang=fr><title>A</title><main><h1>A</h1><input></main>")

    assert [fault.split(":")[0] for fault in measuring.violations(page)] == ["label"]
