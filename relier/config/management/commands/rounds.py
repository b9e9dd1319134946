"""`relier rounds`: what is done once a day without being asked, for a timer of the system."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from relier.config.keeping import rounds

from ._keeping import KeepingCommand


class Command(KeepingCommand):
    help = "Make the rounds that are due: what has come to its term, pages to read, then a backup."

    def act(self, **options: Any) -> None:
        failed = rounds.make_due(now=timezone.now(), say=self.say)
        if failed:
            raise CommandError(f"Not made: {', '.join(failed)}. Look above, or: relier check")
        self.say("The rounds are made.")
