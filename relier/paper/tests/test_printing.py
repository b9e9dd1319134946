"""A printed sheet: where the reader will look, and what is there."""

import itertools
from dataclasses import replace

import cv2
import numpy
import pytest
import zxingcpp

from relier.paper.printing import layout_of
from relier.paper.reading import identifiers
from relier.paper.reading.layouts import from_json

from .printed_sheets import (
    PIXELS,
    every_kind,
    identities,
    layout,
    pdf_in,
    pictures,
    print_of,
    sheet_in,
)
from .reading import pieces
from .sheet_samples import EVERY_KIND, HEAD

# --- where things stand --------------------------------------------------------------------------


def frame_edges(picture, x, y, width, height) -> numpy.ndarray:
    """How far (mm) the four outer edges of what is drawn are from where they should be. Looks
    along the two middle lines, 0.7 mm beyond; the share of ink tells the part of a pixel."""
    reach = 0.7
    left, top = round((x - reach) * PIXELS), round((y - reach) * PIXELS)
    right, bottom = round((x + width + reach) * PIXELS), round((y + height + reach) * PIXELS)
    ink = 1 - picture[top:bottom, left:right] / 255
    middle_row, middle_column = (length // 2 for length in ink.shape)
    across, down = ink[middle_row], ink[:, middle_column]
    return numpy.abs(
        [
            *(numpy.array(edges_of(across, left)) - (x, x + width)),
            *(numpy.array(edges_of(down, top)) - (y, y + height)),
        ]
    )


def edges_of(ink: numpy.ndarray, start: int) -> tuple[float, float]:
    dark = numpy.flatnonzero(ink > 0.1)
    first, last = dark[0], dark[-1]
    return (start + first + 1 - ink[first]) / PIXELS, (start + last + ink[last]) / PIXELS


@every_kind
def test_every_frame_is_where_the_layout_says_to_a_tenth_of_a_millimetre(language, large):
    found = layout(language, large)
    checked = 0
    for page, picture in zip(found.pages, pictures(pdf_in(language, large)), strict=True):
        frames = [(box.x, box.y, box.side, box.side) for box in page.boxes]
        frames += [(m.x, m.y, m.side, m.side) for m in page.markers]
        for room in page.rooms:
            frames += [(cell.x, cell.y, cell.width, cell.height) for cell in room.cells]
            if room.question == "signed":
                frames.append((room.x, room.y, room.width, room.height))
        for frame in frames:
            checked += 1
            assert frame_edges(picture, *frame).max() < 0.1, frame

    # 3 + 4 + 3 boxes, 2 + 8 squares, a room to sign, four markers a page.
    assert checked == 10 + 10 + 1 + 4 * len(found.pages)


@every_kind
def test_in_black_and_white_no_marker_and_no_code_is_lost(language, large):
    found = layout(language, large)
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    codes = identities(1, len(found.pages))[0]
    for page, picture, code in zip(
        found.pages, pictures(pdf_in(language, large), dpi=200), codes, strict=True
    ):
        black = numpy.where(picture < 128, 0, 255).astype(numpy.uint8)
        corners, ids, _ = detector.detectMarkers(black)
        seen = {
            identifiers.read_payload(one.text): one.position
            for one in zxingcpp.read_barcodes(black)
        }

        assert sorted(ids.ravel()) == [0, 1, 2, 3]
        for marker in page.markers:
            at = corners[list(ids.ravel()).index(marker.id)][0][0] / 200 * 25.4
            assert numpy.abs(at - (marker.x, marker.y)).max() < 0.3
        assert set(seen) == {identifiers.Seen(code, "A"), identifiers.Seen(code, "B")}
        for one in page.codes:
            at = seen[identifiers.Seen(code, one.corner)].top_left
            assert abs(at.x / 200 * 25.4 - one.x) < 0.3
            assert abs(at.y / 200 * 25.4 - one.y) < 0.3


@every_kind
def test_the_markers_go_round_the_page_and_the_codes_stand_on_a_diagonal(language, large):
    for page in layout(language, large).pages:
        places = [(marker.id, marker.x, marker.y) for marker in page.markers]
        assert places == [(0, 15, 15), (1, 185, 15), (2, 185, 272), (3, 15, 272)]
        assert {marker.side for marker in page.markers} == {10}
        top, bottom = page.codes
        assert (top.corner, bottom.corner) == ("A", "B")
        assert top.x > 105 > bottom.x + bottom.side
        assert top.y + top.side < 50
        assert bottom.y > 240
        assert top.side == bottom.side >= 18


@every_kind
def test_boxes_leave_room_for_a_large_hand(language, large):
    found = layout(language, large)
    for page in found.pages:
        assert {box.side for box in page.boxes} <= {7.0 if large else 5.0}
        for one, other in itertools.combinations(page.boxes, 2):
            apart = max(abs(one.x - other.x), abs(one.y - other.y)) - one.side
            assert apart >= 5.99, (one, other)


@every_kind
def test_a_layout_is_whole_and_comes_back_from_its_json(language, large):
    found = layout(language, large)

    assert from_json(found.to_json()) == found
    assert [question.key for question in found.questions] == [q.key for q in EVERY_KIND.questions]
    assert [key for page in found.pages for key in page.rows] == [q.key for q in found.questions]
    rooms = {room.question: room for page in found.pages for room in page.rooms}
    assert [len(rooms[key].cells) for key in ("home", "day", "words", "signed")] == [2, 8, 0, 0]
    assert rooms["words"].height == pytest.approx(3 * (14 if large else 11))


@every_kind
def test_a_strip_holds_its_question_and_nothing_of_another(language, large):
    for page in layout(language, large).pages:
        strips = sorted(page.rows.items(), key=lambda row: row[1][1])
        for (_, (_, y, _, height)), (_, (_, after, _, _)) in itertools.pairwise(strips):
            assert y + height <= after
        for box in page.boxes:
            x, y, width, height = page.rows[box.question]
            assert x <= box.x
            assert box.x + box.side <= x + width
            assert y <= box.y
            assert box.y + box.side <= y + height


def test_nothing_is_written_near_a_marker_or_a_code():
    """A marker needs white around it, and the widest short code leaves it some."""
    pages = len(layout("fr", True).pages)
    widest = [["WMWMWMW000000"] * pages]
    pdf = print_of(sheet_in("fr"), widest, large=True, head=HEAD)

    for page, picture in zip(layout("fr", True).pages, pictures(pdf), strict=True):
        for things, white in ((page.markers, 1.6), (page.codes, 3.5)):
            for one in things:
                around = ring(picture, one.x, one.y, one.side, white)
                assert around.min() > 250, one


def ring(picture, x, y, side, white) -> numpy.ndarray:
    """What is drawn around a square, from 0.1 mm to `white` mm of it."""

    def cut(margin):
        return slice(round((y - margin) * PIXELS), round((y + side + margin) * PIXELS)), slice(
            round((x - margin) * PIXELS), round((x + side + margin) * PIXELS)
        )

    kept = numpy.full(picture.shape, 255, dtype=numpy.uint8)
    kept[cut(white)] = picture[cut(white)]
    kept[cut(0.1)] = 255
    return kept


def test_in_arabic_the_words_of_a_box_stand_to_its_left():
    words = replace(sheet_in("ar"), questions=(sheet_in("ar").question("learn"),))
    (page,) = layout_of(words, large=False).pages
    written = list(pieces(print_of(words, identities(1, 1))))
    for box in page.boxes:
        middle = (297 - box.y - box.side / 2) / 25.4 * 72
        line = [one for one in written if one.bottom < middle + 9 and one.top > middle - 9]
        rights = [one.right / 72 * 25.4 for one in line]
        lefts = [one.left / 72 * 25.4 for one in line]
        assert any(0 < box.x - right < 6 for right in rights)
        assert not any(0 < left - box.x - box.side < 6 for left in lefts)

    assert len(page.boxes) == 4
    assert page.boxes[0].x == max(box.x for box in page.boxes) > 105
