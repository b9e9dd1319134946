"""`relier keys`: the file of keys, made once, apart from the database and its backups."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from relier.journal import keys


class Command(BaseCommand):
    help = "The keys of this copy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("new", help="make the file of keys of a new copy")
        deeds.add_parser("show", help="say where the keys are, and which there are")

    def handle(self, **options: Any) -> None:
        if options["deed"] == "new":
            if not keys.make_if_missing():
                raise CommandError(f"There is a file of keys already: {settings.KEYS_FILE}")
            self.stdout.write(f"The keys are in {settings.KEYS_FILE}. Keep them apart.")
        ring = keys.ring()
        self.stdout.write(f"Keys: {settings.KEYS_FILE}, fingerprint {ring.fingerprint}")
        for key in ring.keys:
            self.stdout.write(f"  {key.use} {key.id}, made {key.made_at}")
