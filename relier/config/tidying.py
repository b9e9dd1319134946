"""What must be done each day, whoever is there: what is due is erased, what has ended is destroyed.

Done again, it does nothing. `relier start` does it first, then once a day while it serves; a served
copy has a timer (docs/deployment.md). There is no worker in the background (docs/decisions/005).
"""

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.centres.models import Centre
from relier.desk.rights.actions import erase_due
from relier.people.actions import forget_earlier_values
from relier.privacy import actions, disk, tombstones
from relier.privacy.models import terms_of
from relier.privacy.rules.terms import BACKUPS

logger = logging.getLogger(__name__)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tidied:
    """How many of each: people erased, archives ended, earlier values and old lines forgotten."""

    erased: int
    erased_again: int
    archives: int
    earlier_values: int
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
    if values:
        disk.to_clean()
    return Tidied(
        erased, erased_again, archives, values, forget_old_lines(), disk.clean_if_needed()
    )


def forget_old_lines() -> int:
    """Drop from the list those erased longer ago than any backup, in the most careful centre."""
    today = timezone.localdate()
    days = [terms_of(centre.pk, on=today)[BACKUPS].before(today) for centre in Centre.objects.all()]
    if not days:
        return 0
    return tombstones.forget_before(timezone.now() - (today - min(days)))


def each_day() -> None:
    """Tidy once a day, in a thread of its own that ends with the program."""

    def run() -> None:
        while not stop.wait(A_DAY.total_seconds()):
            try:
                tidy()
            except Exception:
                logger.exception("relier tidy failed; it will be tried again tomorrow.")
            finally:
                close_old_connections()

    stop = threading.Event()
    threading.Thread(target=run, name="tidy", daemon=True).start()
