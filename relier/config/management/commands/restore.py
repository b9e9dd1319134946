"""`relier restore FILE`: a backup in the place of the database, whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from relier.config.keeping import restoring, serving

from ._keeping import KeepingCommand


class Command(KeepingCommand):
    help = "Put a backup in the place of the database. Those erased since are erased again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="even if there is a database: it is backed up"
        )

    def act(self, **options: Any) -> None:
        with serving.nobody_serving():
            done = restoring.restore(
                options["file"], now=timezone.now(), replace=options["replace"], say=self.say
            )
        made = timezone.localtime(done.backup.made_at)
        self.say(f"Restored as of {made:%d/%m/%Y %H:%M}: {done.rows} rows.")
        if done.erased_again:
            self.say(f"Erased again: {done.erased_again} people erased since.")
        if done.before:
            self.say(f"What was there is in {done.before.path}.")
        self.say("Everyone signs in again. Check with: relier check")
