"""Where a piece that someone copied stands in a text. Plain Python.

Offsets count code points from 0, the end not counted: `text[begins:ends]`.
"""

import re


def find(text: str, piece: str) -> tuple[int, int] | None:
    """Where `piece` stands in `text`: spaces and line ends count as one another, since a copy from
    a page often changes them. Without a piece, the whole text. None: it is not in it."""
    words = piece.split()
    if not words:
        begins, ends = len(text) - len(text.lstrip()), len(text.rstrip())
        return (begins, ends) if begins < ends else None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None
