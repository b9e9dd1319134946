"""What is measured of a page that a browser has drawn."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MORE_THAN_THE_LAW = [*A_AND_AA, "wcag2aaa", "best-practice"]


# What a page is made of, without its words: in two languages, or for two members, often the same.
SKELETON = """() => {
    const words = new Set(['alt', 'title', 'placeholder', 'value', 'aria-label', 'href', 'src',
        'action', 'content', 'datetime']);
    // The language of the page, and which of the two buttons of languages is pressed.
    const spoken = (one, name) => name === 'lang' && one === document.documentElement
        || name === 'aria-current' && one.parentElement.className === 'languages';
    const told = one => [...one.attributes].map(({name, value}) => spoken(one, name) ? ''
        : words.has(name) ? name + (value.trim() ? '=…' : '')
        : `${name}=${value}`).filter(said => said).sort().join(' ');
    const drawn = node => node.nodeType === Node.TEXT_NODE ? (node.data.trim() ? '…' : '')
        : node.nodeType !== Node.ELEMENT_NODE ? ''
        : `<${node.localName} ${told(node)}>${[...node.childNodes].map(drawn).join('')}</>`;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const letters = getComputedStyle(document.documentElement).fontSize;
    const made = drawn(document.documentElement).replace(/[0-9a-f-]{32,36}/g, 'id');
    return [innerWidth, dark, letters, made].join(' ');
}"""
# What axe passes and what does not apply stay in the page: they are long to send.
VIOLATIONS = "options => axe.run(options).then(found => found.violations)"
_without_fault: set[str] = set()


def violations(page: Page, tags: list[str] = A_AND_AA) -> list[str]:
    """What axe finds on the page: one line for each element at fault.

    At levels A and AA it judges how a page is made and coloured, and that no name is empty: a page
    made as one where it found nothing is not measured twice in a run. Beyond, it compares words
    too, and every page is measured."""
    made = page.evaluate(SKELETON)
    if tags == A_AND_AA and made in _without_fault:
        return []
    faults = _faults(page, tags)
    if not faults:
        _without_fault.add(made)
    return faults


def _faults(page: Page, tags: list[str]) -> list[str]:
    """The script is given to the page from outside, past its content policy: nothing of axe is
    fetched, and a page that forbids every script is measured as it is."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, options)
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]}"
        for rule in found
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
