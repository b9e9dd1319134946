"""`relier backup`: one sealed file with everything, while people work; and its rehearsal."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from relier.config.keeping import backups, restoring

from ._keeping import KeepingCommand


class Command(KeepingCommand):
    help = "Make a backup: one sealed file, while people work. It is read back before it counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, help="a folder; by default RELIER_BACKUPS. The list of those "
            "erased since is written beside it"
        )  # fmt: skip
        parser.add_argument("--keep", type=int, help="remove all but the latest of this many")
        parser.add_argument("--list", action="store_true", help="say which backups there are")
        parser.add_argument(
            "--rehearse", type=Path, metavar="FILE",
            help="restore this one where it disturbs nobody, and check what comes out",
        )  # fmt: skip

    def act(self, **options: Any) -> None:
        folder = options["to"] or settings.BACKUPS
        if options["list"]:
            self.say_known(folder)
        elif options["rehearse"]:
            rows = restoring.rehearse(options["rehearse"], say=self.say)
            self.say(f"It opens, and holds {sum(rows.values())} rows in {len(rows)} tables.")
        else:
            backup = backups.make(folder, now=timezone.now(), say=self.say)
            self.say(f"Backed up in {backup.path} ({backups.megabytes(backup.size)}).")
            self.say("It opens with the keys only: keep their paper copy elsewhere (relier keys).")
            if options["keep"]:
                for gone in backups.let_go(folder, keep=options["keep"]):
                    self.say(f"Removed {gone.name}.")

    def say_known(self, folder: Path) -> None:
        found = backups.known(folder)
        if not found:
            self.say(f"No backup in {folder} yet. Make one: relier backup")
        for backup in found:
            made = timezone.localtime(backup.made_at)
            self.say(f"{backup.path.name}  {made:%d/%m/%Y %H:%M}  {backups.megabytes(backup.size)}")
