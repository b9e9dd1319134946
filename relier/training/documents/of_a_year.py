"""The year of a centre: the annual table of hours (document L.3), and what the activity report
shares with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relier.centres.models import Centre
from relier.lib.tables import Cell, Table
from relier.training import figures
from relier.training.figures import Line
from relier.training.models import Approval, Track

from . import content, pieces
from .about import About
from .content import Block, Content

MONTHS = range(1, 13)


def last_day(year: int) -> date:
    return date(year, 12, 31)


def approvals_of(centre: Centre, year: int) -> dict[str, Approval]:
    """Scheme -> the approval that counted last in a year. One query."""
    rows = Approval.objects.filter(centre=centre, from_on__lte=last_day(year))
    rows = rows.filter(until_on__gte=date(year, 1, 1)).order_by("from_on", "pk")
    return {row.scheme: row for row in rows}


def mention(about: About, approvals: Mapping[str, Approval]) -> str:
    """That of a CISP before that of Digistart: a return of both bears one mention."""
    chosen = approvals.get(Track.Scheme.CISP) or next(iter(approvals.values()), None)
    return pieces.mention(chosen, pieces.ON_RETURNS, about.on)


def tracks_of(centre: Centre, ids: Iterable[UUID]) -> list[Track]:
    return list(Track.objects.filter(centre=centre, pk__in=list(ids)))


def nothing(about: About) -> str:
    if figures.realised(about.centre.pk, about.number):
        return ""
    return _("No hours count in that year.")


def columns() -> tuple[str, ...]:
    return (
        _("Month"), _("Centre (1)"), _("Partner, free (2)"), _("Partner, paid (3)"),
        _("Company (4)"), _("Followed (5)"), _("Assimilated (6)"), _("Total"),
    )  # fmt: skip


def numbers(line: Line) -> list[int]:
    """Minutes, in the order of the columns."""
    return [
        line.centre, line.convened_free, line.convened_paid, line.placement, line.effective,
        line.assimilated, line.minutes,
    ]  # fmt: skip


@dataclass(frozen=True)
class OfTrack:
    """A track of the table; `lines`: month -> its line."""

    track: Track
    approval: str
    lines: Mapping[int, Line]

    @property
    def whole(self) -> Line:
        return figures.year_of(self.lines.values())


def annual_parts(centre: Centre, year: int) -> list[OfTrack]:
    """Three queries."""
    table = figures.annual_table(centre.pk, year)
    approvals = approvals_of(centre, year)
    return [
        OfTrack(track, pieces.number_of(approvals.get(track.scheme)), table[track.pk])
        for track in tracks_of(centre, table)
    ]


def annual(about: About) -> Content:
    """Document L.3. Six queries, however many tracks there are."""
    year = about.number
    parts = annual_parts(about.centre, year)
    blocks: list[Block] = []
    for part in parts:
        blocks += [
            content.heading(part.track.name),
            content.facts(
                [
                    (_("Approval"), part.approval),
                    (_("Cedefop code"), part.track.cedefop_code),
                    (_("Category"), category(part.track)),
                ]
            ),
            by_month(part),
        ]
    return Content(
        _("Annual table of hours worked and assimilated"),
        [*blocks, pieces.rounded(), pieces.centre_signs()],
        {
            "centre": pieces.head(about.centre),
            "approval": sorted({part.approval for part in parts}),
            "tracks": [[part.track.name, part.track.cedefop_code] for part in parts],
            "hours": [
                [str(part.track.pk), [numbers(part.lines[month]) for month in MONTHS]]
                for part in parts
            ],
        },
        subtitle=_("Document L.3, year %(year)s") % {"year": year},
        mention=mention(about, approvals_of(about.centre, year)),
        centre=pieces.head(about.centre),
        sheets=[sheet_of(part, year) for part in parts],
        flat=annual_flat(parts, year),
    )


def category(track: Track) -> str:
    return capfirst(track.get_category_display()) if track.category else ""


def month_name(year: int, month: int) -> str:
    return capfirst(pieces.month(date(year, month, 1)).rsplit(" ", 1)[0])


def by_month(part: OfTrack) -> Block:
    rows = [
        [month_name(2000, month), *map(pieces.hours_cell, numbers(part.lines[month]))]
        for month in MONTHS
    ]
    rows.append([_("In all"), *map(pieces.hours_cell, numbers(part.whole))])
    wide = [13, 10, 13, 13, 12, 10, 13, 11]
    return content.grid(columns(), rows, total=True, wide=wide, keeps_whole=True)


def sheet_of(part: OfTrack, year: int) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (month_name(year, month), *map(pieces.hours, numbers(part.lines[month])))
        for month in MONTHS
    ]
    rows.append((_("In all"), *map(pieces.hours, numbers(part.whole))))
    return Table(part.track.name, columns(), rows, total=True)


def annual_flat(parts: Iterable[OfTrack], year: int) -> Table:
    """One line a track and month, months as numbers, without totals: for a machine."""
    head = (_("Track"), _("Approval"), _("Cedefop code"), _("Year"), *columns())
    rows: list[tuple[Cell, ...]] = [
        (
            part.track.name, part.approval, part.track.cedefop_code, year, month,
            *map(pieces.hours, numbers(part.lines[month])),
        )
        for part in parts
        for month in MONTHS
    ]  # fmt: skip
    return Table(str(year), head, rows)
