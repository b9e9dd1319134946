"""From what people decided of a question, one after the other, to what stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True)
class Said:
    """One decision. `answers`: keys of choices, or what was typed; () for nothing. `undoes`: it
    takes back the one before it."""

    by: UUID
    answers: tuple[str, ...] = ()
    illegible: bool = False
    undoes: bool = False

    def says_as(self, other: "Said") -> bool:
        return (self.answers, self.illegible) == (other.answers, other.illegible)


def kept(said: Iterable[Said]) -> list[Said]:
    """Those that were not taken back, the first said first."""
    stack: list[Said] = []
    for one in said:
        if not one.undoes:
            stack.append(one)
        elif stack:
            stack.pop()
    return stack


def standing(said: Iterable[Said], *, by_two: bool = False) -> Said | None:
    """The decision that stands: the last one; `by_two`: the last one that two members said alike,
    each with their last word."""
    stack = kept(said)
    if not stack or not by_two:
        return stack[-1] if stack else None
    last_words: dict[UUID, Said] = {one.by: one for one in stack}
    last = last_words[stack[-1].by]
    return last if _agreed(last, list(last_words.values())) else None


def _agreed(last: Said, words: Sequence[Said]) -> bool:
    return any(one.by != last.by and one.says_as(last) for one in words)


class Waits(StrEnum):
    """What someone who looks finds at a question that is not settled."""

    LOOK = "look"  # to be read
    DIFFER = "differ"  # two read otherwise: to be looked at again
    SECOND = "second"  # they read it, and someone else is to read it too


def waits_for(said: Iterable[Said], *, by: UUID, by_two: bool) -> Waits:
    """`said`: of a question on which nothing stands yet. Each of two reads by themself: whoever
    did not read yet is told nothing of what the other read."""
    if not by_two:
        return Waits.LOOK
    readers = {one.by for one in kept(said)}
    if by not in readers:
        return Waits.LOOK
    return Waits.SECOND if len(readers) == 1 else Waits.DIFFER
