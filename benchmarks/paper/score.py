"""What a reading got right: boxes, rows, pages; and the bounds of what was counted.

A box counts when the person left it empty or marked it; boxes cancelled and circled are counted
apart. It is decided by the machine (auto) when its verdict is `empty` or `marked`, or `cancelled`
on a row that no human will see; otherwise it is doubtful. Auto and not the truth: wrong.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .pens import Truth


@dataclass
class Tally:
    """Counts add up over pages. `wrong_boxes`: level, number, question, choice, kind, verdict."""

    pages: int = 0
    read: int = 0
    unregistered: int = 0
    unidentified: int = 0
    wrong_identity: int = 0
    boxes: int = 0
    auto: int = 0
    missed: int = 0  # marked, said to be empty
    invented: int = 0  # empty, said to be marked
    doubtful: int = 0
    cancelled: int = 0
    cancelled_as_marked: int = 0
    circled: int = 0
    circled_decided: int = 0
    rows: int = 0
    rows_to_human: int = 0
    rows_wrong: int = 0
    pages_wrong: int = 0
    seconds: float = 0.0
    peak: int = 0
    wrong_boxes: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return self.missed + self.invented

    def add(self, other: "Tally") -> None:
        for name, value in vars(other).items():
            mine = getattr(self, name)
            setattr(self, name, max(mine, value) if name == "peak" else mine + value)


def score(reading: Any, truth: Truth, identifier: str, where: str) -> Tally:
    """Of one page; `reading` is what `read_page` gave."""
    tally = Tally(pages=1)
    tally.wrong_identity = int(reading.identifier is not None and reading.identifier != identifier)
    tally.unidentified = int(reading.identifier is None)
    if reading.state != "read":
        tally.unregistered = int(reading.identifier is not None)
        return tally
    tally.read = 1
    for box, mark in truth.boxes.items():
        verdict = reading.boxes[box].verdict
        if verdict == "cancelled" and not reading.questions[box[0]].sure:
            verdict = "doubtful"
        count_box(tally, mark.state, verdict, (where, *box, mark.kind, verdict))
    for question in truth.rows:
        said = reading.questions[question]
        tally.rows += 1
        if not said.sure:
            tally.rows_to_human += 1
        elif set(said.answers) != set(meant(truth, question)):
            tally.rows_wrong += 1
    tally.pages_wrong = int(tally.wrong > 0)
    return tally


def meant(truth: Truth, question: str) -> tuple[str, ...]:
    """What the person answered: the marks that stand; a circle round a box chooses it."""
    circled = tuple(
        choice
        for (asked, choice), mark in truth.boxes.items()
        if asked == question and mark.state == "circled"
    )
    return truth.answers(question) or circled


def score_ratios(
    ratios: Mapping[tuple[str, str], float], truth: Truth, limit: float, where: str
) -> Tally:
    """Of one page of the peer, which has no doubt: marked from `limit` on."""
    tally = Tally(pages=1, read=1)
    for box, mark in truth.boxes.items():
        verdict = "marked" if ratios[box] >= limit else "empty"
        count_box(tally, mark.state, verdict, (where, *box, mark.kind, verdict))
    tally.pages_wrong = int(tally.wrong > 0)
    return tally


def count_box(tally: Tally, state: str, verdict: str, told: tuple[str, ...]) -> None:
    if state == "cancelled":
        tally.cancelled += 1
        tally.cancelled_as_marked += verdict == "marked"
    elif state == "circled":
        tally.circled += 1
        tally.circled_decided += verdict != "doubtful"
    elif verdict == "doubtful":
        tally.boxes += 1
        tally.doubtful += 1
    else:
        tally.boxes += 1
        tally.auto += 1
        if verdict != state:
            tally.missed += state == "marked"
            tally.invented += state == "empty"
            tally.wrong_boxes.append(told)


# --- bounds -------------------------------------------------------------------------------------


def upper(wrong: int, among: int, confidence: float = 0.95) -> float:
    """The upper bound of a share, one-sided (Clopper and Pearson, 1934): the share for which
    finding so few or fewer is as rare as 1 - confidence. 1.0 among none."""
    if among == 0 or wrong >= among:
        return 1.0
    low, high = wrong / among, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if at_most(wrong, among, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def at_most(wrong: int, among: int, share: float) -> float:
    """P(X ≤ wrong) for X binomial, summed from its logarithms."""
    if share <= 0:
        return 1.0
    total = 0.0
    for count in range(wrong + 1):
        chance = (
            math.lgamma(among + 1)
            - math.lgamma(count + 1)
            - math.lgamma(among - count + 1)
            + count * math.log(share)
            + (among - count) * math.log1p(-share)
        )
        total += math.exp(chance)
    return min(1.0, total)


def excess(ours: tuple[int, int], theirs: tuple[int, int], confidence: float = 0.95) -> float:
    """The most that our share of errors can be above theirs: upper bound of the difference,
    one-sided, by the score of Miettinen and Nurminen (1985). Pairs are (wrong, among)."""
    (x1, n1), (x2, n2) = ours, theirs
    if not n1 or not n2:
        return 1.0
    wanted = _quantile(confidence)
    low, high = x1 / n1 - x2 / n2, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _score(x1, n1, x2, n2, middle) > -wanted:
            low = middle
        else:
            high = middle
    return high


def _score(x1: int, n1: int, x2: int, n2: int, difference: float) -> float:
    """(p1 - p2 - difference) in standard errors, the shares fitted under that difference."""
    q1, q2 = _fitted(x1, n1, x2, n2, difference)
    variance = (q1 * (1 - q1) / n1 + q2 * (1 - q2) / n2) * (n1 + n2) / (n1 + n2 - 1)
    gap = x1 / n1 - x2 / n2 - difference
    return gap / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, gap)


def _fitted(x1: int, n1: int, x2: int, n2: int, difference: float) -> tuple[float, float]:
    """The likeliest shares p1 and p2 with p1 - p2 = difference, by bisection on the slope of the
    likelihood, which falls."""
    low, high = max(0.0, -difference), min(1.0, 1.0 - difference)
    for _ in range(80):
        p2 = (low + high) / 2
        p1 = min(1.0, max(0.0, p2 + difference))
        slope = _slope(x1, n1, p1) + _slope(x2, n2, p2)
        low, high = (p2, high) if slope > 0 else (low, p2)
    return min(1.0, max(0.0, low + difference)), low


def _slope(wrong: int, among: int, share: float) -> float:
    share = min(1 - 1e-15, max(1e-15, share))
    return wrong / share - (among - wrong) / (1 - share)


def _quantile(confidence: float) -> float:
    """Of the normal law, by bisection."""
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        below = 0.5 * (1 + math.erf(middle / math.sqrt(2)))
        low, high = (middle, high) if below < confidence else (low, middle)
    return low
