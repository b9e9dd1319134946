"""What a spreadsheet is once it is read: sheets of rows of cells, each with its place and kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Self


class Kind(StrEnum):
    """What a cell holds. A day and an hour are written as ISO says them."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    HOUR = "hour"
    BOOLEAN = "boolean"
    FORMULA = "formula"
    ERROR = "error"


class Cell(NamedTuple):
    """`text`: the words; digits with a point; 2026-12-31; 09:30:00 (a duration may pass 24);
    "true" or "false"; the formula; the code of the error."""

    kind: Kind
    text: str


EMPTY = Cell(Kind.TEXT, "")


class Row(NamedTuple):
    """`line`: its number in the sheet, from 1, as a spreadsheet program shows it. `cells`: from the
    first column on, without the empty ones at the end."""

    line: int
    cells: list[Cell]

    def at(self, column: int) -> Cell:
        """The cell of a column, from 0; an empty text where there is none."""
        return self.cells[column] if column < len(self.cells) else EMPTY


class Sheet(NamedTuple):
    """`is_hidden`: a spreadsheet program does not show it."""

    title: str
    rows: list[Row]
    is_hidden: bool = False


class Remark(StrEnum):
    """What is worth saying, and forbids nothing."""

    MACROS = "macros"
    LINKS = "links"
    OLD_LETTERS = "old_letters"  # not UTF-8: accents are to be looked at
    CUT = "cut"  # a cell had more words than are read


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"
    OLD = "old"
    LOCKED = "locked"
    BOMB = "bomb"
    ENTITIES = "entities"
    DAMAGED = "damaged"
    TOO_WIDE = "too_wide"
    TOO_LONG = "too_long"
    SLOW = "slow"
    MEMORY = "memory"
    CRASHED = "crashed"


class Unreadable(Exception):  # noqa: N818 — a word for what happened
    """`line`: near which line of the sheet, where that is known."""

    def __init__(self, fault: Fault, line: int = 0) -> None:
        super().__init__(fault.value)
        self.fault, self.line = fault, line


@dataclass(frozen=True)
class Book:
    """`form`: xlsx, ods or csv. Sheets that hold nothing are left out."""

    form: str
    sheets: list[Sheet]
    remarks: list[Remark] = field(default_factory=list)

    def as_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "form": self.form,
            "remarks": [one.value for one in self.remarks],
            "sheets": [
                [
                    sheet.title,
                    [[row.line, _told(row.cells)] for row in sheet.rows],
                    sheet.is_hidden,
                ]
                for sheet in self.sheets
            ],
        }

    @classmethod
    def from_plain(cls, plain: Any) -> Self:
        """Raises ValueError, KeyError or TypeError where it is not what `as_plain` says."""
        kinds = {kind.value[0:2]: kind for kind in Kind}
        sheets = [
            Sheet(
                str(title),
                [Row(int(line), _cells(cells, kinds)) for line, cells in rows],
                any(hidden),
            )
            for title, rows, *hidden in plain["sheets"]
        ]
        remarks = [Remark(one) for one in plain["remarks"]]
        return cls(str(plain["form"]), sheets, remarks)


def _told(cells: Iterable[Cell]) -> list[str]:
    return [cell.kind.value[0:2] + cell.text for cell in cells]


def _cells(told: Iterable[str], kinds: dict[str, Kind]) -> list[Cell]:
    return [Cell(kinds[one[:2]], one[2:]) for one in told]


def letters(column: int) -> str:
    """How a spreadsheet program calls a column, from 0: A, B… Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
