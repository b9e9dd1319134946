"""What someone does at a screen, in sentences: they press, follow, write, choose, and look.

Every word is given in English and looked for on screen in the language of the page, as the
catalogues of the house translate it. After each page, what no page may do is checked: scroll
sideways, or answer in another language. `Keyboard` does all of it without a mouse.
"""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from playwright.sync_api import BrowserContext, Download, Locator, Page, Route, expect
from pypdf import PdfReader

from relier.centres.models import Member
from relier.ui import dates

from . import measuring

# Contexts of the catalogues: words for a person, the session, a slip of the hand, a language, the
# person's own page.
CONTEXTS = ("person", "session", "mistake", "spoken language", "own page", "meeting")
# Not the first page of the room of that name.
PAPERS = re.compile(r"\.pdf\b|[^/:]/[^/]+/paper/$")
PASSWORD = "correct horse battery"  # of tests/factories.py


class Hands:
    def __init__(self, window: BrowserContext, language: str) -> None:
        self.language = language
        self.page: Page = window.new_page()
        self.gestures = 0
        window.route(PAPERS, keep_as_file)

    # --- the words of the page ---

    def say(self, english: str, **gaps: str) -> str:
        """These words as the page says them."""
        with translation.override(self.language):
            said = gettext(english)
            if said == english:
                others = (pgettext(context, english) for context in CONTEXTS)
                said = next((other for other in others if other != english), english)
        return said % gaps if gaps else said

    def day(self, on: date) -> str:
        with translation.override(self.language):
            return dates.day(on)

    def sees(self, english: str, **gaps: str) -> None:
        """Somewhere in the page, to the eye: not behind a fold."""
        text = self.place.get_by_text(self.say(english, **gaps))
        expect(text.filter(visible=True).first).to_be_visible()

    @property
    def source(self) -> str:
        """All that the page holds, folded or not."""
        return self.page.content()

    # --- gestures ---

    @property
    def place(self) -> Locator:
        return self.page.locator("body")

    def enter(self, member: Member) -> None:
        """By the door: the first page leads there."""
        self.page.goto("/")
        self.write("E-mail", member.user.email)
        self.write("Password", PASSWORD)
        self.press("Sign in")

    def leave(self) -> None:
        self.press("Close")

    def press(self, english: str, *, under: str = "", **gaps: str) -> None:
        """A button, and the page that it leads to. `under`: the title of its section or fold."""
        self.go(self.named("button", self.say(english, **gaps), under))

    def follow(self, english: str, *, under: str = "", **gaps: str) -> None:
        """A link, and the page that it leads to."""
        self.go(self.named("link", self.say(english, **gaps), under))

    def named(self, role: Any, name: str, under: str = "") -> Locator:
        """In the page before its frame; by its whole name, else by a part of it (some end with
        whom they are about)."""
        places = [self.section(under)] if under else [self.page.locator("main"), self.place]
        for place in places:
            for words, exact in ((name, True), (capfirst(name), True), (name, False)):
                found = place.get_by_role(role, name=words, exact=exact)
                if found.count():
                    return found
        raise AssertionError(f"No {role} “{name}” at {self.page.url}")

    def section(self, title: str) -> Locator:
        if not title:
            return self.place
        said = self.say(title)
        heading = self.page.get_by_role("heading", name=said, exact=True)
        section = self.page.locator("section", has=heading)
        return section.or_(self.page.locator("details", has=self.fold(said))).last

    def fold(self, said: str) -> Locator:
        """The line of a fold, which opens it."""
        return self.page.locator("summary").filter(has_text=said)

    def unfold(self, english: str) -> None:
        """What stands behind a line, if it is not open already."""
        line = self.fold(self.say(english)).first
        if not line.locator("xpath=..").evaluate("fold => fold.open"):
            self.gestures += 1
            self.touch(line)

    def write(self, label: str, text: str, *, under: str = "") -> None:
        box = self.section(under).get_by_label(self.say(label)).first
        self.gestures += 1
        self.type(box, text)

    def choose(self, label: str, *, under: str = "", **gaps: str) -> None:
        """A choice, or a box to tick."""
        said, place = self.say(label, **gaps), self.section(under)
        choice = (
            place.get_by_label(said, exact=True)
            .or_(place.get_by_label(capfirst(said), exact=True))
            .first
        )
        self.gestures += 1
        self.tick(choice)

    def pick(self, label: str, option: str, *, under: str = "") -> None:
        """One line of a list that opens."""
        box = self.section(under).get_by_label(self.say(label), exact=True).first
        self.gestures += 1
        said = self.say(option)
        offered = [line.strip() for line in box.locator("option").all_inner_texts()]
        box.select_option(label=said if said in offered else capfirst(said))

    def go(self, target: Locator) -> None:
        self.gestures += 1
        with self.page.expect_navigation():
            self.touch(target)
        self.arrive()

    def fetch(self, english: str, *, role: str = "link") -> str:
        """The text of a page on paper, which a link or a button brings."""
        brings = self.named(role, self.say(english))
        with self.page.expect_download() as arriving:
            self.touch(brings)
        return text_of(arriving.value)

    def arrive(self) -> None:
        html = self.page.locator("html")
        expect(html).to_have_attribute("lang", self.language)
        assert measuring.too_wide(self.page) == [], self.page.url

    # --- with a mouse or a finger ---

    def touch(self, target: Locator) -> None:
        target.click()

    def type(self, box: Locator, text: str) -> None:
        box.fill(text)

    def tick(self, choice: Locator) -> None:
        """The whole row of a choice answers, its words first."""
        self.page.locator(f'label[for="{choice.get_attribute("id")}"]').click()
        expect(choice).to_be_checked()


class Keyboard(Hands):
    """Tab, Enter, Space, arrows and letters: no pointer of any kind."""

    FARTHEST = 300

    def touch(self, target: Locator) -> None:
        self.reach(lambda: is_focused(target))
        self.page.keyboard.press("Enter")

    def type(self, box: Locator, text: str) -> None:
        self.reach(lambda: is_focused(box))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def tick(self, choice: Locator) -> None:
        if choice.get_attribute("type") == "checkbox":
            self.reach(lambda: is_focused(choice))
            self.page.keyboard.press("Space")
            return
        # One stop for a whole group: the arrows go round it.
        self.reach(lambda: choice.evaluate("one => document.activeElement?.name === one.name"))
        self.page.keyboard.press("Space")
        for _round in range(self.FARTHEST):
            if choice.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("The arrows never come to this choice.")

    def reach(self, arrived: Callable[[], bool]) -> None:
        for _stop in range(self.FARTHEST):
            if arrived():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("The keyboard never comes there.")


def is_focused(target: Locator) -> bool:
    found: bool = target.evaluate("one => one === document.activeElement")
    return found


def keep_as_file(route: Route) -> None:
    """Given to whoever asked as a file to keep, since no window of the tests draws a PDF."""
    answer = route.fetch()
    headers = {**answer.headers, "content-disposition": "attachment"}
    route.fulfill(response=answer, headers=headers)


def text_of(download: Download) -> str:
    pages = PdfReader(BytesIO(Path(download.path()).read_bytes())).pages
    return "\n".join(page.extract_text() for page in pages)
