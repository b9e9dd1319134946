"""What a page weighs on the wire, everything included, for someone who has visited nothing yet:
measured on the demonstration, served as it is to whoever tries it."""

from typing import Any

import pytest
from playwright.sync_api import Page

from . import showing
from .broken import FAILURES

pytestmark = pytest.mark.browser

MOST = 40_000
MOST_SCRIPT = 20_000
MOST_ROUNDS = 1_000
ICON = showing.ROOT / "relier" / "ui" / "static" / "ui" / "relier.svg"


class Scales:
    """Counts what arrives in a page, as it travelled: compressed, with its headers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.kinds: dict[str, str] = {}
        self.weights: dict[str, int] = {}
        cable = page.context.new_cdp_session(page)
        cable.on("Network.requestWillBeSent", self.note_request)
        cable.on("Network.loadingFinished", self.note_arrival)
        cable.send("Network.enable")
        cable.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def note_request(self, event: dict[str, Any]) -> None:
        # The icon is asked for when the browser likes: it is added to each page.
        if not event["request"]["url"].endswith(".svg"):
            self.kinds[event["requestId"]] = event["type"]

    def note_arrival(self, event: dict[str, Any]) -> None:
        self.weights[event["requestId"]] = int(event["encodedDataLength"])

    def weigh(self, address: str, status: int = 200) -> tuple[int, int]:
        """All of it, and what of it is script."""
        self.kinds.clear()
        self.weights.clear()
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, address
        for _round in range(MOST_ROUNDS):
            if self.kinds.keys() <= self.weights.keys():
                break
            self.page.evaluate("0")  # a round trip, in which news of the network arrive
        weights = [(kind, self.weights[one]) for one, kind in self.kinds.items()]
        script = sum(weight for kind, weight in weights if kind == "Script")
        return ICON.stat().st_size + sum(weight for _kind, weight in weights), script


def enter_as(page: Page, who: str) -> None:
    page.goto("/sign-in/")
    with page.expect_navigation():
        page.get_by_role("button", name=who).click()


def test_no_page_of_a_worker_is_heavier_than_forty_kilobytes(browser):
    weighed: dict[str, tuple[int, int]] = {}
    with showing.served(crowded=True) as shown:
        for who in sorted({visit.who for visit in shown.visits}):
            window = browser.new_context(base_url=shown.url, locale="fr-BE")
            page = window.new_page()
            if who:
                enter_as(page, who)
            scales = Scales(page)
            for visit in shown.visits:
                if visit.who == who:
                    weighed[f"{who} {visit.page}"] = scales.weigh(visit.address)
            if who == showing.SEES_FAILURES:
                for address, status in FAILURES.items():
                    weighed[address] = scales.weigh(address, status)
            window.close()

    print_heaviest(weighed)
    assert len(weighed) == len(shown.visits) + len(FAILURES)
    assert all(total > 1_000 for total, _script in weighed.values())
    assert {name: all_of_it for name, (all_of_it, _s) in weighed.items() if all_of_it > MOST} == {}
    assert {name: script for name, (_all, script) in weighed.items() if script > MOST_SCRIPT} == {}


def print_heaviest(weighed: dict[str, tuple[int, int]]) -> None:
    """Shown with `pytest -s`, or when the test fails."""
    heaviest = sorted(weighed.items(), key=lambda one: -one[1][0])[:5]
    for name, (total, script) in heaviest:
        print(f"{name}: {total:,} bytes, {script:,} of script")
