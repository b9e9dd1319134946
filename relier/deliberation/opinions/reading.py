"""Votes out of files: what Polis exports, our own table, and our binary file.

Recognised by their first line, never by their name:

- `participants-votes.csv` of Polis: a person per line, a statement per column; 1 agrees, -1
  disagrees, 0 passes, empty has not seen;
- `votes.csv` of Polis: its log, of which the last vote of each person on each statement counts;
- ours: the columns `voice`, `statement` and `vote` (agree, disagree, pass or unclear);
- `binary`: what `relier opinions pack` writes.

With the statements (`comments.csv` of Polis, or our columns `statement` and `text`), those that
were moderated out are left out with their votes, as Polis does, and the log's sign is checked: the
database of Polis stores -1 for agree, its exports 1. A file is kept whole or refused whole.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

from . import binary, plain
from .records import (
    MOST_STATEMENTS,
    MOST_VOTES,
    Cells,
    Collected,
    Lines,
    bounded,
    checked_id,
    checked_ids,
    short,
)
from .unreadable import UnreadableVotes
from .votes import AGREE, DISAGREE, PASS, UNCLEAR, Contradiction, Votes

WORDS: Final = {"agree": AGREE, "disagree": DISAGREE, "pass": PASS, "unclear": UNCLEAR}
NUMBERS: Final = {"1": AGREE, "-1": DISAGREE, "0": PASS}
# In a table, a byte for each field: 3 is unseen.
UNSEEN: Final = 3
FIELDS: Final = {"": UNSEEN, "1": 1, "-1": 0xFF, "0": 0}
ABOUT_PEOPLE: Final = {
    "participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree",
}  # fmt: skip
LOG: Final = ("timestamp", "comment-id", "voter-id", "vote")
OURS: Final = ("voice", "statement", "vote")
KNOWN: Final = (
    "the first line is none that we know. Give `participants-votes.csv` or `votes.csv` of Polis, "
    "or a table with the columns voice, statement, vote"
)


@dataclass(frozen=True)
class Statements:
    """What is known of statements: `texts` by id, and the ids that were moderated out. `agrees`,
    `disagrees`: what Polis counted, where it says so."""

    texts: dict[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    agrees: dict[str, int] = field(default_factory=dict)
    disagrees: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Conversation:
    """Votes, the text of statements by id (those that are known), and the ids left out."""

    votes: Votes
    texts: dict[str, str]
    left_out: tuple[str, ...] = ()


def read_votes(path: Path | str, statements: Path | str | None = None) -> Conversation:
    """The votes of a file. Memory: about 60 bytes a vote of a text file, none for a binary one.

    Raises `UnreadableVotes`, which says the line and what to do; OSError when a file cannot be
    opened.
    """
    path = checked(path)
    known = Statements() if statements is None else read_statements(checked(statements))
    if binary.is_packed(path):
        return left(binary.read(path), known)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = Lines(file)
        head = [name.strip().lower() for name in lines.head]
        if head[:1] == ["participant"]:
            cells = read_table(lines, head)
        elif set(LOG) <= set(head):
            where = [head.index(name) for name in LOG]
            cells = signed(read_plain_log(path, where, lines) or read_log(lines, where), known)
        elif set(OURS) <= set(head):
            cells = read_ours(lines, [head.index(name) for name in OURS])
        else:
            raise UnreadableVotes(KNOWN, 1)
    return gathered(cells, known, statements is not None)


def read_polis(votes: TextIO, statements: TextIO) -> Conversation:
    """The same of two opened files of Polis, in UTF-8 with or without a mark: nothing of them is
    written on a disk. Raises `UnreadableVotes`."""
    lines = Lines(statements)
    head = [name.strip().lower() for name in lines.head]
    if not {"comment-id", "comment-body"} <= set(head):
        raise UnreadableVotes("the first line is not that of `comments.csv` of Polis", 1)
    known = polis_statements(lines, head)
    lines = Lines(votes)
    head = [name.strip().lower() for name in lines.head]
    if head[:1] == ["participant"]:
        return gathered(read_table(lines, head), known, True)
    if set(LOG) <= set(head):
        cells = read_log(lines, [head.index(name) for name in LOG])
        return gathered(signed(cells, known), known, True)
    raise UnreadableVotes(KNOWN, 1)


def checked(path: Path | str) -> Path:
    path = Path(path)
    if path.is_dir():
        raise UnreadableVotes(
            "%(path)s is a folder: choose a file in it, such as votes.csv", path=path
        )
    if not path.exists():
        raise UnreadableVotes("%(path)s does not exist: check its name", path=path)
    return path


def read_table(lines: Lines, head: Sequence[str]) -> Cells:
    """`participants-votes.csv`."""
    where = [place for place, name in enumerate(head) if name not in ABOUT_PEOPLE]
    names = [lines.head[place].strip() for place in where]
    if not where or where != list(range(where[0], len(head))):
        raise UnreadableVotes(
            "the columns of statements come last, after those about people: put them there", 1
        )
    checked_ids(names)
    seen: dict[str, int] = {}
    rows, columns, values = [], [], []
    total = 0
    for record in lines:
        person = record[0].strip()
        if person in seen:
            raise UnreadableVotes(
                "person %(person)s was already on line %(before)s: keep one of the two",
                lines.number, person=short(person), before=seen[person],
            )  # fmt: skip
        answers = table_row(record[where[0] :], names, lines.number)
        voted = np.flatnonzero(answers != UNSEEN)
        rows.append(np.full(len(voted), len(seen), dtype=np.int32))
        columns.append(voted.astype(np.int32))
        values.append(answers[voted])
        seen[person] = lines.number
        total += len(voted)
        bounded(total, lines.number)
    none = np.empty(0, dtype=np.int8)
    joined = [np.concatenate([*part, none]) for part in (rows, columns, values)]
    return Cells(
        joined[0].astype(np.int64), joined[1].astype(np.int64), joined[2].astype(np.int8),
        list(seen), names,
    )  # fmt: skip


def table_row(fields: Sequence[str], names: Sequence[str], line: int) -> NDArray[np.int8]:
    try:
        return np.frombuffer(bytes(map(FIELDS.__getitem__, fields)), dtype=np.int8)
    except KeyError:
        place = next(place for place, one in enumerate(fields) if one not in FIELDS)
        raise UnreadableVotes(
            "“%(found)s” for statement %(statement)s: a vote is 1, -1, 0 or nothing",
            line, found=short(fields[place]), statement=names[place],
        ) from None  # fmt: skip


def read_log(lines: Lines, where: Sequence[int]) -> Cells:
    """`votes.csv`: the last vote of each cell; of two at the same moment, the last written."""
    found, moments = Collected(), array("q")
    moment, statement, person, vote = where
    for records, numbers in lines.batches():
        moments.extend(read_moments([record[moment] for record in records], numbers))
        found.add(
            [record[person].strip() for record in records],
            [record[statement].strip() for record in records],
            read_words([record[vote].strip() for record in records], NUMBERS, numbers),
            numbers,
        )
    return last_votes(found.cells(), np.array(moments, dtype=np.int64))


def read_plain_log(path: Path, where: Sequence[int], lines: Lines) -> Cells | None:
    """The same, when nothing in the file asks for care."""
    read = None if lines.semicolons else plain.columns(path, where, len(lines.head))
    if read is None:
        return None
    moments, statements, people, votes = read
    names, columns = np.unique(statements, return_inverse=True)
    voters, rows = np.unique(people, return_inverse=True)
    if not np.isin(votes, (AGREE, DISAGREE, PASS)).all() or len(votes) > MOST_VOTES:
        return None
    if len(names) > MOST_STATEMENTS:
        return None
    cells = Cells(
        rows.astype(np.int64),
        columns.astype(np.int64),
        votes.astype(np.int8),
        [str(one) for one in voters],
        [str(one) for one in names],
    )
    return last_votes(cells, moments)


def last_votes(cells: Cells, times: NDArray[np.int64]) -> Cells:
    """The last vote of each person on each statement."""
    place = cells.rows * len(cells.statements) + cells.columns
    order = np.lexsort((times, place))
    sorted_place = place[order]
    last = np.append(sorted_place[1:] != sorted_place[:-1], True)[: len(place)]
    kept = order[last]
    return Cells(
        cells.rows[kept], cells.columns[kept], cells.values[kept], cells.people, cells.statements
    )


def read_moments(told: Sequence[str], numbers: Sequence[int]) -> "array[int]":
    try:
        return array("q", map(int, told))
    except (ValueError, OverflowError):
        for text, line in zip(told, numbers, strict=True):
            if not text.strip().lstrip("-").isdecimal() or len(text) > 18:
                raise UnreadableVotes(
                    "“%(found)s” is no moment: milliseconds, as Polis writes them",
                    line,
                    found=short(text),
                ) from None
        raise


def read_words(
    told: Sequence[str], words: Mapping[str, int], numbers: Sequence[int]
) -> Sequence[int]:
    """The answers that words say."""
    try:
        return [words[text] for text in told]
    except KeyError:
        place = next(place for place, text in enumerate(told) if text not in words)
        raise UnreadableVotes(
            "“%(found)s” is no vote: write one of %(words)s",
            numbers[place],
            found=short(told[place]),
            words=", ".join(words),
        ) from None


def read_ours(lines: Lines, where: Sequence[int]) -> Cells:
    """Our table: voice, statement, vote."""
    found = Collected()
    voice, statement, vote = where
    for records, numbers in lines.batches():
        found.add(
            [record[voice].strip() for record in records],
            [record[statement].strip() for record in records],
            read_words([record[vote].strip().lower() for record in records], WORDS, numbers),
            numbers,
        )
    return found.cells()


def signed(cells: Cells, known: Statements) -> Cells:
    """The same with agree as 1: exchanged when what Polis counted says that it is the other."""
    if not known.agrees:
        return cells
    size = len(cells.statements)
    agrees = np.bincount(cells.columns[cells.values == AGREE], minlength=size)
    disagrees = np.bincount(cells.columns[cells.values == DISAGREE], minlength=size)
    said = np.array([known.agrees.get(name, 0) for name in cells.statements], dtype=np.int64)
    refused = np.array([known.disagrees.get(name, 0) for name in cells.statements], dtype=np.int64)
    as_is = np.abs(agrees - said).sum() + np.abs(disagrees - refused).sum()
    turned = np.abs(disagrees - said).sum() + np.abs(agrees - refused).sum()
    if turned < as_is:
        cells.values = -cells.values
    return cells


def gathered(cells: Cells, known: Statements, has_statements: bool) -> Conversation:
    """The conversation of cells, without what was moderated out."""
    names = cells.statements
    if has_statements:
        unknown = [name for name in names if not {name} & (known.texts.keys() | known.left_out)]
        if unknown:
            raise UnreadableVotes(
                "statement %(name)s has votes but is not in the file of statements: give the "
                "files of the same conversation",
                name=short(unknown[0]),
            )
    kept = [*(n for n in names if n not in known.left_out)]
    every = kept + [name for name in known.texts if name not in set(kept)]
    place = {name: number for number, name in enumerate(every)}
    moved = np.array([place.get(name, -1) for name in names], dtype=np.int64)
    columns = moved[cells.columns] if len(names) else cells.columns
    inside = columns >= 0
    try:
        votes = Votes.of_cells(
            cells.rows[inside], columns[inside], cells.values[inside], every, cells.people
        )
    except Contradiction as twice:
        lines = cells.lines[inside] if cells.lines is not None else np.arange(len(columns))
        raise UnreadableVotes(
            "%(person)s answers statement %(statement)s otherwise than on line %(before)s: keep "
            "one of the two",
            int(lines[twice.second]), person=short(cells.people[twice.row]),
            statement=short(every[twice.column]), before=int(lines[twice.first]),
        ) from None  # fmt: skip
    texts = {name: known.texts[name] for name in votes.statements if name in known.texts}
    return Conversation(votes, texts, tuple(sorted(known.left_out)))


def left(votes: Votes, known: Statements) -> Conversation:
    """A packed conversation, of which nothing is left out: that was done before packing."""
    texts = {name: known.texts[name] for name in votes.statements if name in known.texts}
    return Conversation(votes, texts)


# --- statements ----------------------------------------------------------------------------------


def read_statements(path: Path) -> Statements:
    """`comments.csv` of Polis, or our columns `statement` and `text`. Raises as `read_votes`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = Lines(file)
        head = [name.strip().lower() for name in lines.head]
        if {"comment-id", "comment-body"} <= set(head):
            return polis_statements(lines, head)
        if {"statement", "text"} <= set(head):
            return our_statements(lines, head.index("statement"), head.index("text"))
    raise UnreadableVotes(
        "the first line is not that of statements: give `comments.csv` of Polis, or a table with "
        "the columns statement, text",
        1,
    )


def our_statements(lines: Lines, name: int, text: int) -> Statements:
    texts: dict[str, str] = {}
    for record in lines:
        put(texts, record[name].strip(), record[text], lines.number)
    return Statements(texts)


def polis_statements(lines: Lines, head: Sequence[str]) -> Statements:
    texts: dict[str, str] = {}
    left_out, agrees, disagrees = set[str](), dict[str, int](), dict[str, int]()
    for record in lines:
        told = dict(zip(head, record, strict=True))
        name = told["comment-id"].strip()
        put(texts, name, told["comment-body"], lines.number)
        if told.get("moderated", "").strip() == "-1":
            left_out.add(name)
        for counts, column in ((agrees, "agrees"), (disagrees, "disagrees")):
            if told.get(column, "").strip().isdecimal():
                counts[name] = int(told[column][:18])
    kept = {name: text for name, text in texts.items() if name not in left_out}
    return Statements(kept, frozenset(left_out), agrees, disagrees)


def put(texts: dict[str, str], name: str, text: str, line: int) -> None:
    if name in texts:
        raise UnreadableVotes("statement %(name)s comes twice: keep one", line, name=short(name))
    if len(texts) >= MOST_STATEMENTS:
        raise UnreadableVotes("more than %(most)s statements", line, most=MOST_STATEMENTS)
    texts[checked_id(name, "statement", line)] = text
