"""The colours, read from the stylesheet itself, and their measured contrast.

One source: the page of patterns and the tests both ask here, so neither can drift from the CSS.
"""

import re
from pathlib import Path

STYLESHEET = Path(__file__).parent / "static" / "ui" / "relier.css"

TEXTS = ("ink", "quiet", "teal", "ochre", "red", "green")
LINES = ("line",)
GROUNDS = ("paper", "raised")


def colours(css: str | None = None) -> dict[str, dict[str, str]]:
    """The colours of each theme: {"light": {"paper": "#fbfaf6", …}, "dark": {…}}."""
    css = STYLESHEET.read_text(encoding="utf-8") if css is None else css
    day, night = (
        dict(re.findall(r"--([a-z]+):\s*(#[0-9a-f]{6})\b", block))
        for block in re.findall(r":root\s*{(.*?)}", css, re.DOTALL)[:2]
    )
    return {"light": day, "dark": {**day, **night}}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, from 0 (black) to 1 (white).

    Source: WCAG 2.2, definition of relative luminance.
    """
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
