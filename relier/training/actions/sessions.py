"""Planning workshops and sessions, saying who is expected, and what it all took."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from relier.accounts.actors import Actor
from relier.centres.models import Member, Team
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people.models import Person
from relier.training import access
from relier.training.models import (
    Cause,
    Enrolment,
    Participation,
    PreparationNote,
    Presence,
    ProgrammeUnit,
    Session,
    SupervisionHours,
    Track,
    Workshop,
)
from relier.training.models.sessions import Carrier
from relier.training.posting import hold, post


@transaction.atomic
def open_workshop(
    name: str,
    *,
    team: Team,
    by: Actor,
    track: Track | None = None,
    unit: ProgrammeUnit | None = None,
    is_open: bool = False,
    capacity: int | None = None,
    form_key: UUID | None = None,
) -> Workshop:
    access.require(access.may_run(by, team))
    if track is not None:
        access.require(access.may_see(by, track))

    def keep(key: UUID) -> Workshop:
        workshop = Workshop(
            centre_id=by.own_centre, name=name, team=team, track=track, unit=unit,
            is_open=is_open, capacity=capacity, form_key=key,
        )  # fmt: skip
        workshop.full_clean(exclude=["form_key"])
        workshop.save()
        journal.record("training.workshop_opened", workshop, by=by)
        return workshop

    return once(Workshop.objects.visible_to(by), form_key, keep, said={"name": name})


@transaction.atomic
def plan_session(
    name: str,
    *,
    day: date,
    starts_at: time,
    minutes: int,
    team: Team,
    by: Actor,
    workshop: Workshop | None = None,
    track: Track | None = None,
    place: str = "",
    carrier: int = Carrier.CENTRE,
    is_open: bool = False,
    capacity: int | None = None,
    trainers: Iterable[Member] = (),
    form_key: UUID | None = None,
) -> Session:
    """One session; in a workshop, it is of the same track."""
    access.require(access.may_run(by, team))
    for above in (workshop, track):
        access.require(above is None or access.may_see(by, above))
    welcomes = list(trainers)
    access.require(all(one.centre_id == by.centre for one in welcomes))

    def keep(key: UUID) -> Session:
        session = Session(
            centre_id=by.own_centre, name=name, day=day, starts_at=starts_at, minutes=minutes,
            team=team, workshop=workshop, track=workshop.track if workshop else track,
            place=place, carrier=carrier, is_open=workshop.is_open if workshop else is_open,
            capacity=capacity or (workshop.capacity if workshop else None), form_key=key,
        )  # fmt: skip
        session.full_clean(exclude=["form_key"])
        session.save()
        session.trainers.set(welcomes)
        journal.record("training.session_planned", session, by=by)
        return session

    said = {"name": name, "day": day, "minutes": minutes}
    return once(Session.objects.visible_to(by), form_key, keep, said=said)


@transaction.atomic
def plan_series(
    workshop: Workshop, days: Sequence[date], *, by: Actor, form_key: UUID, **session: Any
) -> list[Session]:
    """A session of a workshop on each of these days: the same hour, place and trainers. Sent
    twice, each is kept once: its key is drawn from that of the form and from the day."""
    details = {"name": workshop.name, "team": workshop.team, **session}
    return [
        plan_session(
            day=day, by=by, workshop=workshop, form_key=uuid5(form_key, day.isoformat()), **details
        )
        for day in sorted(set(days))
    ]


CHANGES = {"name", "day", "starts_at", "minutes", "place", "carrier", "capacity", "called_off"}


@transaction.atomic
def change_session(session: Session, changes: dict[str, Any], *, by: Actor) -> Session:
    """Move it, give it another room, call it off. Hours that were taken there follow."""
    access.require(access.may_see(by, session) and access.may_run(by, session.team))
    if not set(changes) <= CHANGES:
        raise ValueError("This part of a session does not change.")
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    taken = Presence.objects.filter(session=session, enrolment__isnull=False)
    held = hold(taken.order_by().values_list("enrolment", flat=True).distinct())
    changed = sorted(name for name, value in changes.items() if getattr(session, name) != value)
    if changed:
        for name in changed:
            setattr(session, name, changes[name])
        session.full_clean()
        session.save(update_fields=changed)
        journal.record("training.session_changed", session, by=by, fields=changed)
        post(held, cause=Cause.SESSION, by=by)
    return session


# --- who is expected -----------------------------------------------------------------------------


@transaction.atomic
def expect(
    people: Sequence[Person], at: Workshop | Session, *, from_on: date, by: Actor
) -> list[Participation]:
    """Expect people at each session of a workshop, or at one. Said twice, it is once. Whoever is
    enrolled in the track has their hours counted. A constant number of queries."""
    access.require(access.may_see(by, at) and access.may_run(by, at.team))
    where = {"workshop": at} if isinstance(at, Workshop) else {"session": at}
    type(at).objects.select_for_update(of=("self",)).get(pk=at.pk)
    files = {person.pk: person.root_id for person in people}
    standing = Participation.objects.filter(Q(until_on=None) | Q(session__isnull=False), **where)
    known = set(standing.values_list("person", flat=True))
    enrolments = enrolments_on(people, at.track_id, from_on)
    new = [
        Participation(
            person_id=root, centre_id=at.centre_id, enrolment=enrolments.get(root),
            from_on=from_on, **where,
        )
        for root in dict.fromkeys(files.values())
        if root not in known
    ]  # fmt: skip
    access.require(_may_write_all(by, people))
    made = Participation.objects.bulk_create(new)
    if made:
        shown = [str(one.person_id) for one in made]
        journal.record("training.people_expected", at, by=by, shown=shown)
    return made


def _may_write_all(by: Actor, people: Sequence[Person]) -> bool:
    near = Person.objects.filter(pk__in={person.pk for person in people})
    near = near.named_to(by) if access.may_steer(by) else near.followed_by(by)
    return near.count() == len({person.pk for person in people})


@transaction.atomic
def no_longer_expect(participation: Participation, *, until_on: date, by: Actor) -> Participation:
    """From the day after, this person is not expected any more."""
    access.require(access.may_see(by, participation))
    participation = Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    if participation.until_on != until_on:
        participation.until_on = until_on
        participation.full_clean()
        participation.save(update_fields=["until_on"])
        journal.record(
            "training.no_longer_expected", participation, by=by, subject=participation.person_id
        )
    return participation


def enrolments_on(people: Iterable[Person], track: UUID | None, day: date) -> dict[UUID, Enrolment]:
    """File that is shown -> its enrolment in a track that day. One query; none without a track."""
    if track is None:
        return {}
    roots = {person.root_id for person in people}
    rows = Enrolment.objects.under_way(on=day).filter(track=track, person__root__in=roots)
    return {one.person.root_id: one for one in rows.select_related("person").order_by("entered_on")}


# --- what it took --------------------------------------------------------------------------------


@transaction.atomic
def note_preparation(
    session: Session, *, by: Actor, minutes: int | None = None, words: str = ""
) -> PreparationNote:
    """What preparing a session took. It has no author, and the journal no number."""
    access.require(access.may_see(by, session) and access.may_run(by, session.team))
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    note = PreparationNote.objects.filter(session=session).first() or PreparationNote(
        session=session, centre_id=session.centre_id
    )
    if note._state.adding or (note.minutes, note.words) != (minutes, words):
        note.minutes, note.words = minutes, words
        note.full_clean()
        note.save()
        journal.record("training.preparation_noted", session, by=by)
    return note


@transaction.atomic
def say_supervision(track: Track, day: date, *, minutes: int, by: Actor) -> SupervisionHours:
    """How long the whole team supervised in a track that day: one number in the place of another.
    Only whoever answers for the hours says it, so that what is said is never what somebody did."""
    access.require(access.may_steer(by) and access.may_see(by, track))
    Track.objects.select_for_update(of=("self",)).get(pk=track.pk)
    said = SupervisionHours.objects.filter(track=track, day=day).first() or SupervisionHours(
        track=track, day=day, centre_id=track.centre_id
    )
    if said.minutes != minutes:
        said.minutes = minutes
        said.full_clean()
        said.save()
        journal.record("training.supervision_said", track, by=by)
    return said
