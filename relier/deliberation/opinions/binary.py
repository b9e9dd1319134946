"""Votes in a file of our own: small, read in place without copying, and checked.

All numbers are little-endian.

    bytes  what
    8      "RELIERVO"
    4      version, 1
    4      bytes of a column: 2 when there are at most 65 535 statements, else 4
    8      people, n
    8      statements, S
    8      votes
    8      bytes of the ids of statements
    32     SHA-256 of all that follows
    ...    the ids in UTF-8, in order, each followed by a line feed; noughts up to a multiple of 8
    8 n+8  where each person's votes start, from 0, and where the last one's end
    ...    the statement of each vote, counted from 0, increasing for each person; noughts to 8
    votes  the answers: 1 agree, -1 disagree, 0 pass, 2 unclear, one byte each

Rows are written in the canonical order of `Votes`, which says nothing of who came first; the names
of people are not kept. 10^8 votes take 300 MB.
"""

import hashlib
import os
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from .unreadable import UnreadableVotes
from .votes import ANSWERS, Votes, sorted_ids, width

MAGIC: Final = b"RELIERVO"
VERSION: Final = 1
HEADER: Final = struct.Struct("<8sIIQQQQ32s")
# More than any file can hold: a header that says so lies, and its sizes must not overflow.
MOST: Final = 1 << 48
LONGEST_ID: Final = 200
AT_ONCE: Final = 1 << 22
DAMAGED: Final = "the file is damaged (%(what)s): write it again with `relier opinions pack`"


def is_packed(path: Path) -> bool:
    """Whether a file starts as ours do."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def write(votes: Votes, path: Path) -> None:
    """Write votes to a file, whole or not at all. Raises OSError when it cannot be written."""
    votes = votes.canonical()
    for name in votes.statements:
        if "\n" in name or not 0 < len(name.encode()) <= LONGEST_ID:
            raise ValueError(f"the id of a statement is one line of 1 to {LONGEST_ID} bytes")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            write_parts(votes, file)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_parts(votes: Votes, file: BinaryIO) -> None:
    """Write votes as they stand, rows in the order given."""
    ids = b"".join(name.encode() + b"\n" for name in votes.statements)
    kind = width(len(votes.statements))
    head = (len(votes), len(votes.statements), len(votes.values), len(ids))
    whole = hashlib.sha256()
    file.write(HEADER.pack(MAGIC, VERSION, kind().itemsize, *head, bytes(32)))
    for part in parts(votes, ids, kind):
        whole.update(part)
        file.write(part)
    file.seek(0)
    file.write(HEADER.pack(MAGIC, VERSION, kind().itemsize, *head, whole.digest()))


def parts(votes: Votes, ids: bytes, kind: Any) -> Iterator[bytes]:
    yield ids + bytes(-len(ids) % 8)
    little = np.dtype(kind).newbyteorder("<")
    for numbers, stored in ((votes.starts, "<i8"), (votes.columns, little), (votes.values, "i1")):
        for low in range(0, len(numbers), AT_ONCE):
            yield numbers[low : low + AT_ONCE].astype(stored).tobytes()
        if numbers is votes.columns:
            yield bytes(-len(numbers) * little.itemsize % 8)


def read(path: Path) -> Votes:
    """The votes of a file, left on the disk until they are looked at (a memory map).

    Raises `UnreadableVotes` when the file is not ours, cut, damaged, or lies about what it holds;
    OSError when it cannot be opened.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEADER.size)
    if len(head) < HEADER.size or head[: len(MAGIC)] != MAGIC:
        raise UnreadableVotes(DAMAGED, what="it has no header")
    _, version, column, people, statements, votes, ids, digest = HEADER.unpack(head)
    if version != VERSION:
        raise UnreadableVotes(
            "the file is of version %(version)s, and this program knows version 1: update it",
            version=version,
        )
    kind = width(statements)
    if max(people, statements, votes, ids) > MOST or column != kind().itemsize:
        raise UnreadableVotes(DAMAGED, what="its header cannot be true")
    starts_at = HEADER.size + ids + (-ids % 8)
    columns_at = starts_at + 8 * (people + 1)
    values_at = columns_at + column * votes + (-column * votes % 8)
    if size != values_at + votes:
        raise UnreadableVotes(DAMAGED, what="its size is not what its header says")
    stored = np.memmap(path, dtype=np.uint8, mode="r")
    check_digest(stored, digest)
    names = read_ids(bytes(stored[HEADER.size : HEADER.size + ids]), statements)
    found = Votes(
        names,
        stored[starts_at:columns_at].view("<i8"),
        stored[columns_at : columns_at + column * votes].view(np.dtype(kind).newbyteorder("<")),
        stored[values_at:].view(np.int8),
    )
    check_rows(found)
    return found


def check_digest(stored: NDArray[np.uint8], digest: bytes) -> None:
    whole = hashlib.sha256()
    for low in range(HEADER.size, len(stored), AT_ONCE):
        whole.update(stored[low : low + AT_ONCE].data)
    if whole.digest() != digest:
        raise UnreadableVotes(DAMAGED, what="its SHA-256 is not that of what it holds")


def read_ids(stored: bytes, statements: int) -> tuple[str, ...]:
    try:
        names = stored.decode().split("\n")[:-1]
    except UnicodeDecodeError:
        raise UnreadableVotes(DAMAGED, what="the ids of its statements are not UTF-8") from None
    if len(names) != statements or not stored.endswith(b"\n" * (statements > 0)):
        raise UnreadableVotes(DAMAGED, what="it has not as many ids as statements")
    if any(not 0 < len(name.encode()) <= LONGEST_ID for name in names):
        raise UnreadableVotes(DAMAGED, what="an id is empty or too long")
    if len(set(names)) < len(names) or sorted_ids(names)[0] != tuple(names):
        raise UnreadableVotes(DAMAGED, what="the ids of its statements are not in order")
    return tuple(names)


def check_rows(votes: Votes) -> None:
    """That rows follow each other, that none is empty, and that each is in order."""
    starts = votes.starts
    lengths = np.diff(starts)
    if starts[0] or starts[-1] != len(votes.values) or (len(lengths) and lengths.min() < 1):
        raise UnreadableVotes(DAMAGED, what="its rows do not follow each other")
    for low in range(0, len(votes), AT_ONCE // 64):
        bounds = starts[low : low + AT_ONCE // 64 + 1]
        columns = votes.columns[bounds[0] : bounds[-1]]
        values = votes.values[bounds[0] : bounds[-1]]
        if int(columns.max(initial=0)) >= max(len(votes.statements), 1):
            raise UnreadableVotes(DAMAGED, what="a vote is on a statement that does not exist")
        if int(columns.astype(np.int64).min(initial=0)) < 0:
            raise UnreadableVotes(DAMAGED, what="a vote is on a statement that does not exist")
        rising = columns[1:] > columns[:-1]
        rising[bounds[1:-1] - bounds[0] - 1] = True
        if not rising.all():
            raise UnreadableVotes(DAMAGED, what="the votes of a person are not in order")
        if values.min(initial=0) < min(ANSWERS) or values.max(initial=0) > max(ANSWERS):
            raise UnreadableVotes(DAMAGED, what="an answer is none of the four")
