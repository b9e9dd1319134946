"""What a page carries for a machine: its four markers and its two codes, drawn as SVG.

Plain Python: nothing of OpenCV is needed to print. A drawing is one path, the outline of what is
black; squares drawn one by one would leave fine white seams on a screen and on some printers.
"""

from collections.abc import Sequence
from functools import cache

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

Grid = Sequence[Sequence[bool]]
Point = tuple[int, int]


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
        payload, error="q", version=1, mode="alphanumeric", boost_error=False, micro=False
    )
    return _svg([[bool(module) for module in row] for row in code.matrix])


def _svg(grid: Grid) -> bytes:
    side = len(grid)
    path = "".join(
        "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z" for corners in outlines(grid)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#000" fill-rule="evenodd" d="{path}"/></svg>'
    ).encode()


def outlines(grid: Grid) -> list[list[Point]]:
    """The corners of the closed lines that part black from white, for the rule "evenodd"."""
    steps = _steps(grid)
    found = []
    while steps:
        at = next(iter(steps))
        line = []
        while at in steps:  # as many steps leave a point as come to it, so this ends where it began
            line.append(at)
            leaving = steps[at]
            following = leaving.pop()
            if not leaving:
                del steps[at]
            at = following
        found.append(_corners(line))
    return found


def _steps(grid: Grid) -> dict[Point, list[Point]]:
    """Each edge between black and white, one module long, with the black on its right hand."""
    steps: dict[Point, list[Point]] = {}

    def is_black(x: int, y: int) -> bool:
        return 0 <= y < len(grid) and 0 <= x < len(grid[y]) and grid[y][x]

    for y, row in enumerate(grid):
        for x, black in enumerate(row):
            if not black:
                continue
            square = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            around = [(x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y)]
            for side, beyond in enumerate(around):
                if not is_black(*beyond):
                    steps.setdefault(square[side], []).append(square[(side + 1) % 4])
    return steps


def _corners(line: list[Point]) -> list[Point]:
    """The points of a closed line where it turns."""
    kept = []
    for index, (x, y) in enumerate(line):
        (before_x, before_y), (after_x, after_y) = line[index - 1], line[(index + 1) % len(line)]
        if (x - before_x, y - before_y) != (after_x - x, after_y - y):
            kept.append((x, y))
    return kept
