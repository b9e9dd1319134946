"""What a placement in a company may be (order, article 11). Amounts are minutes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relier.training.hours import HOUR

from . import Rulebook


class Kind(StrEnum):
    ACCULTURATION = "acculturation"
    PROFESSIONAL = "professional"


class Fault(StrEnum):
    TOO_LONG = "too_long"
    TOO_LATE = "too_late"  # an acculturation placement after the first third
    TOO_EARLY = "too_early"  # a professional one before 150 hours in the centre
    TOO_MUCH = "too_much"  # placements make more than half of the programme
    NO_CONTRACT = "no_contract"  # the contract of the three is not signed as it begins


@dataclass(frozen=True)
class Planned:
    """A placement, and what went before it. `in_centre`: minutes followed in the centre before it
    begins; `followed`: all minutes followed before; `others`: minutes of the other placements."""

    kind: Kind
    starts_on: date
    minutes: int
    programme: int
    followed: int
    in_centre: int
    others: int = 0
    signed_on: date | None = None
    derogation: bool = False


def faults(planned: Planned, book: Rulebook) -> list[Fault]:
    """What the text would refuse, in a fixed order; empty where nothing is."""
    day, found = planned.starts_on, []
    most = book.whole(f"{planned.kind.value}_hours_most", day) * HOUR
    if planned.minutes > most:
        found.append(Fault.TOO_LONG)
    if planned.kind is Kind.ACCULTURATION:
        parts = book.whole("acculturation_first_part", day)
        ends_after = (planned.followed + planned.minutes) * parts > planned.programme
        if ends_after and not planned.derogation:
            found.append(Fault.TOO_LATE)
    elif planned.in_centre < book.whole("professional_after_hours", day) * HOUR:
        found.append(Fault.TOO_EARLY)
    share = book.whole("placements_percent_most", day)
    if (planned.others + planned.minutes) * 100 > planned.programme * share:
        found.append(Fault.TOO_MUCH)
    if planned.signed_on is None or planned.signed_on > day:
        found.append(Fault.NO_CONTRACT)
    return found
