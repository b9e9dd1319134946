"""Whether the signed list of a session came back: the one place that says it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SignedList:
    """What is known of the paper list of a session. `minutes`: of each person (their root) on it;
    who is not named there did not sign."""

    is_here: bool
    minutes: Mapping[UUID, int]


def lists_of(sessions: Collection[UUID]) -> dict[UUID, SignedList | None]:
    """Session -> its list; None where Relier does not know, which is neither « here » nor
    « missing ». Nothing is known yet: lists printed and read back will answer here, in a constant
    number of queries."""
    return dict.fromkeys(sessions)
