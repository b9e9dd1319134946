"""Lists that a centre may change: families of procedures, and the reasons and quality codes of
BCSS consultations. What comes with Relier is in `lists.toml`; what a centre changed, in
`ListChange`, from a day on and with its source.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from .models.lists import ListChange


@dataclass(frozen=True)
class ListRow:
    """One row as it counts on a day. `words`: language -> what is read. `said`: the centre's own
    change, when there is one."""

    of: str
    key: str
    words: Mapping[str, str]
    pictogram: str = ""
    offered: bool = True
    said: ListChange | None = None

    def in_language(self, language: str) -> str:
        """Its words in this language, or "" where the centre did not say them in it."""
        return self.words.get(language[:2], "")

    def on_screen(self, language: str) -> str:
        """For a colleague: in their language, else in the other one."""
        return self.in_language(language) or next(filter(None, self.words.values()), self.key)


@cache
def shipped() -> dict[str, dict[str, ListRow]]:
    """List -> key -> row, as they come with Relier."""
    found: dict[str, dict[str, ListRow]] = {}
    for of, table in _raw().items():
        found[of] = {
            row["key"]: ListRow(
                of, row["key"], {"fr": row["fr"], "en": row["en"]}, row.get("pictogram", "")
            )
            for row in table["rows"]
        }
    return found


@cache
def provenance(of: str, language: str) -> tuple[str, str]:
    """Where a list comes from, and what is not certain of it."""
    code = "fr" if language.startswith("fr") else "en"
    table = _raw()[of]
    return table[f"source_{code}"], table[f"doubt_{code}"]


@cache
def _raw() -> dict[str, dict[str, Any]]:
    file = resources.files(__package__) / "lists.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def in_force(of: str, said: Iterable[ListChange], *, on: date) -> dict[str, ListRow]:
    """Key -> row, with those that are no longer offered, as they count on a day (`said`: the
    earliest first)."""
    rows = dict(shipped()[of])
    for change in said:
        if change.of != of or change.from_on > on:
            continue
        if change.as_shipped:
            rows[change.key] = shipped()[of][change.key]
            continue
        before = rows.get(change.key)
        rows[change.key] = ListRow(
            of,
            change.key,
            {"fr": change.words_fr, "en": change.words_en},
            change.pictogram or (before.pictogram if before else ""),
            change.offered,
            change,
        )
    return rows


def rows_of(of: str, centre: UUID, *, on: date) -> dict[str, ListRow]:
    """The rows of a list in a centre on a day. One query."""
    said = ListChange.objects.filter(centre=centre, of=of).select_related("author__user")
    return in_force(of, said, on=on)


def offered(of: str, centre: UUID, *, on: date) -> list[ListRow]:
    return [row for row in rows_of(of, centre, on=on).values() if row.offered]
