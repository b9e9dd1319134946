"""`relier upgrade`: the database of the version before, brought up to date, with a way back."""

from typing import Any

from django.utils import timezone

from relier import __version__
from relier.config.keeping import serving, upgrading

from ._keeping import KeepingCommand


class Command(KeepingCommand):
    help = "Bring the database up to date: a backup first, and back to it if anything fails."

    def act(self, **options: Any) -> None:
        with serving.nobody_serving():
            done = upgrading.upgrade(now=timezone.now(), say=self.say)
        if not done.migrations:
            self.say(f"Nothing to do: the database is that of Relier {__version__}.")
            return
        self.say(f"The database is that of Relier {__version__} now.")
        if done.backup:
            self.say("The way back, should you need it: install the version before, then")
            self.say(f"  relier restore --replace {done.backup.path}")
