"""Every centre, every year: rows of one centre's year at a time, so that memory stays bounded.

The entries of the ledger are what the engine of hours says of these facts (`hours.allocate`), and
`check` asks the other way round: whether a posting would append anything.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from relier.accounts.models import User
from relier.centres.models import Centre, Federation, Member, Team
from relier.people.models import Following, NameKey, Person
from relier.people.search import name_keys
from relier.privacy.models import Subject
from relier.training import hours, posting
from relier.training.models import (
    Absence,
    Cause,
    Eligibility,
    Ending,
    Enrolment,
    EvidenceReceived,
    LedgerEntry,
    Participation,
    Posting,
    Presence,
    Programme,
    Session,
    SupervisionHours,
    Track,
    TrainingPlan,
    Workshop,
)
from relier.training.models.ledger import month_of
from relier.training.rules import Rulebook

from . import tables
from .year_of_centre import PROGRAMME, Group, Trainee, drawn, groups_of

TRACKS = 3
CALLED = "Awa Idris Lucie Yusuf Jean Olena Nadia Guy Mai Samira Wei Kevin Ewa Rachid Lina".split()
NAMED = "Diallo Kaplan Marchal Bah Collard Sow Haddad Nguyen Dubois Nowak Petit Amrani Maes".split()
MORNING, AFTERNOON = time(9), time(16, tzinfo=UTC)

Told = Callable[[int, int, int], None]


@dataclass(frozen=True)
class Size:
    """`last`: the last year that is planted whole; nothing is planted from `until` on."""

    centres: int
    years: int
    last: int
    until: date


@dataclass(frozen=True)
class House:
    """A centre as this module needs it."""

    centre: UUID
    team: int
    author: UUID
    tracks: list[UUID]
    programmes: list[UUID]


def plant(size: Size, *, seed: int, told: Told) -> int:
    """Rows of presence planted. `told(done, total, rows)` after each centre's year."""
    tables.make_room()
    chance = random.Random(seed)  # noqa: S311  (invented, nothing secret)
    houses = [new_house(number, size) for number in range(size.centres)]
    with tables.indexed_at_the_end(Presence, LedgerEntry):
        rows = plant_years(houses, size, chance, told)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as time would have done
    return rows


def plant_years(houses: list[House], size: Size, chance: random.Random, told: Told) -> int:
    rows = done = 0
    for year in range(size.last - size.years + 1, size.last + 1):
        book = Rulebook()  # what it remembers of a year is let go
        for house in houses:
            with transaction.atomic():
                rows += plant_year(house, year, size.until, book, chance)
            done += 1
            told(done, size.centres * size.years, rows)
    return rows


def new_house(number: int, size: Size) -> House:
    """A centre, its team, its coordinator, three tracks and their programmes."""
    federation, _ = Federation.objects.get_or_create(name="Fédération inventée")
    centre = Centre.objects.create(
        name=f"Centre {number:03}", kind=Centre.Kind.CISP, federation=federation
    )
    team = Team.objects.create(centre=centre, name="Formation")
    user = User.objects.invite(f"coordination{number}@example.invalid", name=f"Coord {number}")
    member = Member.objects.create(
        user=user, centre=centre, role=Member.Role.COORDINATOR, status=Member.Status.BOUND
    )
    member.teams.add(team)
    opened = date(size.last - size.years, 1, 1)
    tracks = [
        Track.objects.create(
            centre=centre, name=f"Filière {n + 1}", scheme=Track.Scheme.CISP, category="base",
            method="defi", in_group=n == 0, team=team, opened_on=opened,
        )
        for n in range(TRACKS)
    ]  # fmt: skip
    programmes = [
        Programme.objects.create(
            centre=centre, track=track, name="Programme", from_on=opened, minutes=PROGRAMME
        )
        for track in tracks
    ]
    return House(
        centre.pk, team.pk, member.pk, [one.pk for one in tracks], [one.pk for one in programmes]
    )


def plant_year(house: House, year: int, until: date, book: Rulebook, chance: random.Random) -> int:
    rows = 0
    groups = list(groups_of(year, TRACKS, until, chance))
    for group in groups:
        people = plant_people(house, group, chance)
        plant_files(house, group, people)
        plant_sessions(house, group)
        rows += plant_presences(house, group, people)
        plant_ledger(house, group, book, chance)
    tables.write(SupervisionHours, supervision(house, groups, year))
    return rows


# --- people, and their files ---------------------------------------------------------------------


def plant_people(house: House, group: Group, chance: random.Random) -> list[UUID]:
    """The id of the person of each trainee of the group, in their order."""
    people = []
    for _ in group.trainees:
        person = Person(
            subject=Subject(centre_id=house.centre), centre_id=house.centre,
            call_name=chance.choice(CALLED), family_name=chance.choice(NAMED),
        )  # fmt: skip
        person.root_id = person.subject_id = person.subject.pk
        people.append(person)
    Subject.objects.bulk_create([person.subject for person in people])
    Person.objects.bulk_create(people)
    NameKey.objects.bulk_create([key for person in people for key in name_keys(person)])
    Following.objects.bulk_create(
        Following(person=person, team_id=house.team, centre_id=house.centre) for person in people
    )
    return [person.pk for person in people]


def plant_files(house: House, group: Group, people: list[UUID]) -> None:
    pairs = list(zip(group.trainees, people, strict=True))
    signed = {"centre_id": house.centre, "author_id": house.author}
    tables.write(Enrolment, (enrolment_row(house, group, one, person) for one, person in pairs))
    tables.write(
        Eligibility,
        (written(one) | signed | {"category": one.category} for one, _ in pairs),
    )
    tables.write(EvidenceReceived, (row | signed for one, _ in pairs for row in evidence(one)))
    tables.write(TrainingPlan, (written(one) | signed | {"on": one.plan_on} for one, _ in pairs))
    tables.write(Ending, (ending(one) | signed for one, _ in pairs))
    tables.write(Absence, (row | signed for one, _ in pairs for row in absences(one)))


def enrolment_row(house: House, group: Group, one: Trainee, person: UUID) -> dict[str, Any]:
    return {
        "id": one.enrolment,
        "centre_id": house.centre,
        "author_id": house.author,
        "person_id": person,
        "track_id": house.tracks[group.track],
        "programme_id": house.programmes[group.track],
        "ledger_key": one.ledger_key,
        "entered_on": one.entered_on,
        "contract_on": one.contract_on,
        "recorded_at": moment(one.entered_on),
    }


def written(one: Trainee) -> dict[str, Any]:
    return {"enrolment_id": one.enrolment, "written_at": moment(one.entered_on)}


def evidence(one: Trainee) -> Iterator[dict[str, Any]]:
    for document, issued_on, received_on in one.documents:
        bears = {"document": document, "issued_on": issued_on, "received_on": received_on}
        yield written(one) | bears


def ending(one: Trainee) -> dict[str, Any]:
    proved = one.left_on if one.job_months else None
    return {
        "enrolment_id": one.enrolment, "written_at": moment(one.left_on), "on": one.left_on,
        "reason": one.leaving.value, "job_months": one.job_months or None,
        "form_received_on": proved,
    }  # fmt: skip


def absences(one: Trainee) -> Iterator[dict[str, Any]]:
    for row in one.absences:
        yield {
            "id": row.source, "enrolment_id": one.enrolment, "written_at": moment(row.from_on),
            "from_on": row.from_on, "until_on": row.until_on, "ground": row.ground,
            "proof_received_on": row.until_on if row.proved else None, "proof": "",
        }  # fmt: skip


def moment(day: date) -> datetime:
    return datetime.combine(day, AFTERNOON)


# --- sessions and presences ----------------------------------------------------------------------


def plant_sessions(house: House, group: Group) -> None:
    about = {
        "centre_id": house.centre, "team_id": house.team, "track_id": house.tracks[group.track],
        "name": "Atelier",
    }  # fmt: skip
    tables.write(Workshop, [about | {"id": group.workshop, "capacity": len(group.trainees)}])
    tables.write(
        Session,
        (
            about
            | {
                "id": session, "workshop_id": group.workshop, "day": day, "starts_at": MORNING,
                "minutes": minutes, "place": "",
            }
            for session, day, minutes in group.sessions
        ),
    )  # fmt: skip
    through = Session.trainers.through
    tables.write(
        through,
        ({"session_id": pk, "member_id": house.author} for pk, _, _ in group.sessions),
    )


def plant_presences(house: House, group: Group, people: list[UUID]) -> int:
    """In the order of their days, as time writes them."""
    sessions = {day: session for session, day, _ in group.sessions}
    pairs = list(zip(group.trainees, people, strict=True))
    tables.write(
        Participation,
        (
            {
                "centre_id": house.centre, "person_id": person, "enrolment_id": one.enrolment,
                "workshop_id": group.workshop, "from_on": one.entered_on, "until_on": one.left_on,
            }
            for one, person in pairs
        ),
    )  # fmt: skip
    taken = [(row, one, person) for one, person in pairs for row in one.attendances]
    taken.sort(key=lambda found: found[0].day)
    return tables.write(
        Presence,
        (
            {
                "id": row.source, "centre_id": house.centre, "session_id": sessions[row.day],
                "person_id": person, "enrolment_id": one.enrolment, "minutes": row.minutes,
                "missed": row.missed, "modality": row.modality.value, "from_where": "",
                "equipment": "", "author_id": house.author, "written_at": moment(row.day),
            }
            for row, one, person in taken
        ),
    )  # fmt: skip


def supervision(house: House, groups: list[Group], year: int) -> Iterator[dict[str, Any]]:
    """Of each track and day of the year: what the sessions of its groups lasted."""
    found: dict[tuple[UUID, date], int] = {}
    for group in groups:
        for _, day, minutes in group.sessions:
            if day.year == year:
                key = (house.tracks[group.track], day)
                found[key] = found.get(key, 0) + minutes
    for (track, day), minutes in found.items():
        yield {"centre_id": house.centre, "track_id": track, "day": day, "minutes": minutes}


# --- the ledger ----------------------------------------------------------------------------------


def plant_ledger(house: House, group: Group, book: Rulebook, chance: random.Random) -> None:
    """What the engine says of each trainee, as postings of the day of each session."""
    postings = {day: drawn(chance) for _, day, _ in group.sessions}
    slots = [
        (slot, minutes, one)
        for one in group.trainees
        for slot, minutes in hours.allocate(one.facts(in_group=group.track == 0), book).items()
    ]
    slots.sort(key=lambda found: found[0].day)
    used = {slot.day for slot, _, _ in slots}
    tables.write(
        Posting,
        (
            {
                "id": postings[day], "centre_id": house.centre, "cause": Cause.PRESENCE.value,
                "author_kind": "member", "author": house.author, "at": moment(day),
            }
            for day in sorted(used)
        ),
    )  # fmt: skip
    tables.write(
        LedgerEntry,
        (
            {
                "centre_id": house.centre, "track_id": house.tracks[group.track],
                "trainee": one.ledger_key, "source": slot.source, "day": slot.day,
                "month": month_of(slot.day), "account": int(slot.account), "ground": slot.ground,
                "carrier": int(slot.carrier), "minutes": minutes,
                "posting_id": postings[slot.day], "is_late": False,
            }
            for slot, minutes, one in slots
        ),
    )  # fmt: skip


def check(sample: int, *, seed: int) -> list[UUID]:
    """Of so many files drawn at random, those of which a posting would append something: the ledger
    and the engine, asked over the rows of the database, do not say the same. None is as it should
    be."""
    ids = sorted(Enrolment.objects.order_by().values_list("pk", flat=True))
    chosen = random.Random(seed).sample(ids, min(sample, len(ids)))  # noqa: S311
    wrong = []
    for pk in chosen:
        one = Enrolment.objects.select_related("person", "track", "programme").get(pk=pk)
        stands = posting.stands([one])[one.ledger_key]
        desired = posting.what_should_stand([one])[one.pk]
        if hours.difference(desired, stands):
            wrong.append(pk)
    return wrong
