"""What `training.py` measures, inside the database that it names."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.training_settings")
django.setup()

from django.db import OperationalError, ProgrammingError, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from relier.centres.models import Centre, Member  # noqa: E402
from relier.training import figures  # noqa: E402
from relier.training.models import LedgerEntry, Participation, Presence, Session  # noqa: E402
from relier.training.visits.facts import facts_of  # noqa: E402

ONE_CENTRE, ALL_CENTRES, RATIO = 1.0, 60.0, 3.0
PEOPLE = (3, 12, 300)
TIMES = 7

# The floor: nothing but the database, over the same rows.
OF_CENTRE = """
SELECT track_id, month, account, carrier, SUM(minutes) FROM training_ledgerentry
WHERE centre_id = %s AND month BETWEEN %s AND %s GROUP BY track_id, month, account, carrier
"""
OF_ALL = """
SELECT centre_id, track_id, month, account, carrier, SUM(minutes) FROM training_ledgerentry
WHERE centre_id IN (SELECT id FROM centres_centre) AND month BETWEEN %s AND %s
GROUP BY centre_id, track_id, month, account, carrier
"""
# For the record: without a ledger, from the presences themselves.
OF_PRESENCES = """
SELECT s.track_id, s.day, SUM(p.minutes) FROM training_presence p
JOIN training_session s ON s.id = p.session_id
WHERE s.centre_id = %s AND s.day BETWEEN %s AND %s GROUP BY s.track_id, s.day
"""


def main() -> int:
    if "--is-planted" in sys.argv:
        return int(not is_planted())
    setup_test_environment(debug=False)  # answers keep the form that they drew
    year = timezone.localdate().year - 1
    centres = list(Centre.objects.order_by("name"))
    print(
        f"{len(centres)} centres, {Presence.objects.count():,} rows of presence, "
        f"{LedgerEntry.objects.count():,} entries".replace(",", " ")
    )
    faults = [*one_centre(centres, year), *all_centres(year), *grids(centres[0])]
    visit(centres, year)
    print("\n".join(faults))
    return int(bool(faults))


def is_planted() -> bool:
    try:
        return bool(LedgerEntry.objects.exists())
    except (OperationalError, ProgrammingError):
        return False


def timed(deed: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = deed()
    return time.perf_counter() - began, found


def least(deed: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of several: some milliseconds are lost in the noise of a busy machine."""
    runs = [timed(deed) for _ in range(TIMES)]
    return min(runs, key=lambda run: run[0])


def rows_of(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def as_id(centre: Centre) -> Any:
    return centre.pk if connection.vendor == "postgresql" else centre.pk.hex


def said(what: str, first: float, ours: float, floor: float) -> str:
    return (
        f"{what:32} first {first:7.3f} s  then {ours:7.4f} s  plain SQL {floor:7.4f} s  "
        f"ratio {ours / floor:.2f}"
    )


def one_centre(centres: list[Centre], year: int) -> list[str]:
    """Each centre once as it comes (from the disk, for the first), then again; the floor reads what
    was read just before, as ours does."""
    chosen = centres[:: max(1, len(centres) // TIMES)][:TIMES]
    months = [year * 100 + 1, year * 100 + 12]
    days = [f"{year}-01-01", f"{year}-12-31"]
    firsts, ours, floors, presences = [], [], [], []
    faults = []
    for centre in chosen:
        firsts.append(timed(lambda c=centre: figures.annual_table(c.pk, year))[0])
        took, table = least(lambda c=centre: figures.annual_table(c.pk, year))
        floor, rows = least(lambda c=centre: rows_of(OF_CENTRE, [as_id(c), *months]))
        presences.append(timed(lambda c=centre: rows_of(OF_PRESENCES, [as_id(c), *days]))[0])
        ours.append(took)
        floors.append(floor)
        total = sum(line.minutes for lines in table.values() for line in lines.values())
        if total != sum(row[-1] for row in rows):
            faults.append(f"{centre}: the totals differ")
    print(said("annual return of one centre", max(firsts), *map(statistics.median, (ours, floors))))
    print(f"{'  from the presences, for the record':60} {statistics.median(presences):7.4f} s")
    if max(firsts + ours) > ONE_CENTRE:
        faults.append(f"one centre took {max(firsts + ours):.2f} s, at most {ONE_CENTRE:.0f}")
    return [*faults, *beyond("one centre", ours, floors)]


def all_centres(year: int) -> list[str]:
    months = [year * 100 + 1, year * 100 + 12]
    first, _ = timed(lambda: figures.annual_tables(year))
    ours, floors, faults = [], [], []
    for _ in range(3):
        took, tables = timed(lambda: figures.annual_tables(year))
        floor, rows = timed(lambda: rows_of(OF_ALL, months))
        ours.append(took)
        floors.append(floor)
    total = sum(
        line.minutes
        for table in tables.values()
        for lines in table.values()
        for line in lines.values()
    )
    if total != sum(row[-1] for row in rows):
        faults.append("all centres: the totals differ")
    print(said("annual return of all centres", first, *map(statistics.median, (ours, floors))))
    if max(first, *ours) > ALL_CENTRES:
        faults.append(f"all centres took {max(first, *ours):.1f} s, at most {ALL_CENTRES:.0f}")
    return [*faults, *beyond("all centres", ours, floors)]


def beyond(what: str, ours: list[float], floors: list[float]) -> list[str]:
    ratio = statistics.median(ours) / statistics.median(floors)
    return [f"{what}: {ratio:.1f} times the floor, at most {RATIO:.0f}"] if ratio > RATIO else []


class Undone(Exception):  # noqa: N818 — no fault: what was asked is known
    """What was planted for a measure is taken back."""


def grids(centre: Centre) -> list[str]:
    """Queries of the page of the grid for so many people expected, and how long it takes."""
    coordinator = Member.objects.select_related("user", "centre").filter(centre=centre).first()
    taken = Session.objects.filter(centre=centre, presences__isnull=False).order_by("-day", "pk")
    session = taken.first()
    people = list(
        Presence.objects.filter(centre=centre)
        .exclude(session=session)
        .order_by()
        .values_list("person", flat=True)
        .distinct()[: max(PEOPLE)]
    )
    counts = {}
    for number in PEOPLE:
        try:
            with transaction.atomic():
                counts[number] = grid(session, people[:number], coordinator)
                raise Undone
        except Undone:
            continue
    for number, (queries, took) in counts.items():
        print(f"grid of {number:3} people expected     {queries} queries  {took:7.4f} s")
    if len({queries for queries, _ in counts.values()}) > 1:
        return ["the queries of a grid depend on how many are in it"]
    return []


def grid(session: Session, people: list[Any], coordinator: Member) -> tuple[int, float]:
    from_on = session.day - timedelta(days=1)
    alone = Session.objects.create(
        centre_id=session.centre_id, team_id=session.team_id, track_id=session.track_id,
        name="…", day=session.day, starts_at=session.starts_at, minutes=session.minutes,
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(centre_id=session.centre_id, person_id=pk, session=alone, from_on=from_on)
        for pk in people
    )
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(coordinator.user)
    page = reverse("training:presence", args=[alone.pk])
    client.get(page)  # the first writes the line of the reading
    with CaptureQueriesContext(connection) as captured:
        took, answer = timed(lambda: client.get(page))
    if len(answer.context["form"].lines) != len(people):
        raise SystemExit(f"{len(answer.context['form'].lines)} lines for {len(people)} people")
    return len(captured), took


def visit(centres: list[Centre], year: int) -> None:
    """For the record: the facts of a rehearsed visit."""
    today = timezone.localdate()
    with CaptureQueriesContext(connection) as captured:
        took, told = timed(lambda: facts_of(centres[-1].pk, year, today))
    print(f"facts of a visit, {len(told.facts.rows)} rows   {len(captured)} queries  {took:7.3f} s")


if __name__ == "__main__":
    sys.exit(main())
