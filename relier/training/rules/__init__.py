"""Legal numbers of training as dated settings, and what is decided from plain values.

What comes with Relier is in `legal.toml`; what a centre says otherwise, in `RuleChange`, from a day
on. `Rulebook` answers for a day: the latest row whose day has come, the centre's own before ours of
the same day. Nothing here knows a database.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any


class NoRule(LookupError):  # noqa: N818 — a word for what is missing, as LookupError says
    """No legal number has this name."""


@dataclass(frozen=True)
class Rule:
    """A legal number from a day on. `unit`: hours, days, months, percent, ratio, yes_no…
    `said_by_centre`: the id of the row by which a centre said it otherwise, "" for ours. `doubt` is
    empty where the text was read and leaves none (`is_verified`)."""

    key: str
    value: Decimal
    unit: str
    from_on: date
    label: Mapping[str, str]
    source: Mapping[str, str]
    doubt: Mapping[str, str] = field(default_factory=dict)
    said_by_centre: str = ""

    @property
    def is_verified(self) -> bool:
        return not any(self.doubt.values())


@dataclass(frozen=True)
class Change:
    """What a centre says of a number from a day on; without a value, it is again as it came."""

    key: str
    from_on: date
    value: Decimal | None
    source: str = ""
    doubt: str = ""
    id: str = ""


class Rulebook:
    """Every legal number as it counts in one centre, on any day."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        """`changes`: those of the centre, the earliest said first."""
        self._rows: dict[str, list[Rule]] = defaultdict(list)
        self._whole: dict[tuple[str, date], int] = {}
        for rule in shipped():
            self._rows[rule.key].append(rule)
        for change in changes:
            self._rows[change.key].append(self._as_rule(change))
        for rows in self._rows.values():
            rows.sort(key=lambda rule: rule.from_on)  # stable: the centre's after ours, that day

    def _as_rule(self, change: Change) -> Rule:
        ours = self._ours(change.key, change.from_on)
        if change.value is None:
            return Rule(
                ours.key, ours.value, ours.unit, change.from_on, ours.label, ours.source, ours.doubt
            )
        both = {"fr": change.source, "en": change.source}
        doubt = {"fr": change.doubt, "en": change.doubt}
        return Rule(
            ours.key, change.value, ours.unit, change.from_on, ours.label, both, doubt, change.id
        )

    @staticmethod
    def _ours(key: str, day: date) -> Rule:
        rows = [rule for rule in shipped() if rule.key == key]
        if not rows:
            raise NoRule(key)
        return max((r for r in rows if r.from_on <= day), key=lambda r: r.from_on, default=rows[0])

    def rule(self, key: str, day: date) -> Rule:
        """The rule as it stands on a day. Before its first row, the first one: files of before a
        text are read with it. Raises NoRule for an unknown name."""
        rows = self._rows.get(key)
        if not rows:
            raise NoRule(key)
        past = [rule for rule in rows if rule.from_on <= day]
        return past[-1] if past else rows[0]

    def number(self, key: str, day: date) -> Decimal:
        return self.rule(key, day).value

    def whole(self, key: str, day: date) -> int:
        """The same, as a whole number (a part of one is dropped: no cap is ever exceeded)."""
        asked = (key, day)
        if asked not in self._whole:
            self._whole[asked] = int(self.number(key, day))
        return self._whole[asked]

    def history(self, key: str) -> list[Rule]:
        """Every row, the earliest day first."""
        return list(self._rows.get(key, ()))

    def keys(self) -> list[str]:
        return list(self._rows)


# --- what comes with Relier ----------------------------------------------------------------------


@cache
def _raw() -> dict[str, list[dict[str, Any]]]:
    file = resources.files(__package__) / "legal.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _both(row: Mapping[str, Any], name: str) -> dict[str, str]:
    return {"fr": row.get(f"{name}_fr", ""), "en": row.get(f"{name}_en", "")}


@cache
def shipped() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row["key"],
            Decimal(row["value"]),
            row["unit"],
            row["from_on"],
            {"fr": row["fr"], "en": row["en"]},
            _both(row, "source"),
            _both(row, "doubt"),
        )
        for row in _raw()["rules"]
    )


@cache
def names() -> frozenset[str]:
    return frozenset(rule.key for rule in shipped())


@cache
def signed() -> frozenset[str]:
    """Numbers that may be under nought: how far from something."""
    return frozenset(rule.key for rule in shipped() if rule.unit == "gap")


@dataclass(frozen=True)
class Ground:
    """A ground of article 3; its numbers are the rules `ground_<number>_…`."""

    number: int
    label: Mapping[str, str]
    proof: Mapping[str, str]


@dataclass(frozen=True)
class Document:
    """A document of eligibility. `within`: the rule that says how long after entry it is due.
    `expires`: it is accepted only some days after its own date."""

    key: str
    label: Mapping[str, str]
    within: str
    expires: bool


@dataclass(frozen=True)
class Category:
    """A category of articles 5 and 6 of the decree, and the documents that show it."""

    key: str
    label: Mapping[str, str]
    documents: tuple[str, ...]

    @property
    def is_derogation(self) -> bool:
        return self.key == "6"


@cache
def grounds() -> dict[int, Ground]:
    return {
        row["number"]: Ground(
            row["number"], {"fr": row["fr"], "en": row["en"]}, _both(row, "proof")
        )
        for row in _raw()["grounds"]
    }


@cache
def documents() -> dict[str, Document]:
    return {
        row["key"]: Document(
            row["key"], {"fr": row["fr"], "en": row["en"]}, row["within"], row["expires"]
        )
        for row in _raw()["documents"]
    }


@cache
def categories() -> dict[str, Category]:
    return {
        row["key"]: Category(
            row["key"], {"fr": row["fr"], "en": row["en"]}, tuple(row["documents"])
        )
        for row in _raw()["categories"]
    }


def approval_mention(number: str, language: str) -> str:
    """What every act, publication and site of an approved centre bears (order, article 20)."""
    row = next(row for row in _raw()["mentions"] if row["key"] == "approval")
    return str(row["fr" if language.startswith("fr") else "en"].format(number=number))
