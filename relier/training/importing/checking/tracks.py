"""Tracks, and the programme of each when its hours are said: one unit, as long as the whole."""

from datetime import date

from django.core.exceptions import ValidationError

from relier.lib.names import fold
from relier.lib.spreadsheets.saying import number_of
from relier.training.actions.tracks import check_length
from relier.training.importing.drafts import TrackDraft
from relier.training.importing.problems import Weight
from relier.training.importing.values import Reader
from relier.training.models import Track
from relier.training.rules.durations import HOUR

from .frame import Checked, Frame

SCHEMES = {
    "cisp": Track.Scheme.CISP, "eft": Track.Scheme.CISP, "defi": Track.Scheme.CISP,
    "digistart": Track.Scheme.DIGISTART, "pmtic": Track.Scheme.DIGISTART,
}  # fmt: skip
CATEGORIES = {
    "orientation": Track.Category.ORIENTATION,
    "orientation professionnelle": Track.Category.ORIENTATION,
    "base": Track.Category.BASE, "formation de base": Track.Category.BASE,
    "basic training": Track.Category.BASE, "alpha": Track.Category.LITERACY,
    "alphabetisation": Track.Category.LITERACY, "literacy": Track.Category.LITERACY,
    "professionnalisante": Track.Category.PROFESSIONAL,
    "formation professionnalisante": Track.Category.PROFESSIONAL,
    "professional training": Track.Category.PROFESSIONAL,
    "professional": Track.Category.PROFESSIONAL,
}  # fmt: skip
METHODS = {"defi": Track.Method.DEFI, "eft": Track.Method.EFT}


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    seen: dict[str, int] = {}
    for reader in frame.readers():
        draft = read_line(frame, reader)
        if draft is not None:
            name = fold(draft.name)
            if name in seen:
                reader.wrong("track", "twice", other=seen[name])
            elif name in frame.tracks:
                reader.wrong("track", "known")
            elif not any(one.weight is Weight.STOPS for one in reader.problems):
                checked.drafts.tracks.append(draft)
            seen.setdefault(name, reader.row.line)
        checked.problems += reader.problems
    return checked


def read_line(frame: Frame, reader: Reader) -> TrackDraft | None:
    name, team = reader.name("track", 120), frame.team(reader)
    if not name:
        reader.needed("track")
    opened = reader.near_day("opened_on") or date(frame.today.year, 1, 1)
    scheme = reader.choice("scheme", SCHEMES, "CISP, Digistart") or Track.Scheme.CISP
    category = reader.choice("category", CATEGORIES, said(Track.Category))
    method = reader.choice("method", METHODS, "DéFI, EFT")
    code, programme = reader.words("cedefop", 10), reader.words("programme", 160)
    minutes = hours_of(reader, scheme, opened, frame)
    if not name or team is None:
        return None
    return TrackDraft(
        reader.row.line, name, team.pk, opened, scheme, category, method, code,
        programme or name, minutes,
    )  # fmt: skip


def said(choices: type[Track.Category]) -> str:
    return ", ".join(str(label) for label in choices.labels)


def hours_of(reader: Reader, scheme: str, on: date, frame: Frame) -> int:
    """Minutes of the programme; 0 where no hours are said."""
    cell = reader.cell("hours")
    if cell is None:
        return 0
    hours = number_of(cell.text.removesuffix("h").removesuffix("H").strip())
    if hours is None or not 0 < hours < 10_000:
        reader.wrong("hours", "not_duration", said=cell.text)
        return 0
    minutes = round(hours * HOUR)
    try:
        check_length(Track(scheme=scheme, centre_id=frame.actor.own_centre), minutes, on=on)
    except ValidationError as refused:
        reader.wrong("hours", "programme_length", said=" ".join(refused.messages))
    return minutes
