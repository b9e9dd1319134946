"""How long, as people write it: « 1h30 », « 1:30 », « 90 », « 2 »; and as we say it again."""

import re

HOUR = 60
# A bare number below is hours (nobody follows less than a quarter of an hour), from it on minutes.
MINUTES_FROM = 15

_CLOCK = re.compile(r"(\d{1,2}) ?(?:h|:|u) ?(\d{1,2})? ?(?:m|min|mn)?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,4}) ?(?:m|min|mn|minutes?)", re.IGNORECASE)
_DECIMAL = re.compile(r"(\d{1,2})[.,](\d{1,2}) ?h?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")


def minutes_of(text: str) -> int:
    """Whole minutes. Raises ValueError for what says no duration, or minutes past 59 (1h75)."""
    said = " ".join(text.split())
    if found := _CLOCK.fullmatch(said):
        minutes = int(found[2] or 0)
        if minutes >= HOUR:
            raise ValueError(said)
        return int(found[1]) * HOUR + minutes
    if found := _MINUTES.fullmatch(said):
        return int(found[1])
    if found := _DECIMAL.fullmatch(said):
        return round(float(f"{found[1]}.{found[2]}") * HOUR)
    if _NUMBER.fullmatch(said):
        number = int(said)
        return number if number >= MINUTES_FROM else number * HOUR
    raise ValueError(said)


def told(minutes: int) -> str:
    """« 1 h 30 », « 6 h », « 45 min »: read again by `minutes_of`. The spaces do not break."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"
