"""The plan, placements, evaluations and the attestation: told once, each for its own purpose."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.training import access, figures
from relier.training.hours import HOUR, Scheme, enough_to_attest
from relier.training.legal import rulebook
from relier.training.models import (
    Cause,
    EndAttestation,
    Enrolment,
    Evaluation,
    Placement,
    TrainingPlan,
)
from relier.training.posting import hold, post

from .tracks import check_length
from .versions import new_version

Row = TypeVar("Row", TrainingPlan, Placement, Evaluation)


def _keep(kind: str, row: Any, form_key: UUID | None, said: dict[str, Any], by: Actor) -> Any:
    """The first version of something told of an entry."""

    def keep(key: UUID) -> Any:
        row.author_id, row.form_key = by.id, key
        row.full_clean(exclude=["form_key"])
        row.save()
        journal.record(kind, row, by=by, subject=row.enrolment.person_id)
        return row

    return once(type(row)._default_manager.filter(author=by.id), form_key, keep, said=said)


def _correct(kind: str, row: Row, changes: dict[str, Any], form_key: UUID, by: Actor) -> Row:
    access.require(access.may_see(by, row))
    new = new_version(row, changes, form_key=form_key, by=by)
    if new is None:
        return type(row)._default_manager.versions_of(row).get(correction=None)
    journal.record(
        kind,
        new,
        by=by,
        subject=new.enrolment.person_id,
        fields=sorted(changes),
    )
    return new


def may_tell(by: Actor, enrolment: Enrolment) -> bool:
    """What is told is content: the team that follows."""
    return access.may_open_file(by, enrolment.person)


@transaction.atomic
def make_plan(
    enrolment: Enrolment,
    *,
    on: date,
    by: Actor,
    words: str = "",
    minutes: int | None = None,
    signed_on: date | None = None,
    form_key: UUID | None = None,
) -> TrainingPlan:
    """The individual programme. `minutes`: how long it is, where not as long as the programme."""
    access.require(may_tell(by, enrolment))
    if minutes is not None:
        check_length(enrolment.track, minutes, on=enrolment.entered_on)
    held = hold([enrolment.pk])
    plan = TrainingPlan(
        enrolment=enrolment, on=on, words=words, minutes=minutes, signed_on=signed_on
    )
    kept = _keep("training.plan_made", plan, form_key, {"words": words, "minutes": minutes}, by)
    post(held, cause=Cause.ENTRY, by=by)
    return kept


@transaction.atomic
def change_plan(
    plan: TrainingPlan, changes: dict[str, Any], *, by: Actor, form_key: UUID
) -> TrainingPlan:
    if changes.get("minutes") is not None:
        check_length(plan.enrolment.track, changes["minutes"], on=plan.enrolment.entered_on)
    held = hold([plan.enrolment_id])
    new = _correct("training.plan_changed", plan, changes, form_key, by)
    post(held, cause=Cause.ENTRY, by=by)
    return new


@transaction.atomic
def plan_placement(
    enrolment: Enrolment,
    kind: str,
    *,
    from_on: date,
    until_on: date,
    minutes: int,
    by: Actor,
    company: str = "",
    signed_on: date | None = None,
    derogation: bool = False,
    form_key: UUID | None = None,
) -> Placement:
    """Keep a placement. What the text would refuse is for `rules.placements.faults` to say on the
    page: a centre must be able to write down what is, to put it right."""
    access.require(access.may_write_hours(by, enrolment))
    placement = Placement(
        enrolment=enrolment, kind=kind, from_on=from_on, until_on=until_on, minutes=minutes,
        company=company, signed_on=signed_on, derogation=derogation,
    )  # fmt: skip
    said = {"company": company, "minutes": minutes, "from_on": from_on}
    return _keep("training.placement_planned", placement, form_key, said, by)


@transaction.atomic
def change_placement(
    placement: Placement, changes: dict[str, Any], *, by: Actor, form_key: UUID
) -> Placement:
    return _correct("training.placement_changed", placement, changes, form_key, by)


@transaction.atomic
def evaluate(
    enrolment: Enrolment,
    purpose: str,
    words: str,
    *,
    on: date,
    by: Actor,
    form_key: UUID | None = None,
) -> Evaluation:
    """What was looked at together, in words."""
    access.require(may_tell(by, enrolment))
    evaluation = Evaluation(enrolment=enrolment, purpose=purpose, words=words, on=on)
    return _keep("training.evaluated", evaluation, form_key, {"words": words}, by)


@transaction.atomic
def correct_evaluation(
    evaluation: Evaluation, changes: dict[str, Any], *, by: Actor, form_key: UUID
) -> Evaluation:
    return _correct("training.evaluation_corrected", evaluation, changes, form_key, by)


@transaction.atomic
def attest(
    enrolment: Enrolment,
    *,
    on: date,
    by: Actor,
    acquired: str = "",
    project: str = "",
    form_key: UUID | None = None,
) -> EndAttestation:
    """Attest what was acquired and how long it took. Raises ValidationError where Digistart asks
    for more hours than were followed."""
    access.require(may_tell(by, enrolment))
    hold([enrolment.pk])
    effective = figures.minutes_of(enrolment).effective
    book, scheme = rulebook(enrolment.centre_id), Scheme(enrolment.track.scheme)
    if not enough_to_attest(scheme, effective, book, on):
        least = book.whole("digistart_hours_least", on)
        text = _("An attestation asks for %(least)s hours; %(hours)s were followed.")
        raise ValidationError(text % {"least": least, "hours": effective // HOUR})
    attestation = EndAttestation(
        enrolment=enrolment, on=on, acquired=acquired, project=project,
        effective_minutes=effective,
    )  # fmt: skip
    said = {"acquired": acquired, "project": project}
    return _keep("training.attested", attestation, form_key, said, by)
