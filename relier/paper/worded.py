"""A sheet in the words of one language: what is shown, printed, said and read back.

Plain values, no Django: `sheets.worded` makes them from a declared sheet, `printing` draws them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .reading.layouts import BOXED, Kind
from .typeset import Language

# "I'd rather not answer": a choice like the others on the page, and no trace of it once kept.
RATHER_NOT_KEY: Final = "rather_not"
READ_FROM_THE_RIGHT = frozenset({"ar"})


@dataclass(frozen=True)
class WordedChoice:
    """`pictogram` names a drawing of the sheet; "" for none."""

    key: str
    wording: str
    hint: str = ""
    pictogram: str = ""


@dataclass(frozen=True)
class WordedQuestion:
    """`choices` where one ticks; `digits` of a number; `lines` to write on;
    `who` signs."""

    key: str
    kind: Kind
    wording: str
    hint: str = ""
    pictogram: str = ""
    choices: tuple[WordedChoice, ...] = ()
    digits: int = 0
    lines: int = 0
    who: str = ""
    by_ink: bool = False

    @property
    def is_boxed(self) -> bool:
        return self.kind in BOXED


@dataclass(frozen=True)
class WordedRow:
    """`label` stands before the questions of these keys; "": the first of them stands there."""

    label: str
    keys: tuple[str, ...]
    pictogram: str = ""


@dataclass(frozen=True)
class WordedTable:
    """`heads`: above the labels, then above each column."""

    heads: tuple[str, ...]
    rows: tuple[WordedRow, ...]
    tall: bool = False


@dataclass(frozen=True)
class Worded:
    """`words`: those that stand on every sheet, by name; `drawings`: the SVG of each pictogram;
    `table`: the list that the first questions stand in; `keep`: the lines of a part to cut off."""

    name: str
    version: str
    language: Language
    title: str
    introduction: tuple[str, ...]
    questions: tuple[WordedQuestion, ...]
    words: Mapping[str, str]
    drawings: Mapping[str, bytes]
    table: WordedTable | None = None
    keep: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        """How its language is read: "ltr" or "rtl", as HTML says it."""
        return "rtl" if self.language in READ_FROM_THE_RIGHT else "ltr"

    def question(self, key: str) -> WordedQuestion:
        return next(question for question in self.questions if question.key == key)
