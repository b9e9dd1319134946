"""How a link is said, one way and the other; where a picture draws each problem. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

# Whether a kind says the same both ways.
BOTH_WAYS: Final = frozenset({"face"})

# Of the picture, in the units of its own (it is drawn as wide as its place allows).
WIDTH, EDGE, SPINE, BOX = 340, 4, 22, 52
LINE, PADDING, LABEL, GAP = 20, 9, 24, 14
LETTERS_ABOVE, LETTERS_BESIDE, MOST_LINES = 29, 27, 3


@dataclass(frozen=True)
class Box:
    """A problem: its corner, its size, and its title line by line, each with the height where it is
    written. `label`: how it is linked, written at `label_y`; `towards`: the arrow points to it."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, str], ...]
    label: str = ""
    label_y: int = 0
    towards: bool = True
    both: bool = False

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def text_x(self) -> int:
        return self.x + PADDING


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    first: Box
    others: tuple[Box, ...]
    spine: int = SPINE

    @property
    def ends(self) -> int:
        """Where the line that the others hang on ends."""
        return self.others[-1].middle if self.others else self.first.y


def picture(title: str, linked: Sequence[tuple[str, str, bool, bool]]) -> Picture:
    """`linked`: how (in words), the title of the other, whether the arrow goes towards it, whether
    both ways are the same. The problem stands above; the others hang below it, one under another,
    so that it can be read on a telephone."""
    first = _box(title, x=EDGE, y=EDGE, letters=LETTERS_ABOVE)
    y, others = first.y + first.height, []
    for label, other, towards, both in linked:
        y += GAP + LABEL
        box = _box(other, x=BOX, y=y, letters=LETTERS_BESIDE)
        others.append(
            Box(
                box.x, box.y, box.width, box.height, box.lines,
                label=label, label_y=y - 7, towards=towards, both=both,
            )
        )  # fmt: skip
        y += box.height
    return Picture(WIDTH, y + EDGE, first, tuple(others))


def _box(title: str, *, x: int, y: int, letters: int) -> Box:
    lines = wrap(title, letters, max_lines=MOST_LINES, placeholder=" …") or [""]
    # The first line is written on its foot, a little above the end of its height.
    written = tuple((y + PADDING + LINE * place + 15, line) for place, line in enumerate(lines))
    return Box(x, y, WIDTH - EDGE - x, 2 * PADDING + LINE * len(lines), written)
