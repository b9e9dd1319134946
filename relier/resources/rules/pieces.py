"""The text of a sheet, cut into headings, lists, steps and paragraphs. Plain Python.

Few signs, at the beginning of a line: `#` for a heading, `-` or `*` for a line of a list, `1.` for
a step. All the rest is words, drawn as they are: no address, no picture, no markup of another kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "list", "steps", "paragraph"]

_SIGNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("heading", re.compile(r"#{1,3}\s+(?=\S)")),
    ("list", re.compile(r"[-*•]\s+(?=\S)")),
    ("steps", re.compile(r"\d{1,3}[.)]\s+(?=\S)")),
)


@dataclass(frozen=True)
class Piece:
    """`lines`: one heading; the lines of a list, the steps; or the lines of a paragraph."""

    kind: Kind
    lines: tuple[str, ...]


def pieces(text: str) -> list[Piece]:
    """In the order of the text. A blank line ends a paragraph, and no list: steps go on under the
    next number. An indented line goes on with the one above it."""
    found: list[tuple[Kind, list[str]]] = []
    blank = True
    for kind, words, goes_on in _read(text):
        if not words:
            blank = True
            continue
        last = found[-1] if found else None
        if kind == "paragraph" and goes_on and last and not blank and last[0] in ("list", "steps"):
            last[1][-1] += f" {words}"
        elif last and last[0] == kind != "heading" and (kind != "paragraph" or not blank):
            last[1].append(words)
        else:
            found.append((kind, [words]))
        blank = False
    return [Piece(kind, tuple(lines)) for kind, lines in found]


def _read(text: str) -> Iterator[tuple[Kind, str, bool]]:
    """Each line: what it is, its words, whether it is indented."""
    for line in text.splitlines():
        words = line.strip()
        for kind, sign in _SIGNS:
            found = sign.match(words)
            if found:
                yield kind, words[found.end() :], False
                break
        else:
            yield "paragraph", words, line[:1].isspace()
