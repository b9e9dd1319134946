"""What a person may ask of all that is held about them: to have it, to have it erased."""

from typing import Any
from uuid import UUID

from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal import registry
from relier.privacy.models import Subject


@transaction.atomic
def hand_over(subjects: list[UUID], *, by: Actor) -> dict[str, dict[str, Any]]:
    """All that is held about someone (every alias of a merged file), table by table."""
    held = {
        holding.model: {"why": str(holding.why), "rows": holding.hand_over(holding, subjects)}
        for holding in registry.holdings(about="person")
    }
    for subject in Subject.objects.filter(pk__in=subjects):
        journal.record("privacy.handed_over", subject, by=by, subject=subject.pk)
    return held


@transaction.atomic
def erase(subjects: list[UUID], *, by: Actor) -> int:
    """Erase all that is held about someone; the journal keeps its lines, which name nobody.

    Returns how many rows went. What the law obliges to keep, and what remains on the disk,
    are the matter of *Trust*: until then a centre under such a duty does not call this.
    """
    lines = list(Subject.objects.filter(pk__in=subjects))
    for subject in lines:
        journal.record(
            "privacy.erased", subject, by=by, subject=subject.pk, centre=subject.centre_id
        )
    return sum(holding.erase(holding, subjects) for holding in registry.holdings(about="person"))
