"""Someone's entry in a programme: the contract, of which category they are, how it ends."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people.models import Person
from relier.training import access
from relier.training.models import (
    Cause,
    Eligibility,
    Ending,
    Enrolment,
    EvidenceReceived,
    Presence,
    Programme,
)
from relier.training.posting import hold, post

from .versions import new_version


@transaction.atomic
def enrol(
    person: Person,
    programme: Programme,
    *,
    entered_on: date,
    by: Actor,
    contract_on: date | None = None,
    category: str = "",
    form_key: UUID | None = None,
) -> Enrolment:
    """Keep that someone enters a programme. The contract and the category may come later: what is
    late is shown, and nothing is refused for it."""
    root = person.root
    access.require(access.may_enrol(by, root) and access.may_see(by, programme))

    def keep(key: UUID) -> Enrolment:
        enrolment = Enrolment(
            person=root, track_id=programme.track_id, programme=programme, entered_on=entered_on,
            contract_on=contract_on, author_id=by.id, form_key=key,
        )  # fmt: skip
        enrolment.full_clean(exclude=["form_key"])
        enrolment.save()
        journal.record("training.enrolled", enrolment, by=by, subject=root.pk)
        if category:
            say_category(enrolment, category, by=by)
        return enrolment

    said = {"entered_on": entered_on, "contract_on": contract_on}
    return once(Enrolment.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def change_entry(enrolment: Enrolment, changes: dict[str, Any], *, by: Actor) -> Enrolment:
    """Put right the day of entry, the day of the contract or the programme, and post what differs.
    The journal says which fields changed."""
    access.require(access.may_write_hours(by, enrolment))
    if not set(changes) <= {"entered_on", "contract_on", "programme"}:
        raise ValueError("This part of an entry does not change.")
    held = hold([enrolment.pk])
    here = held.of(enrolment.pk)
    changed = sorted(name for name, value in changes.items() if getattr(here, name) != value)
    if not changed:
        return here
    for name in changed:
        setattr(here, name, changes[name])
    if here.programme.track_id != here.track_id:
        raise ValidationError({"programme": _("Choose a programme of the same track.")})
    here.full_clean()
    here.save(update_fields=changed)
    journal.record("training.entry_changed", here, by=by, subject=here.person_id, fields=changed)
    post(held, cause=Cause.ENTRY, by=by)
    return here


@transaction.atomic
def say_category(
    enrolment: Enrolment, category: str, *, by: Actor, form_key: UUID | None = None
) -> Eligibility:
    """Of which category of articles 5 and 6 someone was on entry. Said again, it is a new row."""
    access.require(access.may_write_hours(by, enrolment))
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    standing = Eligibility.objects.current().filter(enrolment=enrolment).first()

    def keep(key: UUID) -> Eligibility:
        said = Eligibility(
            enrolment=enrolment, category=category, author_id=by.id, form_key=key,
            replaces=standing, first_id=standing.source if standing else None,
        )  # fmt: skip
        said.full_clean(exclude=["form_key"])
        said.save()
        journal.record("training.category_said", said, by=by, subject=enrolment.person_id)
        return said

    if standing and standing.category == category:
        return standing
    return once(Eligibility.objects.filter(author=by.id), form_key, keep)


@transaction.atomic
def receive_evidence(
    enrolment: Enrolment,
    document: str,
    *,
    received_on: date,
    by: Actor,
    issued_on: date | None = None,
    form_key: UUID | None = None,
) -> EvidenceReceived:
    """A document of eligibility came. Whoever is not bound hands it over, and reads it no more."""
    access.require(access.may_write_hours(by, enrolment))

    def keep(key: UUID) -> EvidenceReceived:
        evidence = EvidenceReceived(
            enrolment=enrolment, document=document, issued_on=issued_on, received_on=received_on,
            author_id=by.id, form_key=key,
        )  # fmt: skip
        evidence.full_clean(exclude=["form_key"])
        evidence.save()
        journal.record("training.evidence_received", evidence, by=by, subject=enrolment.person_id)
        return evidence

    said = {"document": document, "received_on": received_on, "issued_on": issued_on}
    return once(EvidenceReceived.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def correct_evidence(
    evidence: EvidenceReceived, changes: dict[str, Any], *, by: Actor, form_key: UUID
) -> EvidenceReceived:
    access.require(access.may_see(by, evidence))
    new = new_version(evidence, changes, form_key=form_key, by=by)
    if new is None:
        return EvidenceReceived.objects.versions_of(evidence).get(correction=None)
    subject = new.enrolment.person_id
    journal.record("training.evidence_corrected", new, by=by, subject=subject)
    return new


# --- the end -------------------------------------------------------------------------------------


@transaction.atomic
def end(
    enrolment: Enrolment,
    reason: str,
    *,
    on: date,
    by: Actor,
    job_months: int | None = None,
    form_received_on: date | None = None,
    form_key: UUID | None = None,
) -> Ending:
    """Someone leaves: their last day, and why. Hours are counted again: dropping out takes back
    those of ground 10; a lasting job may add those that remained (ground 11).
    Raises ValidationError where they were present after that day."""
    access.require(access.may_write_hours(by, enrolment))
    held = hold([enrolment.pk])
    standing = Ending.objects.current().filter(enrolment=enrolment).first()
    changes = {
        "on": on, "reason": reason, "job_months": job_months,
        "form_received_on": form_received_on, "taken_back": False,
    }  # fmt: skip
    check_last_day(enrolment, on)

    def keep(key: UUID) -> Ending:
        ending = Ending(
            enrolment=enrolment, author_id=by.id, form_key=key, **changes,
            replaces=standing, first_id=standing.source if standing else None,
        )  # fmt: skip
        ending.full_clean(exclude=["form_key"])
        ending.save()
        journal.record("training.ended", ending, by=by, subject=enrolment.person_id)
        post(held, cause=cause_of(reason), by=by)
        return ending

    if standing and all(getattr(standing, name) == value for name, value in changes.items()):
        return standing
    said = {"on": on, "reason": reason}
    return once(Ending.objects.filter(author=by.id), form_key, keep, said=said)


def drop_out(enrolment: Enrolment, *, on: date, by: Actor, form_key: UUID | None = None) -> Ending:
    """Someone stopped coming: hours without a reason (ground 10) no longer count."""
    return end(enrolment, Ending.Reason.DROPPED, on=on, by=by, form_key=form_key)


@transaction.atomic
def take_back_ending(ending: Ending, *, by: Actor, form_key: UUID) -> Ending:
    """It had not ended after all: hours are counted again."""
    access.require(access.may_see(by, ending) and access.may_write_hours(by, ending.enrolment))
    held = hold([ending.enrolment_id])
    new = new_version(ending, {"taken_back": True}, form_key=form_key, by=by)
    if new is None:
        return Ending.objects.versions_of(ending).get(correction=None)
    journal.record("training.ending_taken_back", new, by=by, subject=new.enrolment.person_id)
    post(held, cause=Cause.ENDING, by=by)
    return new


def cause_of(reason: str) -> str:
    return Cause.DROPPED if reason == Ending.Reason.DROPPED else Cause.ENDING


def check_last_day(enrolment: Enrolment, on: date) -> None:
    """Raises ValidationError on a day before the entry, or before hours that were followed."""
    if on < enrolment.entered_on:
        raise ValidationError({"on": _("The last day is before the day of entry.")})
    followed = Presence.objects.current().filter(enrolment=enrolment, minutes__gt=0)
    if followed.filter(session__day__gt=on, session__called_off=False).exists():
        raise ValidationError({"on": _("This person was present after that day.")})
