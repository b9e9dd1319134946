"""Training in the demonstration: a track and its programme, six people in it, a workshop of this
week, and presence taken as any trainer takes it, but for the last days."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from relier.accounts.actors import Actor
from relier.centres.middleware import actor_of
from relier.centres.models import Member, Team
from relier.people.models import Person
from relier.training.actions import absences, enrolments, journeys, sessions, tracks
from relier.training.actions.presences import Took, take_presence
from relier.training.models import Enrolment, Session, Track, Workshop

Told = Mapping[str, Any]
HOUR = 60


def plant_training(told: Told, members: Mapping[str, Member], today: date) -> None:
    """`members`: those of the house, by their key; days count from the Monday of this week."""
    monday = today - timedelta(days=today.weekday())
    trainer = members[told["track"]["trainer"]]
    by = actor_of(trainer)
    team = Team.objects.get(centre=trainer.centre, name=told["track"]["team"])
    track = plant_track(told["track"], team, monday, by=actor_of(members[told["track"]["by"]]))
    group = told["workshop"]
    known = Person.objects.filter(centre=trainer.centre, call_name__in=group["people"])
    people = {person.call_name: person for person in known}
    entered = monday + timedelta(days=told["track"]["entered"])
    programme = track.programmes.get()
    for person in people.values():
        last = enrolments.enrol(person, programme, entered_on=entered, contract_on=entered, by=by)
    write_along(last, today, by=by)
    workshop = sessions.open_workshop(
        group["name"], team=team, track=track, capacity=group["capacity"], by=by
    )
    sessions.expect(list(people.values()), workshop, from_on=entered, by=by)
    planned = plant_sessions(group, workshop, monday, trainer, by)
    for session in [one for one in planned if one.day < today][:-1]:
        take_presence(session, took_of(group, people, session), by=by)
    opened = told["open"]
    workshop = sessions.open_workshop(opened["name"], team=team, is_open=True, by=by)
    plant_sessions(opened, workshop, monday, trainer, by)


def write_along(entry: Enrolment, today: date, *, by: Actor) -> None:
    """What is written along one training: why they may enter, and what shows it; an absence whose
    proof is awaited, a placement, an evaluation."""
    day = max(entry.entered_on, today - timedelta(days=3))
    enrolments.say_category(entry, "5-1", by=by)
    enrolments.receive_evidence(entry, "a23", received_on=day, issued_on=day, by=by)
    absences.account_for_absence(entry, 1, from_on=day, until_on=day, by=by)
    journeys.make_plan(entry, on=day, words="Écrire un courriel, puis un courrier.", by=by)
    journeys.evaluate(entry, "entry", "Elle écrit déjà des messages courts.", on=day, by=by)
    journeys.plan_placement(
        entry, "acculturation", company="Bibliothèque de la place", minutes=30 * HOUR,
        from_on=today + timedelta(days=20), until_on=today + timedelta(days=27), by=by,
    )  # fmt: skip


def plant_track(told: Told, team: Team, monday: date, *, by: Actor) -> Track:
    track = tracks.open_track(
        told["name"], team=team, opened_on=monday + timedelta(days=told["opened"]), by=by,
        category=told["category"], method=told["method"],
    )  # fmt: skip
    units = [(name, hours * HOUR) for name, hours in told["units"]]
    tracks.open_programme(track, told["programme"], units, from_on=track.opened_on, by=by)
    return track


def plant_sessions(
    told: Told, workshop: Workshop, monday: date, trainer: Member, by: Actor
) -> list[Session]:
    """Those of a workshop, the earliest first."""
    return [
        sessions.plan_session(
            workshop.name, day=monday + timedelta(days=day), starts_at=told["starts_at"],
            minutes=told["minutes"], place=told["place"], workshop=workshop, team=workshop.team,
            trainers=[trainer], by=by,
        )
        for day in told["days"]
    ]  # fmt: skip


def took_of(told: Told, people: Mapping[str, Person], session: Session) -> dict[Person, Took]:
    odd = {one["who"]: one for one in told["odd"]}
    return {
        person: took_by(odd[name]) if name in odd else Took(session.minutes)
        for name, person in people.items()
    }


def took_by(odd: Told) -> Took:
    if odd["how"] == "away":
        return Took(0)
    place = {name: odd.get(name, "") for name in ("from_where", "equipment")}
    return Took(odd["minutes"], modality=odd["how"], **place)
