"""Whatever changes between opening and closing, whoever sees a thing may close it, and someone
always can (docs/walls.md, 9). Elsewhere, a role taken away has left loans that nobody could end."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from relier.centres import actions as centres
from relier.centres.models import Member
from relier.paper import actions as paper
from relier.paper.models import BallotCount
from relier.people import actions as people
from relier.people.models import Entry, Following, Replacement, Sharing
from relier.support.actions import interventions, procedures, reception, requests, steps
from relier.support.models import (
    AgreedStep,
    Appointment,
    Delay,
    HelpRequest,
    MomentApart,
    Procedure,
)

from . import factories as make


@dataclass(frozen=True)
class Act:
    """Something that is opened and must be closed: how it is made, who sees it, how it ends.

    `seen` is the queryset of those that a member is shown with a way to end them.
    """

    open: Any
    seen: Any
    close: Any


def about(house):
    return {"person": house.awa, "author": house.nour}


def cancel(row, by):
    reception.say_state(row, state=Appointment.State.CANCELLED, shown=row.state, by=by)


def tell_done(row, by):
    procedures.tell_news(row, outcome="done", words="Done.", on=timezone.localdate(), by=by)


def do_step(row, by):
    steps.mark_step(row, "done", on=timezone.localdate(), by=by)


def opened_count(house):
    return paper.open_count(
        "paper.ballot",
        occasion={"question": "When do we meet?", "a": "In the morning", "b": "In the evening"},
        readers=(house.nour, house.bram),
        by=make.actor(house.coordinator),
    )


def entries(actor):
    """In the file, for those within reach of it."""
    from relier.people.models import Person

    return Entry.objects.filter(person__root__in=Person.objects.followed_by(actor).values("pk"))


def replacements(actor):
    from relier.people.access import may_set

    return Replacement.objects.of_centre(actor.centre if may_set(actor) else None)


ACTS = {
    "appointment": Act(
        lambda h: make.AppointmentFactory(person=h.awa, with_member=h.nour),
        Appointment.objects.visible_to, cancel,
    ),
    "moment apart": Act(
        lambda h: make.MomentApartFactory(asked_by=h.bram, team=h.team, taken_by=h.nour),
        MomentApart.objects.visible_to, lambda row, by: interventions.end_moment(row, by=by),
    ),
    "procedure": Act(
        lambda h: make.ProcedureFactory(**about(h)), Procedure.objects.visible_to, tell_done
    ),
    "open procedure": Act(
        lambda h: make.ProcedureFactory(**about(h), open_to_team=True),
        Procedure.objects.visible_to, tell_done,
    ),
    "request": Act(
        lambda h: make.HelpRequestFactory(person=h.awa, heard_by=h.nour, followed_by=h.nour),
        HelpRequest.objects.visible_to, lambda row, by: requests.close(row, outcome="", by=by),
    ),
    "delay": Act(
        lambda h: make.DelayFactory(**about(h)),
        Delay.objects.visible_to, lambda row, by: reception.settle(row, by=by),
    ),
    "count of ballots": Act(
        opened_count, BallotCount.objects.visible_to, lambda row, by: paper.give_up(row, by=by),
    ),
    "step": Act(
        lambda h: make.AgreedStepFactory(**about(h)), AgreedStep.objects.visible_to, do_step
    ),
    "sharing": Act(
        lambda h: make.SharingFactory(person=h.awa, sharer=h.nour),
        Sharing.objects.ended_by, lambda row, by: people.end_sharing(row, by=by),
    ),
    "file opened with a reason": Act(
        lambda h: make.EntryFactory(person=h.awa),
        entries, lambda row, by: people.end_entry(row, by=by),
    ),
    "replacement": Act(
        lambda h: make.ReplacementFactory(team=h.team),
        replacements, lambda row, by: people.end_replacement(row, by=by),
    ),
}  # fmt: skip


def placed(house, member, **other):
    said = {"role": member.role, "status": member.status, "teams": list(member.teams.all())}
    actor = make.actor(house.coordinator)
    try:
        centres.place_member(member, **{**said, **other}, by=actor)
    except ValidationError:
        return  # the last who may place others stays so


def everyone(house):
    return list(Member.objects.filter(centre=house.centre).order_by("pk"))


# Every single change of a role, a status or a team, of anyone; and those who leave.
CHANGES = {
    **{
        f"everyone becomes {role}": lambda h, r=role: [placed(h, m, role=r) for m in everyone(h)]
        for role in Member.Role
        if role != Member.Role.FEDERATION
    },
    "nobody of the team is bound": lambda h: [
        placed(h, m, status="discretion") for m in everyone(h) if h.team in m.teams.all()
    ],
    "everyone is bound": lambda h: [placed(h, m, status="bound") for m in everyone(h)],
    "the team is empty": lambda h: [
        placed(h, m, teams=[]) for m in everyone(h) if h.team in m.teams.all()
    ],
    "everyone changes team": lambda h: [
        placed(h, m, teams=[h.other_team]) for m in everyone(h)
    ],
    "Nour leaves": lambda h: centres.member_leaves(h.nour, by=make.actor(h.coordinator)),
    "all the team leaves": lambda h: [
        centres.member_leaves(m, by=make.actor(h.coordinator)) for m in (h.nour, h.bram)
    ],
    "the team is closed": lambda h: centres.close_team(h.team, by=make.actor(h.coordinator)),
    "another team follows": lambda h: people.hand_to_team(
        Following.objects.get(person=h.awa), team=h.other_team, by=make.actor(h.coordinator)
    ),
    "nobody follows": lambda h: people.stop_following(
        Following.objects.get(person=h.awa), by=make.actor(h.coordinator)
    ),
}  # fmt: skip


@pytest.fixture
def full_house(house):
    """With someone bound in the other team, who may open a file with a reason."""
    house.lucas = make.MemberFactory(centre=house.centre, teams=[house.other_team])
    return house


def closes(act, row, by):
    """Whether this member closes it, as if nothing had been asked."""
    with transaction.atomic():
        try:
            act.close(type(row).objects.get(pk=row.pk), by)
        except (Http404, ValidationError):
            return False
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("change", CHANGES)
def test_whoever_sees_it_closes_it_and_someone_always_can(change, full_house):
    house = full_house
    rows = {name: act.open(house) for name, act in ACTS.items()}
    CHANGES[change](house)
    actors = [make.actor(m) for m in Member.objects.active().filter(centre=house.centre)]
    blocked, alone = [], []

    for name, act in ACTS.items():
        row = rows[name]
        seeing = [by for by in actors if act.seen(by).filter(pk=row.pk).exists()]
        may = [by for by in seeing if closes(act, row, by)]
        blocked += [f"{name}: {by.role}" for by in seeing if by not in may]
        if not may and not closed_by_going_nearer(act, row, house, actors):
            alone.append(name)

    assert not blocked
    assert not alone


def closed_by_going_nearer(act, row, house, actors):
    """By someone who opens the file with a reason, or who is put in a team for it."""
    for by in actors:
        with transaction.atomic():
            try:
                people.open_with_reason(house.awa, reason="To close it.", by=by)
                nearer = make.actor(Member.objects.get(pk=by.id))
                if closes(act, row, nearer):
                    return True
            except Http404:
                pass
            finally:
                transaction.set_rollback(True)
    return closed_by_placing(act, row, house, actors)


def closed_by_placing(act, row, house, actors):
    """By someone bound whom a member who keeps the settings puts in the team."""
    keeper = next(by for by in actors if by.role in {"coordinator", "administrator"})
    with transaction.atomic():
        try:
            lucas = Member.objects.get(pk=house.lucas.pk)
            until = timezone.localdate() + timedelta(days=1)
            if not lucas.teams.filter(pk=house.team.pk).exists():
                people.replace(lucas, team=house.team, until_on=until, by=keeper)
            return closes(act, row, make.actor(lucas))
        finally:
            transaction.set_rollback(True)


def test_the_last_who_may_place_members_stays_so(house):
    for role in ("trainer", "social_worker", "reception"):
        with pytest.raises(ValidationError):
            centres.place_member(
                house.coordinator, role=role, status="discretion", teams=[],
                by=make.actor(house.coordinator),
            )  # fmt: skip
