"""`relier check`: Django's own checks, what a helper on the telephone asks first, and the journal:
its guards, and every chain read to its end."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import check
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from relier import __version__
from relier.journal import append_only, checking

from .journal import names_of_centres


class Command(check.Command):
    help = "Say where things are, and check that nothing is wrong, unsafe or altered."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--quick", action="store_true", help="do not read the journal (a minute per million)"
        )

    def handle(self, *labels: Any, **options: Any) -> None:
        self.stdout.write(f"Relier {__version__}, mode: {settings.RELIER_MODE}")
        self.stdout.write(f"Data folder: {settings.DATA}")
        self.stdout.write(f"Database: {connection.vendor}, {connection.settings_dict['NAME']}")
        super().handle(*labels, **options)
        if not options.get("quick"):
            self.check_journal()

    def check_journal(self) -> None:
        """Raises CommandError, with the first line of each chain that does not hold."""
        if not is_migrated():
            self.stdout.write("Journal: not read, for the database is not up to date.")
            return
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
