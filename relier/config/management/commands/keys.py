"""`relier keys`: the keys of this copy, in one file apart from the database and its backups; on
paper; read back from paper; turned (docs/keys.md)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from relier.config import kit, turning
from relier.journal import keys
from relier.lib import keyring
from relier.lib.keyring import USES, Key, NoKeys, Ring
from relier.privacy import resealing


class Command(BaseCommand):
    help = "The keys of this copy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("new", help="make the file of keys of a new copy")
        deeds.add_parser("show", help="say where the keys are, and which there are")
        turned = deeds.add_parser("turn", help="make a new key, and seal anew what the old sealed")
        turned.add_argument("use", choices=USES, type=str.lower, help="what the key is for")
        turned.add_argument("--wait", type=float, default=turning.WAIT, help="seconds")
        printed = deeds.add_parser("kit", help="the keys as pages to print and lock away")
        printed.add_argument("file", type=Path, help="a new file, to be deleted once printed")
        printed.add_argument("--language", choices=["fr", "en"], default="fr")
        deeds.add_parser("enter", help="read the keys back from paper, and write their file")
        deeds.add_parser("rehearse", help="read them back, change nothing, say whether they open")

    def handle(self, **options: Any) -> None:
        deeds: dict[str, Callable[..., None]] = {
            "new": self.new,
            "show": self.show,
            "turn": self.turn,
            "kit": self.kit,
            "enter": self.enter,
            "rehearse": self.rehearse,
        }
        deeds[options["deed"]](**options)

    def new(self, **options: Any) -> None:
        if not keys.make_if_missing():
            raise CommandError(f"There is a file of keys already: {settings.KEYS_FILE}")
        self.stdout.write(f"The keys are in {settings.KEYS_FILE}. Keep them apart.")
        self.show()

    def show(self, **options: Any) -> None:
        ring = keys.ring()
        self.stdout.write(f"Keys: {settings.KEYS_FILE}, fingerprint {ring.fingerprint}")
        for key in ring.keys:
            self.stdout.write(f"  {key.use} {key.id}, made {key.made_at}")
        self.stdout.write(said_of_kit(ring))

    def turn(self, use: str, wait: float, **options: Any) -> None:
        ring = turning.turn(
            use, settings.KEYS_FILE, at=timezone.now(), say=self.stdout.write, wait=wait
        )
        self.stdout.write(said_of_kit(ring))

    def kit(self, file: Path, language: Any, **options: Any) -> None:
        ring, now = keys.ring(), timezone.now()
        try:
            kit.write_closed(kit.kit(ring, language=language, at=now), file)
        except FileExistsError as there:
            raise CommandError(f"There is a file already: {file}. Choose another name.") from there
        except OSError as refused:
            raise CommandError(f"Nothing can be written at {file}: {refused.strerror}.") from None
        keys.kit_was_made(ring, at=now)
        self.stdout.write(
            f"The keys are in {file}. Print it, lock the paper away, delete the file."
        )

    # --- back from paper -------------------------------------------------------------------------

    def enter(self, **options: Any) -> None:
        if settings.KEYS_FILE.exists():
            raise CommandError(
                f"There is a file of keys already: {settings.KEYS_FILE}. Move it away first; "
                "to try the paper without changing anything: relier keys rehearse."
            )
        ring = self.typed_ring()
        opened, tried = self.opened_by(ring)
        if tried and not opened:
            raise CommandError("These keys open nothing of this database. No file was written.")
        keyring.write(ring, settings.KEYS_FILE)
        self.stdout.write(f"The keys are in {settings.KEYS_FILE}. Keep them apart.")

    def rehearse(self, **options: Any) -> None:
        ring = self.typed_ring()
        opened, tried = self.opened_by(ring)
        if opened < tried:
            raise CommandError("These keys do not open all of this database.")
        self.stdout.write("The paper is good." if tried else "There is nothing to open yet.")

    def typed_ring(self) -> Ring:
        self.stdout.write(
            "Key after key, in the order of the paper: scan the square, or type what it is for, "
            "its number, its date, and its groups. Leave empty when all are there."
        )
        typed: list[Key] = []
        while line := input(f"Key {len(typed) + 1}: ").strip():
            try:
                typed.append(read_key(line))
            except NoKeys as wrong:
                self.stdout.write(f"{wrong} Type this key again.")
        if not typed:
            raise CommandError("No key was typed. Nothing was changed.")
        ring = Ring(tuple(dict.fromkeys(typed)))
        self.stdout.write(f"Fingerprint: {ring.fingerprint}. It must be the one of the paper.")
        missing = [use for use in USES if not ring.of(use)]
        if missing:
            raise CommandError(f"The keys for {', '.join(missing)} are missing. Begin again.")
        return ring

    def opened_by(self, ring: Ring) -> tuple[int, int]:
        if not connection.introspection.table_names():
            self.stdout.write("There is no database here yet: nothing to try the keys on.")
            return 0, 0
        opened, tried = resealing.tried(ring)
        self.stdout.write(f"They open {opened} values of the {tried} that were tried.")
        return opened, tried


def read_key(line: str) -> Key:
    """A whole line; or what comes before the groups, which are then asked for."""
    if len(line.split()) <= 3:
        line += " " + input("Its groups: ")
    return keyring.from_line(line, at=timezone.now())


def said_of_kit(ring: Ring) -> str:
    made = keys.last_kit()
    if made is None:
        return "No recovery kit was printed yet: relier keys kit FILE."
    if made.fingerprint != ring.fingerprint:
        return f"The recovery kit of {day_of(made.at)} lacks the latest keys: print another one."
    return f"The recovery kit was printed on {day_of(made.at)}."


def day_of(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()
