"""Receiving, renewing and withdrawing a consent; how long each stands in a centre."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.access import may_set, require
from relier.journal import actions as journal
from relier.journal.once import once
from relier.privacy.models import Consent, ConsentTerm, Subject
from relier.privacy.models.terms import terms_of
from relier.privacy.rules import ask_again_from, last_day
from relier.privacy.texts import ConsentText, review_of


class NotReviewed(Exception):  # noqa: N818 — a word for what happened, not a fault
    """Nobody has answered for these words in this language: they may be read, not agreed to."""


@transaction.atomic
def receive_consent(
    subject: Subject,
    text: ConsentText,
    *,
    how: str,
    on: date,
    by: Actor,
    helper: str = "",
    read_in: str = "",
    files: Iterable[UUID] = (),
) -> Consent:
    """Keep an agreement with the very words that were shown. Given again while it stands, it is
    kept once; given again near its end or after it, it is renewed, and the earlier one stays.

    `files`: the other files of the same person. Raises NotReviewed.
    """
    if review_of(text) is None:
        raise NotReviewed(text.name)
    # Two at the same instant come in turn: the second finds what the first kept.
    Subject.objects.select_for_update().get(pk=subject.pk)
    earlier = list(Consent.objects.open().of_file({subject.pk, *files}).of_purpose(text.purpose))
    known = next((one for one in earlier if _holds_already(one, on)), None)
    if known:
        return known
    numbers = terms_of(subject.centre_id, on=timezone.localdate())
    end = last_day(on, numbers[text.purpose])
    consent = Consent(
        subject=subject,
        purpose=text.purpose,
        text=text.words,
        text_hash=text.fingerprint,
        text_version=text.version,
        language=text.language,
        read_in=read_in if read_in != text.language else "",
        how=how,
        helper=helper,
        received_by_id=by.id,
        given_on=on,
        expires_on=end,
        ask_again_on=end and ask_again_from(on, end, days=numbers["remind"]),
    )
    ids = [one.pk for one in earlier]
    Consent.objects.filter(pk__in=ids).update(replaced_at=timezone.now())
    consent.full_clean()
    consent.save()
    deed = "privacy.consent_renewed" if earlier else "privacy.consent_given"
    journal.record(deed, consent, by=by, subject=subject.pk, purpose=text.purpose)
    return consent


def _holds_already(consent: Consent, on: date) -> bool:
    """Whether a yes of that day changes nothing: this one is as recent, or stands for long yet."""
    return on <= consent.given_on or (
        consent.stands(on=timezone.localdate()) and not consent.asks_again(on=timezone.localdate())
    )


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor, files: Iterable[UUID] = ()) -> Consent:
    """It no longer stands, from this moment, nor does the one that renewed it meanwhile: a no
    holds. Two at once: one line, the first moment kept. `files`: the files of the same person.

    Who may is asked a floor above, where files are known (`people.access.may_withdraw`).
    """
    subjects = {consent.subject_id, *files}
    # In turn with `receive_consent`, which locks the file that is shown.
    list(Subject.objects.select_for_update().filter(pk__in=subjects).order_by("pk"))
    for one in Consent.objects.open().of_file(subjects).of_purpose(consent.purpose):
        _mark(one, "withdrawn_at", "privacy.consent_withdrawn", by=by)
    consent.refresh_from_db()
    return consent


@transaction.atomic
def let_consent_end(consent: Consent, *, by: Actor) -> Consent:
    """Nobody asks again: it stands until its last day, then ends by itself."""
    _mark(consent, "left_to_end_at", "privacy.consent_left_to_end", by=by)
    consent.refresh_from_db()
    return consent


def _mark(consent: Consent, moment: str, deed: str, *, by: Actor) -> None:
    open_yet = Consent.objects.open().filter(pk=consent.pk, **{moment: None})
    if open_yet.update(**{moment: timezone.now()}):
        journal.record(deed, consent, by=by, subject=consent.subject_id, purpose=consent.purpose)


@transaction.atomic
def say_term(
    name: str,
    *,
    by: Actor,
    from_on: date,
    value: int | None = None,
    source: str = "",
    doubt: str = "",
    form_key: UUID | None = None,
) -> ConsentTerm:
    """Say a number of the centre, from a day on; without a value, the one that came counts again.
    What was agreed before keeps the end that it had."""
    require(may_set(by))

    def keep(key: UUID) -> ConsentTerm:
        said = ConsentTerm(
            centre_id=by.own_centre,
            name=name,
            value=value,
            from_on=from_on,
            source=source,
            doubt=doubt,
            author_id=by.id,
            form_key=key,
        )
        said.full_clean(exclude=["form_key"])  # `once` asks the database
        said.save()
        journal.record("privacy.term_said", said, by=by, name=name)
        return said

    said = {"value": value, "from_on": from_on, "source": source, "doubt": doubt}
    return once(ConsentTerm.objects.filter(author=by.id), form_key, keep, said=said)
