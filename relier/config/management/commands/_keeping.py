"""What the commands that keep things safe share: a sentence instead of a traceback."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from relier.config.keeping.backups import NoBackup
from relier.config.keeping.postgresql import OtherVersion
from relier.config.keeping.serving import BeingServed
from relier.config.keeping.sqlite import Unsound
from relier.config.keeping.upgrading import Undone
from relier.lib.keyring import NoKeys
from relier.lib.sealing import DoesNotOpen
from relier.privacy.tombstones import NoTombstones

REFUSALS = (
    NoBackup,
    NoKeys,
    NoTombstones,
    DoesNotOpen,
    Unsound,
    OtherVersion,
    BeingServed,
    Undone,
    OSError,
)


class KeepingCommand(BaseCommand):
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        try:
            self.act(**options)
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal

    def act(self, **options: Any) -> None:
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
