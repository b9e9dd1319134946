"""What Polis exports, read in memory: the topic, the statements with how they were moderated, and
what each voice answered. Who they were, when they answered and in which group Polis put them is
read past and kept nowhere.

Raises `UnreadablePolis`, whose words are for whoever chose the files.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

Which = Literal["statements", "votes", "summary"]
Fault = Literal[
    "empty", "zip", "not_text", "too_large", "not_these", "not_together", "line", "too_many",
    "too_long",
]  # fmt: skip

MOST_BYTES: Final = 20_000_000
# More than any conversation of this size is answered; the pages of results stay readable.
MOST_STATEMENTS: Final = 1500
MOST_VOICES: Final = 20_000
LONGEST: Final = 1000
REJECTED: Final = "-1"


class UnreadablePolis(ValueError):  # noqa: N818 — said as a sentence
    def __init__(self, which: Which, fault: Fault, line: int | None = None) -> None:
        super().__init__(f"{which}: {fault}")
        self.which, self.fault, self.line = which, fault, line


@dataclass(frozen=True)
class Told:
    """A statement of Polis. `is_shown`: it was put to the vote there."""

    name: str
    words: str
    is_shown: bool


@dataclass(frozen=True)
class Conversation:
    """`rows`: of each voice, name of a statement -> 1 agrees, -1 disagrees, 0 passes."""

    topic: str
    address: str
    statements: list[Told]
    rows: list[dict[str, int]]


def read(statements: bytes, votes: bytes, summary: bytes = b"") -> Conversation:
    """The conversation in these files: `comments.csv`, `participants-votes.csv` or `votes.csv`,
    and `summary.csv`, which may be missing."""
    topic, address = _summary(summary) if summary else ("", "")
    told = _statements(statements)
    rows = _rows(votes, statements)
    if len(rows) > MOST_VOICES:
        raise UnreadablePolis("votes", "too_many")
    return Conversation(topic, address, told, rows)


def _text(data: bytes, which: Which) -> str:
    if len(data) > MOST_BYTES:
        raise UnreadablePolis(which, "too_large")
    if data[:2] == b"PK":
        raise UnreadablePolis(which, "zip")
    if not data.strip():
        raise UnreadablePolis(which, "empty")
    if b"\0" in data:
        raise UnreadablePolis(which, "not_text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadablePolis(which, "not_text") from None


def _records(data: bytes, which: Which) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table, each with its place in the file."""
    lines = csv.reader(io.StringIO(_text(data, which), newline=""), strict=True)
    try:
        for record in lines:
            yield lines.line_num, record
    except csv.Error:
        raise UnreadablePolis(which, "line", lines.line_num) from None


def _summary(data: bytes) -> tuple[str, str]:
    """The topic, and the address of the conversation: two columns, a name and what it says."""
    said = {record[0]: record[1] for _line, record in _records(data, "summary") if len(record) == 2}
    if "topic" not in said:
        raise UnreadablePolis("summary", "not_these")
    return " ".join(said["topic"].split()), said.get("url", "").strip()


def _statements(data: bytes) -> list[Told]:
    records = _records(data, "statements")
    _line, head = next(records, (0, []))
    head = [name.strip().lower() for name in head]
    if not {"comment-id", "comment-body"} <= set(head):
        raise UnreadablePolis("statements", "not_these")
    found: dict[str, Told] = {}
    for line, record in records:
        if not any(record):
            continue
        if len(record) != len(head):
            raise UnreadablePolis("statements", "line", line)
        said = dict(zip(head, record, strict=True))
        name, words = said["comment-id"].strip(), " ".join(said["comment-body"].split())
        if not words and said.get("moderated", "").strip() == REJECTED:
            continue  # emptied by whoever moderated there
        if not name.isdecimal() or len(name) > 9 or name in found or not words:
            raise UnreadablePolis("statements", "line", line)
        if len(words) > LONGEST:
            raise UnreadablePolis("statements", "too_long", line)
        found[name] = Told(name, words, said.get("moderated", "").strip() != REJECTED)
        if len(found) > MOST_STATEMENTS:
            raise UnreadablePolis("statements", "too_many")
    if not any(one.is_shown for one in found.values()):
        raise UnreadablePolis("statements", "empty")
    return sorted(found.values(), key=lambda one: int(one.name))


def _rows(votes: bytes, statements: bytes) -> list[dict[str, int]]:
    """Through the engine's own reader, which knows both files, their sign and their traps. Sorted
    by what they say: the order of the file, which is that of arrival, is left there."""
    from relier.deliberation.opinions.reading import read_polis
    from relier.deliberation.opinions.unreadable import UnreadableVotes

    _text(votes, "votes")
    try:
        found = read_polis(_opened(votes), _opened(statements)).votes
    except UnreadableVotes as why:
        known = "comment-id" in why.template or "first line" in why.template
        together = "not in the file of statements" in why.template
        fault: Fault = "not_together" if together else "not_these" if known else "line"
        raise UnreadablePolis("votes", fault, why.line) from None
    names = found.statements
    columns, values, starts = found.columns.tolist(), found.values.tolist(), found.starts.tolist()
    rows = [
        {names[columns[at]]: values[at] for at in range(begins, ends)}
        for begins, ends in pairwise(starts)
    ]
    if not rows:
        raise UnreadablePolis("votes", "empty")
    return sorted(rows, key=lambda row: sorted(row.items()))


def _opened(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
