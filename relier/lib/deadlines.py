"""Legal deadlines, as the order of the Walloon Government of 15 December 2016 counts them
(article 2, § 2): the day that starts a delay is not counted, the day it is due is; due on a
Saturday, a Sunday or a legal holiday, it is due on the next working day; July and August do not
count.

Worked examples: docs/deadlines.md. Which days are worked is `days.py`'s to say.
"""

from datetime import date, timedelta

from .days import is_working_day

A_DAY = timedelta(days=1)
SUMMER = frozenset({7, 8})


def counts(day: date, *, without_summer: bool) -> bool:
    """Whether a day is one of those that a delay is made of."""
    return not (without_summer and day.month in SUMMER)


def due_on(start: date, days: int, *, without_summer: bool = False) -> date:
    """The last day on which something is still in time, `days` calendar days after `start`.

    `start`, the day of the event, is day zero. `without_summer`: July and August are skipped, and
    what would be due in them (a Saturday 30 June moved to a Monday in July) is due on the first
    working day of September. A delay of no day is due on the very day, whatever day it is: what
    must be there on entry is not put off because someone enters on a Sunday.
    Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError("A delay is not negative.")
    if not days:
        return start
    day = start
    while days:
        day += A_DAY
        days -= counts(day, without_summer=without_summer)
    while not (is_working_day(day) and counts(day, without_summer=without_summer)):
        day += A_DAY
    return day


def is_late(done_on: date | None, due: date, *, on: date) -> bool:
    """Whether something came after its due day, or has not come and that day is over. A thing done
    on the due day itself is in time."""
    return (done_on or on) > due


def days_left(due: date, *, on: date) -> int:
    """Calendar days from `on` to the due day: 0 on that very day, negative once it is over."""
    return (due - on).days


def last_valid_day(issued_on: date, days: int) -> date:
    """The last day on which a document is accepted, when it is valid for `days` days from its date:
    that date is not counted either. A validity is no delay to act: it is not put off to a working
    day. Raises ValueError for a negative number of days."""
    if days < 0:
        raise ValueError("A validity is not negative.")
    return issued_on + timedelta(days=days)
