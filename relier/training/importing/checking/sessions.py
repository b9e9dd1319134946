"""Sessions: a day, an hour, how long, of which track or workshop."""

from datetime import date, time
from typing import Any
from uuid import UUID

from relier.lib.names import fold
from relier.training.importing.drafts import SessionDraft
from relier.training.importing.problems import Weight
from relier.training.importing.values import Reader
from relier.training.models import Session
from relier.training.rules.durations import HOUR

from .frame import Checked, Frame

Key = tuple[date, time, UUID | None, str]


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    read = [(reader, read_line(frame, reader)) for reader in frame.readers()]
    days = [draft.day for _reader, draft in read if draft]
    there = standing(frame, min(days), max(days)) if days else set()
    seen: dict[Key, int] = {}
    for reader, draft in read:
        if draft is not None:
            key = key_of(draft)
            if key in seen:
                reader.wrong("day", "twice", other=seen[key])
            elif key in there:
                reader.wrong("day", "known")
            elif not any(one.weight is Weight.STOPS for one in reader.problems):
                checked.drafts.sessions.append(draft)
            seen.setdefault(key, reader.row.line)
        checked.problems += reader.problems
    return checked


def key_of(one: Any) -> Key:
    """What makes two sessions one; of a draft, or of values read from the database."""
    return one.day, one.starts_at, one.track, fold(one.name)


def standing(frame: Frame, start: date, end: date) -> set[Key]:
    rows = Session.objects.visible_to(frame.actor).filter(day__range=(start, end)).order_by()
    named = rows.values_list("day", "starts_at", "track", "name")
    return {(day, starts_at, track, fold(name)) for day, starts_at, track, name in named}


def read_line(frame: Frame, reader: Reader) -> SessionDraft | None:
    day, starts_at, ends_at = (
        reader.near_day("day"),
        reader.hour("starts_at"),
        reader.hour("ends_at"),
    )
    lasts = reader.minutes("lasts")
    track, name = frame.track(reader), reader.words("session_name", 120)
    team = track.team if track and reader.is_blank("team") else frame.team(reader)
    place = reader.words("place", 120)
    for needed in ("day", "starts_at"):
        reader.needed(needed)
    if lasts is None and starts_at and ends_at:
        lasts = minutes_between(reader, starts_at, ends_at)
    elif lasts is None and ends_at is None:
        reader.needed("lasts" if "lasts" in reader.columns else "ends_at")
    if not name and track is None and reader.is_blank("track"):
        reader.needed("session_name" if "session_name" in reader.columns else "track")
    name = name or (track.name if track else "")
    if day is None or starts_at is None or not lasts or not name or team is None:
        return None
    return SessionDraft(
        reader.row.line, name, day, starts_at, lasts, team.pk, track.pk if track else None, place
    )


def minutes_between(reader: Reader, starts_at: time, ends_at: time) -> int | None:
    lasts = (ends_at.hour - starts_at.hour) * HOUR + ends_at.minute - starts_at.minute
    if lasts <= 0:
        reader.wrong("ends_at", "ends_before")
        return None
    return lasts
