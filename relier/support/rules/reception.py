"""Rules of reception: when an hour surprises, what an appointment may become, how long
something has been late. Plain values in, plain values out."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from relier.lib.days import public_holidays

# An appointment whose length nobody said: only to see whether two of them meet, and to draw it
# in a calendar.
USUAL_MINUTES = 30

# Outside these hours, it is more often a slip of the hand (2:00 for 14:00) than a plan.
EARLIEST, LATEST = time(7), time(20)


# --- an hour that surprises --------------------------------------------------------------------


class Surprise(StrEnum):
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    EARLY = "early"
    LATE = "late"


def surprises(starts: datetime) -> list[Surprise]:
    """Why a moment (in the centre's own time) deserves a second look. Never a refusal."""
    found = []
    if starts.date() in public_holidays(starts.year):
        found.append(Surprise.HOLIDAY)
    elif starts.weekday() >= 5:
        found.append(Surprise.WEEKEND)
    if starts.time() < EARLIEST:
        found.append(Surprise.EARLY)
    elif starts.time() >= LATEST:
        found.append(Surprise.LATE)
    return found


def ends(starts: datetime, minutes: int | None) -> datetime:
    return starts + timedelta(minutes=minutes or USUAL_MINUTES)


def meet(
    starts: datetime, minutes: int | None, other_starts: datetime, other_minutes: int | None
) -> bool:
    """Whether two appointments want the same minute of the same person."""
    return starts < ends(other_starts, other_minutes) and other_starts < ends(starts, minutes)


# --- what an appointment may become --------------------------------------------------------------


class State(StrEnum):
    """The states of an appointment, as plain text: the same values as `Appointment.State`."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    SEEN = "seen"
    MISSED = "missed"
    CANCELLED = "cancelled"


# One that took place, was missed or cancelled is put back before it is rewritten: its story
# stays true.
REWRITTEN = frozenset({State.PLANNED, State.ARRIVED})


def gestures(state: str, *, starts: datetime, now: datetime) -> list[State]:
    """What may be said of an appointment now, both moments in the centre's own time.

    Nobody arrives for yesterday or for tomorrow, and nobody has missed what has not begun.
    A person who comes late, after all, is welcome.
    """
    today, begun = starts.date() == now.date(), starts <= now
    over = begun or today
    offered = {
        State.PLANNED: [
            (State.ARRIVED, today),
            (State.SEEN, over),
            (State.MISSED, begun),
            (State.CANCELLED, True),
        ],
        State.ARRIVED: [(State.SEEN, over)],
        State.MISSED: [(State.ARRIVED, today), (State.SEEN, over)],
    }
    return [wanted for wanted, open_now in offered.get(State(state), []) if open_now]


def before_it(state: str, *, arrived: bool) -> State | None:
    """The state that undoing goes back to. `arrived`: an hour of arrival is kept."""
    if state == State.PLANNED:
        return None
    if state == State.SEEN and arrived:
        return State.ARRIVED
    return State.PLANNED


# --- what is late --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """How long: a count and its unit, `today`, `days`, `weeks` or `months`."""

    count: int
    unit: str


def span(since: date, *, on: date) -> Span:
    """How long something has lasted, as people say it: in days up to two weeks, then in weeks up
    to two months, then in months. Rounded down: nobody is told more than it was."""
    days = max((on - since).days, 0)
    if days == 0:
        return Span(0, "today")
    if days < 14:
        return Span(days, "days")
    months = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    if months < 2:
        return Span(days // 7, "weeks")
    return Span(months, "months")


class Expected(StrEnum):
    UNKNOWN = "unknown"
    COMING = "coming"
    PASSED = "passed"


def expectation(expected_on: date | None, *, on: date) -> Expected:
    """What may honestly be said of the day on which something late is expected."""
    if expected_on is None:
        return Expected.UNKNOWN
    return Expected.COMING if expected_on >= on else Expected.PASSED
