"""What a page carries for a machine: its four markers and its two codes, drawn as SVG.

Plain Python: nothing of OpenCV is needed to print. A drawing is one path, the outline of what is
black; squares drawn one by one would leave fine white seams on a screen and on some printers.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import segno

# The dictionary 4×4_50 of OpenCV, ids 0 to 3, as cv2.aruco.generateImageMarker draws them (OpenCV
# 5.0; the tests compare): four rows of four, "1" is black. The black border around is left out.
INSIDES = {
    0: ("0100", "1010", "1100", "1101"),
    1: ("1111", "0000", "0110", "0101"),
    2: ("1100", "1100", "1101", "0010"),
    3: ("0110", "0110", "1011", "1001"),
}
MARKER_MODULES = 6
# A QR code of version 1, by ISO/IEC 18004; the white around it is four modules.
CODE_MODULES = 21
QUIET_MODULES = 4
# A code may be drawn under eight masks. The standard would try them all: 1.8 ms of the 2.2 that a
# code takes. Of 2000 codes drawn by chance, then blurred, tilted and spoilt, zxing-cpp 3.1 read
# 74.2 % under the mask that the standard picks, 72.9 to 75.3 % under any one. So one will do.
MASK = 7

Grid = Sequence[Sequence[bool]]
Corner = tuple[int, int, int]  # across, down (modules), and which of two at the same place


@cache
def marker_svg(identity: int) -> bytes:
    """The marker of this id, 0 to 3, from edge to edge of its black border."""
    border = "1" * MARKER_MODULES
    rows = (border, *(f"1{row}1" for row in INSIDES[identity]), border)
    return _svg([[module == "1" for module in row] for row in rows])


def code_svg(payload: str) -> bytes:
    """The QR code that holds `payload` (16 characters: digits and capitals), without its white
    surround. Raises ValueError for what does not fit in version 1 at level Q."""
    code = segno.make(
        payload,
        error="q",
        version=1,
        mode="alphanumeric",
        mask=MASK,
        boost_error=False,
        micro=False,
    )
    return _svg([[bool(module) for module in row] for row in code.matrix])


def _svg(grid: Grid) -> bytes:
    side = len(grid)
    path = "".join(_drawn(corners) for corners in outlines(grid))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#000" fill-rule="evenodd" d="{path}"/></svg>'
    ).encode()


def _drawn(corners: Sequence[Corner]) -> str:
    (x, y, _), *others = corners
    sides = (f"V{corner[1]}" if at % 2 else f"H{corner[0]}" for at, corner in enumerate(others))
    return f"M{x} {y}{''.join(sides)}Z"


def outlines(grid: Grid) -> list[list[Corner]]:
    """The closed lines that part black from white, for the rule "evenodd": the corners of each,
    its first side level, the next upright, and so on in turn.

    Along a row of corners, the line runs from the first to the second, from the third to the
    fourth…, and so it does down a column: each corner has one level side and one upright side.
    """
    corners = _corners(grid)
    level = _joined(sorted(corners, key=lambda corner: (corner[1], corner[0], corner[2])))
    upright = _joined(sorted(corners))
    left = dict.fromkeys(corners)
    found = []
    while left:
        at, line = next(iter(left)), []
        while at in left:
            line += [at, level[at]]
            del left[at], left[level[at]]
            at = upright[level[at]]
        found.append(line)
    return found


def _joined(corners: Sequence[Corner]) -> dict[Corner, Corner]:
    """Each corner with the one at the other end of its side."""
    ends = list(zip(corners[::2], corners[1::2], strict=True))
    return dict(ends) | {end: start for start, end in ends}


def _corners(grid: Grid) -> list[Corner]:
    """Where one module of four is not like the others; twice where two touch by a corner only."""
    blank = (False,) * (len(grid) + 2)
    padded = [blank, *((False, *row, False) for row in grid), blank]
    found: list[Corner] = []
    for y, (above, below) in enumerate(pairwise(padded)):
        for x in range(len(grid) + 1):
            black = above[x] + above[x + 1] + below[x] + below[x + 1]
            if black % 2 or (black == 2 and above[x] == below[x + 1]):
                found.append((x, y, 0))
            if black == 2 and above[x] == below[x + 1]:
                found.append((x, y, 1))
    return found
