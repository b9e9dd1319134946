"""The activity report: hours of the year, ratios of supervision, and what was carried out of the
approved hours."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from relier.centres.models import Centre
from relier.lib.tables import Cell, Table
from relier.training import figures
from relier.training.figures import Approved, Line, Ratio
from relier.training.legal import rulebook
from relier.training.models import Track
from relier.training.words_of_law import figure

from . import content, pieces
from .about import About
from .content import Block, Content
from .of_a_year import approvals_of, last_day, mention, numbers, tracks_of


@dataclass(frozen=True)
class TrackYear:
    """A track in the report. `entries`: how many entries have hours in it that year; `approved`:
    hours approved for the year, None where none is noted."""

    track: Track
    line: Line
    entries: int
    ratio: Ratio | None
    approved: int | None

    @property
    def ratio_said(self) -> str:
        """« 0,1034 »: to four decimals, as the golden year has it."""
        value = self.ratio.value if self.ratio else None
        return "–" if value is None else figure(round_to(value, 4))


@dataclass(frozen=True)
class YearReport:
    year: int
    parts: list[TrackYear]
    approved: Approved
    first_year: int

    @property
    def whole(self) -> Line:
        return figures.year_of(part.line for part in self.parts)

    @property
    def entries(self) -> int:
        return sum(part.entries for part in self.parts)

    @property
    def percent_said(self) -> str:
        value = self.approved.percent
        return "–" if value is None else figure(round_to(value, 2))


def round_to(value: Fraction, places: int) -> Decimal:
    """Half goes to the even digit, as elsewhere on paper a decimal is only read."""
    return Decimal(round(value * 10**places)).scaleb(-places)


def report_of(centre: Centre, year: int) -> YearReport:
    """A dozen queries, however many tracks and people there are."""
    lines = figures.realised(centre.pk, year)
    ratios = figures.supervision_ratio(centre.pk, year)
    entries = figures.entries_counted(centre.pk, year)
    approved = figures.approved_by_track(centre.pk, year)
    years = rulebook(centre.pk).whole("approved_years", last_day(year))
    tracks = tracks_of(centre, {*lines, *ratios, *approved})
    parts = [
        TrackYear(
            track,
            lines.get(track.pk, Line()),
            entries.get(track.pk, 0),
            ratios.get(track.pk),
            approved.get(track.pk),
        )
        for track in tracks
    ]
    return YearReport(year, parts, figures.approved_hours(centre.pk, year), year - years + 1)


def report(about: About) -> Content:
    said = report_of(about.centre, about.number)
    approvals = approvals_of(about.centre, about.number)
    return Content(
        _("Activity report"),
        [
            content.facts([(_("Approvals"), ", ".join(one.number for one in approvals.values()))]),
            content.heading(_("Hours of the year")),
            hours_by_track(said),
            pieces.rounded(),
            content.heading(_("Supervision")),
            supervision_by_track(said),
            content.quiet(
                _("Hours that the whole team supervised, for an hour of training of the trainees"
                  " (order of 15 December 2016, article 14).")
            ),
            content.heading(_("Approved hours")),
            content.facts(approved_rows(said)),
            pieces.centre_signs(),
        ],
        {
            "centre": pieces.head(about.centre),
            "approval": sorted(one.number for one in approvals.values()),
            "tracks": [part.track.name for part in said.parts],
            "hours": [[str(part.track.pk), numbers(part.line)] for part in said.parts],
            "people": [[str(part.track.pk), part.entries] for part in said.parts],
            "supervision": [
                [str(part.track.pk), part.ratio.supervision, str(part.ratio.asked)]
                for part in said.parts
                if part.ratio
            ],
            "approved": [
                said.approved.approved, said.approved.carried_out, str(said.approved.asked_percent)
            ],
        },
        subtitle=str(about.number),
        is_wide=True,
        mention=mention(about, approvals),
        centre=pieces.head(about.centre),
        sheets=[hours_sheet(said), supervision_sheet(said), approved_sheet(said)],
        flat=report_flat(said),
    )  # fmt: skip


def hours_columns() -> tuple[str, ...]:
    return (
        _("Track"), _("Entries with hours"), _("Centre"), _("Partner, free"), _("Partner, paid"),
        _("Company"), _("Followed"), _("Assimilated"), _("Total"), _("Approved hours"),
    )  # fmt: skip


def hours_by_track(said: YearReport) -> Block:
    rows = [
        [
            part.track.name, str(part.entries), *map(pieces.hours_cell, numbers(part.line)),
            "–" if part.approved is None else figure(part.approved),
        ]
        for part in said.parts
    ]  # fmt: skip
    if len(rows) > 1:
        whole = map(pieces.hours_cell, numbers(said.whole))
        rows.append([_("In all"), str(said.entries), *whole, ""])
    return content.grid(
        hours_columns(),
        rows,
        total=len(said.parts) > 1,
        wide=[24, 11, 11, 11, 11, 11, 11, 12, 11, 12],
    )


def hours_sheet(said: YearReport) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (part.track.name, part.entries, *map(pieces.hours, numbers(part.line)), part.approved)
        for part in said.parts
    ]
    rows.append((_("In all"), said.entries, *map(pieces.hours, numbers(said.whole)), None))
    return Table(_("Hours"), hours_columns(), rows, total=True)


def supervision_columns() -> tuple[str, ...]:
    return (
        _("Track"), _("Hours of supervision"), _("Hours of training"), _("Ratio"), _("Asked"),
        _("Is it enough?"),
    )  # fmt: skip


def enough(is_enough: bool) -> str:
    return _("yes") if is_enough else _("no")


def supervision_by_track(said: YearReport) -> Block:
    rows = [
        [
            part.track.name, pieces.hours_cell(part.ratio.supervision),
            pieces.hours_cell(part.ratio.training), part.ratio_said,
            pieces.parted(part.ratio.asked),
            enough(part.ratio.is_enough),
        ]
        for part in said.parts
        if part.ratio
    ]  # fmt: skip
    return content.grid(supervision_columns(), rows, wide=[24, 12, 12, 9, 9, 9])


def supervision_sheet(said: YearReport) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for part in said.parts:
        if part.ratio:
            value = part.ratio.value
            ratio = None if value is None else round_to(value, 4)
            rows.append(
                (
                    part.track.name, pieces.hours(part.ratio.supervision),
                    pieces.hours(part.ratio.training), ratio, part.ratio.asked,
                    enough(part.ratio.is_enough),
                )
            )  # fmt: skip
    return Table(_("Supervision"), supervision_columns(), rows)


def years_said(said: YearReport) -> str:
    if said.first_year == said.year:
        return str(said.year)
    return _("%(first)s to %(last)s") % {"first": said.first_year, "last": said.year}


def approved_rows(said: YearReport) -> list[tuple[str, str]]:
    one = said.approved
    if not one.approved:
        return [(_("Approved"), _("no hours are noted yet"))]
    return [
        (_("Years that count together"), years_said(said)),
        (_("Approved"), hours_in_words(one.approved)),
        (_("Carried out"), hours_in_words(one.carried_out)),
        (
            _("Of a hundred approved hours"),
            _("%(done)s carried out; %(asked)s are asked") % {
                "done": said.percent_said, "asked": figure(one.asked_percent)
            },
        ),
        (_("Is it enough?"), enough(one.is_enough)),
    ]  # fmt: skip


def hours_in_words(minutes: int) -> str:
    return _("%(number)s hours") % {"number": pieces.hours_said(minutes)}


def approved_sheet(said: YearReport) -> Table:
    one = said.approved
    percent = None if one.percent is None else round_to(one.percent, 2)
    head = (
        _("Years that count together"), _("Approved"), _("Carried out"), _("Percent"), _("Asked"),
        _("Is it enough?"),
    )  # fmt: skip
    row: tuple[Cell, ...] = (
        years_said(said), pieces.hours(one.approved), pieces.hours(one.carried_out), percent,
        one.asked_percent, enough(one.is_enough) if one.approved else "",
    )  # fmt: skip
    return Table(_("Approved hours"), head, [row])


def report_flat(said: YearReport) -> Table:
    """One line a track: for a machine. What is of the whole centre stands in the spreadsheet."""
    names = hours_columns()
    head = (_("Year"), *names, *supervision_columns()[1:])
    rows: list[tuple[Cell, ...]] = []
    supervised = {row[0]: row[1:] for row in supervision_sheet(said).rows}
    for row in hours_sheet(said).rows[:-1]:
        rows.append((said.year, *row, *supervised.get(row[0], (None,) * 5)))
    return Table(str(said.year), head, rows)
