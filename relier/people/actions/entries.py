"""Reaching beyond one's teams for a time: a file opened with a reason, a replacement."""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.access import may_set
from relier.centres.models import Member, Team
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people import access
from relier.people.models import Entry, Person, Replacement


@transaction.atomic
def open_with_reason(
    person: Person, *, reason: str, by: Actor, form_key: UUID | None = None
) -> Entry:
    """Open a file that no team of theirs follows, until a set time. The person, the officer and
    the team see it. Asked again while it is open, it is the same entry."""
    access.require(access.may_open_with_reason(by, person))
    # Two requests of the same member come in turn: the second finds what the first kept.
    person = Person.objects.select_for_update().get(pk=person.root_id)
    now = timezone.now()
    known = Entry.objects.open(at=now).filter(person__root=person, member=by.id).first()
    if known is not None:
        return known

    def keep(key: UUID) -> Entry:
        entry = Entry(
            person=person,
            member_id=by.id,
            reason=reason,
            begun_at=now,
            until=now + timedelta(hours=settings.ENTRY_HOURS),
            form_key=key,
        )
        entry.full_clean(exclude=["form_key"])  # `once` asks the database
        entry.save()
        journal.record("people.opened_with_reason", entry, by=by, subject=person.pk)
        return entry

    return once(Entry.objects.filter(member=by.id), form_key, keep, said={"reason": reason})


@transaction.atomic
def end_entry(entry: Entry, *, by: Actor) -> Entry:
    """The file is closed to whoever opened it with a reason, from now on."""
    access.require(access.may_end_entry(by, entry))
    stands = Entry.objects.select_for_update().get(pk=entry.pk)
    now = timezone.now()
    if stands.is_open(at=now):
        stands.ended_at = now
        stands.save(update_fields=["ended_at"])
        journal.record("people.entry_ended", stands, by=by, subject=stands.person.root_id)
    return stands


@transaction.atomic
def replace(
    member: Member,
    *,
    team: Team,
    until_on: date,
    by: Actor,
    from_on: date | None = None,
    instead_of: Member | None = None,
    form_key: UUID | None = None,
) -> Replacement:
    """A member joins a team until a day, perhaps instead of someone. Their status stays theirs."""
    access.require(may_set(by) and {member.centre_id, team.centre_id} == {by.centre})
    access.require(instead_of is None or instead_of.centre_id == by.centre)
    today = timezone.localdate()
    if until_on < today:
        raise ValidationError({"until_on": _("This day is over. Choose a day from today on.")})
    if not Member.objects.active().filter(pk=member.pk).exists():
        raise ValidationError({"member": _("This member has left.")})
    if member.teams.filter(pk=team.pk).exists():
        words = {"name": member.name, "team": team.name}
        raise ValidationError({"team": _("%(name)s is in %(team)s already.") % words})

    def keep(key: UUID) -> Replacement:
        done = Replacement(
            centre_id=by.own_centre,
            member=member,
            team=team,
            instead_of=instead_of,
            from_on=from_on or today,
            until_on=until_on,
            made_by_id=by.id,
            form_key=key,
        )
        done.full_clean(exclude=["form_key"])  # `once` asks the database
        done.save()
        journal.record("people.replacement_made", done, by=by, team=team.pk, member=str(member.pk))
        return done

    said = {"member_id": member.pk, "team_id": team.pk, "until_on": until_on}
    return once(Replacement.objects.filter(made_by=by.id), form_key, keep, said=said)


@transaction.atomic
def end_replacement(replacement: Replacement, *, by: Actor) -> Replacement:
    """They read what the team reads no more, from now on."""
    access.require(may_set(by) and replacement.centre_id == by.centre)
    stands = Replacement.objects.select_for_update().get(pk=replacement.pk)
    if stands.ended_on is None:
        stands.ended_on = timezone.localdate()
        stands.save(update_fields=["ended_on"])
        journal.record(
            "people.replacement_ended", stands, by=by, team=stands.team_id,
            member=str(stands.member_id),
        )  # fmt: skip
    return stands
