"""The main points of a discussion, that whoever decides answers one by one. Plain values.

They are proposed so that none is forgotten: what several sentences come back to, and what divides
in the figures that were published last. Each has a key that names it in a form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

# More than anyone answers with care.
MOST: Final = 20


@dataclass(frozen=True)
class Point:
    """`key`: of letters and digits, the same from one page to the next."""

    key: str
    words: str


def main_points(
    headings: Iterable[tuple[int, str]],
    found: Mapping[str, Any] | None,
    texts: Mapping[str, str],
) -> list[Point]:
    """`headings`: number and words of those that hold sentences, what comes back most first;
    `found`: the document of the last release, as it may be told; `texts`: the words of the
    statements by number."""
    points = [Point(f"h{number}", words) for number, words in headings]
    for one in found["statements"] if found else ():
        if one["told"] == "exact" and one["divisive"]:
            points.append(Point(f"s{one['id']}", texts.get(one["id"], one["id"])))
    return points[:MOST]
