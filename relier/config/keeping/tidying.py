"""What must be done each day, whoever is there: what is due is erased, what has ended is destroyed.

Done again, it does nothing. It is one of the rounds (`rounds.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from relier.accounts.actions import forget_old_sessions
from relier.accounts.actors import SYSTEM
from relier.centres.models import Centre
from relier.deliberation.actions.doors import forget_tries
from relier.deliberation.actions.releases import release_all
from relier.deliberation.actions.reviews import reopen_due
from relier.desk.rights.actions import erase_due
from relier.paper.actions import forget_ballots, forget_pictures
from relier.people.actions import forget_earlier_values
from relier.privacy import actions, disk, tombstones
from relier.privacy.models import terms_of
from relier.privacy.rules.terms import BACKUPS
from relier.training.importing.staged import forget_imports


@dataclass(frozen=True)
class Tidied:
    """How many of each: people erased, archives ended, earlier values, pictures of pages and old
    lines forgotten."""

    erased: int
    erased_again: int
    archives: int
    earlier_values: int
    pictures: int
    forgotten: int
    cleaned: bool


def tidy() -> Tidied:
    """Raises tombstones.NoTombstones where the list of those erased does not hold."""
    today = timezone.localdate()
    tombstones.begin()
    # Someone listed who is still there: the power was cut before their rows went.
    erased_again = actions.erase_again(by=SYSTEM)
    erased = erase_due(by=SYSTEM, on=today)
    archives = actions.end_archives(by=SYSTEM, on=today)
    if archives:
        disk.to_clean()
    values = forget_earlier_values(by=SYSTEM, on=today)
    pictures = forget_pictures(by=SYSTEM, on=today)
    forget_ballots(by=SYSTEM, on=today)
    imports = forget_imports(by=SYSTEM, now=timezone.now())
    if values or pictures or imports:
        disk.to_clean()
    forget_old_sessions(by=SYSTEM)
    release_all()
    forget_tries(at=timezone.now())
    reopen_due(on=today, by=SYSTEM)
    return Tidied(
        erased,
        erased_again,
        archives,
        values,
        pictures,
        forget_old_lines(),
        disk.clean_if_needed(),
    )


def backups_since() -> datetime | None:
    """No backup is kept from before this moment, in the most careful centre; None without one."""
    today = timezone.localdate()
    days = [terms_of(centre.pk, on=today)[BACKUPS].before(today) for centre in Centre.objects.all()]
    return timezone.now() - (today - min(days)) if days else None


def forget_old_lines() -> int:
    """Drop from the list those erased longer ago than any backup."""
    since = backups_since()
    return tombstones.forget_before(since) if since else 0
