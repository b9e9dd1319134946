"""How people are called, for the floors below that know opaque subjects only (`paper.names`)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from relier.accounts.actors import Actor
from relier.paper import names
from relier.paper.names import Named

from .models import Person
from .search import search_people

# A name that is typed may be common in the centre: enough to reach those of one's own team.
SEARCHED = 60


class Directory:
    """People whom one of the member's teams follows, or whose file they opened with a reason."""

    def called(self, by: Actor, subjects: Iterable[UUID]) -> Mapping[UUID, Named]:
        rows = Person.objects.followed_by(by).filter(pk__in=list(subjects)).select_related("root")
        return {person.pk: Named(person.root_id, person.root.name) for person in rows.order_by()}

    def found(self, by: Actor, text: str, *, most: int) -> list[Named]:
        if not text:
            rows = Person.objects.listed_for(by)[:most]
            return [Named(person.pk, person.name) for person in rows]
        people = search_people(by, text, limit=SEARCHED)
        near = Person.objects.followed_by(by).filter(pk__in=[person.pk for person in people])
        theirs = set(near.order_by().values_list("pk", flat=True))
        return [
            Named(person.pk, person.name, ", ".join(person.team_names))
            for person in people
            if person.pk in theirs
        ][:most]


names.told_by(Directory())
