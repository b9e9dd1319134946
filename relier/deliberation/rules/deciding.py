"""How a question is decided, by the rule that was announced before it was asked. Plain values.

- *consensus*: nobody is against the proposal: no voice on it disagrees, no objection stands;
- *consent*: every objection was dealt with, or taken back by whoever raised it;
- *majority*: so many voices at least, and more than such a share of opinions agree. Objections that
  were not dealt with are objections of a minority: they are kept in its words, and stop nothing.

A rule that counts voices needs figures that may be told: under five answers on the proposal, saying
that it is met would say what each of a few people answered.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .telling import FEWEST

Why = Literal[
    "met", "someone_is_against", "objections_stand", "too_few_voices", "not_enough_agree",
    "no_opinion", "not_counted",
]  # fmt: skip
Rule = Literal["consensus", "consent", "majority"]


@dataclass(frozen=True)
class Met:
    """Whether the rule is met, and why not."""

    is_met: bool
    why: Why


@dataclass(frozen=True)
class Counted:
    """What was counted on a proposal: whole numbers of voices."""

    agree: int
    disagree: int
    unsure: int

    @property
    def voices(self) -> int:
        """All that were given on it, those that do not know included."""
        return self.agree + self.disagree + self.unsure


MET = Met(True, "met")


def decide(
    rule: Rule, *, standing: int, counted: Counted | None, quorum: int | None, share: int
) -> Met:
    """By the rule announced. `standing`: objections neither dealt with nor taken back; `counted`:
    None where no voice was given on this proposal."""
    if rule == "consent":
        return consent(standing=standing)
    if counted is None:
        return Met(False, "not_counted")
    if rule == "consensus":
        return consensus(counted, standing=standing)
    return majority(counted, quorum=quorum or FEWEST, share=share)


def consent(*, standing: int) -> Met:
    return Met(False, "objections_stand") if standing else MET


def consensus(counted: Counted, *, standing: int) -> Met:
    if counted.voices < FEWEST:
        return Met(False, "too_few_voices")
    if counted.disagree:
        return Met(False, "someone_is_against")
    if standing:
        return Met(False, "objections_stand")
    return MET if counted.agree else Met(False, "no_opinion")


def majority(counted: Counted, *, quorum: int, share: int) -> Met:
    """`share`: percent of the opinions (agree and disagree) to be passed, and not only reached."""
    if counted.voices < max(quorum, FEWEST):
        return Met(False, "too_few_voices")
    opinions = counted.agree + counted.disagree
    if not opinions:
        return Met(False, "no_opinion")
    passes = Fraction(counted.agree, opinions) > Fraction(share, 100)
    return MET if passes else Met(False, "not_enough_agree")
