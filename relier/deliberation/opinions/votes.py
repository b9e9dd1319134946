"""Votes: who agreed with what, and nothing else about them.

A cell is one person and one statement. Four answers are kept apart: agree, disagree, pass ("I do
not know") and unclear ("I do not understand, it does not concern me"). Unseen is a fifth thing: no
cell at all. Whoever has no cell has no row.

Nothing here depends on the order of arrival nor on names: the canonical order of people is that of
the SHA-256 of what they answered, and the digest is that of the multiset of their answers.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

AGREE: Final = 1
DISAGREE: Final = -1
PASS: Final = 0
UNCLEAR: Final = 2
ANSWERS: Final = (DISAGREE, PASS, AGREE, UNCLEAR)

Columns = NDArray[np.uint16] | NDArray[np.int32]


class Contradiction(ValueError):  # noqa: N818
    """The same person answered the same statement in two ways.

    `row` and `column` are those of the cells that were given; `first` and `second` their places.
    """

    def __init__(self, row: int, column: int, first: int, second: int) -> None:
        super().__init__(f"row {row}, column {column}: two answers that contradict each other")
        self.row, self.column, self.first, self.second = row, column, first, second


BLOCK = 50_000  # rows handled together


@dataclass(frozen=True)
class Votes:
    """The votes of n people on S statements, in compressed rows.

    `statements`: S ids, sorted, those that are numbers first, as numbers. `starts`: (n + 1,) where
    each row starts. `columns`: (votes,) statements, increasing in each row. `values`: (votes,)
    answers. `people`: the name of each row in the file, for whoever asks for their own position;
    it never reaches a result.
    """

    statements: tuple[str, ...]
    starts: NDArray[np.int64]
    columns: Columns
    values: NDArray[np.int8]
    people: tuple[str, ...] | None = None

    @classmethod
    def of_cells(
        cls,
        rows: ArrayLike,
        columns: ArrayLike,
        values: ArrayLike,
        statements: Sequence[str],
        people: Sequence[str] | None = None,
    ) -> Self:
        """The votes of cells in any order. `rows`, `columns`, `values`: (cells,) integers; a row
        is a place in `people`, a column a place in `statements`, which are in any order.

        A cell given twice alike counts once. Raises `Contradiction` (a ValueError) for a cell given
        twice differently, ValueError for an unknown answer or place, or a statement named twice.
        """
        row, column, value = (_whole(part) for part in (rows, columns, values))
        names, moved = sorted_ids(statements)
        _check(row, column, value, len(names), None if people is None else len(people))
        order, row, column, value = _sorted(row, moved[column], value, len(names))
        again = (row[1:] == row[:-1]) & (column[1:] == column[:-1])
        for place in np.flatnonzero(again & (value[1:] != value[:-1]))[:1]:
            first, second = sorted((int(order[place]), int(order[place + 1])))
            given = int(np.asarray(columns).ravel()[first])
            raise Contradiction(int(row[place]), given, first, second)
        kept = np.concatenate((np.ones(min(len(row), 1), bool), ~again))
        row, column, value = row[kept], column[kept], value[kept]
        present, counts = np.unique(row, return_counts=True)
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))
        named = None if people is None else tuple(people[int(one)] for one in present)
        return cls(names, starts, column.astype(width(len(names))), value.astype(np.int8), named)

    @classmethod
    def of_dense(cls, dense: ArrayLike, statements: Sequence[str] | None = None) -> Self:
        """The votes of a table: (n, S) floats, nan where a statement was not seen."""
        table = np.asarray(dense, dtype=float)
        rows, columns = np.nonzero(~np.isnan(table))
        names = [str(place) for place in range(table.shape[1])]
        return cls.of_cells(rows, columns, table[rows, columns], statements or names)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def row_of_each(self) -> NDArray[np.int64]:
        """(votes,) the row of each vote."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))

    def dense(self, unseen: int = 3) -> NDArray[np.int8]:
        """(n, S) the answers, `unseen` where there is none. For small cases only."""
        table = np.full((len(self), len(self.statements)), unseen, dtype=np.int8)
        table[self.row_of_each, self.columns] = self.values
        return table

    def mirrored(self) -> Self:
        """The same votes with agree and disagree exchanged."""
        values = np.where(np.abs(self.values) == 1, -self.values, self.values)
        return replace(self, values=values.astype(np.int8))

    @cached_property
    def hashes(self) -> NDArray[np.uint8]:
        """(n, 32) the SHA-256 of each row: its columns (four bytes, little end first), then its
        answers."""
        joined = b"".join(self._row_hashes())
        return np.frombuffer(joined, dtype=np.uint8).reshape(len(self), 32)

    def _row_hashes(self) -> Iterator[bytes]:
        step = 8192
        for low in range(0, len(self), step):
            bounds = self.starts[low : low + step + 1]
            first = bounds[0]
            columns = self.columns[first : bounds[-1]].astype("<u4").tobytes()
            values = self.values[first : bounds[-1]].tobytes()
            places = (bounds - first).tolist()
            for start, end in pairwise(places):
                yield hashlib.sha256(columns[4 * start : 4 * end] + values[start:end]).digest()

    def _order(self) -> NDArray[np.int64]:
        keys = self.hashes.view(">u8").reshape(len(self), 4)
        return np.lexsort(keys.T[::-1]).astype(np.int64)

    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of the multiset of rows and of the ids of the statements:
        the same whatever the order of people and whatever their names."""
        whole = hashlib.sha256(b"relier opinions 1\n")
        for name in self.statements:
            told = name.encode()
            whole.update(len(told).to_bytes(4, "little") + told)
        whole.update(b"\n" + self.hashes[self._order()].tobytes())
        return whole.hexdigest()

    def canonical(self) -> Self:
        """The same votes, rows in the order of the SHA-256 of what they hold."""
        order = self._order()
        lengths = np.diff(self.starts)[order]
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))
        columns, values = np.empty_like(self.columns), np.empty_like(self.values)
        # Block by block: eight bytes a vote to say where each comes from, only so many at a time.
        for low in range(0, len(order), BLOCK):
            some = order[low : low + BLOCK]
            first, last = starts[low], starts[low + len(some)]
            shifts = np.repeat(
                self.starts[some] - starts[low : low + len(some)], lengths[low : low + BLOCK]
            )
            taken = shifts + np.arange(first, last, dtype=np.int64)
            columns[first:last], values[first:last] = self.columns[taken], self.values[taken]
        people = None if self.people is None else tuple(self.people[int(one)] for one in order)
        return replace(self, starts=starts, columns=columns, values=values, people=people)


def width(statements: int) -> Any:
    """The type of columns that is wide enough for so many statements."""
    return np.uint16 if statements <= 65535 else np.int32


def sorted_ids(ids: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Ids in order (those that are numbers first, as numbers), and where each of those given went:
    (S,) places. Raises ValueError when one comes twice."""
    order = sorted(range(len(ids)), key=lambda place: _rank(ids[place]))
    names = tuple(ids[place] for place in order)
    if len(set(names)) < len(names):
        raise ValueError("a statement is named twice")
    moved = np.empty(len(ids), dtype=np.int64)
    moved[order] = np.arange(len(ids))
    return names, moved


def _rank(name: str) -> tuple[int, int, str]:
    is_number = name.isascii() and name.isdigit()
    return (0, int(name), name) if is_number else (1, 0, name)


def _whole(part: ArrayLike) -> NDArray[np.int64]:
    given = np.asarray(part).ravel()
    whole = given.astype(np.int64)
    if not np.array_equal(whole, given):
        raise ValueError("rows, columns and answers are whole numbers")
    return whole


def _check(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    value: NDArray[np.int64],
    statements: int,
    people: int | None,
) -> None:
    if not len(row) == len(column) == len(value):
        raise ValueError("a cell has a row, a column and an answer")
    if not len(row):
        return
    if row.min() < 0 or (people is not None and row.max() >= people):
        raise ValueError("a row is outside of the people")
    if column.min() < 0 or column.max() >= statements:
        raise ValueError("a column is outside of the statements")
    if value.min() < DISAGREE or value.max() > UNCLEAR:
        raise ValueError("an answer is agree (1), disagree (-1), pass (0) or unclear (2)")


def _sorted(
    row: NDArray[np.int64], column: NDArray[np.int64], value: NDArray[np.int64], statements: int
) -> tuple[NDArray[np.int64], ...]:
    order = np.argsort(row * max(statements, 1) + column, kind="stable")
    return order, row[order], column[order], value[order]
