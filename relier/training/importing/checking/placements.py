"""Placements in companies, beside what the text allows: that is said, and forbids nothing, since a
centre writes down what was."""

from collections import defaultdict
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from relier.lib.spreadsheets.saying import number_of
from relier.training.importing.drafts import PlacementDraft
from relier.training.importing.values import Reader
from relier.training.legal import rulebook
from relier.training.models import Placement
from relier.training.rules.durations import HOUR, minutes_of
from relier.training.rules.placements import Kind
from relier.training.words_of_law import amount
from relier.ui.dates import short_day

from .entries import Entries, Line, named_lines
from .frame import Checked, Frame

KINDS: Final = {
    **dict.fromkeys(
        ("acculturation", "stage d acculturation", "decouverte", "stage de decouverte",
         "observation", "stage d observation", "decouverte metier", "decouverte d un metier",
         "to discover a trade", "decouvrir un metier"),
        Kind.ACCULTURATION.value,
    ),
    **dict.fromkeys(
        ("professionnel", "stage professionnel", "mise en situation professionnelle", "pratique",
         "stage pratique", "formation en entreprise", "stage de fin de formation", "professional",
         "to practise a trade", "pratiquer un metier", "exercer un metier"),
        Kind.PROFESSIONAL.value,
    ),
}  # fmt: skip
MOST: Final = 5000 * HOUR


class Standing(NamedTuple):
    first: date
    last: date
    kind: str
    minutes: int
    line: int = 0


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    lines = named_lines(frame)
    entries = Entries(frame, checked, lines)
    standing = _standing(entries)
    for line in lines:
        _line(frame, line, entries, standing, checked)
        checked.problems += line.reader.problems
    return checked


def _line(
    frame: Frame, line: Line, entries: Entries, standing: dict[UUID, list[Standing]],
    checked: Checked,
) -> None:  # fmt: skip
    reader = line.reader
    first, last = reader.near_day("from_on"), reader.near_day("until_on")
    minutes = read_hours(reader, "placed")
    kind = reader.choice("kind", KINDS, _("discovery, professional"))
    company, signed_on = reader.words("company", 160), reader.near_day("signed_on")
    for needed in ("from_on", "until_on", "placed", "kind"):
        reader.needed(needed)
    if first is None or last is None or not minutes or not kind:
        return
    if last < first:
        reader.wrong("until_on", "until_before")
        return
    entry = entries.on(line, first, "from_on")
    if entry is None or line.is_stopped:
        return
    said = Standing(first, last, kind, minutes, line.number)
    if _crosses(reader, said, standing[entry.pk]):
        return
    standing[entry.pk].append(said)
    if entry.left_on and last > entry.left_on:
        reader.wrong("until_on", "after_leaving", day=short_day(entry.left_on))
    _beside_the_text(frame, reader, said, signed_on)
    checked.drafts.placements.append(
        PlacementDraft(
            line.number, entry.person_id, entry.pk, kind, first, last, minutes, company, signed_on
        )
    )


def _crosses(reader: Reader, said: Standing, others: list[Standing]) -> bool:
    for one in others:
        if not (one.first <= said.last and said.first <= one.last):
            continue
        if one.line:
            same = one[:4] == said[:4]
            reader.wrong("from_on", "twice" if same else "crosses", other=one.line)
        elif one[:4] == said[:4]:
            reader.wrong("from_on", "known")
        else:
            days = {"first": short_day(one.first), "last": short_day(one.last)}
            reader.wrong("from_on", "placement_otherwise", **days)
        return True
    return False


def _beside_the_text(frame: Frame, reader: Reader, said: Standing, signed_on: date | None) -> None:
    """What needs no hours followed to be seen; the page of the entry says the rest."""
    rule = rulebook(frame.actor.own_centre).rule(f"{said.kind}_hours_most", said.first)
    if said.minutes > int(rule.value) * HOUR:
        told = _("More than such a placement may last (%(most)s).") % {"most": amount(rule)}
        reader.wrong("placed", "placement_fault", said=told)
    if signed_on is None or signed_on > said.first:
        told = _("The contract of the three was not signed as it began.")
        reader.wrong("from_on", "placement_fault", said=told)


def read_hours(reader: Reader, name: str) -> int | None:
    """Minutes: a number is of hours, however large."""
    cell = reader.cell(name)
    if cell is None:
        return None
    hours = number_of(cell.text.rstrip("hH").strip())
    if hours is not None:
        minutes = round(hours * HOUR)
    elif cell.text.count(":") == 2:  # an hour of a spreadsheet: 76:00:00
        parts = [int(part) for part in cell.text.split(":") if part.isdigit()]
        minutes = parts[0] * HOUR + parts[1] if len(parts) == 3 else 0
    else:
        try:
            minutes = minutes_of(cell.text)
        except ValueError:
            minutes = 0
    if not 0 < minutes <= MOST:
        reader.wrong(name, "not_duration", said=cell.text)
        return None
    return minutes


def _standing(entries: Entries) -> dict[UUID, list[Standing]]:
    found: dict[UUID, list[Standing]] = defaultdict(list)
    rows: Any = Placement.objects.current().filter(
        enrolment__in=list(entries.every()), withdrawn=False
    )
    named = rows.order_by().values_list("enrolment", "from_on", "until_on", "kind", "minutes")
    for enrolment, first, last, kind, minutes in named:
        found[enrolment].append(Standing(first, last, kind, minutes))
    return found
