"""The statement of a month (état de prestation): of one person, or of everyone in a track.

Hours that count, in both accounts; on which ground, nowhere. The number of the national register is
not in Relier: its column is left to be filled by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relier.lib.tables import Cell, Table
from relier.training import figures
from relier.training.figures import Line, Statement
from relier.training.models import Approval, Enrolment, MonthClosing, Track
from relier.ui import dates

from . import content, pieces
from .about import About
from .content import Content

Row = tuple[Enrolment, Statement]


@dataclass(frozen=True)
class Shown:
    """A line of the table. `days`: None where they are not known by person any more."""

    name: str
    line: Line
    days: int | None = None
    placement_days: int | None = None

    @property
    def numbers(self) -> list[int]:
        """Minutes, in the order of the columns."""
        line = self.line
        return [line.trained, line.placement, line.effective, line.assimilated, line.minutes]


def last_day(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def of_person_missing(about: About) -> str:
    if figures.month_statement([about.entry], about.number):
        return ""
    return _("No hours count in that month.")


def of_person(about: About) -> Content:
    """Four queries."""
    enrolment = about.entry
    found = figures.month_statement([enrolment], about.number)
    row = (enrolment, found.get(enrolment.pk) or Statement(enrolment.pk))
    return statement(about, enrolment.track, [row], is_of_one=True)


def entries_of(track: Track, month: int) -> list[Enrolment]:
    """Those whose hours count in a month of a track, by name. Whoever was erased is not there: the
    ledger alone has their hours. One query."""
    first = date(month // 100, month % 100, 1)
    rows = Enrolment.objects.filter(track=track, entered_on__lte=last_day(first))
    rows = rows.not_left_before(first).filter(person__root__set_aside_at=None)
    found = rows.select_related("person__root", "track", "programme", "centre").order_by()
    return sorted(found, key=lambda one: (one.person.root.name.casefold(), one.entered_on, one.pk))


def rows_of(track: Track, month: int) -> list[Row]:
    """Two queries."""
    enrolments = entries_of(track, month)
    found = figures.month_statement(enrolments, month)
    return [(one, found[one.pk]) for one in enrolments if one.pk in found]


def of_track_missing(about: About) -> str:
    return "" if rows_of(about.of_track, about.number) else _("No hours count in that month.")


def of_track(about: About) -> Content:
    """Six queries, however many people there are."""
    rows = rows_of(about.of_track, about.number)
    return statement(about, about.of_track, rows, is_of_one=False)


def shown_of(rows: Iterable[Row]) -> list[Shown]:
    return [
        Shown(entry.person.root.name, one.line, one.days, one.placement_days) for entry, one in rows
    ]


def without_a_file(track: Track, month: int, rows: Iterable[Row]) -> list[Shown]:
    """Hours of the track whose file is not here any more: they still count, so that this statement
    and the table of the year say the same. One query."""
    counted = figures.year_of(one.line for _entry, one in rows)
    rest = figures.rest_of(figures.of_track(track, month), counted)
    return [Shown(_("Files that are not here any more"), rest)] if rest.is_something else []


def statement(about: About, track: Track, rows: Sequence[Row], *, is_of_one: bool) -> Content:
    first = about.first_day
    approval = pieces.approval_on(about.centre, track.scheme, last_day(first))
    closing = MonthClosing.objects.filter(centre=about.centre, month=about.number).first()
    shown = shown_of(rows)
    if not is_of_one:
        shown += without_a_file(track, about.number, rows)
    whole = Shown(_("In all"), figures.year_of(one.line for one in shown))
    late = sum(one.late for _entry, one in rows)
    closed = dates.day(closing.closed_at) if closing else ""
    table = Table(
        f"{track.name} {about.number}", head(), [cells(one) for one in [*shown, whole]], total=True
    )
    return Content(
        _("Statement of the month"),
        [
            content.facts(
                [
                    (_("Person"), shown[0].name if is_of_one else ""),
                    (_("Track"), pieces.track_in_words(track)),
                    (_("Approval"), pieces.number_of(approval)),
                    (_("The month is closed since"), closed),
                    (_("Of which after it was closed"), pieces.hours_told(late) if late else ""),
                ]
            ),
            read_by_eye(shown, whole),
            pieces.rounded(),
            content.quiet(
                _("The number of the national register is not kept in Relier: it is written by"
                  " hand.")
            ),
            pieces.both_sign(rows[0][0]) if is_of_one else pieces.centre_signs(),
        ],
        {
            "centre": pieces.head(about.centre),
            "approval": pieces.number_of(approval),
            "track": pieces.track_in_words(track),
            "people": sorted(one.name for one in shown),
            "hours": [[one.name, one.days, one.placement_days, *one.numbers] for one in shown],
            "closing": closed,
        },
        subtitle=capfirst(pieces.month(first)),
        is_wide=True,
        mention=pieces.mention(approval, pieces.ON_RETURNS, about.on),
        centre=pieces.head(about.centre),
        sheets=[table],
        flat=flat_of(table, track, about.number, approval),
    )  # fmt: skip


def head() -> tuple[str, ...]:
    return (
        _("Name"), _("National register number"), _("Days in training"), _("Days in placement"),
        _("Hours in training"), _("Hours in placement"), _("Hours followed"),
        _("Assimilated hours"), _("Total"),
    )  # fmt: skip


def cells(one: Shown) -> tuple[Cell, ...]:
    return (one.name, "", one.days, one.placement_days, *map(pieces.hours, one.numbers))


def flat_of(table: Table, track: Track, month: int, approval: Approval | None) -> Table:
    """One line a person, each saying of which track and month, without the total: for a machine."""
    before = (_("Track"), _("Approval"), _("Month"))
    said = (track.name, pieces.number_of(approval), f"{month // 100}-{month % 100:02}")
    return Table(table.name, (*before, *table.head), [(*said, *row) for row in table.rows[:-1]])


def read_by_eye(shown: Sequence[Shown], whole: Shown) -> content.Block:
    several = len(shown) > 1
    lines = [
        [one.name, "", count(one.days), count(one.placement_days),
         *map(pieces.hours_cell, one.numbers)]
        for one in ([*shown, whole] if several else shown)
    ]  # fmt: skip
    return content.grid(
        head(), lines, numbers_from=2, total=several, wide=[24, 18, 9, 10, 10, 10, 10, 11, 9]
    )


def count(days: int | None) -> str:
    return "" if days is None else str(days)


def named(about: About) -> list[UUID]:
    """The entries that a statement of a track names."""
    return [entry.pk for entry, _one in rows_of(about.of_track, about.number)]
