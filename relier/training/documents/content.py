"""What a document says: a title, blocks in the order they are read, tables for a spreadsheet, and
the facts that it was made from.

All of it is plain (text, whole numbers, lists), already in words and in one language: it is kept as
JSON, and its fingerprint is taken of that JSON. A number in a table is kept as {"number": "34.75"},
so that it comes back a number.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from relier.lib.tables import Cell, Table

Block = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """`facts`: name (`names.FACTS`) -> what it said, in a form that is only compared. `sheets`: the
    tables of the spreadsheet; `flat`: the one of the CSV, none where there is none."""

    title: str
    blocks: Sequence[Block]
    facts: Mapping[str, Any]
    subtitle: str = ""
    reader: str = "worker"
    is_wide: bool = False
    mention: str = ""
    centre: Mapping[str, str] = field(default_factory=dict)
    sheets: Sequence[Table] = ()
    flat: Table | None = None

    def as_plain(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "reader": self.reader,
            "is_wide": self.is_wide,
            "mention": self.mention,
            "centre": dict(self.centre),
            "blocks": list(self.blocks),
            "facts": dict(self.facts),
            "sheets": [plain_table(table) for table in self.sheets],
            "flat": plain_table(self.flat) if self.flat else None,
        }


def fingerprint(plain: Any, *, kind: str, template: str, language: str) -> str:
    """SHA-256, in hexadecimal, of what a document says and of how it is drawn."""
    whole = {"kind": kind, "template": template, "language": language, "content": plain}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The names of the facts that do not say the same."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


# --- tables --------------------------------------------------------------------------------------


def plain_table(table: Table) -> dict[str, Any]:
    rows = [[plain_cell(cell) for cell in row] for row in table.rows]
    return {"name": table.name, "head": list(table.head), "rows": rows, "total": table.total}


def plain_cell(cell: Cell) -> Any:
    return {"number": f"{cell:f}"} if isinstance(cell, Decimal) else cell


def table_of(plain: Mapping[str, Any]) -> Table:
    rows = [tuple(cell_of(cell) for cell in row) for row in plain["rows"]]
    return Table(plain["name"], tuple(plain["head"]), rows, total=plain["total"])


def cell_of(plain: Any) -> Cell:
    return Decimal(plain["number"]) if isinstance(plain, dict) else plain


# --- blocks --------------------------------------------------------------------------------------


def facts(rows: Iterable[tuple[Any, Any]]) -> Block:
    """Terms and what they say; those that say nothing are left out."""
    return {"facts": [{"term": str(term), "value": str(value)} for term, value in rows if value]}


def heading(words: Any) -> Block:
    return {"heading": str(words)}


def text(words: Any) -> Block:
    """Sentences, one under the other."""
    return {"text": str(words)}


def quiet(words: Any) -> Block:
    return {"quiet": str(words)}


def loud(words: Any, under: Any = "") -> Block:
    """The one strong thing of a page, and a line under it."""
    return {"loud": str(words), "under": str(under)}


def points(words: Iterable[Any]) -> Block:
    return {"points": [str(one) for one in words]}


def grid(
    head: Sequence[Any],
    rows: Sequence[Sequence[str]],
    *,
    numbers_from: int = 1,
    total: bool = False,
    wide: Sequence[int] = (),
    keeps_whole: bool = False,
) -> Block:
    """A table to read: `numbers_from`: the first column of numbers; `wide`: how wide each column is
    beside the others; `total`: the last row adds up; `keeps_whole`: never cut between two pages."""
    return {
        "grid": {
            "head": [str(one) for one in head],
            "rows": [list(row) for row in rows],
            "numbers_from": numbers_from,
            "total": total,
            "wide": list(wide) or [1] * len(head),
            "keeps_whole": keeps_whole,
        }
    }


def signatures(*who: tuple[Any, Any]) -> Block:
    """(who signs, what stands under the line)."""
    return {"signatures": [{"who": str(name), "note": str(note)} for name, note in who]}


NEW_PAGE: Block = {"new_page": True}


WORDS = ("heading", "text", "quiet", "loud", "under")


def in_lines(blocks: Iterable[Block]) -> list[str]:
    """What blocks say, a line each: for whoever is handed the words without the paper."""
    lines: list[str] = []
    for one in blocks:
        lines += [f"{row['term']}: {row['value']}" for row in one.get("facts", ())]
        lines += [one[name] for name in WORDS if one.get(name)]
        lines += one.get("points", ())
        if "grid" in one:
            rows = [one["grid"]["head"], *one["grid"]["rows"]]
            lines += [" · ".join(cell for cell in row if cell) for row in rows]
    return lines
