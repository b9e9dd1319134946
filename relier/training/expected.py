"""Who is expected at a session and what stands of it, as one member may read it.

Each question is one query, however many people. Only those within the member's reach are named
(all of them, for the coordinator): whoever else is expected is not hinted at.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from relier.accounts.actors import Actor
from relier.people.models import Person
from relier.people.search import search_people

from . import access
from .models import MonthClosing, Participation, Presence, Session, Workshop
from .models.ledger import month_of

if TYPE_CHECKING:
    from .noted import Noted

# A name that is typed may be common in the centre: enough to reach those of one's own team.
SEARCHED = 60
SHOWN = 12
LATELY = 30


@dataclass
class Line:
    """One person of a session. `versions`: all that was written of them, the earliest first;
    `noted`: what is known of that day, where the page asks for it."""

    person: Person
    is_expected: bool = False
    versions: list[Presence] = field(default_factory=list)
    noted: "Noted | None" = None

    @property
    def standing(self) -> Presence | None:
        """What counts now; None where nothing was written, or where it was taken back."""
        last = self.versions[-1] if self.versions else None
        return last if last and (last.minutes or last.missed) else None

    @property
    def last(self) -> Presence | None:
        return self.versions[-1] if self.versions else None

    @property
    def is_away(self) -> bool:
        """Nothing was ever written of them, and an absence explains that they are not here."""
        noted = None if self.versions else self.noted
        return noted is not None and noted.absence is not None and not noted.is_elsewhere

    @property
    def is_elsewhere(self) -> bool:
        """Nothing stands of them, and that day they are in a company."""
        return self.standing is None and self.noted is not None and self.noted.is_elsewhere

    @property
    def earlier(self) -> list[Presence]:
        """What was written before, the latest first."""
        return self.versions[-2::-1]


def on_day(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def expected_at(session: Session, actor: Actor) -> list[Person]:
    """The people expected at a session, whom this member may name. One query."""
    at = Q(session=session)
    if session.workshop_id:
        at |= Q(workshop=session.workshop_id)
    rows = Participation.objects.visible_to(actor).filter(at & on_day(session.day))
    rows = rows.filter(person__root__set_aside_at=None).select_related("person__root")
    return [row.person.root for row in rows.order_by()]


def presences_of(session: Session, actor: Actor) -> dict[UUID, list[Presence]]:
    """File that is shown -> every version of what was written, the earliest first. One query."""
    rows = Presence.objects.visible_to(actor).filter(session=session)
    rows = rows.filter(person__root__set_aside_at=None)
    found = defaultdict(list)
    for row in rows.select_related("person__root", "author__user").order_by("written_at"):
        found[row.person.root_id].append(row)
    return {root: in_order(versions) for root, versions in found.items()}


def in_order(versions: list[Presence]) -> list[Presence]:
    """From the first to the one that no other replaces. Those written at the same instant follow
    each other by what they replace."""
    after = {row.replaces_id: row for row in versions}
    ordered: list[Presence] = []
    here = after.get(None)
    while here is not None:
        ordered.append(here)
        here = after.get(here.pk)
    return ordered


def lines_of(session: Session, actor: Actor, more: Iterable[Person] = ()) -> list[Line]:
    """Everyone expected, everyone of whom something stands, and `more`, by name. Two queries."""
    written = presences_of(session, actor)
    lines = {person.pk: Line(person, is_expected=True) for person in expected_at(session, actor)}
    for root, versions in written.items():
        lines.setdefault(root, Line(versions[-1].person.root)).versions = versions
    for person in more:
        lines.setdefault(person.pk, Line(person))
    return sorted(lines.values(), key=lambda line: (line.person.name.casefold(), line.person.pk))


def near(actor: Actor) -> QuerySet[Person]:
    """Whom this member may write down at a session of their team."""
    people = Person.objects.filter(set_aside_at=None).roots()
    return people.named_to(actor) if access.may_steer(actor) else people.followed_by(actor)


def chosen(actor: Actor, keys: Iterable[str]) -> list[Person]:
    """The people of these ids, as a page sent them back; whatever is none of theirs is left out."""
    ids = [pk for pk in map(as_uuid, keys) if pk]
    return list(near(actor).filter(pk__in=ids).order_by("pk")) if ids else []


def found_by(actor: Actor, text: str) -> list[Person]:
    """People within reach by a piece of their name."""
    people = search_people(actor, text, limit=SEARCHED)
    ids = set(near(actor).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    return [one for one in people if one.pk in ids][:SHOWN]


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def is_closed(session: Session) -> bool:
    """Whether the statements of its month have left. One query."""
    month = month_of(session.day)
    return MonthClosing.objects.filter(centre=session.centre_id, month=month).exists()


def with_taken(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """`taken`: whether something is written of each."""
    return sessions.annotate(taken=written())


def written() -> Exists:
    """Whether something stands of a session: what was taken back does not."""
    said = Presence.objects.filter(session=OuterRef("pk"), correction=None)
    return Exists(said.exclude(minutes=0, missed=0))


def people_of(workshop: Workshop, actor: Actor) -> list[Participation]:
    """Who is or was expected in a workshop, by name. One query."""
    rows = Participation.objects.visible_to(actor).filter(workshop=workshop)
    rows = rows.filter(person__root__set_aside_at=None).select_related("person__root").order_by()
    return sorted(rows, key=lambda row: (row.person.root.name.casefold(), row.from_on, row.pk))
