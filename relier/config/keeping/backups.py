"""One sealed file holds the whole database as it was at one instant.

    header (readable)   when, which Relier, which database, which key
    manifest.json       tables and their rows, migrations applied
    database.sqlite3    or tables/<name>/<number>, PostgreSQL's own text

The file is written beside its final name and renamed once it was read back whole: a file with its
final name is a backup that opens. The list of those erased since (`relier.privacy.tombstones`)
stands beside the backups, and no restore is done without it.
"""

import gzip
import hashlib
import io
import itertools
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.db import connection

from relier import __version__
from relier.journal import keys
from relier.lib import keyring, sealed_files
from relier.lib.sealing import DoesNotOpen
from relier.lib.whole_files import sync_folder, write_whole
from relier.privacy import tombstones

from . import postgresql, sqlite
from .tables import counted, kept_tables, migrations_applied

ENDING = ".relier-backup"
FORMAT = 1
# Of the size of the database: the copy, and what it weighs once sealed (it shrinks, never grows).
ROOM_NEEDED = 2.2

Say = Callable[[str], Any]


class NoBackup(Exception):  # noqa: N818 — said to people as a sentence
    """A backup that cannot be made or used, and why."""


@dataclass(frozen=True)
class Backup:
    path: Path
    header: dict[str, Any]

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.header["made_at"])

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def known(folder: Path | None = None) -> list[Backup]:
    """The backups of a folder, oldest first. What is not one is left aside."""
    found = []
    for path in sorted((folder or settings.BACKUPS).glob(f"*{ENDING}")):
        try:
            found.append(look_at(path))
        except (DoesNotOpen, NoBackup):
            continue
    return sorted(found, key=lambda backup: backup.made_at)


def look_at(path: Path) -> Backup:
    """What a file says of itself, without opening it. Raises DoesNotOpen or NoBackup."""
    try:
        with path.open("rb") as file:
            backup = Backup(path, sealed_files.read_header(file))
    except OSError as missing:
        raise NoBackup(f"There is no backup at {path}.") from missing
    if backup.header.get("format") != FORMAT or "made_at" not in backup.header:
        raise NoBackup(f"{path.name} is not a backup that this Relier knows.")
    return backup


# --- making one ----------------------------------------------------------------------------------


def make(folder: Path | None = None, *, now: datetime, say: Say = lambda _: None) -> Backup:
    """Make a backup, read it back, and only then give it its name."""
    folder = folder or settings.BACKUPS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    tombstones.begin()
    refuse_without_room(folder)
    moment = now.astimezone(UTC)
    path = free_name(folder, sqlite.stamp(moment))
    beside = path.with_name(path.name + ".part")
    for left in folder.glob(f"*{ENDING}.part"):  # a power cut left it
        left.unlink(missing_ok=True)
    try:
        with whole_file(beside) as file:
            write(file, now=moment, say=say)
        say("Reading it back…")
        read_through(beside)
        os.replace(beside, path)
        carry_list(settings.BACKUPS, folder)
        sync_folder(folder)
    finally:
        beside.unlink(missing_ok=True)
    return look_at(path)


def free_name(folder: Path, stamp: str) -> Path:
    """A name that no backup has: two made in one second are two."""
    names = (f"relier-{stamp}{'-' * bool(n)}{n or ''}{ENDING}" for n in itertools.count())
    return next(folder / name for name in names if not (folder / name).exists())


def carry_list(source: Path, target: Path) -> None:
    """The list of those erased goes wherever a backup goes: no restore is done without it."""
    if source.resolve() == target.resolve():
        return
    for file in (tombstones.list_file(), tombstones.head_file()):
        write_whole(target / file.name, (source / file.name).read_bytes())


def refuse_without_room(folder: Path) -> None:
    """A disk that would be full half-way is said before anything is begun."""
    needed = int(database_size() * ROOM_NEEDED)
    for place in {folder, settings.DATA}:
        free = shutil.disk_usage(place).free
        if free < needed:
            raise NoBackup(
                f"The disk of {place} has {megabytes(free)} free, and this takes "
                f"{megabytes(needed)}. Make room, or choose another folder."
            )


def database_size() -> int:
    if connection.vendor == "sqlite":
        return sum(f.stat().st_size for f in sqlite.files_of(sqlite.database_file()) if f.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def megabytes(size: int) -> str:
    return f"{max(1, round(size / 1_000_000))} MB"


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file closed to others, on the disk when the block ends."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def write(file: BinaryIO, *, now: datetime, say: Say) -> None:
    header = {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "relier": __version__,
        "database": connection.vendor,
    }
    writer = sealed_files.SealedWriter(file, key=keys.newest(keyring.BACKUPS), header=header)
    with (
        gzip.GzipFile(fileobj=writer, mode="wb", compresslevel=4, mtime=0) as pressed,
        tarfile.open(fileobj=pressed, mode="w|") as parts,
    ):
        if connection.vendor == "sqlite":
            write_sqlite(parts, now, say)
        else:
            write_postgresql(parts, now, say)
    writer.finish()


def write_sqlite(parts: tarfile.TarFile, now: datetime, say: Say) -> None:
    say("Copying the database…")
    with sqlite.copy_made() as copy:
        with sqlite.working_on(copy):
            manifest = manifest_of(kept_tables())
        with copy.open("rb") as content:
            manifest["sha256"] = hashlib.file_digest(content, "sha256").hexdigest()
        add(parts, "manifest.json", json.dumps(manifest).encode(), now)
        say("Sealing it…")
        with copy.open("rb") as content:
            add_file(parts, "database.sqlite3", content, copy.stat().st_size, now)


def write_postgresql(parts: tarfile.TarFile, now: datetime, say: Say) -> None:
    with postgresql.one_instant():
        tables = kept_tables()
        columns = {table: postgresql.columns_of(table) for table in tables}
        manifest = {**manifest_of(tables), "columns": columns}
        add(parts, "manifest.json", json.dumps(manifest).encode(), now)
        for done, table in enumerate(tables, start=1):
            say(f"Copying table {done} of {len(tables)}: {table}")
            for number, piece in enumerate(postgresql.pieces_of(table, columns[table])):
                add(parts, f"tables/{table}/{number:06}", piece, now)


def manifest_of(tables: list[str]) -> dict[str, Any]:
    return {"rows": counted(tables), "migrations": migrations_applied()}


def add(parts: tarfile.TarFile, name: str, content: bytes, now: datetime) -> None:
    add_file(parts, name, io.BytesIO(content), len(content), now)


def add_file(
    parts: tarfile.TarFile, name: str, content: IO[bytes], size: int, now: datetime
) -> None:
    part = tarfile.TarInfo(name)
    part.size, part.mtime, part.mode = size, int(now.timestamp()), 0o600
    parts.addfile(part, content)


# --- reading one ---------------------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """The parts of a backup, in order, as they are read. Raises DoesNotOpen, NoKeys, NoBackup."""
    try:
        with path.open("rb") as file:
            reader = sealed_files.SealedReader(file, ring=keys.ring())
            with (
                io.BufferedReader(reader, sealed_files.CHUNK) as content,
                gzip.GzipFile(fileobj=content, mode="rb") as pressed,
                tarfile.open(fileobj=pressed, mode="r|") as parts,
            ):
                yield parts
                while pressed.read(sealed_files.CHUNK):  # to the end, where a cut shows
                    pass
    except FileNotFoundError as missing:
        raise NoBackup(f"There is no backup at {path}.") from missing
    except (tarfile.TarError, gzip.BadGzipFile, EOFError) as damaged:
        raise NoBackup(f"{path.name} is damaged inside.") from damaged


def read_manifest(parts: tarfile.TarFile) -> dict[str, Any]:
    first = parts.next()
    content = parts.extractfile(first) if first and first.name == "manifest.json" else None
    if content is None:
        raise NoBackup("This backup does not say what it holds.")
    said: dict[str, Any] = json.loads(content.read())
    return said


def read_through(path: Path) -> dict[str, Any]:
    """Open a backup to its last byte, and count what it holds against what it says it holds.
    Gives its manifest. Raises DoesNotOpen, NoKeys or NoBackup."""
    with opened(path) as parts:
        manifest = read_manifest(parts)
        lines = dict.fromkeys(manifest["rows"], 0)
        digest = hashlib.sha256()
        while part := parts.next():  # iterating would begin again with the manifest
            content = parts.extractfile(part)
            if content is None:
                continue
            table = part.name.split("/")[1] if part.name.startswith("tables/") else ""
            while some := content.read(sealed_files.CHUNK):
                if table:
                    lines[table] += some.count(b"\n")
                else:
                    digest.update(some)
    sound = (
        digest.hexdigest() == manifest["sha256"]
        if "sha256" in manifest
        else (lines == manifest["rows"])
    )
    if not sound:
        raise NoBackup(f"{path.name} does not hold what it says it holds.")
    return manifest


# --- keeping some --------------------------------------------------------------------------------


def let_go(folder: Path | None = None, *, keep: int) -> list[Path]:
    """Remove all but the latest `keep`. Gives those that went."""
    return _remove(known(folder)[: -max(1, keep)])


def let_go_before(moment: datetime, folder: Path | None = None) -> list[Path]:
    """Remove those made before a moment, the latest one apart. Gives those that went."""
    return _remove([one for one in known(folder)[:-1] if one.made_at < moment])


def _remove(old: list[Backup]) -> list[Path]:
    for backup in old:
        backup.path.unlink(missing_ok=True)
    return [backup.path for backup in old]
