"""`relier check`: Django's own checks, and what a helper on the telephone asks first."""

from typing import Any

from django.conf import settings
from django.core.management.commands import check
from django.db import connection

from relier import __version__


class Command(check.Command):
    help = "Say where things are, and check that nothing is wrong or unsafe."

    def handle(self, *labels: Any, **options: Any) -> None:
        self.stdout.write(f"Relier {__version__}, mode: {settings.RELIER_MODE}")
        self.stdout.write(f"Data folder: {settings.DATA}")
        self.stdout.write(f"Database: {connection.vendor}, {connection.settings_dict['NAME']}")
        super().handle(*labels, **options)
