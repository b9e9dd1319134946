"""Putting a workshop right, and saying who welcomes at a session."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.training import access
from relier.training.models import Participation, Session, Workshop

CHANGES = {"name", "is_open", "capacity"}


@transaction.atomic
def change_workshop(workshop: Workshop, changes: dict[str, Any], *, by: Actor) -> Workshop:
    """Its name, whether it is open, how many places. Sessions that are planned already keep theirs;
    its track is not changed, since hours stand under it."""
    access.require(access.may_see(by, workshop) and access.may_run(by, workshop.team))
    if not set(changes) <= CHANGES:
        raise ValueError("This part of a workshop does not change.")
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    changed = sorted(name for name, value in changes.items() if getattr(workshop, name) != value)
    if changed:
        for name in changed:
            setattr(workshop, name, changes[name])
        workshop.full_clean()
        workshop.save(update_fields=changed)
        journal.record("training.workshop_changed", workshop, by=by, fields=changed)
    return workshop


@transaction.atomic
def choose_trainers(session: Session, trainers: Iterable[Member], *, by: Actor) -> None:
    """Who welcomes: to plan and to be reached. Nothing is ever counted by it."""
    access.require(access.may_see(by, session) and access.may_run(by, session.team))
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    welcome = list(trainers)
    access.require(all(one.centre_id == by.centre for one in welcome))
    if {one.pk for one in welcome} != set(session.trainers.values_list("pk", flat=True)):
        session.trainers.set(welcome)
        journal.record("training.session_changed", session, by=by, fields=["trainers"])


@transaction.atomic
def expect_again(participation: Participation, *, by: Actor) -> Participation:
    """Undo of "no longer expected": expected on as if nothing had been said."""
    access.require(access.may_see(by, participation))
    participation = Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    if participation.until_on is not None:
        participation.until_on = None
        participation.full_clean()
        participation.save(update_fields=["until_on"])
        journal.record(
            "training.expected_again", participation, by=by, subject=participation.person_id
        )
    return participation
