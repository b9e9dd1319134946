"""What is published so that anyone recounts: of each release, its integers and its receipts. And
the same figures counted anew from the table, for the two who may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from relier.lib import codes as groups
from relier.lib import tables

from .models import Question, Release
from .results import NAMES
from .rules import codes, telling

HEAD = ("release", "is_final", "what", "number", *NAMES, "unseen", "told")


def as_csv(question: Question) -> bytes:
    """A line for the voices of each release, one for each statement, one for each receipt."""
    rows: list[tuple[tables.Cell, ...]] = []
    for release in Release.objects.of(question):
        rows += _lines(release, shows_receipts=not question.brought_from)
    return tables.csv(tables.Table("releases", HEAD, rows))


def _lines(release: Release, *, shows_receipts: bool) -> Iterable[tuple[tables.Cell, ...]]:
    begins = (release.number, "yes" if release.is_final else "no")
    nothing = tuple(None for _name in NAMES)
    yield (*begins, "voices", release.voices, *nothing, None, "")
    for number in sorted(release.counts, key=int):
        totals = release.counts[number]
        told = telling.how(totals)
        if told == "exact":
            counts: tuple[int | None, ...] = tuple(totals[name] for name in NAMES)
            yield (*begins, "statement", number, *counts, unseen(release, totals), told)
        else:
            said = telling.word(totals) if told == "words" else ""
            yield (*begins, "statement", number, *nothing, None, f"{told} {said}".strip())
    for receipt in release.receipts if shows_receipts else ():
        shown = groups.in_groups(receipt, codes.GROUP)
        yield (*begins, "receipt", shown, *nothing, None, "")


def unseen(release: Release, totals: Mapping[str, int]) -> int:
    """Counted voices of which no answer to this statement is counted."""
    return release.voices - sum(totals[name] for name in NAMES)


@dataclass(frozen=True)
class Compared:
    """A statement: what is published, and what the table says."""

    number: str
    words: str
    told: str
    published: list[int]
    counted: list[int]

    @property
    def is_same(self) -> bool:
        return self.published == self.counted


def compared(
    release: Release, rows: Iterable[Mapping[str, int]], texts: Mapping[str, str]
) -> list[Compared]:
    numbers = sorted(map(int, release.counts))
    found = telling.totals_of(rows, numbers)
    return [
        Compared(
            str(number),
            texts.get(str(number), ""),
            telling.how(release.counts[str(number)]),
            [release.counts[str(number)][name] for name in NAMES],
            [found[str(number)][name] for name in NAMES],
        )
        for number in numbers
    ]
