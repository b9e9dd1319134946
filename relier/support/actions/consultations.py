"""The register of BCSS consultations: what the person said first, their agreement, then that the
consultation took place, which closes the line. What it showed has no deed: it is not kept."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people.models import Person
from relier.privacy.actions import NotReviewed
from relier.privacy.texts import ConsentText, review_of
from relier.support import access
from relier.support.lists import ListRow
from relier.support.models import Consultation


class AlreadyConsulted(Exception):  # noqa: N818 — a word for what happened, not a fault
    """The consultation took place meanwhile: nothing may be written before it any more."""


@transaction.atomic
def begin_consultation(
    person: Person,
    *,
    purpose: ListRow,
    declaration: str = "",
    by: Actor,
    form_key: UUID | None = None,
) -> Consultation:
    """Say why a consultation is wanted and, first of all, what the person says themselves."""
    access.require(access.may_keep_register(by) and access.may_open_file(by, person))
    language = "fr" if purpose.in_language("fr") else "en"

    def keep(key: UUID) -> Consultation:
        line = Consultation(
            person=person.root,
            purpose=purpose.key,
            purpose_words=purpose.in_language(language),
            declaration=declaration,
            declared_at=timezone.now() if declaration else None,
            declared_by_id=by.id if declaration else None,
            begun_by_id=by.id,
            form_key=key,
        )
        line.full_clean(exclude=["form_key"])  # `once` asks the database
        line.save()
        journal.record(
            "support.consultation_begun",
            line,
            by=by,
            subject=line.person_id,
            declared=bool(declaration),
        )
        return line

    said = {"purpose": purpose.key, "declaration": declaration}
    return once(Consultation.objects.filter(begun_by=by.id), form_key, keep, said=said)


@transaction.atomic
def declare_first(line: Consultation, words: str, *, by: Actor) -> Consultation:
    """What the person says of their own situation, before anyone looks. Said once; a consultation
    closes it. Raises AlreadyConsulted."""
    access.require(access.may_see(by, line))
    line = _open_line(line)
    if line.declared_at is None:
        line.declaration = words
        line.declared_at, line.declared_by_id = timezone.now(), by.id
        line.full_clean()
        line.save()
        journal.record("support.consultation_declared", line, by=by, subject=line.person_id)
    return line


@transaction.atomic
def agree_first(
    line: Consultation,
    template: ConsentText,
    text: ConsentText,
    *,
    how: str,
    on: date,
    by: Actor,
    helper: str = "",
) -> Consultation:
    """The written agreement, with the very words that were read. Kept once. Raises NotReviewed,
    AlreadyConsulted. There is no such deed for a no."""
    access.require(access.may_see(by, line))
    if review_of(template) is None:
        raise NotReviewed(template.name)
    line = _open_line(line)
    if line.agreed_on is None:
        line.agreed_on, line.agreed_how, line.helper = on, how, helper
        line.text, line.text_hash = text.words, text.fingerprint
        line.text_version, line.language = text.version, text.language
        line.received_by_id = by.id
        line.full_clean()
        line.save()
        journal.record("support.consultation_agreed", line, by=by, subject=line.person_id)
    return line


@transaction.atomic
def note_consultation(line: Consultation, *, on: date, quality: ListRow, by: Actor) -> Consultation:
    """That it took place. Nothing is refused: what was missing before is missing, and shows so.
    The line is closed from now on; a second time, it is the first that stands."""
    access.require(access.may_see(by, line))
    stands = Consultation.objects.select_for_update().get(pk=line.pk)
    if stands.closed:
        return stands
    stands.consulted_on, stands.consulted_by_id = on, by.id
    stands.quality, stands.quality_words = quality.key, quality.on_screen("fr")
    stands.full_clean()
    stands.save()
    journal.record(
        "support.consultation_noted",
        stands,
        by=by,
        subject=stands.person_id,
        declared=stands.declared_at is not None,
        agreed=stands.agreed_on is not None,
    )
    return stands


def _open_line(line: Consultation) -> Consultation:
    """The line as it stands, locked, so that nothing is written while it closes."""
    stands = Consultation.objects.select_for_update().get(pk=line.pk)
    if stands.closed:
        raise AlreadyConsulted
    return stands
