"""`relier key`: make a signing key for the served mode."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print a new signing key, to be kept as RELIER_SECRET_KEY."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        self.stdout.write(secrets.token_urlsafe(64))
