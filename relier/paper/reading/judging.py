"""From ink to answers: what each box says, and each question; what is doubtful goes to a human.

A box is `empty`, `marked`, `cancelled` (marked, then made black) or `doubtful`. People who tick,
cross or fill all their boxes are read alike: what stands out on their own page is what counts. A
box alone never decides what its row says twice: two marks, or none, are for a human to look at.

The numbers below were chosen on one half of the seeds of `benchmarks/paper` and reported on the
other; none of them is an error rate of real pens on real paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .inking import Look, PageLook
from .layouts import BOXED, Box, Layout, Page, Question

# On the scale of `inking.Look`. Below FAINT nothing was drawn; above CLEAR something was; a mark
# is WIDE enough not to be a speck, and not much paler than the others of the same page. Shares of
# a box are those of an USUAL one (millimetres): strokes are no wider in a large one.
USUAL = 5.0
FAINT = 0.06
CLEAR = 0.27
WIDE = 0.33
PALE = 0.35
# How much the boxes of a page that are surely empty differ among themselves widens the doubt.
UNEVEN = 2.5
# Filled so much that it may be a mark taken back; and how much more than the person's own marks.
HEAVY = 0.62
HEAVY_BESIDE = 0.48  # where another box of the row is marked too
HEAVIER = 0.2
# Ink that passes through a box from outside, as words do: on two sides of it, and more than the
# marks of the same hand leave there.
THROUGH_SIDES = 0.5
THROUGH_RIM = 0.028
USUAL_RIM = 2.4
BESIDE = 0.03
BLURRED = 0.22
# In a row that goes to a human anyway, less is enough to doubt: letters that cross a side of the
# frame leave more of the box white than a mark does.
CROSSING = 0.012
LETTERS = 0.82
# A frame this pale on one side, beside the other frames of the page, is under a reflection, or cut.
HIDDEN = 0.4
# A page is not believed when more rows than this say nothing for sure, some without any trace: a
# pen too pale for the copy leaves none. Where each row has its trace, the pen is seen.
SILENT = 0.7
BARE = 0.15
# So many marks show that the pen of this page is seen.
SEEN = 3
# Nor when more boxes than this are in doubt.
UNTOLD = 0.25
# The unevenness of paper, from which so many doubts come from the picture and not from the hand.
NOISY = 0.08


class Verdict(StrEnum):
    EMPTY = "empty"
    MARKED = "marked"
    CANCELLED = "cancelled"
    DOUBTFUL = "doubtful"


class Doubt(StrEnum):
    """Why a human is asked."""

    BOX = "box"  # a box could not be told
    NONE = "none"  # nothing was marked
    SEVERAL = "several"  # more than one where one was asked
    TAKEN_BACK = "taken_back"  # a mark was taken back
    WRITTEN = "written"  # written by hand: a human reads


@dataclass(frozen=True)
class BoxReading:
    """`ink`: the darkest stroke inside, 1 being as black as the printed frames."""

    verdict: Verdict
    ink: float


@dataclass(frozen=True)
class QuestionReading:
    """`answers`: the keys proposed; `sure`: nobody needs to look; `why`: else, the reason."""

    answers: tuple[str, ...]
    sure: bool
    why: Doubt | None = None


def judge_boxes(seen: PageLook, boxes: Sequence[Box]) -> dict[tuple[str, str], BoxReading]:
    looks = dict(zip([(box.question, box.choice) for box in boxes], seen.looks, strict=True))
    hand = _hand_of(seen)
    first = {key: _alone(look, hand) for key, look in looks.items()}
    verdicts = dict(first)
    for question in {box.question for box in boxes}:
        keys = [key for key in looks if key[0] == question]
        verdicts.update(_among(keys, looks, first, hand))
    return {key: BoxReading(verdicts[key], looks[key].stroke) for key in looks}


@dataclass(frozen=True)
class _Hand:
    """What is usual on this page: `floor` and `uneven` of empty boxes, how dark the pen is
    (`pen`), how much its marks cover, and how much of them stands outside (`rim`)."""

    floor: float
    uneven: float
    pen: float
    cover: float
    rim: float
    noise: float


def _hand_of(seen: PageLook) -> _Hand:
    strokes = np.array([look.stroke for look in seen.looks])
    low = np.sort(strokes)[: max(1, len(strokes) // 2)]
    floor = float(np.median(low))
    clear = [look for look in seen.looks if look.stroke > CLEAR and look.spread > 0.45]
    enough = len(clear) >= 3
    return _Hand(
        floor=floor,
        uneven=float(np.percentile(low, 95)) - floor,
        pen=float(np.median([look.stroke for look in clear])) if enough else 0.7,
        cover=float(np.median([look.cover for look in clear])) if enough else 0.4,
        rim=float(np.median([look.rim for look in clear])) if enough else 0.02,
        noise=seen.noise,
    )


def _alone(look: Look, hand: _Hand) -> Verdict:
    """What a box says by itself, on this page."""
    ink = look.stroke - hand.floor
    doubt = UNEVEN * hand.uneven
    wide = WIDE * USUAL / look.side
    if ink < FAINT + doubt and look.spread < wide:
        return Verdict.EMPTY if look.frame > HIDDEN else Verdict.DOUBTFUL
    dark = ink > CLEAR + doubt and look.stroke > PALE * hand.pen
    if dark and look.spread > wide and hand.noise < BLURRED:
        return Verdict.MARKED
    return Verdict.DOUBTFUL


def _among(
    keys: Iterable[tuple[str, str]],
    looks: Mapping[tuple[str, str], Look],
    first: Mapping[tuple[str, str], Verdict],
    hand: _Hand,
) -> dict[tuple[str, str], Verdict]:
    """The same, once the boxes of a question are seen together."""
    keys = list(keys)
    inked = [key for key in keys if first[key] is not Verdict.EMPTY]
    verdicts = {key: first[key] for key in keys}
    for key in inked:
        others = [looks[one].cover for one in inked if one != key]
        verdicts[key] = _beside(looks[key], others, first[key], hand)
    if not inked:
        for key in keys:
            # A mark beside its box, or around it.
            if looks[key].rim > BESIDE and looks[key].sides:
                verdicts[key] = Verdict.DOUBTFUL
    return verdicts


def _beside(look: Look, others: Sequence[float], alone: Verdict, hand: _Hand) -> Verdict:
    """A box where something was drawn; `others`: how much of each other one of the row is inked."""
    heavy = HEAVY_BESIDE if others else HEAVY
    if look.cover > heavy and look.cover > min([hand.cover, *others]) + HEAVIER:
        return Verdict.CANCELLED if others else Verdict.DOUBTFUL
    if others and look.cover > HEAVY and look.cover >= max(others):
        return Verdict.DOUBTFUL  # all are filled: which one was taken back?
    if look.sides >= THROUGH_SIDES and look.rim > max(THROUGH_RIM, USUAL_RIM * hand.rim):
        return Verdict.DOUBTFUL
    return alone


def judge_questions(
    boxes: Mapping[tuple[str, str], BoxReading], layout: Layout, page: Page
) -> dict[str, QuestionReading]:
    """What each question of this page comes to."""
    here = {box.question for box in page.boxes} | {room.question for room in page.rooms}
    return {
        question.key: _comes_to(question, boxes)
        for question in layout.questions
        if question.key in here
    }


def look_again(
    boxes: Mapping[tuple[str, str], BoxReading],
    questions: Mapping[str, QuestionReading],
    seen: PageLook,
    drawn: Sequence[Box],
) -> dict[tuple[str, str], BoxReading]:
    """The boxes, once it is known which rows a human will see: there, what may be words or a mark
    beside its box is no longer given for sure, nor what is empty on a page where most rows are and
    the pen is hardly seen. On a noisy page a quarter of which is in doubt, all is. What was
    proposed for the rows stays."""
    untold = [one.verdict is Verdict.DOUBTFUL for one in boxes.values()]
    if seen.noise > NOISY and np.mean(untold or [False]) > UNTOLD:
        return {key: BoxReading(Verdict.DOUBTFUL, one.ink) for key, one in boxes.items()}
    quiet = _rows_of_a_lost_pen(boxes, questions)
    again = dict(boxes)
    for box, look in zip(drawn, seen.looks, strict=True):
        key = (box.question, box.choice)
        verdict = boxes[key].verdict
        lost = box.question in quiet and verdict is Verdict.EMPTY
        if lost or (not questions[box.question].sure and _may_be_otherwise(look, verdict)):
            again[key] = BoxReading(Verdict.DOUBTFUL, boxes[key].ink)
    return again


def _rows_of_a_lost_pen(
    boxes: Mapping[tuple[str, str], BoxReading], questions: Mapping[str, QuestionReading]
) -> set[str]:
    """The rows of which nothing is known, where it may be that the pen did not show."""
    rows = {row for row, _ in boxes}
    silent = {row for row in rows if not questions[row].sure and not questions[row].answers}
    bare = rows - {row for (row, _), one in boxes.items() if one.verdict is not Verdict.EMPTY}
    marks = sum(one.verdict is Verdict.MARKED for one in boxes.values())
    lost = marks < SEEN and len(silent) > SILENT * len(rows) and len(bare) > BARE * len(rows)
    return silent if lost else set()


def _may_be_otherwise(look: Look, verdict: Verdict) -> bool:
    if not look.sides:
        return False
    if verdict is Verdict.MARKED:
        return look.rim > CROSSING and look.spread < LETTERS * (USUAL / look.side) ** 0.5
    return verdict is Verdict.EMPTY and look.rim > BESIDE


def _comes_to(question: Question, boxes: Mapping[tuple[str, str], BoxReading]) -> QuestionReading:
    if question.kind not in BOXED:
        return QuestionReading((), False, Doubt.WRITTEN)
    verdicts = {choice: boxes[question.key, choice].verdict for choice in question.choices}
    marked = tuple(choice for choice, one in verdicts.items() if one is Verdict.MARKED)
    if Verdict.DOUBTFUL in verdicts.values():
        return QuestionReading(marked, False, Doubt.BOX)
    if Verdict.CANCELLED in verdicts.values():
        return QuestionReading(marked, False, Doubt.TAKEN_BACK)
    if not marked:
        return QuestionReading((), False, Doubt.NONE)
    if question.kind == "one" and len(marked) > 1:
        return QuestionReading(marked, False, Doubt.SEVERAL)
    return QuestionReading(marked, True)
