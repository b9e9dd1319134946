"""The state of a deliberation: whole numbers, updated vote by vote, the same in any order.

Of each statement: how many agree, disagree, pass, find it unclear. Of each pair: C, the sum of
products of the opinions of those who gave both; N, how many they are; A, the sum of their opinions
on the first. All 64-bit whole numbers: a vote added and taken back leaves no trace, and a recount
gives the same numbers. A vote costs one pass over what the same person answered.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .votes import AGREE, ANSWERS, DISAGREE, PASS, UNCLEAR, Votes, sorted_ids

UNSEEN: Final = None
Whole = NDArray[np.int64]


class State:
    """`agree`, `disagree`, `passes`, `unclear`: (S,); `products`, `both`, `sums`: (S, S)."""

    def __init__(self, statements: tuple[str, ...]) -> None:
        self.statements = sorted_ids(statements)[0]
        self._place = {name: place for place, name in enumerate(self.statements)}
        count = len(self.statements)
        self.answers: Whole = np.zeros((4, count), dtype=np.int64)
        self.products: Whole = np.zeros((count, count), dtype=np.int64)
        self.both: Whole = np.zeros((count, count), dtype=np.int64)
        self.sums: Whole = np.zeros((count, count), dtype=np.int64)
        self._rows: dict[str, dict[int, int]] = {}

    @property
    def people(self) -> int:
        """How many gave at least one answer."""
        return len(self._rows)

    @property
    def agree(self) -> Whole:
        return self.answers[ANSWERS.index(AGREE)]

    @property
    def disagree(self) -> Whole:
        return self.answers[ANSWERS.index(DISAGREE)]

    @property
    def passes(self) -> Whole:
        return self.answers[ANSWERS.index(PASS)]

    @property
    def unclear(self) -> Whole:
        return self.answers[ANSWERS.index(UNCLEAR)]

    @property
    def unseen(self) -> Whole:
        return self.people - self.answers.sum(axis=0)

    def put(self, person: str, statement: str, answer: int | None) -> None:
        """Give, change, or (with None) take back an answer. Raises KeyError for a statement that is
        not there, ValueError for an answer that does not exist."""
        if answer is not UNSEEN and answer not in ANSWERS:
            raise ValueError(f"no such answer: {answer}")
        column = self._place[statement]
        row = self._rows.setdefault(person, {})
        before = row.pop(column, None)
        if before is not None:
            self._count(row, column, before, -1)
        if answer is not None:
            self._count(row, column, answer, +1)
            row[column] = answer
        if not row:
            del self._rows[person]

    def _count(self, row: dict[int, int], column: int, answer: int, times: int) -> None:
        self.answers[ANSWERS.index(answer), column] += times
        if answer not in (AGREE, DISAGREE):
            return
        others = [(place, value) for place, value in row.items() if value in (AGREE, DISAGREE)]
        self._pair(column, column, answer, answer, times)
        if not others:
            return
        places, values = np.array(others, dtype=np.int64).T
        for table, given, back in (
            (self.products, answer * values, answer * values),
            (self.both, 1, 1),
            (self.sums, answer, values),
        ):
            table[column, places] += times * given
            table[places, column] += times * back

    def _pair(self, one: int, other: int, first: int, second: int, times: int) -> None:
        self.products[one, other] += times * first * second
        self.both[one, other] += times
        self.sums[one, other] += times * first

    def without(self, statements: frozenset[str]) -> "State":
        """The same, recounted without some statements: a moderated statement is not a pass."""
        kept = State(tuple(name for name in self.statements if name not in statements))
        for person, row in self._rows.items():
            for column, answer in row.items():
                if self.statements[column] not in statements:
                    kept.put(person, self.statements[column], answer)
        return kept

    def votes(self) -> Votes:
        """The votes, with the names under which they were given."""
        people = tuple(sorted(self._rows))
        cells = [
            (place, column, answer)
            for place, person in enumerate(people)
            for column, answer in sorted(self._rows[person].items())
        ]
        rows, columns, values = np.array(cells, dtype=np.int64).reshape(-1, 3).T
        return Votes.of_cells(rows, columns, values, self.statements, people)


def recount(votes: Votes) -> State:
    """The state of these votes, counted anew as tables."""
    state = State(votes.statements)
    table = votes.dense().astype(np.int64)
    opinions = np.where(np.abs(table) == 1, table, 0)
    given = (opinions != 0).astype(np.int64)
    state.answers = np.array([(table == answer).sum(axis=0) for answer in ANSWERS])
    state.products, state.both = opinions.T @ opinions, given.T @ given
    state.sums = opinions.T @ given
    names = votes.people or tuple(str(place) for place in range(len(votes)))
    state._rows = {
        name: dict(
            zip(votes.columns[start:end].tolist(), votes.values[start:end].tolist(), strict=True)
        )
        for name, start, end in zip(names, votes.starts[:-1], votes.starts[1:], strict=True)
    }
    return state
