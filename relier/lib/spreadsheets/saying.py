"""Days, hours and numbers as people write them in Belgium, and what can be read two ways."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final, NamedTuple

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars march mar mrt",
            "avril avr april apr", "mai may mei", "juin june jun juni", "juillet juil july jul",
            "aout august aug aou", "septembre sept sep september", "octobre oct october okt",
            "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBERS: Final = re.compile(r"(\d{1,4})\s?[/.\- ]\s?(\d{1,2})\s?[/.\- ]\s?(\d{1,4})")
_IN_WORDS: Final = re.compile(
    r"(?:[a-z]+\.?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?[\s\-/]+([a-z]+)\.?[\s\-/]+(\d{2}|\d{4})"
)
_WITH_HOUR: Final = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
# Excel counts days from here: its 1 is 1 January 1900, and it believes in 29 February 1900.
_FIRST_DAY: Final = date(1899, 12, 30)
_SERIAL: Final = (10_000, 80_000)  # from 1927 to 2119
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_HOUR: Final = re.compile(r"(\d{1,2})\s?(?:[:hu.]\s?(\d{2})?)?(?::\d{2})?")


class Days(NamedTuple):
    """How a text can be read as a day: with the day first, with the month first. Both are there,
    and differ, where nothing tells which."""

    day_first: date | None
    month_first: date | None

    @property
    def is_day(self) -> bool:
        return self.day_first is not None or self.month_first is not None

    @property
    def is_ambiguous(self) -> bool:
        both = (self.day_first, self.month_first)
        return None not in both and self.day_first != self.month_first


NO_DAY: Final = Days(None, None)


def days_of(text: str, *, latest: date) -> Days:
    """`latest`: a year in two digits is the last such year that does not come after it."""
    said = bare(_WITH_HOUR.sub("", text.strip()))
    if found := _IN_WORDS.fullmatch(said):
        month = _MONTHS.get(found[2])
        day = _date(_year(found[3], latest), month, int(found[1])) if month else None
        return Days(day, day)
    if found := _NUMBERS.fullmatch(said):
        first, middle, last = found.groups()
        if len(first) == 4:
            day = _date(int(first), int(middle), int(last)) if len(last) <= 2 else None
            return Days(day, day)
        if len(first) <= 2 and len(last) in (2, 4):
            year = _year(last, latest)
            return Days(_date(year, int(middle), int(first)), _date(year, int(first), int(middle)))
    return NO_DAY


def day_of_serial(number: str) -> date | None:
    """The day that Excel writes as this number; None for what is no likely day."""
    try:
        value = float(number)
    except ValueError:
        return None
    if not _SERIAL[0] <= value <= _SERIAL[1]:
        return None
    return _FIRST_DAY + timedelta(days=int(value))


def number_of(text: str) -> float | None:
    """A number with a comma or a point; spaces between thousands do not count."""
    said = re.sub(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3})", "", text.strip())
    return float(said.replace(",", ".")) if _NUMBER.fullmatch(said) else None


def hour_of(text: str) -> tuple[int, int] | None:
    """« 9h », « 9h30 », « 09:30 », « 9.30 »: hour and minute."""
    found = _HOUR.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _date(year: int, month: int | None, day: int) -> date | None:
    try:
        return date(year, month or 0, day)
    except ValueError:
        return None


def _year(digits: str, latest: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = latest.year // 100 * 100 + int(digits)
    return year if year <= latest.year else year - 100


def month_named(word: str) -> int | None:
    """« févr » or « February », in bare letters: which month."""
    return _MONTHS.get(word)


def bare(text: str) -> str:
    """Small letters without accents."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in split if not unicodedata.combining(one)).split())
