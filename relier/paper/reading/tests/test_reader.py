"""Filled and degraded pages of the bench, read back: the right page, no wrong answer for sure."""

import cv2
import numpy as np
import pytest

from benchmarks.paper.degradations import LEVELS
from benchmarks.paper.making import layout_of, make
from benchmarks.paper.score import score
from relier.paper.reading.judging import UNTOLD, Doubt, Verdict
from relier.paper.reading.layouts import STANDARD_MARKERS
from relier.paper.reading.reader import State, Why, read_page, straightened

SEED = 7


def picture_of(file) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(file[0], np.uint8), cv2.IMREAD_GRAYSCALE)


def read(made, *, known=True):
    layout = layout_of(made.level)
    return read_page(
        picture_of(made.file), lambda one: (layout, 1) if known and one == made.identifier else None
    )


@pytest.mark.parametrize("level", ["S1", "S4", "S5", "P1", "P2", "large", "yellow"])
@pytest.mark.parametrize("number", range(3))
def test_a_page_is_known_placed_and_read_without_a_wrong_answer(level, number):
    made = make(LEVELS[level], SEED, number)

    reading = read(made)
    found = score(reading, made.truth, made.identifier, level)

    assert (reading.state, reading.identifier) == (State.READ, made.identifier)
    assert found.rows_wrong == 0
    assert found.cancelled_as_marked == 0
    assert found.doubtful < 0.2 * found.boxes


@pytest.mark.parametrize("level", ["S2", "S3", "P3", "fax", "dim", "resent"])
@pytest.mark.parametrize("number", range(2))
def test_a_poor_picture_is_read_without_a_wrong_answer_or_says_why_not(level, number):
    made = make(LEVELS[level], SEED, number)

    reading = read(made)

    assert reading.identifier in {None, made.identifier}
    assert (reading.state == State.READ) == (reading.why is None)
    assert score(reading, made.truth, made.identifier, level).rows_wrong == 0


def test_what_is_not_plain_goes_to_a_human():
    asked = set()
    for number in range(12):
        made = make(LEVELS["S1"], SEED, number)
        questions = read(made).questions
        for question, happened in made.truth.rows.items():
            if happened in {"none", "corrected", "double", "circled"}:
                assert not questions[question].sure, happened
            asked.add(questions[question].why)

    assert {Doubt.NONE, Doubt.SEVERAL, Doubt.TAKEN_BACK} <= asked


def test_a_date_and_a_signature_are_seen_and_never_read():
    made = make(LEVELS["S1"], SEED, 1)

    reading = read(made)

    for question, there in made.truth.written.items():
        assert (reading.written[question] > 0.01) == there
        assert reading.questions[question].why == Doubt.WRITTEN


def test_the_page_of_another_house_is_named_and_not_read():
    made = make(LEVELS["S1"], SEED, 1)

    reading = read(made, known=False)

    assert (reading.state, reading.why) == (State.UNKNOWN, Why.UNKNOWN)
    assert reading.boxes == {}


def test_two_pages_in_one_picture_are_told_apart_from_one():
    one, other = (picture_of(make(LEVELS["S1"], SEED, number).file) for number in (1, 2))

    reading = read_page(np.hstack([one, other[: one.shape[0], : one.shape[1]]]), lambda _one: None)

    assert (reading.state, reading.why) == (State.UNIDENTIFIED, Why.SEVERAL)


@pytest.mark.parametrize("shape", [(1, 1), (40, 3), (3, 4000), (700, 500)])
@pytest.mark.parametrize("shade", [0, 255, "noise"])
def test_a_picture_of_nothing_is_answered(shape, shade):
    noise = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
    grey = noise if shade == "noise" else np.full(shape, shade, np.uint8)

    assert read_page(grey, lambda _one: None).why == Why.NO_CODE


def test_the_same_picture_is_read_the_same_whichever_way_it_is_turned():
    made = make(LEVELS["S1"], SEED, 3)
    grey, layout = picture_of(made.file), layout_of("S1")

    turned = [
        read_page(np.rot90(grey, turns).copy(), lambda _one: (layout, 1)) for turns in range(4)
    ]

    sure = [
        {key: one.answers for key, one in reading.questions.items() if one.sure}
        for reading in turned
    ]
    for one in sure[1:]:
        assert all(one[key] == sure[0][key] for key in one.keys() & sure[0].keys())
        assert len(one) >= len(sure[0]) - 1


def test_a_page_photographed_is_shown_straight():
    made = make(LEVELS["P2"], SEED, 1)
    grey = picture_of(made.file)
    reading = read(made)

    straight = straightened(grey, reading, 6.0)

    assert straight.shape == (297 * 6, 210 * 6)
    for marker in STANDARD_MARKERS:
        middle = straight[round((marker.y + 0.7) * 6), round((marker.x + marker.side / 2) * 6)]
        assert middle < straight[round((marker.y - 2) * 6), round(marker.x * 6)] - 40


# --- what cannot be seen is not empty ------------------------------------------------------------


def whitened(grey, where, boxes, beside):
    """The same picture with these boxes made white, and `beside` millimetres around them (inside
    them, under nought)."""
    lost = grey.copy()
    for box in boxes:
        left, top, size = box.x - beside, box.y - beside, box.side + 2 * beside
        corners = [(left, top), (left + size, top), (left + size, top + size), (left, top + size)]
        points = np.rint(where.pixels(np.array(corners))).astype(np.int32)
        cv2.fillConvexPoly(lost, points, (255,))
    return lost


def page_and_boxes(level="S1", number=3):
    made = make(LEVELS[level], SEED, number)
    return made, picture_of(made.file), layout_of(level).page(1).boxes


def test_a_box_under_a_reflection_is_not_said_to_be_empty():
    made, grey, boxes = page_and_boxes()
    first = read(made)
    marked = [
        box for box in boxes if first.boxes[box.question, box.choice].verdict is Verdict.MARKED
    ]
    layout = layout_of("S1")

    lost = whitened(grey, first.where, marked[:1], beside=2.0)
    reading = read_page(lost, lambda _one: (layout, 1))

    assert len(marked) > 1
    key = (marked[0].question, marked[0].choice)
    assert reading.boxes[key].verdict is Verdict.DOUBTFUL
    assert not reading.questions[marked[0].question].sure


def test_a_page_on_which_the_pen_left_no_trace_is_not_said_to_be_empty():
    made, grey, boxes = page_and_boxes()
    layout = layout_of("S1")

    lost = whitened(grey, read(made).where, boxes, beside=-0.6)
    reading = read_page(lost, lambda _one: (layout, 1))

    assert reading.state == State.READ
    assert {one.verdict for one in reading.boxes.values()} == {Verdict.DOUBTFUL}


def test_where_too_many_boxes_cannot_be_told_none_is():
    shares = []
    for number in range(6):
        made = make(LEVELS["dim"], SEED, number)
        verdicts = [one.verdict for one in read(made).boxes.values()]
        if verdicts:
            shares.append(verdicts.count(Verdict.DOUBTFUL) / len(verdicts))

    assert 1.0 in shares
    assert all(share == 1 or share <= UNTOLD for share in shares)
