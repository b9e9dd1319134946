"""Receiving and withdrawing a consent; handing over and erasing all that is held."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal import registry

from .models import Consent, Subject
from .texts import ConsentText


@transaction.atomic
def receive_consent(
    subject: Subject, text: ConsentText, *, how: str, on: date, by: Actor, helper: str = ""
) -> Consent:
    """Keep an agreement with the very words that were shown. Given again, it is kept once."""
    # Two at the same instant come in turn: the second finds what the first kept.
    Subject.objects.select_for_update().get(pk=subject.pk)
    standing = Consent.objects.standing().filter(subject=subject, purpose=text.purpose).first()
    if standing:
        return standing
    consent = Consent(
        subject=subject,
        purpose=text.purpose,
        text=text.words,
        text_hash=Consent.hash_of(text.words),
        text_version=text.version,
        language=text.language,
        how=how,
        helper=helper,
        received_by_id=by.id,
        given_on=on,
    )
    consent.full_clean()
    consent.save()
    journal.record(
        "privacy.consent_given", consent, by=by, subject=subject.pk, purpose=text.purpose
    )
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    if consent.withdrawn_at is None:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        journal.record(
            "privacy.consent_withdrawn",
            consent,
            by=by,
            subject=consent.subject_id,
            purpose=consent.purpose,
        )
    return consent


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
