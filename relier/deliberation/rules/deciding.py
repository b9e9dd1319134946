"""How a question is decided, by the rule that was announced before it was asked. Plain values.

- *consensus*: nobody is against the proposal;
- *consent*: every objection was dealt with, or taken back by whoever raised it;
- *majority*: so many voices at least, and more than such a share of opinions agree.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Why = Literal[
    "met", "someone_is_against", "objections_stand", "too_few_voices", "not_enough_agree",
    "no_opinion",
]  # fmt: skip


@dataclass(frozen=True)
class Met:
    """Whether the rule is met, and why not."""

    is_met: bool
    why: Why


def consensus(*, agree: int, disagree: int) -> Met:
    if disagree:
        return Met(False, "someone_is_against")
    return Met(bool(agree), "met" if agree else "no_opinion")


def consent(*, standing: int) -> Met:
    """`standing`: objections that are neither dealt with nor taken back."""
    return Met(not standing, "objections_stand" if standing else "met")


def majority(*, agree: int, disagree: int, voices: int, quorum: int, share: int) -> Met:
    """`voices`: all that were given on it, those that do not know included; `share`: percent of the
    opinions (agree and disagree) that must be passed, and not only reached."""
    if voices < quorum:
        return Met(False, "too_few_voices")
    opinions = agree + disagree
    if not opinions:
        return Met(False, "no_opinion")
    passes = Fraction(agree, opinions) > Fraction(share, 100)
    return Met(passes, "met" if passes else "not_enough_agree")
