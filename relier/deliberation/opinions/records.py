"""The lines of a table of votes, and the cells gathered from them, both bounded.

A file may hold anything: a line is read up to 4 MB, a field up to the 128 kB of Python's reader, a
name up to 200 bytes. Beyond, the file is refused with the line.
"""

import csv
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

from .binary import LONGEST_ID
from .unreadable import UnreadableVotes

LONGEST_LINE: Final = 4_000_000
AT_ONCE: Final = 2048
MOST_VOTES: Final = 50_000_000
MOST_STATEMENTS: Final = 100_000


class Lines:
    """The records of a CSV file after its first line, each of bounded length. `number` is the
    line where the last one ends."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.read = file, 0
        first = self.line()
        self.semicolons = ";" in first and "," not in first
        self.head = next(self.parsed(iter([first])), [])
        if not any(self.head):
            raise UnreadableVotes("the file is empty: choose another one")
        self.records = self.parsed(iter(self.line, ""))

    @property
    def number(self) -> int:
        return self.read

    def parsed(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=";" if self.semicolons else ",", strict=True)

    def line(self) -> str:
        try:
            line = self.file.readline(LONGEST_LINE)
        except UnicodeDecodeError:
            raise UnreadableVotes(
                "the file is not in UTF-8: save it again as “CSV UTF-8”", first_foreign(self.file)
            ) from None
        self.read += 1
        if len(line) >= LONGEST_LINE:
            raise UnreadableVotes("the line is too long: is this a table of votes?", self.read)
        if "\0" in line:
            raise UnreadableVotes("the file is not text: save it again as “CSV UTF-8”", self.read)
        return line

    def batches(self) -> Iterator[tuple[list[list[str]], list[int]]]:
        """Records by the thousand, and the line of each."""
        records: list[list[str]] = []
        lines: list[int] = []
        for record in self:
            records.append(record)
            lines.append(self.read)
            if len(records) == AT_ONCE:
                yield records, lines
                records, lines = [], []
        if records:
            yield records, lines

    def __iter__(self) -> Iterator[list[str]]:
        wanted = len(self.head)
        try:
            for record in self.records:
                if len(record) == wanted:
                    yield record
                elif record:
                    raise UnreadableVotes(
                        "%(found)s columns instead of %(wanted)s: a comma is missing, or one too "
                        "many",
                        self.number, found=len(record), wanted=wanted,
                    )  # fmt: skip
        except csv.Error as error:
            raise UnreadableVotes(
                "the table is broken here (%(error)s): look for a quotation mark that is not "
                "closed",
                self.number, error=error,
            ) from None  # fmt: skip


def first_foreign(file: TextIO) -> int:
    """The first line that is not UTF-8: text is decoded by blocks, which does not say."""
    file.buffer.seek(0)
    for number, line in enumerate(iter(lambda: file.buffer.readline(LONGEST_LINE), b""), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return 1


@dataclass
class Cells:
    """Cells as they come: places of people and statements, answers, lines of the file (or None)."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.int8]
    people: list[str]
    statements: list[str]
    lines: NDArray[np.int64] | None = None


class Collected:
    """Cells gathered from records, thousands at a time and in little memory."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}
        self.statements: dict[str, int] = {}
        self.rows, self.columns, self.lines = array("q"), array("q"), array("q")
        self.values = array("b")

    def add(
        self,
        people: Sequence[str],
        statements: Sequence[str],
        values: Sequence[int],
        lines: Sequence[int],
    ) -> None:
        """As many cells as there are `lines`."""
        before = len(self.people), len(self.statements)
        row, column = self.people.setdefault, self.statements.setdefault
        self.rows.extend([row(name, len(self.people)) for name in people])
        self.columns.extend([column(name, len(self.statements)) for name in statements])
        self.values.extend(values)
        self.lines.extend(lines)
        for what, names, known, size in (
            ("person", people, self.people, before[0]),
            ("statement", statements, self.statements, before[1]),
        ):
            for name in islice(known, size, None):
                if not is_id(name):
                    checked_id(name, what, lines[names.index(name)])
        if len(self.statements) > MOST_STATEMENTS:
            raise UnreadableVotes("more than %(most)s statements", lines[-1], most=MOST_STATEMENTS)
        bounded(len(self.rows), lines[-1])

    def cells(self) -> Cells:
        return Cells(
            np.array(self.rows, dtype=np.int64),
            np.array(self.columns, dtype=np.int64),
            np.array(self.values, dtype=np.int8),
            list(self.people),
            list(self.statements),
            np.array(self.lines, dtype=np.int64),
        )


def checked_ids(names: Sequence[str]) -> None:
    if len(names) > MOST_STATEMENTS:
        raise UnreadableVotes("more than %(most)s statements", 1, most=MOST_STATEMENTS)
    seen = set()
    for name in names:
        checked_id(name, "statement", 1)
        if name in seen:
            raise UnreadableVotes(
                "statement %(name)s has two columns: keep one", 1, name=short(name)
            )
        seen.add(name)


def is_id(name: str) -> bool:
    return 0 < len(name.encode(errors="replace")) <= LONGEST_ID and "\n" not in name


def checked_id(name: str, what: str, line: int) -> str:
    if not is_id(name):
        raise UnreadableVotes("the id of the %(what)s is empty or too long", line, what=what)
    return name


def bounded(votes: int, line: int) -> None:
    if votes > MOST_VOTES:
        raise UnreadableVotes(
            "more than %(most)s votes in a text file: cut it, or give them packed",
            line,
            most=MOST_VOTES,
        )


def short(text: str) -> str:
    """What can be quoted in a message."""
    plain = "".join(c if c.isprintable() else " " for c in text[:41])
    return plain if len(plain) <= 40 else plain[:39] + "…"
