"""`relier training inspect | plant-federation`.

    relier training inspect --centre NAME --year 2026 --seed N [--draws 1000] [--json OUT]
    relier training plant-federation --centres 151 --years 10 --this-database-is-empty

`inspect` rehearses the inspector's visit on what stands in the database, and keeps nothing; the
same seed draws the same weeks, files and rows. `plant-federation` fills an empty copy with invented
centres, to measure with.

Ends with 0 when it is done; 1 when it refuses, with a sentence.
"""

import shutil
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from relier.accounts.models import User
from relier.centres.models import Centre
from relier.journal import keys

# What a row of presence and its entry of the ledger take with their indexes, measured.
BYTES_A_ROW = 1_200
ROWS_A_YEAR = 10_000  # of one centre
SAID_EVERY = 20  # seconds
YEARS = range(1, 31)


class Command(BaseCommand):
    help = "Rehearse the inspector's visit, or plant a federation to measure with."

    def add_arguments(self, parser: CommandParser) -> None:
        gestures = parser.add_subparsers(
            dest="gesture", required=True, metavar="inspect | plant-federation"
        )
        planting = gestures.add_parser(
            "plant-federation", help="fill an empty database with invented centres"
        )
        planting.add_argument("--centres", type=int, default=151)
        planting.add_argument("--years", type=int, default=10)
        planting.add_argument("--seed", type=int, default=1)
        planting.add_argument(
            "--check", type=int, default=50, metavar="N", help="files asked of the engine after"
        )
        planting.add_argument(
            "--this-database-is-empty", action="store_true", dest="is_empty",
            help="say it: nothing else is planted upon",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"act_{options['gesture'].replace('-', '_')}")(options)

    # --- plant-federation ------------------------------------------------------------------------

    def act_plant_federation(self, options: dict[str, Any]) -> None:
        from relier.training import planting

        centres, years = options["centres"], options["years"]
        if not options["is_empty"]:
            raise CommandError(
                "This writes invented people straight into the tables. Say that nobody is in this "
                "database: --this-database-is-empty."
            )
        if centres < 1 or years not in YEARS:
            raise CommandError(f"At least one centre, and 1 to {YEARS.stop - 1} years.")
        self.refuse_without_room(centres * years * ROWS_A_YEAR * BYTES_A_ROW)
        prepare_tables()
        if Centre.objects.exists() or User.objects.exists():
            raise CommandError(
                "There are people in this database already. Choose an empty folder with "
                "RELIER_DATA, or an empty database with DATABASE_URL."
            )
        today = timezone.localdate()
        size = planting.Size(centres, years, last=today.year - 1, until=today)
        rows = planting.plant(size, seed=options["seed"], told=Progress(self.stdout).told)
        self.stdout.write(f"Planted: {rows:,} rows of presence.".replace(",", " "))
        wrong = planting.check(options["check"], seed=options["seed"])
        if wrong:
            raise CommandError(
                f"{len(wrong)} of {options['check']} files do not stand as a posting would write "
                f"them: {', '.join(map(str, wrong[:5]))}"
            )
        self.stdout.write(
            f"{options['check']} files asked of the engine of hours: a posting would add nothing."
        )

    def refuse_without_room(self, needed: int) -> None:
        """Only beside SQLite, whose file is on this machine."""
        if connection.vendor != "sqlite":
            return
        folder = Path(connection.settings_dict["NAME"]).absolute().parent
        free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
        if free < needed * 5 // 4:
            raise CommandError(
                f"About {needed / 1e9:.0f} GB are needed in {folder}, and {free / 1e9:.0f} are free."
            )


def prepare_tables() -> None:
    if not connection.introspection.table_names():
        keys.make_if_missing()
    call_command("migrate", verbosity=0)


class Progress:
    """How far it is, on a line of its own now and then: it may be read in a file afterwards."""

    def __init__(self, to: Any) -> None:
        self._to, self._began = to, time.monotonic()
        self._said = self._began

    def told(self, done: int, total: int, rows: int) -> None:
        now = time.monotonic()
        if now - self._said < SAID_EVERY and done < total:
            return
        self._said = now
        left = (now - self._began) / done * (total - done)
        self._to.write(
            f"{done} of {total} years of a centre, {rows} rows; about {left / 60:.0f} min left"
        )
        self._to.flush()
