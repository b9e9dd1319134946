"""From what stands on ballots to totals: plain values, no ballot among them.

Totals are question -> what was said -> how many times. What is said of one question of one ballot
is the keys of its choices: `()` where it was left blank, `(VOID,)` where it does not count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from relier.paper.reading.layouts import Question

# A dash, so that no choice has these keys.
BLANK, VOID = "-blank", "-void"
# With fewer, whoever knows who voted would know what they voted.
LEAST: Final = 5

Says = tuple[str, ...]
Totals = dict[str, dict[str, int]]


class NotAVote(ValueError):  # noqa: N818 — said as a sentence
    """What was said of a ballot is none of its answers."""


def no_votes(questions: Iterable[Question]) -> Totals:
    """Every answer of every question, none of them given yet."""
    return {
        question.key: dict.fromkeys((*question.choices, BLANK, VOID), 0) for question in questions
    }


def with_vote(totals: Mapping[str, Mapping[str, int]], question: str, says: Says) -> Totals:
    """Totals with what one ballot says of one question. Raises KeyError for what is not asked."""
    counts = dict(totals[question])
    for key in says or (BLANK,):
        counts[key] = counts[key] + 1 if key in counts else _unknown(key)
    return {**{key: dict(one) for key, one in totals.items()}, question: counts}


def _unknown(key: str) -> int:
    raise KeyError(key)


def vote_of(question: Question, given: Sequence[str]) -> Says:
    """What a reader says of a question: keys in the order of its choices; BLANK or VOID, alone.
    Raises NotAVote."""
    said = set(given)
    if said == {VOID}:
        return (VOID,)
    if said == {BLANK}:
        return ()
    if not said or not said <= set(question.choices):
        raise NotAVote(f"Not an answer of {question.key}.")
    if question.kind == "one" and len(said) > 1:
        raise NotAVote(f"{question.key} has one answer.")
    return tuple(key for key in question.choices if key in said)


# --- the sheets of paper -------------------------------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """Of sheets of paper. `by_hand`: None while nobody counted them; `doubts`: strips that wait."""

    printed: int
    by_hand: int | None
    counted: int
    doubts: int = 0

    @property
    def agree(self) -> bool:
        return self.by_hand == self.counted

    @property
    def are_too_many(self) -> bool:
        """More came back than were printed."""
        return max(self.by_hand or 0, self.counted) > self.printed

    @property
    def missing(self) -> int:
        return max(0, (self.by_hand or 0) - self.counted)

    @property
    def extra(self) -> int:
        return max(0, self.counted - (self.by_hand or 0))

    @property
    def are_few(self) -> bool:
        return self.counted < LEAST

    @property
    def may_close(self) -> bool:
        return self.agree and not self.doubts
