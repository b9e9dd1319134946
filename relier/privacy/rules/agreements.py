"""How long an agreement stands, and from which day to ask again. Plain values; no database."""

from datetime import date, timedelta

from relier.lib.days import after_months


def last_day(given_on: date, months: int) -> date | None:
    """The last day on which it stands; None for an agreement without an end (0 months)."""
    return after_months(given_on, months) if months else None


def ask_again_from(start: date, end: date, *, days: int) -> date:
    """From which day to speak of it again: `days` before the end, and never before it is half
    over, or a short one would be asked again as soon as it is given."""
    return end - min(timedelta(days=days), (end - start) // 2)
