"""`relier demo`: two invented houses, planted once, then served on this machine."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from relier.centres.models import Centre
from relier.config.planting.demo import plant_houses
from relier.config.preparing import prepare

from .start import serve_this_machine


class Command(BaseCommand):
    help = "Plant two invented houses, and serve them on this machine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument(
            "--plant-only", action="store_true", help="prepare the houses and do not serve"
        )

    def handle(self, **options: Any) -> None:
        if settings.RELIER_MODE != "demo":
            raise CommandError("Only in demo mode: relier demo, or RELIER_MODE=demo.")
        prepare(self.stdout)
        if not Centre.objects.exists():
            self.stdout.write("Planting two invented houses…")
            plant_houses()
        if not options["plant_only"]:
            serve_this_machine(options["port"], self.stdout)
