"""`relier tidy`: erase what is due, end the archives whose time is over, clean the files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from relier.config.keeping.tidying import tidy
from relier.lib.keyring import NoKeys
from relier.privacy import disk
from relier.privacy.tombstones import NoTombstones


class Command(BaseCommand):
    help = "Do what must be done each day: erase what is due, end what has ended."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        try:
            done = tidy()
        except (NoTombstones, NoKeys) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"People erased: {done.erased}, again: {done.erased_again}. "
            f"Archives ended: {done.archives}. Earlier values forgotten: {done.earlier_values}. "
            f"Pictures of pages: {done.pictures}. "
            f"Old lines of the list: {done.forgotten}. "
            f"Database written anew: {written_anew(done.cleaned)}."
        )


def written_anew(cleaned: bool) -> str:
    if cleaned:
        return "yes"
    return "not yet, someone is reading" if disk.is_to_clean() else "no need"
