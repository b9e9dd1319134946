"""Receiving and withdrawing a consent."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.privacy.models import Consent, Subject
from relier.privacy.texts import ConsentText


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
