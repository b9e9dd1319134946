"""`relier plant`: a crowd of invented people in an empty copy, to measure Relier with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relier.centres.models import Centre
from relier.config.planting.crowd import plant_crowd
from relier.config.preparing import prepare


class Command(BaseCommand):
    help = "Plant a crowd of invented people in an empty copy, to measure with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=150_000)
        parser.add_argument("--centres", type=int, default=151)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, **options: Any) -> None:
        prepare(self.stdout)
        if Centre.objects.exists():
            raise CommandError(
                "There are people here already. Choose an empty folder with RELIER_DATA."
            )
        member = plant_crowd(
            options["people"], centres=options["centres"], seed=options["seed"], out=self.stdout
        )
        self.stdout.write(f"Planted. A worker of the largest centre: {member.user.email}")
