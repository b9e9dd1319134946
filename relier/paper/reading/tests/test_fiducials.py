"""The markers are those of OpenCV, the codes those of the standard, and no line is lost."""

import re

import cv2
import numpy
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from relier.paper.reading import identifiers
from relier.paper.reading.fiducials import (
    CODE_MODULES,
    INSIDES,
    MARKER_MODULES,
    code_svg,
    marker_svg,
    outlines,
)

GRIDS = st.integers(1, 7).flatmap(
    lambda side: st.lists(
        st.lists(st.booleans(), min_size=side, max_size=side), min_size=side, max_size=side
    )
)


def drawn(svg: bytes) -> numpy.ndarray:
    """The modules that a drawing blackens: a module is black when its middle is inside."""
    side = int(re.search(rb'viewBox="0 0 (\d+) ', svg)[1])
    lines = []
    for path in re.findall(r"M[^M]*Z", re.search(rb' d="([^"]*)"', svg)[1].decode()):
        x, y = map(int, re.match(r"M(\d+) (\d+)", path).groups())
        corners = [(x, y)]
        for way, length in re.findall(r"([HV])(\d+)", path):
            x, y = (int(length), y) if way == "H" else (x, int(length))
            corners.append((x, y))
        lines.append(corners)
    return filled(lines, side)


def filled(lines, side) -> numpy.ndarray:
    grid = numpy.zeros((side, side), dtype=bool)
    for corners in lines:
        for (x, from_y), (to_x, to_y) in zip(corners, corners[1:] + corners[:1], strict=True):
            if x == to_x:  # an upright side: what lies to its left changes colour
                grid[min(from_y, to_y) : max(from_y, to_y), :x] ^= True
    return grid


@pytest.mark.parametrize("identity", INSIDES)
def test_a_marker_is_the_one_that_opencv_draws(identity):
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    theirs = cv2.aruco.generateImageMarker(dictionary, identity, MARKER_MODULES)

    assert (drawn(marker_svg(identity)) == (theirs == 0)).all()


@pytest.mark.parametrize("corner", identifiers.CORNERS)
def test_a_code_says_what_it_was_given_in_the_smallest_symbol(corner):
    for _ in range(50):
        payload = identifiers.payload(identifiers.new_identifier(), corner)
        modules = numpy.pad(drawn(code_svg(payload)), 4)
        picture = numpy.where(numpy.kron(modules, numpy.ones((4, 4))), 0, 255).astype(numpy.uint8)
        (read,) = zxingcpp.read_barcodes(picture)

        assert read.text == payload
        assert read.ec_level == "Q"
        assert modules.shape[0] == CODE_MODULES + 8


def test_what_does_not_fit_the_smallest_symbol_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        code_svg("A" * 17)


@given(GRIDS)
def test_any_drawing_is_outlined_exactly(grid):
    lines = [[(x, y) for x, y, _ in line] for line in outlines(grid)]

    assert (filled(lines, len(grid)) == numpy.array(grid)).all()


@given(GRIDS)
def test_each_side_of_an_outline_turns_at_both_ends(grid):
    for line in outlines(grid):
        assert len(line) % 2 == 0
        for at, (start, end) in enumerate(zip(line, line[1:] + line[:1], strict=True)):
            assert start[at % 2] != end[at % 2]
            assert start[1 - at % 2] == end[1 - at % 2]
