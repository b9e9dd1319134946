"""Presence where there is no connection: two trainers take along the lists of four sessions, the
network is cut, each says something else of some people, one reloads and starts their browser again.
Nothing is lost, nothing is doubled, and what differs is shown to someone who decides.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from relier.training.actions import sessions
from relier.training.models import Difference, LedgerEntry, Presence
from relier.training.tests import stories

from . import chromium, signing
from .conftest import LOCALES
from .hands import Hands

pytestmark = pytest.mark.browser

PEOPLE, SESSIONS, MINUTES = 25, 4, 180


@pytest.fixture
def away(house: Any) -> Any:
    """Twenty-five people expected at four sessions of today: 100 lines for each of two devices."""
    training = stories.begin(house)
    people = [training.another().person for _number in range(PEOPLE)]
    for number, person in enumerate(people):
        person.call_name, person.family_name = f"P{number:02}", ""
        person.save()
    training.people = people
    training.planned = [
        sessions.plan_session(
            f"Tableur {number}", day=timezone.localdate(), starts_at=time(8 + number),
            minutes=MINUTES, by=training.bram, team=house.team, track=training.track,
        )
        for number in range(SESSIONS)
    ]  # fmt: skip
    for session in training.planned:
        sessions.expect(people, session, from_on=session.day, by=training.bram)
    return training


class Device:
    """A telephone of someone: its profile stays on the disk when the browser is closed."""

    def __init__(self, browser: Browser, folder: Path, home: str) -> None:
        self.browser, self.folder, self.home = browser, folder, home
        self.window: BrowserContext = self.start()

    def start(self, *, online: bool = True) -> BrowserContext:
        self.window = self.browser.browser_type.launch_persistent_context(
            str(self.folder), executable_path=chromium.find(), args=chromium.FLAGS,
            base_url=self.home, locale=LOCALES["fr"], viewport={"width": 320, "height": 720},
        )  # fmt: skip
        self.window.set_default_timeout(10_000)
        self.window.set_offline(not online)
        return self.window

    def signs_in(self, member: Any) -> None:
        self.window.add_cookies(signing.cookies(member, "fr", self.home))

    def restarts(self, *, online: bool) -> None:
        self.window.close()
        self.start(online=online)

    @property
    def page(self) -> Page:
        return self.window.pages[0] if self.window.pages else self.window.new_page()


@contextmanager
def device(browser: Browser, folder: Path, home: str) -> Iterator[Device]:
    made = Device(browser, folder, home)
    try:
        yield made
    finally:
        made.window.close()


@pytest.fixture
def two(browser: Browser, tmp_path: Path, live_server: Any) -> Iterator[tuple[Device, Device]]:
    with (
        device(browser, tmp_path / "one", live_server.url) as one,
        device(browser, tmp_path / "two", live_server.url) as other,
    ):
        yield one, other


def along(session: Any) -> str:
    return reverse("training:presence_along", args=[session.pk])


def takes_along(on: Device, planned: list[Any]) -> None:
    """From the page of each session: one gesture."""
    hands = HandsOn(on)
    for session in planned:
        on.page.goto(reverse("training:session", args=[session.pk]))
        hands.follow("Take it along, without a connection")
        is_ready(on.page)
        expect(on.page.locator('[data-say="kept"]').first).to_be_visible()


class HandsOn(Hands):
    def __init__(self, on: Device) -> None:
        self.language, self.page, self.gestures = "fr", on.page, 0


def is_ready(page: Page) -> None:
    page.locator("form[data-ready]").wait_for()


def says(page: Page, person: Any, how: str) -> None:
    choice = page.locator(f'input[name="how_{person.pk.hex}"][value="{how}"]')
    page.locator(f'label[for="{choice.get_attribute("id")}"]').click()


def fills(on: Device, session: Any, said: dict[Any, str]) -> None:
    """Some people by hand, and one button for all the others."""
    on.page.goto(along(session))
    is_ready(on.page)
    for person, how in said.items():
        says(on.page, person, how)
    on.page.locator('button[name="everyone"]').click()


def said_on(page: Page, person: Any) -> str:
    return page.locator(f'input[name="how_{person.pk.hex}"]:checked').input_value()


def waits(page: Page, count: int) -> None:
    expect(page.locator("[data-count]").first).to_have_text(str(count))


def names_kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("caches.keys()")
    return [name for name in found if name.startswith("presence ")]


def waiting_on(page: Page) -> int:
    found: int = page.evaluate("outbox.all('entries').then((all) => all.length)")
    return found


def all_sent(page: Page) -> None:
    for _tick in range(300):
        if not waiting_on(page):
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{waiting_on(page)} entries still wait.")


def lose_answers(on: Device, times: int) -> list[str]:
    """The first answers are lost on the way, once the server has kept what was sent."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or len(lost) >= times:
            route.continue_()
            return
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    on.window.route("**/training/presence/send/", lose)
    return lost


def test_two_devices_without_a_connection_lose_nothing_and_double_nothing(house, away, two):
    one, other = two
    one.signs_in(house.bram)
    other.signs_in(house.nour)
    for each in two:
        takes_along(each, away.planned)
        each.window.set_offline(True)
    mine = dict.fromkeys(away.people[:3], "away")
    theirs = dict.fromkeys(away.people[2:5], "remote")

    fills(one, away.planned[0], mine)
    fills(one, away.planned[1], mine)
    waits(one.page, 2 * PEOPLE)
    one.page.reload()
    is_ready(one.page)
    waits(one.page, 2 * PEOPLE)
    assert said_on(one.page, away.people[0]) == "away"
    one.restarts(online=False)
    fills(one, away.planned[2], mine)
    fills(one, away.planned[3], mine)
    waits(one.page, SESSIONS * PEOPLE)
    for session in away.planned:
        fills(other, session, theirs)
    waits(other.page, SESSIONS * PEOPLE)
    assert not Presence.objects.exists()

    # The first comes back: the browser was closed, so they are signed out. It is said, and kept.
    one.window.set_offline(False)
    expect(one.page.locator('[data-say="signed-out"]')).to_be_visible(timeout=30_000)
    assert waiting_on(one.page) == SESSIONS * PEOPLE
    lost = lose_answers(one, 2)
    hands = HandsOn(one)
    hands.enter(house.bram)
    all_sent(one.page)
    assert len(lost) == 2
    assert names_kept(one.page) == []  # signed out: no name stayed

    # Then the second, who is still signed in.
    other.window.set_offline(False)
    all_sent(other.page)
    expect(other.page.locator('[data-say="differs"]')).to_be_visible()

    assert_both_are_kept(away, house, mine, theirs)
    decides(other, away, house)


def assert_both_are_kept(away: Any, house: Any, mine: dict, theirs: dict) -> None:
    """200 entries: what each device said of each person at each session stands, or is beside."""
    counted = Presence.objects.current()
    assert Presence.objects.count() == counted.count() == SESSIONS * PEOPLE
    assert set(counted.values_list("author", flat=True)) == {house.bram.pk}
    for session in away.planned:
        for person in away.people:
            standing = counted.get(session=session, person=person)
            beside = list(Difference.objects.filter(session=session, person=person))
            assert how_of(standing) == mine.get(person, "in_person")
            said = [how_of(row) for row in beside] or [how_of(standing)]
            assert said == [theirs.get(person, "in_person")]
    assert Difference.objects.open().count() == SESSIONS * 5
    followed = LedgerEntry.objects.filter(account=1)
    assert sum(row.minutes for row in followed) == SESSIONS * (PEOPLE - 3) * MINUTES
    assert followed.count() == SESSIONS * (PEOPLE - 3)


def how_of(row: Any) -> str:
    return row.modality if row.minutes else "away"


def decides(on: Device, away: Any, house: Any) -> None:
    """Side by side, on the page of the session: one counts, one is left, three wait."""
    session, hands = away.planned[0], HandsOn(on)
    on.page.goto(reverse("training:session", args=[session.pk]))
    hands.sees("Said otherwise: which one counts?")
    for answer in ("yes", "no"):
        hands.go(on.page.locator(f'button[name="counts"][value="{answer}"]').first)

    decided = Difference.objects.filter(decided_by=house.nour)
    assert Counter(decided.values_list("counts", flat=True)) == {True: 1, False: 1}
    assert Difference.objects.open().filter(session=session).count() == 3
    counts = decided.get(counts=True)
    standing = Presence.objects.current().get(session=session, person=counts.person_id)
    assert how_of(standing) == how_of(counts)
    assert standing.replaces_id == counts.against_id
