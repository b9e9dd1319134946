"""Presence of a session, taken once: what each person followed and missed, how, from where, with
what; and putting it right."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.people.models import Person
from relier.training import access
from relier.training.models import Cause, Enrolment, Participation, Placement, Presence, Session
from relier.training.models.presences import Modality
from relier.training.models.sessions import Carrier
from relier.training.noted import placements_on
from relier.training.posting import Held, hold, post

from .sessions import enrolments_on


@dataclass(frozen=True)
class Took:
    """What became of a session for one person. `missed`: unsaid, the whole session for whoever
    followed nothing, and nothing for whoever came."""

    minutes: int
    missed: int | None = None
    modality: str = Modality.IN_PERSON
    from_where: str = ""
    equipment: str = ""
    placement: UUID | None = None

    def as_columns(self, session: Session) -> dict[str, Any]:
        missed = self.missed
        if missed is None:
            missed = 0 if self.minutes else session.minutes
        return {**asdict(self), "missed": missed}


@dataclass(frozen=True)
class Taken:
    """Presences kept for the first time; those that put another right (someone else had taken it:
    both are kept); those that said what was known already."""

    new: list[Presence]
    corrected: list[Presence]
    known: int


@transaction.atomic
def take_presence(
    session: Session,
    took: Mapping[Person, Took],
    *,
    by: Actor,
    form_key: UUID | None = None,
    keys: Mapping[Person, UUID] | None = None,
) -> Taken:
    """Keep what became of a session for each person, and post their hours, in a constant number of
    queries. Sent twice, it is kept once: each row's key is drawn from that of the form, or from the
    one that each came with (`keys`)."""
    people = list(took)
    access.require(access.may_see(by, session))
    access.require(access.may_take_presence(by, session, people))
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    enrolments = enrolments_for(session, people)
    held = hold(one.pk for one in enrolments.values())
    standing = standing_in(session)
    took = in_their_placements(session, took, enrolments, standing)
    check_placements(took, enrolments)
    rows = []
    for person, what in took.items():
        root = person.root_id
        row = Presence(
            id=row_key((keys or {}).get(person) or form_key or uuid4(), root),
            centre_id=session.centre_id,
            session=session,
            person_id=root,
            enrolment=enrolments.get(root),
            author_id=by.id,
        )
        rows.append(_put(row, what.as_columns(session), standing.get(root)))
    sent = set(
        Presence.objects.filter(pk__in=[row.pk for row in rows if row]).values_list("pk", flat=True)
    )
    kept = [row for row in rows if row is not None and row.pk not in sent]
    _keep(session, kept, held, by=by)
    corrected = [row for row in kept if row.replaces_id]
    new = [row for row in kept if not row.replaces_id]
    return Taken(new, corrected, len(rows) - len(kept))


def row_key(key: UUID, person: UUID) -> UUID:
    """The id of the row that a form of this key keeps of someone (their root)."""
    return uuid5(key, person.hex)


def _put(row: Presence, columns: dict[str, Any], standing: Presence | None) -> Presence | None:
    """The row with what is said of it; None where that stands already."""
    said = {("placement_id" if name == "placement" else name): one for name, one in columns.items()}
    if standing is not None:
        if says_the_same(standing, columns):
            return None
        row.replaces, row.first_id = standing, standing.source
        # A correction counts where what it corrects did.
        row.enrolment_id = standing.enrolment_id or row.enrolment_id
    for name, value in said.items():
        setattr(row, name, value)
    row.clean_fields(exclude=["session", "person", "enrolment", "placement", "replaces", "first",
                              "author", "centre"])  # fmt: skip
    row.clean()
    return row


def says_the_same(standing: Presence, columns: Mapping[str, Any]) -> bool:
    """`columns`: as `Took.as_columns` gives them."""
    return all(
        getattr(standing, "placement_id" if name == "placement" else name) == value
        for name, value in columns.items()
    )


def _keep(session: Session, rows: list[Presence], held: Held, *, by: Actor) -> None:
    if not rows:
        return
    Presence.objects.bulk_create(rows)
    shown = [str(row.person_id) for row in rows]
    journal.record("training.presence_taken", session, by=by, shown=shown)
    corrects = any(row.replaces_id for row in rows)
    post(held, cause=Cause.CORRECTION if corrects else Cause.PRESENCE, by=by)


def standing_in(session: Session) -> dict[UUID, Presence]:
    """File that is shown -> what stands of a session. One query."""
    rows = Presence.objects.current().filter(session=session).select_related("person")
    return {row.person.root_id: row for row in rows}


def enrolments_for(session: Session, people: list[Person]) -> dict[UUID, Enrolment]:
    """File that is shown -> the enrolment that its hours count in: that of whoever is expected,
    else the one in the track of the session. Two queries."""
    found = enrolments_on(people, session.track_id, session.day)
    expected = Participation.objects.filter(
        session=session, person__root__in={one.root_id for one in people}, enrolment__isnull=False
    ).select_related("enrolment", "person")
    return found | {one.person.root_id: one.enrolment for one in expected if one.enrolment}


def in_their_placements(
    session: Session,
    took: Mapping[Person, Took],
    enrolments: Mapping[UUID, Enrolment],
    standing: Mapping[UUID, Presence],
) -> Mapping[Person, Took]:
    """What is written for the first time in a session that a company carries is of the placement
    that holds its day, whichever way it comes: screen, device or paper. One query there, or none.
    """
    if session.carrier != Carrier.COMPANY:
        return took
    rows = placements_on(session.day, [one.pk for one in enrolments.values()])
    of_entry = {row.enrolment_id: row.pk for row in rows}

    def placed(person: Person, what: Took) -> Took:
        entry = enrolments.get(person.root_id)
        if what.placement or entry is None or person.root_id in standing:
            return what
        return replace(what, placement=of_entry.get(entry.pk))

    return {person: placed(person, what) for person, what in took.items()}


def check_placements(took: Mapping[Person, Took], enrolments: Mapping[UUID, Enrolment]) -> None:
    """Raises ValidationError where a placement is not that of the person. One query, or none."""
    asked = {what.placement for what in took.values() if what.placement}
    if not asked:
        return
    whose = dict(Placement.objects.filter(pk__in=asked).values_list("pk", "enrolment"))
    for person, what in took.items():
        enrolment = enrolments.get(person.root_id)
        if what.placement and (enrolment is None or whose.get(what.placement) != enrolment.pk):
            raise ValidationError("A placement of someone else.")


@transaction.atomic
def correct_presence(
    presence: Presence, what: Took, *, by: Actor, form_key: UUID | None = None
) -> Presence:
    """Put one presence right: a new row beside the earlier one, and the hours that differ. Hours of
    a closed month are posted as late."""
    access.require(access.may_see(by, presence))
    session = Session.objects.select_for_update(of=("self",)).get(pk=presence.session_id)
    access.require(access.may_run(by, session.team))
    held = hold([presence.enrolment_id] if presence.enrolment_id else [])
    standing = Presence.objects.versions_of(presence).get(correction=None)
    key = row_key(form_key or uuid4(), standing.person_id)
    if Presence.objects.filter(pk=key).exists():
        return standing
    row = Presence(
        id=key, centre_id=session.centre_id, session=session, person_id=standing.person_id,
        author_id=by.id,
    )  # fmt: skip
    put = _put(row, what.as_columns(session), standing)
    if put is None:
        return standing
    put.save()
    journal.record("training.presence_corrected", put, by=by, subject=put.person_id)
    post(held, cause=Cause.CORRECTION, by=by)
    return put
