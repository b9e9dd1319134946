"""Why someone was away, and the proof, that may come late."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.training import access
from relier.training.models import Absence, Cause, Enrolment
from relier.training.posting import hold, post

from .versions import new_version


@transaction.atomic
def account_for_absence(
    enrolment: Enrolment,
    ground: int,
    *,
    from_on: date,
    until_on: date,
    by: Actor,
    proof: str = "",
    proof_received_on: date | None = None,
    form_key: UUID | None = None,
) -> Absence:
    """Say on which ground someone is away, from a day to a day. Without the proof, the hours stay
    without a reason until it comes. Whoever is not bound hands it over, and reads it no more."""
    access.require(access.may_write_hours(by, enrolment))
    held = hold([enrolment.pk])

    def keep(key: UUID) -> Absence:
        absence = Absence(
            enrolment=enrolment, ground=ground, from_on=from_on, until_on=until_on, proof=proof,
            proof_received_on=proof_received_on, author_id=by.id, form_key=key,
        )  # fmt: skip
        absence.full_clean(exclude=["form_key"])
        absence.save()
        journal.record("training.absence_accounted", absence, by=by, subject=enrolment.person_id)
        post(held, cause=Cause.ABSENCE, by=by)
        return absence

    said = {"ground": ground, "from_on": from_on, "until_on": until_on, "proof": proof}
    return once(Absence.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def receive_proof(
    absence: Absence, *, on: date, by: Actor, form_key: UUID, proof: str = ""
) -> Absence:
    """The proof came: hours without a reason become hours on its ground."""
    changes: dict[str, Any] = {"proof_received_on": on}
    if proof:
        changes["proof"] = proof
    return _change("training.proof_received", absence, changes, Cause.PROOF, form_key, by)


@transaction.atomic
def correct_absence(
    absence: Absence, changes: dict[str, Any], *, by: Actor, form_key: UUID
) -> Absence:
    """Other days, another ground, or noted by mistake (`withdrawn`)."""
    return _change("training.absence_corrected", absence, changes, Cause.ABSENCE, form_key, by)


def _change(
    kind: str, absence: Absence, changes: dict[str, Any], cause: str, form_key: UUID, by: Actor
) -> Absence:
    access.require(access.may_see(by, absence))
    held = hold([absence.enrolment_id])
    new = new_version(absence, changes, form_key=form_key, by=by)
    if new is None:
        return Absence.objects.versions_of(absence).get(correction=None)
    journal.record(kind, new, by=by, subject=new.enrolment.person_id)
    post(held, cause=cause, by=by)
    return new
