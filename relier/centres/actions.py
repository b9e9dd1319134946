"""Deeds on a centre: its details, its teams, its members."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts import stays
from relier.accounts.actions import forget_second_factor
from relier.accounts.actors import SYSTEM, Actor
from relier.accounts.models import User
from relier.journal import actions as journal
from relier.journal.once import once

from . import access, codes
from .models import AnswerDelay, Centre, Member, SecondFactorRule, Slip, Team


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
def close_team(team: Team, *, by: Actor) -> Team:
    """It is given nobody any more. Whom it follows stays read by its members until handed on, so
    that closing a team never leaves anyone alone."""
    return _set_closed(team, timezone.localdate(), "centres.team_closed", by=by)


@transaction.atomic
def reopen_team(team: Team, *, by: Actor) -> Team:
    return _set_closed(team, None, "centres.team_opened_again", by=by)


def _set_closed(team: Team, on: date | None, kind: str, *, by: Actor) -> Team:
    access.require(access.may_set(by) and team.centre_id == by.centre)
    stands = Team.objects.select_for_update().get(pk=team.pk)
    if bool(stands.closed_on) != bool(on):
        stands.closed_on = on
        stands.save(update_fields=["closed_on"])
        journal.record(kind, stands, by=by)
    return stands


@transaction.atomic
def say_second_factor(
    *,
    whom: str,
    from_on: date,
    days_to_set_up: int,
    source: str,
    by: Actor,
    form_key: UUID | None = None,
) -> SecondFactorRule:
    """Of whom a second factor is asked, from a day on. Earlier words stay."""
    access.require(access.may_set(by))
    said = {
        "whom": whom,
        "from_on": from_on,
        "days_to_set_up": days_to_set_up,
        "source": source,
    }

    def keep(key: UUID) -> SecondFactorRule:
        rule = SecondFactorRule(centre_id=by.own_centre, author_id=by.id, form_key=key, **said)
        rule.full_clean(exclude=["form_key"])  # `once` asks the database
        rule.save()
        journal.record("centres.second_factor_said", rule, by=by, whom=whom)
        return rule

    return once(SecondFactorRule.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def add_member(
    *, name: str, email: str, role: str, status: str, teams: Iterable[Team], by: Actor
) -> Member:
    """A new member. Whoever has no account yet has a password that nobody knows, until they
    choose their own with an invitation (`slips.make`)."""
    access.require(access.may_set(by))
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.invite(email, name=name)
    # Someone who left and comes back is the same member again.
    member = Member.objects.filter(user=user, centre=by.centre).first()
    if member is None:
        member = Member(user=user, centre_id=by.centre)
    member.role, member.status, member.left_on = role, status, None
    member.full_clean()
    member.save()
    member.teams.set(teams)
    journal.record("centres.member_added", member, by=by, role=role, status=status)
    return member


@transaction.atomic
def place_member(
    member: Member, *, role: str, status: str, teams: Iterable[Team], by: Actor
) -> Member:
    """Change role, status or teams. What was opened under the old ones can still be closed; and
    someone who may place members always remains, or nothing could be mended."""
    access.require(access.may_set(by) and member.centre_id == by.centre)
    others = Member.objects.active().filter(centre=member.centre, role__in=access.SETTINGS)
    if role not in access.SETTINGS and not others.exclude(pk=member.pk).exists():
        raise ValidationError(
            {"role": _("Nobody else could change the teams. Give someone this role first.")}
        )
    elsewhere = (member.role, member.status) != (role, status)
    member.role, member.status = role, status
    member.full_clean()
    member.save()
    member.teams.set(teams)
    if elsewhere and member.pk != by.id:
        stays.end_all(member.user)
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
    _withdraw_waiting(member)
    stays.end_all(member.user)
    journal.record("centres.member_left", member, by=by)
    return member


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


# --- slips -----------------------------------------------------------------------------------


@transaction.atomic
def make_slip(
    member: Member, *, what: str, by: Actor, form_key: UUID | None = None
) -> tuple[Slip, str]:
    """A slip to print for a member, and its code, known now and never again (empty where the same
    form made it before). One of the same kind that was waiting opens no more."""
    access.require(access.may_make_slip(by, member, what))
    made = ""

    def keep(key: UUID) -> Slip:
        nonlocal made
        now, made = timezone.now(), codes.new_code()
        _withdraw_waiting(member, what=what)
        slip = Slip(
            member=member,
            what=what,
            code_hash=codes.hash_of(made),
            author_id=by.id,
            made_at=now,
            ends_at=now + settings.SLIP_LASTS,
            form_key=key,
        )
        slip.full_clean(exclude=["form_key"])  # `once` asks the database
        slip.save()
        journal.record("centres.slip_made", slip, by=by, what=what)
        return slip

    mine = Slip.objects.filter(author=by.id, member=member, what=what)
    return once(mine, form_key, keep), made


def _withdraw_waiting(member: Member, *, what: str = "") -> None:
    waiting = member.slips.filter(used_at=None, withdrawn_at=None)
    if what:
        waiting = waiting.filter(what=what)
    waiting.update(withdrawn_at=timezone.now())


@transaction.atomic
def withdraw_slip(slip: Slip, *, by: Actor) -> Slip:
    """It opens no more."""
    access.require(access.may_set(by) and slip.member.centre_id == by.centre)
    if (
        Slip.objects.standing(at=timezone.now())
        .filter(pk=slip.pk)
        .update(withdrawn_at=timezone.now())
    ):
        journal.record("centres.slip_withdrawn", slip, by=by, what=slip.what)
    return slip


def _spend(slip: Slip, what: str, *, by: Actor) -> None:
    """Once, however many try at the same instant: the database lets one through."""
    now = timezone.now()
    spent = Slip.objects.standing(at=now).filter(pk=slip.pk, what=what, member=by.id)
    access.require(spent.update(used_at=now) == 1)
    journal.record("centres.slip_used", slip, by=by, what=what)


@transaction.atomic
def come_in(slip: Slip, *, name: str, password: str, by: Actor) -> Member:
    """The invited member says their name and chooses their password."""
    _spend(slip, Slip.What.INVITATION, by=by)
    user = slip.member.user
    user.name = name
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "password"])
    return slip.member


@transaction.atomic
def choose_password(slip: Slip, *, password: str, by: Actor) -> Member:
    """A new password for one that is forgotten. Where Relier was open, it is closed."""
    _spend(slip, Slip.What.PASSWORD, by=by)
    user = slip.member.user
    user.set_password(password)
    user.save(update_fields=["password"])
    stays.end_all(user)
    return slip.member


@transaction.atomic
def do_without(slip: Slip, *, by: Actor) -> Member:
    """The second factor of a lost telephone is taken away. Where Relier was open, it is closed."""
    _spend(slip, Slip.What.SECOND_FACTOR, by=by)
    forget_second_factor(slip.member.user, by=by)
    stays.end_all(slip.member.user)
    return slip.member
