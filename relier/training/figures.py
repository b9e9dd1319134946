"""What the ledger adds up to: the annual table, the statement of a month, the ratio of supervision,
approved hours, and the entries that any number is made of.

Amounts are whole minutes; `hours_of` writes them in quarters of an hour, which is what papers bear.
Each question is a few queries that the database answers by adding up (`SUM … GROUP BY`), however
many rows there are. Nothing here names a worker, and nothing may (docs/charter.md, 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from relier.centres.models import Centre

from .hours import HOUR, Account, Carrier
from .legal import rulebook
from .models import (
    ApprovedHours,
    Enrolment,
    LedgerEntry,
    SupervisionHours,
    Track,
)

QUARTER = 15


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours, to the nearest quarter (half a quarter goes up)."""
    quarters = (abs(minutes) * 2 + QUARTER) // (2 * QUARTER)
    return Decimal(quarters if minutes >= 0 else -quarters) / 4


@dataclass
class Line:
    """Minutes of one line: by who carried them, and assimilated."""

    carried: dict[Carrier, int] = field(default_factory=lambda: dict.fromkeys(Carrier, 0))
    assimilated: int = 0

    def add(self, account: int, carrier: int, minutes: int) -> None:
        if account == Account.ASSIMILATED:
            self.assimilated += minutes
        else:
            self.carried[Carrier(carrier)] += minutes

    @property
    def centre(self) -> int:
        """Column 1 of the annual table."""
        return self.carried[Carrier.CENTRE]

    @property
    def convened_free(self) -> int:
        """Column 2: a body under agreement, free of charge."""
        return self.carried[Carrier.PARTNER_FREE]

    @property
    def convened_paid(self) -> int:
        """Column 3: a body under agreement, paid."""
        return self.carried[Carrier.PARTNER_PAID]

    @property
    def placement(self) -> int:
        """Column 4: a company, in a placement."""
        return self.carried[Carrier.COMPANY]

    @property
    def trained(self) -> int:
        """Followed anywhere but in a company."""
        return self.effective - self.placement

    @property
    def effective(self) -> int:
        return sum(self.carried.values())

    @property
    def minutes(self) -> int:
        """Both accounts: what is displayed is always their sum."""
        return self.effective + self.assimilated

    @property
    def is_something(self) -> bool:
        return bool(self.assimilated or any(self.carried.values()))


# --- the annual table (L.3) ----------------------------------------------------------------------


def annual_table(centre: UUID, year: int) -> dict[UUID, dict[int, Line]]:
    """Track -> month (1 to 12) -> its line, for the tracks that have hours that year (those that
    were all taken back are none). One query."""
    found: dict[UUID, dict[int, Line]] = {}
    rows = (
        LedgerEntry.objects.filter(centre=centre, month__range=(year * 100 + 1, year * 100 + 12))
        .order_by()
        .values_list("track", "month", "account", "carrier")
        .annotate(Sum("minutes"))
    )
    for track, month, account, carrier, minutes in rows.exclude(minutes__sum=0):
        lines = found.get(track) or found.setdefault(track, twelve_lines())
        lines[month % 100].add(account, carrier, minutes)
    return found


def annual_tables(year: int) -> dict[UUID, dict[UUID, dict[int, Line]]]:
    """Centre -> its annual table, for all that are in this database. One query, which names the
    centres: the index begins with them, and the other years are then left unread."""
    found: dict[UUID, dict[UUID, dict[int, Line]]] = defaultdict(dict)
    rows = (
        LedgerEntry.objects.filter(
            centre__in=Centre.objects.order_by().values("pk"),
            month__range=(year * 100 + 1, year * 100 + 12),
        )
        .order_by()
        .values_list("centre", "track", "month", "account", "carrier")
        .annotate(Sum("minutes"))
    )
    for centre, track, month, account, carrier, minutes in rows.exclude(minutes__sum=0):
        table = found[centre]
        lines = table.get(track) or table.setdefault(track, twelve_lines())
        lines[month % 100].add(account, carrier, minutes)
    return found


def twelve_lines() -> dict[int, Line]:
    return {number: Line() for number in range(1, 13)}


def year_of(lines: Iterable[Line]) -> Line:
    """The line under them."""
    whole = Line()
    for line in lines:
        for carrier, minutes in line.carried.items():
            whole.carried[carrier] += minutes
        whole.assimilated += line.assimilated
    return whole


def rest_of(whole: Line, part: Line) -> Line:
    """What is in the whole line and not in the part."""
    rest = Line()
    for carrier, minutes in whole.carried.items():
        rest.carried[carrier] = minutes - part.carried[carrier]
    rest.assimilated = whole.assimilated - part.assimilated
    return rest


def of_track(track: Track, month: int) -> Line:
    """All that counts in a month (as 202611) of a track. One query."""
    line = Line()
    rows = LedgerEntry.objects.filter(centre=track.centre_id, track=track, month=month).order_by()
    for account, carrier, minutes in rows.values_list("account", "carrier").annotate(
        Sum("minutes")
    ):
        line.add(account, carrier, minutes)
    return line


# --- the statement of a month (état de prestation) -----------------------------------------------


@dataclass
class Statement:
    """A trainee's month. `days` and `placement_days`: days with hours followed in training, and in
    a company. `late`: minutes posted after the month was closed, already in the others."""

    enrolment: UUID
    line: Line = field(default_factory=Line)
    days: int = 0
    placement_days: int = 0
    late: int = 0


def month_statement(enrolments: Iterable[Enrolment], month: int) -> dict[UUID, Statement]:
    """Enrolment -> its month (as 202611): only those with hours in it. The page limits
    `enrolments` to what its reader may see. One query."""
    known = {one.ledger_key: one.pk for one in enrolments}
    found: dict[UUID, Statement] = {}
    days: dict[tuple[UUID, bool], dict[Any, int]] = defaultdict(lambda: defaultdict(int))
    rows = (
        LedgerEntry.objects.filter(trainee__in=list(known), month=month)
        .order_by()
        .values_list("trainee", "day", "account", "carrier", "is_late")
        .annotate(Sum("minutes"))
    )
    for trainee, day, account, carrier, is_late, minutes in rows:
        statement = found.setdefault(known[trainee], Statement(known[trainee]))
        statement.line.add(account, carrier, minutes)
        statement.late += minutes if is_late else 0
        if account == Account.EFFECTIVE:
            days[known[trainee], carrier == Carrier.COMPANY][day] += minutes
    for (enrolment, in_company), of_day in days.items():
        number = sum(1 for minutes in of_day.values() if minutes)
        if in_company:
            found[enrolment].placement_days = number
        else:
            found[enrolment].days = number
    return found


def statement_when_closed(enrolments: Iterable[Enrolment], month: int) -> dict[UUID, Line]:
    """Enrolment -> its month as it stood when it was closed: without what was posted after. The
    same as now where the month is not closed. One query."""
    known = {one.ledger_key: one.pk for one in enrolments}
    found: dict[UUID, Line] = defaultdict(Line)
    rows = (
        LedgerEntry.objects.filter(trainee__in=list(known), month=month, is_late=False)
        .order_by()
        .values_list("trainee", "account", "carrier")
        .annotate(Sum("minutes"))
    )
    for trainee, account, carrier, minutes in rows:
        found[known[trainee]].add(account, carrier, minutes)
    return dict(found)


def minutes_of(enrolment: Enrolment) -> Line:
    """All that counts of one enrolment. One query."""
    line = Line()
    rows = LedgerEntry.objects.of([enrolment]).order_by().values_list("account", "carrier")
    for account, carrier, minutes in rows.annotate(Sum("minutes")):
        line.add(account, carrier, minutes)
    return line


def by_month(rows: "QuerySet[LedgerEntry]") -> list[tuple[int, int, int, bool, int]]:
    """(month, account, carrier, late, minutes) of these entries. One query."""
    groups: Any = rows.order_by().values_list("month", "account", "carrier", "is_late")
    return list(groups.annotate(Sum("minutes")))


def total_of_each(rows: "QuerySet[LedgerEntry]") -> "QuerySet[LedgerEntry, Any]":
    """The minutes of these entries, for each trainee among them: a question inside another."""
    return rows.order_by().values("trainee").annotate(total=Sum("minutes")).values("total")


def minutes_of_each(enrolments: Iterable[Enrolment]) -> dict[UUID, int]:
    """Enrolment -> all that counts of it, both accounts: only those with entries. One query."""
    known = {one.ledger_key: one.pk for one in enrolments}
    rows: Any = LedgerEntry.objects.filter(trainee__in=list(known)).order_by()
    sums = rows.values_list("trainee").annotate(Sum("minutes"))
    return {known[trainee]: minutes for trainee, minutes in sums}


BY_SOURCE = ("trainee", "source", "track", "day", "ground")


def counted_by_source(centre: UUID, year: int, scheme: str) -> list[tuple[Any, ...]]:
    """(*BY_SOURCE, minutes) of all that counts in a year under one text. One query."""
    rows: Any = LedgerEntry.objects.filter(
        centre=centre, month__range=(year * 100 + 1, year * 100 + 12), track__scheme=scheme
    )
    sums = rows.order_by().values_list(*BY_SOURCE).annotate(total=Sum("minutes"))
    return list(sums.exclude(total=0))


def followed_by_day(enrolment: Enrolment) -> list[tuple[date, int, int]]:
    """(day, carrier, minutes) of the hours that were followed. One query."""
    rows: Any = LedgerEntry.objects.of([enrolment]).filter(account=Account.EFFECTIVE)
    return list(rows.order_by().values_list("day", "carrier").annotate(Sum("minutes")))


# --- why this number? ----------------------------------------------------------------------------


def entries_of(rows: "QuerySet[LedgerEntry]", **figure: Any) -> "QuerySet[LedgerEntry]":
    """The entries that a figure is made of, the latest posting last. `rows`: what the reader may
    see (`LedgerEntry.objects.visible_to(actor)`); `figure`: the same words as its cell, such as
    month=202611, track=…, account=…, carrier=…, trainee=….

    What they add up to is the figure, to the minute.
    """
    return rows.filter(**figure).select_related("posting").order_by("day", "posting__at", "pk")


# --- supervision, approved hours -----------------------------------------------------------------


@dataclass(frozen=True)
class Ratio:
    """Hours of supervision for an hour of training, in a track and a year, beside what is asked.
    `value` is None where there was no training."""

    track: UUID
    supervision: int
    training: int
    asked: Decimal

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.supervision, self.training) if self.training else None

    @property
    def is_enough(self) -> bool:
        return self.training == 0 or self.supervision >= self.asked * self.training


def supervision_ratio(centre: UUID, year: int) -> dict[UUID, Ratio]:
    """Track -> its ratio (order, article 14): hours that the team supervised over the hours of
    training of the trainees, both accounts. Four queries."""
    supervision = dict(
        SupervisionHours.objects.filter(centre=centre, day__year=year)
        .order_by()
        .values_list("track")
        .annotate(Sum("minutes"))
    )
    training = realised(centre, year)
    # Open late in the year: the rule of its last day.
    book, day = rulebook(centre), _last_day(year)
    tracks = Track.objects.filter(pk__in={*supervision, *training})
    return {
        one.pk: Ratio(
            one.pk,
            supervision.get(one.pk, 0),
            training[one.pk].minutes if one.pk in training else 0,
            book.number(one.supervision_rule, day),
        )
        for one in tracks
    }


def _last_day(year: int) -> date:
    return date(year, 12, 31)


def realised(centre: UUID, year: int) -> dict[UUID, Line]:
    """Track -> all its hours of a year. One query."""
    found: dict[UUID, Line] = defaultdict(Line)
    rows = (
        LedgerEntry.objects.filter(centre=centre, month__range=(year * 100 + 1, year * 100 + 12))
        .order_by()
        .values_list("track", "account", "carrier")
        .annotate(Sum("minutes"))
    )
    for track, account, carrier, minutes in rows:
        found[track].add(account, carrier, minutes)
    return dict(found)


def entries_counted(centre: UUID, year: int) -> dict[UUID, int]:
    """Track -> how many entries have hours in a year. One query, a row for each of them."""
    found: dict[UUID, int] = defaultdict(int)
    rows = (
        LedgerEntry.objects.filter(centre=centre, month__range=(year * 100 + 1, year * 100 + 12))
        .order_by()
        .values("track", "trainee")
        .annotate(total=Sum("minutes"))
        .exclude(total=0)
    )
    for track in rows.values_list("track", flat=True):
        found[track] += 1
    return dict(found)


@dataclass(frozen=True)
class Approved:
    """Hours carried out over the years that count together, without those that a partner gives free
    of charge, beside those approved. Minutes."""

    approved: int
    carried_out: int
    asked_percent: Decimal

    @property
    def percent(self) -> Fraction | None:
        """How many were carried out of a hundred approved; None where none is approved."""
        return Fraction(self.carried_out * 100, self.approved) if self.approved else None

    @property
    def is_enough(self) -> bool:
        return self.carried_out * 100 >= self.approved * self.asked_percent


def approved_by_track(centre: UUID, year: int) -> dict[UUID, int]:
    """Track -> hours (not minutes) approved for it in a year. One query."""
    rows = ApprovedHours.objects.filter(centre=centre, year=year).order_by()
    return dict(rows.values_list("track").annotate(Sum("hours")))


def approved_hours(centre: UUID, year: int) -> Approved:
    """What the subsidy rests on (order, articles 30 and 33), over the years that end with `year`.
    A few queries: one a year, and two."""
    book = rulebook(centre)
    day = _last_day(year)
    years = range(year - book.whole("approved_years", day) + 1, year + 1)
    carried_out = 0
    for one in years:
        lines: Mapping[UUID, Line] = realised(centre, one)
        carried_out += sum(line.minutes - line.convened_free for line in lines.values())
    hours = ApprovedHours.objects.filter(centre=centre, year__in=years)
    approved = sum(hours.values_list("hours", flat=True)) * HOUR
    return Approved(approved, carried_out, book.number("approved_percent_least", day))
