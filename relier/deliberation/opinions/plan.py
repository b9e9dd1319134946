"""Sheets of statements on paper: who sees what, when there are too many for one sheet.

A sheet holds 12 to 20 statements; there are two to four versions of it, handed out in turn. Every
statement stands on as many versions as any other, so that all are seen as often, and any two stand
together as evenly as can be: two statements that nobody sees together say nothing of each other.
That is a balanced incomplete block design (Yates 1936) as near as whole numbers allow; which
statements fill which version is improved by exchanges (Jones & Eccleston 1980), from starts that
the ids alone decide. The same statements give the same sheets.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .reading import checked, read_statements
from .unreadable import UnreadableVotes
from .votes import sorted_ids

Integers = NDArray[np.int64]

SHORTEST, LONGEST = 12, 20
MOST_VERSIONS: Final = 4
MOST_STATEMENTS: Final = MOST_VERSIONS * LONGEST
STARTS: Final = 12
FORMAT: Final = "relier opinions plan 1"


class NoPlan(ValueError):  # noqa: N818 — said as a sentence
    """Why these statements do not fit on sheets, and what to do. `template` has named gaps."""

    def __init__(self, template: str, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template % values)


@dataclass(frozen=True)
class Plan:
    """`sheets`: the ids on each version, in the order of the page. `copies`: of each version."""

    statements: tuple[str, ...]
    sheets: tuple[tuple[str, ...], ...]
    copies: int

    def table(self) -> Integers:
        """(versions, S) one where a statement stands on a version."""
        place = {name: number for number, name in enumerate(self.statements)}
        table = np.zeros((len(self.sheets), len(place)), dtype=np.int64)
        for version, sheet in enumerate(self.sheets):
            table[version, [place[name] for name in sheet]] = 1
        return table

    @property
    def exposures(self) -> tuple[int, int]:
        """On how many versions a statement stands: the fewest and the most."""
        counts = self.table().sum(axis=0)
        return int(counts.min()), int(counts.max())

    @property
    def is_linked(self) -> bool:
        """Whether people with different sheets have statements in common: without, their opinions
        cannot be compared, and no group can be found across sheets."""
        return len(self.sheets) == 1 or self.exposures[0] > 1

    @property
    def together(self) -> dict[int, int]:
        """How many pairs of statements stand together on 0, 1, 2… versions."""
        table = self.table()
        pairs = (table.T @ table)[np.triu_indices(len(self.statements), 1)]
        return {int(n): int((pairs == n).sum()) for n in np.unique(pairs)}


def planned(
    statements: Sequence[str],
    people: int = 0,
    versions: int | None = None,
    longest: int = LONGEST,
) -> Plan:
    """Sheets for some statements.

    `statements`: distinct ids; `people`: how many sheets are needed, 0 when nobody knows;
    `versions`: 1 to 4, or None for the best number; `longest`: 12 to 20 statements on a sheet.
    Raises `NoPlan` when they do not fit, ValueError when an id comes twice.
    """
    names, _ = sorted_ids(statements)
    if not names:
        raise NoPlan("there are no statements: write some first")
    if not SHORTEST <= longest <= LONGEST:
        raise NoPlan("a sheet holds 12 to 20 statements, not %(longest)s", longest=longest)
    count, times = shape(len(names), versions, longest)
    seed = hashlib.sha256("\n".join([str(count), *names]).encode()).digest()
    random = np.random.Generator(np.random.Philox(key=int.from_bytes(seed[:16], "little")))
    table = designed(len(names), count, times, random)
    sheets = tuple(
        tuple(names[place] for place in random.permutation(np.flatnonzero(row))) for row in table
    )
    return Plan(names, sheets, -(-people // count))


def shape(statements: int, versions: int | None, longest: int) -> tuple[int, int]:
    """How many versions, and on how many of them each statement stands.

    First, as few pairs as possible that nobody sees together; then the shortest sheets; then the
    fewest versions.
    """
    if statements <= longest and versions in (None, 1):
        return 1, 1
    allowed = range(2, MOST_VERSIONS + 1) if versions is None else [versions]
    best: tuple[int, int, int, int] | None = None
    for count in allowed:
        for times in range(1, count):
            low, high = statements * times // count, -(-statements * times // count)
            if low < SHORTEST or high > longest or not 2 <= count <= MOST_VERSIONS:
                continue
            apart = pairs_apart(statements, count, times)
            best = min(best or (apart, high, count, times), (apart, high, count, times))
    if best is None:
        raise NoPlan(
            "%(statements)s statements do not fit on %(versions)s sheets of 12 to %(longest)s: "
            "choose fewer statements, or another number of versions",
            statements=statements,
            versions=versions or "2 to 4",
            longest=longest,
        )
    return best[2], best[3]


def pairs_apart(statements: int, count: int, times: int) -> int:
    """About how many pairs never meet, when the ways of choosing versions are used as often."""
    ways = list(combinations(range(count), times))
    used = [statements // len(ways) + (k < statements % len(ways)) for k in range(len(ways))]
    return sum(
        used[a] * used[b]
        for a, b in combinations(range(len(ways)), 2)
        if not set(ways[a]) & set(ways[b])
    )


def designed(
    statements: int, count: int, times: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """(versions, S) the best of several tables, each improved by exchanges."""
    if times == count:
        return np.ones((count, statements), dtype=np.int64)
    tables = [
        improved(dealt(statements, count, times, random.permutation(statements)))
        for _ in range(STARTS)
    ]
    return min(tables, key=lambda table: (unevenness(table), table.tobytes()))


def dealt(statements: int, count: int, times: int, order: Integers) -> Integers:
    """Every statement on so many versions, the ways of choosing them used in turn, and versions as
    full as one another (a difference of one at most)."""
    ways = list(combinations(range(count), times))
    table = np.zeros((count, statements), dtype=np.int64)
    used = dict.fromkeys(ways, 0)
    for place in order:
        full = table.sum(axis=1)
        way = min(ways, key=lambda one: (int(np.ptp(full + turned(one, count))), used[one], one))
        used[way] += 1
        table[list(way), place] = 1
    return table


def turned(way: Sequence[int], count: int) -> Integers:
    return np.bincount(way, minlength=count)


def unevenness(table: Integers) -> tuple[int, int]:
    """The squares of how often each pair meets, added up, then how many never do. Sums of meetings
    being given, the first is least when they are most alike."""
    together = table.T @ table
    pairs = together[np.triu_indices(len(together), 1)]
    return int((pairs * pairs).sum()), int((pairs == 0).sum())


def improved(table: Integers) -> Integers:
    """The same after the best exchange of two statements between two versions, again and again."""
    at = unevenness(table)
    while True:
        tried = min(((unevenness(other), n, other) for n, other in enumerate(exchanges(table))),
                    default=None, key=lambda one: one[:2])  # fmt: skip
        if tried is None or tried[0] >= at:
            return table
        at, table = tried[0], tried[2]


def exchanges(table: Integers) -> Iterator[Integers]:
    """Tables one exchange away, one for each way that differs: statements on the same versions
    are alike."""
    seen = set()
    for a, b in combinations(range(len(table)), 2):
        for out in np.flatnonzero((table[a] == 1) & (table[b] == 0)):
            for into in np.flatnonzero((table[b] == 1) & (table[a] == 0)):
                key = (a, b, table[:, out].tobytes(), table[:, into].tobytes())
                if key not in seen:
                    seen.add(key)
                    other = table.copy()
                    other[[a, b], out], other[[a, b], into] = (0, 1), (1, 0)
                    yield other


# --- told ----------------------------------------------------------------------------------------


def document(plan: Plan) -> dict[str, object]:
    """What the JSON holds."""
    low, high = plan.exposures
    return {
        "format": FORMAT,
        "statements": list(plan.statements),
        "copies": plan.copies,
        "sheets": [
            {"version": chr(ord("A") + number), "statements": list(sheet)}
            for number, sheet in enumerate(plan.sheets)
        ],
        "linked": plan.is_linked,
        "exposures": {"fewest": low, "most": high},
        "pairs_together": {str(times): pairs for times, pairs in plan.together.items()},
    }


def as_json(plan: Plan) -> str:
    return json.dumps(document(plan), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_text(plan: Plan, texts: dict[str, str]) -> str:
    """The sheets to read, with the statements in full where they are known."""
    lines = [f"{len(plan.statements)} statements on {len(plan.sheets)} version(s) of the sheet."]
    if plan.copies:
        lines.append(f"Print {plan.copies} of each, and hand them out in turn: A, B…")
    low, high = plan.exposures
    lines.append(f"Each statement stands on {low if low == high else f'{low} or {high}'} of them.")
    for times, pairs in plan.together.items():
        lines.append(f"Pairs of statements that stand together on {times}: {pairs}.")
    if not plan.is_linked:
        lines.append("Sheets share no statement: groups cannot be found across them.")
        lines.append("Choose at most 40 statements if you want to see groups.")
    for number, sheet in enumerate(plan.sheets):
        lines += ["", f"Sheet {chr(ord('A') + number)}"]
        for place, name in enumerate(sheet, 1):
            text = " ".join(texts.get(name, "").split())
            lines.append(f"{place:>3}. [{name}] {text}".rstrip())
    return "\n".join(lines) + "\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `relier opinions plan`."""
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--statements", metavar="FILE", help="a table with statement, text")
    given.add_argument("--count", type=int, metavar="N", help="how many statements, from 1 to N")
    parser.add_argument("--people", type=int, default=0, metavar="N", help="how many sheets")
    parser.add_argument("--versions", type=int, choices=range(1, MOST_VERSIONS + 1))
    parser.add_argument("--longest", type=int, default=LONGEST, help="statements on a sheet, 12-20")
    parser.add_argument("--json", metavar="OUT", help="where to write the plan for machines")
    parser.add_argument("--text", metavar="OUT", help="where to write it to be read (else shown)")


def run(options: argparse.Namespace) -> int:
    """`relier opinions plan`. 0, or 2 with a sentence when there is no plan."""
    try:
        if options.statements:
            texts = read_statements(checked(options.statements)).texts
        else:
            texts = {str(number): "" for number in range(1, min(options.count, 100_000) + 1)}
        plan = planned(list(texts), max(options.people, 0), options.versions, options.longest)
    except (UnreadableVotes, NoPlan) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if options.json:
        Path(options.json).write_text(as_json(plan), encoding="utf-8")
    told = as_text(plan, texts)
    if options.text:
        Path(options.text).write_text(told, encoding="utf-8")
    else:
        print(told, end="")
    return 0
