"""A crowd of invented people, to measure with: many centres, one of them large, each person with a
name and a team, one in ten with a whole history. Rows are written in bulk, past the actions: never
on a copy that holds real people (the command refuses)."""

import itertools
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils import timezone

from relier.accounts.models import User
from relier.centres.models import Centre, Member, Team
from relier.people.models import Audience, Fact, Following, NameKey, Note, Person, Situation
from relier.people.search import name_keys
from relier.privacy.models import Consent, Subject
from relier.support.models import (
    AgreedStep,
    Appointment,
    HelpRequest,
    Intervention,
    Procedure,
    ProcedureNews,
)

CALLED = (
    "Awa Idris Lucie Daniela Yusuf Fatoumata Jean Olena Mohamed Chantal Thierno Nadia Guy Mai "
    "Patrice Samira Wei Kevin Ewa Abdou Josiane Habib Ginette Ahmed Rachid Sylvie Aminata Marcel "
    "Lina Jozef Clarisse Roland Maria Bilal Denise Amélie Noël Zeynep Óscar Łucja Aïcha Gaëlle"
).split()
NAMED = (
    "Diallo Kaplan Marchal Ionescu Öztürk Bah Collard Kovalenko Idrissi Brasseur Sow Haddad "
    "Lemaire Nguyen Mbuyi Dubois Zhang Latour Nowak Ndiaye Petit Mansouri Fontaine Bouzid "
    "Wauters Amrani "
    "Charlier Traoré Gillet Saïdi Vandenberghe Nkosi Hubert Conceição Yilmaz Renard Çelik Peeters "
    "Lambert Dupont Martin Lejeune Dumont Leclercq Simon Laurent Denis "
    "Willems Claes Jacobs Maes"
).split()
ENDINGS = ["", "", "", "-Lambert", "-Simon", "-Maes", " Ali", " Kone", " Rossi", " Silva"]

BATCH = 2_000
A_TEAM_FOLLOWS = 200
# One person in so many has a whole history; the others have a name and a team, as after ten years.
WITH_HISTORY = 10

Row = TypeVar("Row", bound=models.Model)


def plant_crowd(people: int, *, centres: int, seed: int, out: Any) -> Member:
    """Plant so many people in so many centres; a third of them in the first. Returns a social
    worker of the first centre, bound, whose team follows about two hundred of its people."""
    chance = random.Random(seed)  # noqa: S311  (invented names, nothing secret)
    shares = [people // 3] + [people * 2 // 3 // max(1, centres - 1)] * (centres - 1)
    workers = [new_centre(number, share) for number, share in enumerate(shares)]
    first, *others = workers
    homes = itertools.chain(
        itertools.repeat(first, people // 3), itertools.cycle(others or [first])
    )
    numbered = zip(range(people), homes, strict=False)
    while batch := list(itertools.islice(numbered, BATCH)):
        with transaction.atomic():
            plant_batch(batch, chance)
        done = batch[-1][0] + 1
        if done % 10_000 < BATCH:
            out.write(f"{done} of {people} people")
    if connection.vendor == "postgresql":
        # As time would have done. SQLite is left without statistics on purpose: with them it takes
        # a column that is mostly empty for a useless index, and reads whole tables.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return first


def new_centre(number: int, people: int) -> Member:
    """A centre with a team for every two hundred people, a worker in the first of them, and a
    colleague in all the others."""
    centre = Centre.objects.create(name=f"Centre {number:03}", kind=Centre.Kind.CISP)
    teams = Team.objects.bulk_create(
        Team(centre=centre, name=f"Team {n}") for n in range(people // A_TEAM_FOLLOWS + 2)
    )
    worker, colleague = (new_member(centre, f"{name}{number}") for name in ("worker", "colleague"))
    worker.teams.add(teams[0])
    colleague.teams.set(teams[1:])
    worker.planted_teams, worker.planted_colleague = teams, colleague  # type: ignore[attr-defined]
    return worker


def new_member(centre: Centre, name: str) -> Member:
    user = User.objects.invite(f"{name}@example.invalid", name=name.capitalize())
    return Member.objects.create(
        user=user, centre=centre, role=Member.Role.SOCIAL_WORKER, status=Member.Status.BOUND
    )


def worker_of(number: int, worker: Member) -> tuple[Team, Member]:
    """The team that follows the person of this number, and who their worker is."""
    teams = worker.planted_teams  # type: ignore[attr-defined]
    team = teams[number % len(teams)]
    return team, worker if team == teams[0] else worker.planted_colleague  # type: ignore[attr-defined]


def plant_batch(batch: list[tuple[int, Member]], chance: random.Random) -> None:
    people = [(new_person(worker, chance), worker, number) for number, worker in batch]
    keep(Subject, (person.subject for person, _, _ in people))
    keep(Person, (person for person, _, _ in people))
    keep(NameKey, itertools.chain.from_iterable(name_keys(person) for person, _, _ in people))
    keep(Following, (following(*entry) for entry in people))
    with_history = [entry for entry in people if chance.randrange(WITH_HISTORY) == 0]
    rows: dict[type[models.Model], list[models.Model]] = {}
    for person, worker, number in with_history:
        for row in history(person, worker, number):
            rows.setdefault(type(row), []).append(row)
    for model, found in rows.items():
        keep(model, found)


def keep(model: type[Row], rows: Iterable[Row]) -> None:
    model._base_manager.bulk_create(rows, batch_size=5_000)


def new_person(worker: Member, chance: random.Random) -> Person:
    subject = Subject(centre=worker.centre)
    family = chance.choice(NAMED) + chance.choice(ENDINGS)
    person = Person(
        subject=subject, centre_id=subject.centre_id, call_name=chance.choice(CALLED),
        family_name=family,
    )  # fmt: skip
    person.root_id = person.subject_id = subject.pk
    return person


def following(person: Person, home: Member, number: int) -> Following:
    team, worker = worker_of(number, home)
    return Following(person=person, team=team, worker=worker, centre_id=person.centre_id)


def history(person: Person, home: Member, number: int) -> Iterator[models.Model]:
    """What a few months of accompaniment leave: a situation, a request, meetings, steps."""
    _, worker = worker_of(number, home)
    today = timezone.localdate()
    about = {"person": person, "centre_id": person.centre_id}
    signed = {**about, "author": worker}
    told = Situation(**signed, on=today - timedelta(days=number % 90))
    yield told
    for facet in ("equipment", "connection", "wishes"):
        yield Fact(**about, situation=told, facet=facet, under_secrecy=False, words="…")
    yield HelpRequest(
        **about, words="Comprendre une lettre.", heard_by=worker, followed_by=worker,
        received_on=today - timedelta(days=number % 120),
    )  # fmt: skip
    for week in range(4):
        yield written(Intervention, signed, today - timedelta(weeks=week))
    yield written(Note, signed, today - timedelta(days=number % 60))
    yield agreement(person, worker, today - timedelta(days=number % 365))
    yield AgreedStep(**signed, words="Apporter la lettre.", agreed_on=today)
    procedure = Procedure(**signed, about="Allocation de chauffage", started_on=today)
    yield procedure
    yield ProcedureNews(
        procedure=procedure, author=worker, outcome="waiting", on=today, centre_id=person.centre_id
    )
    yield Appointment(
        **about, with_member=worker, made_by=worker,
        starts_at=timezone.now() + timedelta(hours=number % 400),
    )  # fmt: skip


def agreement(person: Person, worker: Member, on: date) -> Consent:
    return Consent(
        subject_id=person.pk, centre_id=person.centre_id, received_by=worker, purpose="file",
        how="orally", text="…", text_hash="0", text_version="1", language="fr", given_on=on,
        expires_on=on + timedelta(days=365), ask_again_on=on + timedelta(days=335),
    )  # fmt: skip


def written(model: type[Row], signed: dict[str, Any], on: date) -> Row:
    return model(**signed, on=on, audience=Audience.SECRECY, words="Lu la lettre ensemble.")
