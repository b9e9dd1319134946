"""`relier check`: Django's own checks, what a helper on the telephone asks first, what is sealed,
the room left on the disk, the latest backup, and the journal: its guards, and every chain read to
its end."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import check
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from relier import __version__
from relier.config.keeping import backups, disk
from relier.journal import append_only, checking
from relier.privacy import resealing

from .journal import names_of_centres


class Command(check.Command):
    help = "Say where things are, and check that nothing is wrong, unsafe or altered."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--quick", action="store_true", help="do not read what is sealed, nor the journal"
        )

    def handle(self, *labels: Any, **options: Any) -> None:
        self.stdout.write(f"Relier {__version__}, mode: {settings.RELIER_MODE}")
        self.stdout.write(f"Data folder: {settings.DATA}")
        self.stdout.write(f"Database: {connection.vendor}, {connection.settings_dict['NAME']}")
        super().handle(*labels, **options)
        self.say_how_safe()
        if options.get("quick"):
            return
        if not is_migrated():
            self.stdout.write("The rest is not read: the database is not up to date.")
            return
        self.check_sealed()
        self.check_journal()

    def say_how_safe(self) -> None:
        """What is not wrong yet, and would be."""
        latest = backups.known()[-1:]
        if latest:
            made = timezone.localtime(latest[0].made_at)
            self.stdout.write(f"Latest backup: {made:%d/%m/%Y %H:%M}, in {settings.BACKUPS}")
        elif settings.RELIER_MODE != "demo":
            self.stdout.write(f"No backup in {settings.BACKUPS} yet. Make one: relier backup")
        for place in disk.nearly_full():
            self.stdout.write(f"There is little room left on the disk of {place}.")

    def check_sealed(self) -> None:
        """Raises CommandError where words under secrecy do not open, or stand in clear."""
        counts = resealing.unopened()
        wrong = [
            f"{count.label}: {count.unopened} that do not open, {count.plain} in clear."
            for count in counts
            if count.unopened or count.plain
        ]
        if wrong:
            raise CommandError("What is sealed is not whole.\n" + "\n".join(wrong))
        self.stdout.write(
            f"Sealed: {sum(count.open for count in counts)} values; all of them open."
        )

    def check_journal(self) -> None:
        """Raises CommandError, with the first line of each chain that does not hold."""
        faults = [f"The guard {one.name} is missing." for one in append_only.missing(connection)]
        names, chains, lines = names_of_centres(), 0, 0
        for checked in checking.check_all():
            chains, lines = chains + 1, lines + checked.lines
            if checked.fault:
                faults.append(f"{names.get(checked.centre, checked.centre)}: {checked.fault}.")
        if faults:
            raise CommandError("The journal does not hold.\n" + "\n".join(faults))
        guards = len(append_only.expected(connection))
        self.stdout.write(
            f"Journal: {lines} lines in {chains} chains, {guards} guards; all of it holds."
        )


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
