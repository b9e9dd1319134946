"""What must be true before the first page is served: tables, shared files, a closed folder."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from relier import __version__
from relier.accounts.actions import forget_old_sessions
from relier.accounts.actors import SYSTEM
from relier.journal import keys
from relier.privacy import tombstones

from .keeping import upgrading


def prepare(out: Any) -> None:
    """Bring the database and the files up to date; quick when nothing has changed."""
    make_keys(out)
    upgrading.upgrade(now=timezone.now(), say=out.write)
    if settings.SERVED:
        call_command("createcachetable", verbosity=0)
    tombstones.begin()
    forget_old_sessions(by=SYSTEM)
    collect_files(out)


def make_keys(out: Any) -> None:
    """The file of keys of a new copy. Beside a database that has tables already, a missing file is
    never made anew: what it had sealed would be lost without a word (`NoKeys` says so)."""
    if connection.introspection.table_names():
        keys.ring()
    elif keys.make_if_missing():
        out.write(f"The keys of this copy are in {settings.KEYS_FILE}: keep them apart.")


def collect_files(out: Any) -> None:
    """Copy and compress the files that browsers ask for, once per version and per change."""
    stamp = settings.DATA / "static" / ".version"
    now = f"{__version__} {newest_file()}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return
    out.write("Preparing files…")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now, encoding="utf-8")


def newest_file() -> float:
    """When one of our own files changed last (in a developer's copy they do)."""
    folders = settings.PACKAGE.glob("*/static")
    return max((f.stat().st_mtime for folder in folders for f in folder.rglob("*")), default=0.0)
