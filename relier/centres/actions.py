"""Deeds on a centre: its details, its teams, its members."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import SYSTEM, Actor
from relier.accounts.models import User
from relier.journal import actions as journal
from relier.journal.once import once

from . import access
from .models import AnswerDelay, Centre, Member, Team


@transaction.atomic
def open_house(
    *,
    centre_name: str,
    kind: str,
    team_name: str,
    name: str,
    email: str,
    role: str,
    bound: bool,
    password: str,
) -> Member:
    """The first centre, team and member of an empty copy. Refused once anyone is there."""
    access.require(not User.objects.exists())
    centre = Centre(name=centre_name, kind=kind)
    centre.full_clean()
    centre.save()
    user = User.objects.create_user(email=email, password=password, name=name)
    status = Member.Status.BOUND if bound else Member.Status.DISCRETION
    member = Member(user=user, centre=centre, role=role, status=status)
    member.full_clean()
    member.save()
    if team_name:
        member.teams.add(Team.objects.create(centre=centre, name=team_name))
    journal.record("centres.opened", centre, by=SYSTEM, centre=centre.pk)
    return member


@transaction.atomic
def change_centre(centre: Centre, *, by: Actor, **details: Any) -> Centre:
    access.require(access.may_set(by) and centre.pk == by.centre)
    for name, value in details.items():
        setattr(centre, name, value)
    centre.full_clean()
    centre.save()
    journal.record("centres.changed", centre, by=by, fields=sorted(details))
    return centre


@transaction.atomic
def say_answer_delay(
    *, working_days: int, from_on: date, source: str, by: Actor, form_key: UUID | None = None
) -> AnswerDelay:
    """Within how many working days the centre answers, from a day on. Earlier words stay."""
    access.require(access.may_set(by))

    def keep(key: UUID) -> AnswerDelay:
        said = AnswerDelay(
            centre_id=by.own_centre,
            working_days=working_days,
            from_on=from_on,
            source=source,
            author_id=by.id,
            form_key=key,
        )
        said.full_clean(exclude=["form_key"])  # `once` asks the database
        said.save()
        journal.record("centres.answer_delay_said", said, by=by)
        return said

    said = {"working_days": working_days, "from_on": from_on, "source": source}
    return once(AnswerDelay.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def add_team(*, name: str, by: Actor) -> Team:
    access.require(access.may_set(by))
    team = Team(centre_id=by.own_centre, name=name)
    team.full_clean()
    team.save()
    journal.record("centres.team_added", team, by=by)
    return team


@transaction.atomic
def rename_team(team: Team, *, name: str, by: Actor) -> Team:
    access.require(access.may_set(by) and team.centre_id == by.centre)
    team.name = name
    team.full_clean()
    team.save()
    journal.record("centres.team_renamed", team, by=by)
    return team


@transaction.atomic
def add_member(
    *, name: str, email: str, role: str, status: str, teams: Iterable[Team], by: Actor
) -> tuple[Member, str]:
    """A new member, and the password to hand over on paper (empty if they have an account)."""
    access.require(access.may_set(by))
    user = User.objects.filter(email=email.lower()).first()
    password = ""
    if user is None:
        password = new_password()
        user = User.objects.create_user(email=email, password=password, name=name)
    # Someone who left and comes back is the same member again.
    member = Member.objects.filter(user=user, centre=by.centre).first()
    if member is None:
        member = Member(user=user, centre_id=by.centre)
    member.role, member.status, member.left_on = role, status, None
    member.full_clean()
    member.save()
    member.teams.set(teams)
    journal.record("centres.member_added", member, by=by, role=role, status=status)
    return member, password


@transaction.atomic
def place_member(
    member: Member, *, role: str, status: str, teams: Iterable[Team], by: Actor
) -> Member:
    """Change role, status or teams. What was opened under the old ones can still be closed."""
    access.require(access.may_set(by) and member.centre_id == by.centre)
    member.role, member.status = role, status
    member.full_clean()
    member.save()
    member.teams.set(teams)
    journal.record(
        "centres.member_placed",
        member,
        by=by,
        role=role,
        status=status,
        teams=sorted(team.pk for team in teams),
    )
    return member


@transaction.atomic
def member_leaves(member: Member, *, by: Actor) -> Member:
    """From today they no longer enter; what they wrote stays signed. Undone by adding again."""
    access.require(access.may_set(by) and member.centre_id == by.centre and member.pk != by.id)
    member.left_on = timezone.localdate()
    member.save(update_fields=["left_on"])
    journal.record("centres.member_left", member, by=by)
    return member


@transaction.atomic
def give_password(member: Member, *, by: Actor) -> str:
    """A new password to hand over on paper. Only for someone who belongs to this centre alone:
    another centre's member is not ours to lock out."""
    elsewhere = Member.objects.active().filter(user=member.user).exclude(pk=member.pk).exists()
    access.require(access.may_set(by) and member.centre_id == by.centre and not elsewhere)
    password = new_password()
    member.user.set_password(password)
    member.user.save(update_fields=["password"])
    journal.record("centres.password_given", member, by=by)
    return password


@transaction.atomic
def change_myself(
    member: Member, *, name: str, reached_by: str, language: str, by: Actor
) -> Member:
    access.require(member.pk == by.id)
    member.user.name, member.user.language = name, language
    member.user.full_clean(exclude=["password"])
    member.user.save(update_fields=["name", "language"])
    member.reached_by = reached_by
    member.save(update_fields=["reached_by"])
    return member


def new_password() -> str:
    """Easy to copy by hand: no letter that looks like another, in groups of four."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


@transaction.atomic
def name_officers(members: Iterable[Member], *, by: Actor) -> None:
    """Say who the data protection officers of the centre are; nobody else is, from now on."""
    access.require(access.may_set(by))
    chosen = {member.pk for member in members if member.centre_id == by.centre}
    colleagues = Member.objects.of_centre(by.centre).select_for_update(of=("self",))
    changed = [one for one in colleagues if one.is_officer != (one.pk in chosen)]
    for member in changed:
        member.is_officer = member.pk in chosen
        member.save(update_fields=["is_officer"])
        kind = "centres.officer_named" if member.is_officer else "centres.officer_no_longer"
        journal.record(kind, member, by=by)
