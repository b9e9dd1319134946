"""Agreeing on a step, changing its words, marking it, moving it in the list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import as_said, once
from relier.people.models import Person
from relier.support import access
from relier.support.models import AgreedStep
from relier.support.rules.changes import compare, joined, my_words
from relier.support.rules.steps import placed_after, placed_before

OURS = {AgreedStep.Who.WORKER, AgreedStep.Who.TOGETHER}
State = Literal["done", "left", "standing"]


@transaction.atomic
def agree_step(
    person: Person,
    *,
    words: str,
    by: Actor,
    on: date,
    who: str = AgreedStep.Who.TOGETHER,
    who_words: str = "",
    when_on: date | None = None,
    when_words: str = "",
    pictogram: str = "",
    advice: str = "",
    form_key: UUID | None = None,
) -> AgreedStep:
    """Add a step at the end of the plan. Unless someone else is named, the worker is its author:
    the name is kept with the step, which a colleague may word anew without taking it over."""
    access.require(access.may_open_file(by, person))
    if who in OURS and not who_words:
        who_words = by.name[:80]

    def keep(key: UUID) -> AgreedStep:
        step = AgreedStep(
            person=person.root,
            words=words,
            who=who,
            who_words=who_words,
            when_on=when_on,
            when_words=when_words,
            pictogram=pictogram,
            advice=advice,
            agreed_on=on,
            author_id=by.id,
            position=_last_place(person) + 1,
            form_key=key,
        )
        step.full_clean(exclude=["form_key"])  # `once` asks the database
        step.save()
        journal.record("support.step_agreed", step, by=by, subject=step.person_id)
        return step

    said = {"words": words, "when_words": when_words, "when_on": when_on}
    return once(AgreedStep.objects.filter(author=by.id), form_key, keep, said=said)


def _last_place(person: Person) -> int:
    rows = AgreedStep.objects.of_file(person)
    return rows.aggregate(last=Max("position"))["last"] or 0


@dataclass(frozen=True)
class Changed:
    """The step as it reads now, and the one that a colleague had written meanwhile, if any."""

    step: AgreedStep
    meanwhile: AgreedStep | None = None
    both: frozenset[str] = field(default_factory=frozenset)


@transaction.atomic
def change_step(
    step: AgreedStep,
    *,
    typed: Mapping[str, Any],
    shown: Mapping[str, Any],
    by: Actor,
    form_key: UUID,
) -> Changed:
    """Keep new words for a step; what it said before stays readable behind it."""
    access.require(access.may_see(by, step))
    stands = _latest(step)
    if stands.form_key == form_key:  # sent twice
        return Changed(as_said(stands, my_words(shown, typed)))
    here = {name: getattr(stands, name) for name in typed}
    changes = compare(shown, typed, here)
    meanwhile = stands if stands != step else None
    if not changes.mine:
        return Changed(stands, meanwhile)
    new = AgreedStep(
        **joined(changes, typed, here),
        person_id=stands.person_id,
        position=stands.position,
        advice=stands.advice,
        agreed_on=stands.agreed_on,
        done_on=stands.done_on,
        left_on=stands.left_on,
        author_id=by.id,
        replaces=stands,
        first_id=stands.first_id or stands.pk,
        form_key=form_key,
    )
    new.full_clean()
    new.save()
    # What is done is told once: by the words that stand.
    AgreedStep.objects.filter(pk=stands.pk).update(done_on=None, left_on=None)
    journal.record(
        "support.step_changed", new, by=by, subject=new.person_id, fields=sorted(changes.mine)
    )
    return Changed(new, meanwhile, changes.both)


def _latest(step: AgreedStep) -> AgreedStep:
    """The version that stands. The first is locked, so that two changes come in turn, and only
    then is the latest looked for."""
    AgreedStep.objects.select_for_update().get(pk=step.first_id or step.pk)
    return AgreedStep.objects.versions_of(step).get(correction=None)


@transaction.atomic
def mark_step(step: AgreedStep, state: State, *, on: date, by: Actor) -> AgreedStep:
    """Done, left aside, or back among those that stand. Said twice, it counts once."""
    access.require(access.may_see(by, step))
    step = _latest(step)
    now: State = "done" if step.done_on else "left" if step.left_on else "standing"
    if state == now:
        return step
    step.done_on = on if state == "done" else None
    step.left_on = on if state == "left" else None
    step.save(update_fields=["done_on", "left_on"])
    journal.record("support.step_marked", step, by=by, subject=step.person_id, state=state)
    return step


@transaction.atomic
def move_step(
    step: AgreedStep,
    *,
    by: Actor,
    before: AgreedStep | None = None,
    after: AgreedStep | None = None,
) -> None:
    """Place a step just before or after another of the same plan. Clicked twice, it moves once."""
    neighbour = before or after
    if neighbour is None:
        raise ValueError("Before which step, or after which?")
    access.require(access.may_see(by, step) and access.may_see(by, neighbour))
    moved, other = _latest(step), _latest(neighbour)
    rows = AgreedStep.objects.select_for_update(of=("self",))
    plan = list(rows.standing().of_file(moved.person))
    order = [one.pk for one in plan]
    place = placed_before if before else placed_after
    wanted = place(order, moved.pk, other.pk)
    if wanted == order:
        return
    places = {pk: number for number, pk in enumerate(wanted, start=1)}
    for one in plan:
        one.position = places[one.pk]
    AgreedStep.objects.bulk_update(plan, ["position"])
    journal.record("support.step_moved", moved, by=by, subject=moved.person_id)
