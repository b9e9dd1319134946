"""`relier training inspect | plant-federation`.

    relier training inspect --centre NAME --year 2026 --seed N [--draws 1000] [--json OUT]
    relier training plant-federation --centres 151 --years 10 --this-database-is-empty

`inspect` rehearses the inspector's visit on what stands in the database, and keeps nothing; the
same seed draws the same weeks, files and rows. `plant-federation` fills an empty copy with invented
centres, to measure with.

Ends with 0 when it is done; 1 when it refuses, with a sentence.
"""

import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import override

from relier.accounts.models import User
from relier.centres.models import Centre
from relier.journal import keys
from relier.training.inspection import DRAWS, report
from relier.training.inspection.words import hours
from relier.training.visits.rehearsing import Rehearsed, rehearse
from relier.training.visits.wording import not_known
from relier.training.visits.years import years_with_hours

FORMAT = "relier-visit/1"
MOST_DRAWS = 100_000
MOST_NAMED = 8

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
        inspecting = gestures.add_parser("inspect", help="rehearse the inspector's visit")
        inspecting.add_argument("--centre", default="", metavar="NAME", help="where there are many")
        inspecting.add_argument("--year", type=int, required=True)
        inspecting.add_argument("--seed", type=int, required=True, help="shows a draw again")
        inspecting.add_argument(
            "--draws", type=int, default=DRAWS, help=f"how many other days are drawn ({DRAWS})"
        )
        inspecting.add_argument(
            "--json", dest="out", default="", metavar="OUT", help="the file to write; - for here"
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

    # --- inspect ---------------------------------------------------------------------------------

    def act_inspect(self, options: dict[str, Any]) -> None:
        try:
            centre = centre_named(options["centre"])
            year = year_asked(options["year"], centre)
            if not 0 <= options["draws"] <= MOST_DRAWS:
                raise CommandError(f"0 to {MOST_DRAWS} draws.")
            self.say(f"Reading the year {year} of {centre.name}, and drawing…")
            made = rehearse(
                centre.pk, year, options["seed"], on=timezone.localdate(), draws=options["draws"]
            )
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        except DatabaseError:
            raise CommandError(
                "The database is not ready: run relier start or relier migrate first."
            ) from None
        if options["out"]:
            self.write(options["out"], json.dumps(as_json(made, centre), indent=1))
        if options["out"] != "-":
            with override("en"):
                lines = [*unknown_lines(made), "", *report(made.visit)]
            self.stdout.write("\n".join(lines))

    def say(self, sentence: str) -> None:
        """To whoever looks on: no error, so not in its colour."""
        self.stderr.write(sentence, style_func=str)

    def write(self, out: str, text: str) -> None:
        if out == "-":
            self.stdout.write(text)
            return
        path = Path(out)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_text(f"{text}\n", encoding="utf-8")
            beside.replace(path)
        except OSError as refused:
            raise CommandError(f"{out} cannot be written: {refused.strerror}") from refused

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
                f"About {needed / 1e9:.0f} GB are needed in {folder}; {free / 1e9:.0f} are free."
            )


def centre_named(name: str) -> Centre:
    """The only one there is, where none is named. Raises CommandError."""
    rows = Centre.objects.order_by("name", "pk")
    found = list((rows.filter(name__iexact=name) if name else rows)[:MOST_NAMED])
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(f"Say which centre, --centre NAME: {', '.join(map(str, found))}…")
    others = ", ".join(map(str, rows[:MOST_NAMED])) or "none"
    raise CommandError(f"No centre is called {name!r} here. There are: {others}")


def year_asked(year: int, centre: Centre) -> int:
    """Raises CommandError for a year that has not begun, or in which no hour counts."""
    this_year = timezone.localdate().year
    if year > this_year:
        raise CommandError(f"The year {year} has not begun: there is nothing to draw.")
    years = years_with_hours(centre.pk, until=this_year)
    if not years:
        raise CommandError(f"No hour counts yet in {centre.name}: there is nothing to draw.")
    if year not in years:
        raise CommandError(
            f"No hour counts in {year} in {centre.name}. They do from {years[-1]} to {years[0]}."
        )
    return year


def unknown_lines(made: Rehearsed) -> list[str]:
    """What the database does not say: never counted as regular."""
    unsigned = made.unsigned
    return [
        "What is not known, and counted neither as regular nor as irregular:",
        f"  signed lists: {hours(unsigned.in_weeks)} in the weeks drawn,"
        f" {hours(unsigned.in_year)} in the year",
        *(f"  {sentence}" for sentence in not_known(made)[bool(unsigned.in_year) :]),
    ]


def as_json(made: Rehearsed, centre: Centre) -> dict[str, Any]:
    """The whole visit: days as texts, shares exact, ids only."""
    return {
        "format": FORMAT,
        "centre": str(centre.pk),
        "fingerprint": made.told.fingerprint,
        "unknown": {
            "minutes_without_list_in_weeks": made.unsigned.in_weeks,
            "minutes_without_list_in_year": made.unsigned.in_year,
            "files_without_category": sorted(made.told.unknown.without_category),
            "files_erased": len(made.told.unknown.erased),
            "closing_days": True,
            "school_holidays": not made.knows_holidays,
        },
        "rules": {key: str(rule.value) for key, rule in made.rules.items()},
        "visit": plain(made.visit),
    }


def plain(value: Any) -> Any:
    """Dataclasses, days, fractions and enums as JSON takes them."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date | Fraction | Decimal | StrEnum):
        return str(value)
    return value


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
