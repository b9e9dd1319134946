"""What was said otherwise than it stands, on paper or a device, until someone decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from relier.accounts.actors import Actor

from .kept import in_words
from .models import Difference, Presence, Session


@dataclass(frozen=True)
class Otherwise:
    """One difference, side by side: what stands, by whom; what came, from where."""

    difference: Difference
    name: str
    stands: str
    standing: Presence
    came: str


def differences_of(session: Session, actor: Actor) -> list[Otherwise]:
    """Those that wait for someone, by name. Two queries."""
    rows = Difference.objects.visible_to(actor).open().filter(session=session)
    waiting = list(rows.select_related("person__root", "author__user").order_by("written_at"))
    if not waiting:
        return []
    standing = {one.person.root_id: one for one in standing_now(session)}
    found = [otherwise(row, standing.get(row.person.root_id)) for row in waiting]
    return sorted(filter(None, found), key=lambda one: one.name.casefold())


def standing_now(session: Session) -> Iterable[Presence]:
    rows = Presence.objects.current().filter(session=session)
    return rows.select_related("person", "author__user")


def otherwise(row: Any, standing: Presence | None) -> Otherwise | None:
    if standing is None:
        return None
    return Otherwise(row, row.person.root.name, in_words(standing), standing, in_words(row))
