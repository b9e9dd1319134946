"""A picture of every page, as `make screenshots` takes them.

    python tools/screenshots.py [folder]     by default screenshots/

It plants the demonstration, serves it, enters as its members, and keeps each page whole in both
languages and two widths: screenshots/<language>/<width>/<page>.png. The pages on paper are drawn
too: screenshots/<language>/paper/. Look at them.
"""

import sys
from collections import Counter
from itertools import groupby
from pathlib import Path

import cv2
from playwright.sync_api import Browser, BrowserContext, Page
from pypdfium2 import PdfDocument

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python looks in tools/ only

from tests.browser import chromium, showing  # noqa: E402

LANGUAGES = {"fr": "fr-BE", "en": "en-GB"}
LANGUAGE_BUTTONS = {"fr": "Français", "en": "English"}
WIDTHS = (390, 1280)
ON_PAPER = {"support:take_home": "page.pdf", "people:consent_new": "paper.pdf"}
ENOUGH_TO_READ = 1.5  # pixels for a point of paper


def main(folder: Path) -> None:
    if not chromium.find():
        sys.exit(chromium.MISSING)
    taken: Counter[str] = Counter()
    with chromium.started() as browser:
        for house in (showing.served, showing.empty_copy):
            with house() as shown:
                walk(browser, shown, folder, taken)
    for place, count in sorted(taken.items()):
        print(f"{count:4} pictures in {place}")


def walk(browser: Browser, shown: showing.Shown, folder: Path, taken: Counter[str]) -> None:
    for language in LANGUAGES:
        for who, visits in groupby(sorted(shown.visits, key=by_visitor), by_visitor):
            window = enter(browser, shown.url, who, language)
            for visit in visits:
                take(window, visit, language, folder, taken)
            window.close()


def by_visitor(visit: showing.Visit) -> str:
    return visit.who


def enter(browser: Browser, url: str, who: str, language: str) -> BrowserContext:
    """A window of this member, who chose this language (they keep it from visit to visit)."""
    window = browser.new_context(base_url=url, locale=LANGUAGES[language])
    if who:
        page = window.new_page()
        page.goto("/sign-in/")
        press(page, who)
        press(page, LANGUAGE_BUTTONS[language])
        page.close()
    return window


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def take(
    window: BrowserContext, visit: showing.Visit, language: str, folder: Path, taken: Counter[str]
) -> None:
    name = visit.page.replace(":", "-") + (f"-as-{visit.who.lower()}" if visit.also else "")
    page = window.new_page()
    answer = page.goto(visit.address)
    if answer is None or not answer.ok:
        sys.exit(f"{visit.address} did not open for {visit.who or 'nobody'}.")
    for width in WIDTHS:
        place = folder / language / str(width)
        place.mkdir(parents=True, exist_ok=True)
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=place / f"{name}.png", full_page=True)
        taken[str(place)] += 1
    page.close()
    if visit.page in ON_PAPER:
        draw(window, visit.address + ON_PAPER[visit.page], folder / language / "paper", name, taken)


def draw(window: BrowserContext, address: str, place: Path, name: str, taken: Counter[str]) -> None:
    """Each page of a PDF as a picture."""
    place.mkdir(parents=True, exist_ok=True)
    document = PdfDocument(window.request.get(address).body())
    for number, sheet in enumerate(document, start=1):
        drawn = sheet.render(scale=ENOUGH_TO_READ).to_numpy()
        cv2.imwrite(str(place / f"{name}-{number}.png"), drawn)
        taken[str(place)] += 1


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "screenshots"))
