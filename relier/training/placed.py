"""Placements of an entry beside what the text allows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .figures import followed_by_day
from .hours import Carrier
from .models import Enrolment, Placement
from .rules import Rulebook
from .rules.placements import Fault, Kind, Planned, faults

KINDS = {kind.value for kind in Kind}


@dataclass(frozen=True)
class Placed:
    placement: Placement
    faults: list[Fault]


def placed(
    enrolment: Enrolment, placements: Iterable[Placement], programme: int, book: Rulebook
) -> list[Placed]:
    """Each placement that stands, with what the text would refuse. `programme`: its minutes, as the
    plan says. One query where there is a placement."""
    rows = [row for row in placements if not row.withdrawn]
    if not rows:
        return []
    followed = followed_by_day(enrolment)
    return [
        Placed(row, faults(as_planned(row, rows, followed, programme), book))
        if row.kind in KINDS
        else Placed(row, [])
        for row in rows
    ]


def as_planned(
    row: Placement, every: list[Placement], followed: list[tuple[date, int, int]], programme: int
) -> Planned:
    before = [(carrier, minutes) for day, carrier, minutes in followed if day < row.from_on]
    return Planned(
        kind=Kind(row.kind),
        starts_on=row.from_on,
        minutes=row.minutes,
        programme=programme,
        followed=sum(minutes for _, minutes in before),
        in_centre=sum(minutes for carrier, minutes in before if carrier == Carrier.CENTRE),
        others=sum(other.minutes for other in every if other.pk != row.pk),
        signed_on=row.signed_on,
        derogation=row.derogation,
    )
