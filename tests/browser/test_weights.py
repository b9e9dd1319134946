"""What a page weighs on the wire, everything included, for someone who has visited nothing yet:
measured on the demonstration, served as it is to whoever tries it."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from . import showing

pytestmark = pytest.mark.browser

MOST = 40_000
MOST_SCRIPT = 20_000


class Scales:
    """Counts what arrives in a page: bytes with their headers, compressed as they travelled."""

    def __init__(self, page: Page) -> None:
        self.kinds: dict[str, str] = {}
        self.weights: dict[str, float] = {}
        cable: CDPSession = page.context.new_cdp_session(page)
        cable.on("Network.responseReceived", self.note_kind)
        cable.on("Network.loadingFinished", self.note_weight)
        cable.send("Network.enable")
        cable.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def note_kind(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def note_weight(self, event: dict[str, Any]) -> None:
        self.weights[event["requestId"]] = event["encodedDataLength"]

    def weigh(self, page: Page, address: str) -> tuple[float, float]:
        """All of it, and what of it is script."""
        self.weights.clear()
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        script = (n for one, n in self.weights.items() if self.kinds.get(one) == "Script")
        return sum(self.weights.values()), sum(script)


def enter_as(page: Page, who: str) -> None:
    page.goto("/sign-in/")
    with page.expect_navigation():
        page.get_by_role("button", name=who).click()


def test_no_page_of_a_worker_is_heavier_than_forty_kilobytes(browser):
    weighed: dict[str, tuple[float, float]] = {}
    with showing.served(crowded=True) as shown:
        for who in sorted({visit.who for visit in shown.visits}):
            window = browser.new_context(base_url=shown.url, locale="fr-BE")
            page = window.new_page()
            if who:
                enter_as(page, who)
            scales = Scales(page)
            for visit in shown.visits:
                if visit.who == who:
                    weighed[f"{who} {visit.page}"] = scales.weigh(page, visit.address)
            window.close()

    print_heaviest(weighed)
    assert len(weighed) == len(shown.visits)
    assert all(total > 1_000 for total, _script in weighed.values())
    assert {name: all_of_it for name, (all_of_it, _s) in weighed.items() if all_of_it > MOST} == {}
    assert {name: script for name, (_all, script) in weighed.items() if script > MOST_SCRIPT} == {}


def print_heaviest(weighed: dict[str, tuple[float, float]]) -> None:
    """Shown with `pytest -s`, or when the test fails."""
    heaviest = sorted(weighed.items(), key=lambda one: -one[1][0])[:5]
    for name, (total, script) in heaviest:
        print(f"{name}: {total:,.0f} bytes, {script:,.0f} of script")
