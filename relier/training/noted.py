"""What is noted already of the day of a session, for each of its people: why someone is away, or
that they are in a company. A member reads the grounds that are theirs to read: of the others,
nothing shows that there are some.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from relier.accounts.actors import Actor
from relier.people.models import Person

from .expected import Line
from .models import Absence, Enrolment, Participation, Placement, Session
from .models.sessions import Carrier


@dataclass(frozen=True)
class Explained:
    """Why someone is away: the absence, its ground, and whether its proof has come."""

    pk: UUID
    ground: int
    proved: bool


@dataclass(frozen=True)
class Noted:
    """`enrolment`: the entry that hours of this session count in. `there`: the placement is that of
    this session; else `session` is the one of that day in which its hours are written, where it is
    planned."""

    enrolment: UUID
    absence: Explained | None = None
    placement: Placement | None = None
    there: bool = False
    session: UUID | None = None

    @property
    def is_elsewhere(self) -> bool:
        """In a company on the day of a session of the centre: nothing is expected of them here."""
        return self.placement is not None and not self.there


def with_noted(lines: Sequence[Line], session: Session, actor: Actor) -> None:
    """Tell each line what is noted of its person that day. Two queries, however many people: their
    entries with the absence that covers the day, and the placements."""
    people = [line.person for line in lines]
    entries = list(entries_at(session, people, actor))
    found = placements_on(session.day, [one.pk for one in entries])
    places = {one.enrolment_id: one for one in found.annotate(written_in=Subquery(beside(session)))}
    there = session.carrier == Carrier.COMPANY
    # Of two entries of one person, the one that begins last: as their hours do.
    noted = {one.person.root_id: noted_of(one, places.get(one.pk), there) for one in entries}
    for line in lines:
        line.noted = noted.get(line.person.pk)


def noted_of(entry: Enrolment, placement: Placement | None, there: bool) -> Noted:
    absence = getattr(entry, "absence", None)
    explained = None
    if absence is not None:
        explained = Explained(absence, entry.ground, entry.proof_on is not None)  # type: ignore[attr-defined]
    return Noted(
        entry.pk, explained, placement, there=there and placement is not None,
        session=getattr(placement, "written_in", None),
    )  # fmt: skip


def entries_at(
    session: Session, people: Iterable[Person], actor: Actor
) -> "QuerySet[Enrolment, Enrolment]":
    """Where the hours of these people count that day: in the track of the session, or in the entry
    by which they are expected there."""
    expected = Participation.objects.filter(session=session, enrolment__isnull=False)
    condition = Q(pk__in=expected.values("enrolment"))
    if session.track_id:
        condition |= Q(track=session.track_id)
    away = covering(session.day, Absence.objects.visible_to(actor).filter(enrolment=OuterRef("pk")))
    away = away.order_by("from_on", "ground", "pk")
    rows = Enrolment.objects.visible_to(actor).under_way(on=session.day).filter(condition)
    rows = rows.filter(person__root__in=[one.pk for one in people]).select_related("person")
    return rows.annotate(
        absence=Subquery(away.values("pk")[:1]),
        ground=Subquery(away.values("ground")[:1]),
        proof_on=Subquery(away.values("proof_received_on")[:1]),
    ).order_by("entered_on", "pk")


def covering(day: date, rows: "QuerySet") -> "QuerySet":  # type: ignore[type-arg]
    """Absences or placements that stand, and hold this day."""
    return rows.filter(correction=None, withdrawn=False, from_on__lte=day, until_on__gte=day)


def placements_on(day: date, entries: Iterable[UUID]) -> "QuerySet[Placement]":
    """Of these entries, those that hold this day; the latest begun is the last."""
    rows: QuerySet[Placement] = covering(day, Placement.objects.filter(enrolment__in=list(entries)))
    return rows.order_by("from_on", "pk")


def beside(session: Session) -> "QuerySet":  # type: ignore[type-arg]
    """The session of the same team, track and day that a company carries."""
    rows = Session.objects.between(session.day, session.day).filter(
        team=session.team_id, track=session.track_id, carrier=Carrier.COMPANY
    )
    return rows.order_by("starts_at", "pk").values("pk")[:1]
