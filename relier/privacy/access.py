"""Who may do what with rights and archives, where no person needs to be known (docs/walls.md).

What asks that a team follows the person stands in the desk, which knows both.
"""

from datetime import date, datetime

from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.access import may_steer

from .models import Archive, ArchiveOpening
from .models.archives import OPEN_FOR


def may_ask_opening(actor: Actor | None, archive: Archive, *, on: date) -> bool:
    """Someone bound, or who coordinates; never past its end."""
    return archive.ends_on > on and Archive.objects.visible_to(actor).filter(pk=archive.pk).exists()


def may_agree_opening(actor: Actor | None, asked: ArchiveOpening, *, on: date) -> bool:
    """Another than who asked, so that the two are someone bound and someone who coordinates."""
    if not actor or not may_ask_opening(actor, asked.archive, on=on):
        return False
    first = asked.asked_by
    if first.pk == actor.id or first.user_id == actor.user:
        return False
    bound = first.bound or actor.bound
    return bound and (first.role == first.Role.COORDINATOR or may_steer(actor))


def may_read_archive(actor: Actor | None, asked: ArchiveOpening, *, at: datetime) -> bool:
    """The one or two who are bound, for a few hours, and never past its end."""
    if not actor or not actor.bound or actor.centre != asked.archive.centre_id:
        return False
    if (
        asked.agreed_at is None
        or asked.agreed_at + OPEN_FOR <= at
        or asked.archive.ends_on <= timezone.localdate(at)
    ):
        return False
    return actor.id in {asked.asked_by_id, asked.agreed_by_id}
