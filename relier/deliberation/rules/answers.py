"""What someone answers, while it stays on their telephone: in a few letters, and in an order of
one's own.

`{1: 1, 4: -1}` and skipped {2} are written `1a2s4d`. Plain Python.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

AGREE, DISAGREE, PASS, UNCLEAR = 1, -1, 0, 2
# The word that a button sends, and the answer that it is.
SAID: Final = {"agree": AGREE, "disagree": DISAGREE, "pass": PASS, "unclear": UNCLEAR}
WORDS: Final = {answer: word for word, answer in SAID.items()}
_LETTERS: Final = {AGREE: "a", DISAGREE: "d", PASS: "p", UNCLEAR: "u"}
_ANSWERS: Final = {letter: answer for answer, letter in _LETTERS.items()}
SKIPPED: Final = "s"
_ONE: Final = re.compile(r"(\d{1,4})([adpus])")
# Whole: anything else is not ours.
_ALL: Final = re.compile(r"(?:\d{1,4}[adpus])*")


@dataclass(frozen=True)
class Answers:
    """`given`: number of a statement -> answer; `skipped`: numbers that were left for later."""

    given: Mapping[int, int] = field(default_factory=dict)
    skipped: frozenset[int] = frozenset()

    def with_answer(self, number: int, answer: int) -> "Answers":
        return Answers({**self.given, number: answer}, self.skipped - {number})

    def with_skipped(self, number: int) -> "Answers":
        given = {one: answer for one, answer in self.given.items() if one != number}
        return Answers(given, self.skipped | {number})

    def only(self, numbers: Iterable[int]) -> "Answers":
        """Those on statements that are still put to the vote."""
        kept = set(numbers)
        given = {number: answer for number, answer in self.given.items() if number in kept}
        return Answers(given, self.skipped & kept)

    def as_text(self) -> str:
        said = {number: _LETTERS[answer] for number, answer in self.given.items()}
        said.update(dict.fromkeys(self.skipped, SKIPPED))
        return "".join(f"{number}{said[number]}" for number in sorted(said))


def from_text(text: str) -> Answers:
    """Those that were written so; none where the text is not one of ours."""
    if not _ALL.fullmatch(text):
        return Answers()
    given: dict[int, int] = {}
    skipped: set[int] = set()
    for number, letter in _ONE.findall(text):
        if letter == SKIPPED:
            skipped.add(int(number))
        else:
            given[int(number)] = _ANSWERS[letter]
    return Answers(given, frozenset(skipped))


def in_an_order_of_ones_own(numbers: Iterable[int], code: str) -> list[int]:
    """The same for the same code, another for another: what comes first is not always what is
    answered most."""
    return sorted(
        numbers, key=lambda number: (hashlib.sha256(f"{code} {number}".encode()).digest(), number)
    )


def kept(answers: Mapping[int, int]) -> dict[str, int]:
    """As a row keeps them: JSON knows only words for keys."""
    return {str(number): answers[number] for number in sorted(answers)}
