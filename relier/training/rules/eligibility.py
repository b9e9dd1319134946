"""Documents of eligibility: which are due, by when, and which come late (decree, articles 5 to 7;
order, articles 4 to 7). The situation is judged on the day of entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from relier.lib.deadlines import due_on, is_late, last_valid_day

from . import Document, Rule, Rulebook, categories, documents


class Fault(StrEnum):
    MISSING = "missing"
    LATE = "late"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Held:
    """A document that came. `issued_on`: the date it bears, where it bears one."""

    received_on: date
    issued_on: date | None = None


def document_due_on(document: Document, entered_on: date, book: Rulebook) -> date:
    """The last day on which a document of someone who entered that day is in time."""
    return due_on(
        entered_on,
        book.whole(document.within, entered_on),
        without_summer=not book.whole("summer_counts", entered_on),
    )


def faults(
    category: str, held: Mapping[str, Held], *, entered_on: date, on: date, book: Rulebook
) -> dict[str, Fault]:
    """Document -> what is wrong with it on a day, for a category of articles 5 and 6; nothing for
    what is in order, or not due yet. Raises KeyError for an unknown category."""
    found: dict[str, Fault] = {}
    for key in categories()[category].documents:
        document, here = documents()[key], held.get(key)
        due = document_due_on(document, entered_on, book)
        if here is None:
            if is_late(None, due, on=on):
                found[key] = Fault.MISSING
        elif is_late(here.received_on, due, on=on):
            found[key] = Fault.LATE
        elif document.expires and is_expired(here, book, entered_on):
            found[key] = Fault.EXPIRED
    return found


def is_expired(held: Held, book: Rulebook, entered_on: date) -> bool:
    """Whether a document was too old on the day it came."""
    if held.issued_on is None:
        return False
    days = book.whole("document_valid_days", entered_on)
    return held.received_on > last_valid_day(held.issued_on, days)


def derogation_rule(gap: Decimal, book: Rulebook, day: date) -> Rule:
    """The part of a track's entries of a year that may be by derogation (decree, article 6).
    `gap`: how far the demand for jobs of the basin is above (+) or below (-) the mean of the
    region, in percent."""
    wide = book.number("derogation_gap_percent", day)
    if gap >= wide:
        return book.rule("derogation_percent_above", day)
    if gap <= -wide:
        return book.rule("derogation_percent_below", day)
    return book.rule("derogation_percent_within", day)


def derogations_left(entries: int, derogations: int, percent: Decimal) -> int | None:
    """How many more entries by derogation a track may take, if it had `entries` in the year, of
    which `derogations` by derogation: the largest n such that (derogations + n) / (entries + n)
    stays within `percent`. Negative where there are too many already; None where all may be."""
    if percent >= 100:
        return None
    room = percent * entries - 100 * derogations
    # `Decimal` would cut towards zero, and say that nothing is too many.
    return floor(Fraction(room) / Fraction(100 - percent))
