"""Appointments and arrivals, what is late, and the address of one's own calendar.

The journal keeps codes: which field changed, which state. Undoing is a deed like any other, so
that a slip at the counter is mended in one gesture and nobody's word is erased.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.journal.once import as_said, once
from relier.people.models import Person
from relier.support import access
from relier.support.models import Appointment, CalendarFeed, Delay
from relier.support.models.reception import new_token
from relier.support.rules.changes import Changes, compare, joined
from relier.support.rules.reception import before_it, gestures

from .requests import Overtaken

State = Appointment.State

DEEDS = {
    State.ARRIVED: "support.appointment_arrived",
    State.SEEN: "support.appointment_took_place",
    State.MISSED: "support.appointment_missed",
    State.CANCELLED: "support.appointment_cancelled",
    State.PLANNED: "support.appointment_put_back",
}


# --- appointments --------------------------------------------------------------------------------


def make_appointment(
    person: Person,
    *,
    with_member: Member,
    starts_at: datetime,
    by: Actor,
    minutes: int | None = None,
    place: str = "",
    bring: str = "",
    about: str = "",
    form_key: UUID | None = None,
) -> Appointment:
    """One of a day that is over took place: nobody writes down afterwards what did not."""
    access.require(access.may_write_at_counter(by, person))
    access.require(with_member.centre_id == by.centre)
    access.require(not about or access.may_open_file(by, person))

    def keep(key: UUID) -> Appointment:
        over = timezone.localdate(starts_at) < timezone.localdate()
        appointment = Appointment(
            person=person.root,
            with_member=with_member,
            starts_at=starts_at,
            minutes=minutes,
            place=place,
            bring=bring,
            about=about,
            state=State.SEEN if over else State.PLANNED,
            made_by_id=by.id,
            form_key=key,
        )
        appointment.full_clean()
        appointment.save()
        journal.record("support.appointment_made", appointment, by=by, subject=person.root_id)
        return appointment

    said = {"starts_at": starts_at, "place": place, "bring": bring, "about": about}
    return once(Appointment.objects.filter(made_by=by.id), form_key, keep, said=said)


@transaction.atomic
def change_appointment(
    appointment: Appointment, *, typed: Mapping[str, Any], shown: Mapping[str, Any], by: Actor
) -> Changes:
    """Change when, where, with whom. `typed` holds the fields of the form and no other, so that
    reception, who does not see what it is about, cannot erase it. Where someone changed the same
    field meanwhile, nothing is kept, and the fields in question come back in `both`.
    """
    access.require(access.may_write_appointment(by, appointment))
    access.require("about" not in typed or access.may_open_file(by, appointment.person))
    stands = Appointment.objects.select_for_update().get(pk=appointment.pk)
    here = {name: stands.as_written[name] for name in typed}
    changes = compare(shown, typed, here)
    if changes.both or not changes.mine:
        return changes
    _rewrite(stands, joined(changes, typed, here))
    stands.full_clean()
    stands.save()
    journal.record(
        "support.appointment_changed", stands, by=by, subject=stands.person_id,
        fields=sorted(changes.mine),
    )  # fmt: skip
    return changes


def _rewrite(appointment: Appointment, fields: Mapping[str, Any]) -> None:
    written = {**appointment.as_written, **fields}
    starts_at = timezone.make_aware(datetime.combine(written.pop("day"), written.pop("hour")))
    another_day = timezone.localdate(starts_at) != timezone.localdate(appointment.starts_at)
    if another_day and appointment.state == State.ARRIVED:
        # Nobody has arrived yet for the other day.
        appointment.state, appointment.arrived_at = State.PLANNED, None
    appointment.starts_at = starts_at
    appointment.with_member = Member.objects.get(
        pk=written.pop("with_member"), centre=appointment.centre_id
    )
    for name, value in written.items():
        setattr(appointment, name, value)


@transaction.atomic
def say_state(appointment: Appointment, *, state: str, shown: str, by: Actor) -> Appointment:
    """They have arrived, were seen, did not come, or it is cancelled; or one goes back from it.

    `shown` is the state that the page showed. Sent twice, it is said once. Whoever sees the
    appointment may say it: no role leaves one open (docs/walls.md, 9).
    """
    access.require(access.may_see(by, appointment))
    stands = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if stands.state == state:
        return stands
    if stands.state != shown:
        raise Overtaken
    now = timezone.localtime()
    back = before_it(stands.state, arrived=stands.arrived_at is not None)
    allowed = gestures(stands.state, starts=timezone.localtime(stands.starts_at), now=now)
    if state not in (back, *allowed):
        raise ValidationError(_("This cannot be said of this appointment today."))
    if state == State.ARRIVED and state != back:
        stands.arrived_at = now
    elif state == State.PLANNED:
        stands.arrived_at = None
    before, stands.state = stands.state, State(state)
    stands.save(update_fields=["state", "arrived_at", "changed_at"])
    journal.record(DEEDS[stands.state], stands, by=by, subject=stands.person_id, before=before)
    return stands


# --- what is late --------------------------------------------------------------------------------


def note_delay(
    person: Person,
    *,
    what: str,
    since: date,
    by: Actor,
    side: str = Delay.Side.UNKNOWN,
    why: str = "",
    expected_on: date | None = None,
    form_key: UUID | None = None,
) -> Delay:
    """Something is late: since when, why, on which side, until when if anyone knows."""
    access.require(access.may_write_at_counter(by, person))
    said = {"what": what, "since": since, "side": side, "why": why, "expected_on": expected_on}
    return _say("support.delay_noted", person, said, by=by, form_key=form_key)


@transaction.atomic
def say_anew(
    delay: Delay,
    *,
    what: str,
    since: date,
    by: Actor,
    side: str,
    why: str,
    expected_on: date | None,
    form_key: UUID | None = None,
) -> Delay:
    """What is now known of it, in a new row: what was said before can still be read."""
    access.require(access.may_write_at_counter(by, delay.person))
    stands = Delay.objects.select_for_update().get(pk=delay.pk)
    said = {"what": what, "since": since, "side": side, "why": why, "expected_on": expected_on}
    latest = Delay.objects.filter(replaces=stands).first()
    if latest is not None:
        if latest.form_key == form_key:
            return as_said(latest, said)
        raise Overtaken
    if all(getattr(stands, name) == value for name, value in said.items()):
        return stands
    return _say(
        "support.delay_said_anew", stands.person, said, by=by, form_key=form_key, replaces=stands
    )


def _say(
    kind: str,
    person: Person,
    said: Mapping[str, Any],
    *,
    by: Actor,
    form_key: UUID | None,
    replaces: Delay | None = None,
) -> Delay:

    def keep(key: UUID) -> Delay:
        delay = Delay(person=person.root, replaces=replaces, author_id=by.id, form_key=key, **said)
        delay.full_clean()
        delay.save()
        journal.record(kind, delay, by=by, subject=delay.person_id, what=delay.what)
        return delay

    return once(Delay.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def settle(delay: Delay, *, by: Actor) -> Delay:
    """It came, or it is no longer late."""
    return _set_settled(delay, timezone.localdate(), by=by, kind="support.delay_settled")


@transaction.atomic
def unsettle(delay: Delay, *, by: Actor) -> Delay:
    """It was settled by mistake: it is late again, as it was said."""
    return _set_settled(delay, None, by=by, kind="support.delay_late_again")


def _set_settled(delay: Delay, on: date | None, *, by: Actor, kind: str) -> Delay:
    # Whoever sees it may say so: no role leaves it open (docs/walls.md, 9).
    access.require(access.may_see(by, delay))
    stands = Delay.objects.select_for_update().get(pk=delay.pk)
    if Delay.objects.filter(replaces=stands).exists():
        raise Overtaken
    if bool(stands.settled_on) != bool(on):
        stands.settled_on = on
        stands.save(update_fields=["settled_on"])
        journal.record(kind, stands, by=by, subject=stands.person_id)
    return stands


# --- one's own calendar --------------------------------------------------------------------------


@transaction.atomic
def make_address(*, by: Actor) -> CalendarFeed:
    """A private address for one's own calendar; asked again, a new one, and the old one stops."""
    access.require(access.is_member(by))
    feed, _made = CalendarFeed.objects.update_or_create(
        member_id=by.id, defaults={"token": new_token()}
    )
    journal.record("support.calendar_address_made", feed, by=by)
    return feed


@transaction.atomic
def remove_address(*, by: Actor) -> None:
    access.require(access.is_member(by))
    feed = CalendarFeed.objects.filter(member=by.id).first()
    if feed:
        journal.record("support.calendar_address_removed", feed, by=by)
        feed.delete()
