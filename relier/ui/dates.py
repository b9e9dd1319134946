"""Days and hours as people say them: « mardi 1er décembre 2026 », « 10 h 30 »."""

from datetime import date, datetime, time
from typing import TypeVar

from django.utils import timezone
from django.utils.dateformat import format as django_format
from django.utils.dateformat import time_format
from django.utils.translation import get_language

Told = TypeVar("Told", date, datetime)


def _here(value: Told) -> Told:
    """A moment is told in the centre's time, not in the database's."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _french() -> bool:
    return (get_language() or "").startswith("fr")


# How a day is written in full, where it is not as in French and English. `E` is the name of the
# month as it stands after a number.
DAYS = {"de": "l, j. F Y", "tr": "j F Y l", "uk": "l, j E Y"}


def day(value: date | datetime) -> str:
    """A day in full, with its weekday. French writes the first of a month « 1er »."""
    value = _here(value)
    order = DAYS.get((get_language() or "")[:2])
    if order:
        return django_format(value, order)
    number = "1er" if _french() and value.day == 1 else str(value.day)
    return f"{django_format(value, 'l')} {number} {django_format(value, 'F Y')}"


def short_day(value: date | datetime) -> str:
    """A day without its weekday, the month short: for dense lists only."""
    value = _here(value)
    number = "1er" if _french() and value.day == 1 else str(value.day)
    return f"{number} {django_format(value, 'N Y')}"


def hour(value: datetime | time) -> str:
    """An hour: « 10 h 30 » in French, 10:30 in English. The spaces do not break."""
    moment = _here(value) if isinstance(value, datetime) else value
    if not _french():
        return time_format(moment, "G:i")
    minutes = time_format(moment, "i")
    hours = time_format(moment, "G")
    return f"{hours}\u00a0h" if minutes == "00" else f"{hours}\u00a0h\u00a0{minutes}"


def machine(value: date | datetime | time) -> str:
    """The same for machines, for the `datetime` of a <time>."""
    if isinstance(value, datetime):
        return _here(value).isoformat(timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return value.isoformat()
