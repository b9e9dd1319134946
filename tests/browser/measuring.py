"""What is measured of a page that a browser has drawn."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MORE_THAN_THE_LAW = [*A_AND_AA, "wcag2aaa", "best-practice"]


def violations(page: Page, tags: list[str] = A_AND_AA) -> list[str]:
    """What axe finds on the page: one line for each element at fault.

    The script is given to the page from outside, past its content policy: nothing of axe is
    fetched, and a page that forbids every script is measured as it is."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """The elements that stick out at the side, innermost first, if the page scrolls sideways."""
    if page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"):
        return []
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .reverse().slice(0, 3).map(e => e.outerHTML.slice(0, 160))""")
    return found or ["the page itself"]


def enlarge_letters(page: Page, times: float) -> None:
    """As with the letters of the browser's own settings: everything here is measured in rem."""
    page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{times:.0%}")


def unfold_everything(page: Page, where: str = "body") -> None:
    """What stands behind a fold counts as much as the rest. Of the menu, which is laid over the
    page, only what it does not cover can be measured: `where="main"` leaves it closed."""
    page.evaluate(
        "at => { for (const one of document.querySelectorAll(at + ' details')) one.open = true }",
        where,
    )
