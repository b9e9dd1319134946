"""A centre's year worked by hand (golden/README.md): what Relier says of it is the same, to the
last quarter of an hour."""

import csv
import re
from collections import defaultdict
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

import pytest

from relier.training import figures
from relier.training.actions import absences, enrolments, presences, sessions, tracks
from relier.training.actions.closing import close_month
from relier.training.actions.presences import Took
from relier.training.models import Absence, LedgerEntry, SupervisionHours
from tests import factories as make

GOLDEN = Path(__file__).parent / "golden"
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def table(name):
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def a_day(text):
    return date.fromisoformat(text)


class Year:
    """The centre, and what happens to it from January to December."""

    def __init__(self, house):
        self.house = house
        self.by = make.actor(house.coordinator)
        self.tracks = {
            "Bureautique": self.track("Bureautique", "defi", 1000, in_group=False),
            "Bois": self.track("Bois", "eft", 300, in_group=True),
        }
        self.people, self.rows = {}, {row["who"]: row for row in table("people")}
        for who, row in self.rows.items():
            self.people[who] = enrolments.enrol(
                make.PersonFactory(centre=house.centre, call_name=who, followed_by=house.team),
                self.tracks[row["track"]].programmes.get(),
                entered_on=a_day(row["entered"]),
                by=self.by,
            )

    def track(self, name, method, hours, *, in_group):
        track = tracks.open_track(
            name, team=self.house.team, opened_on=date(2025, 1, 1), method=method,
            category="professional", in_group=in_group, by=self.by,
        )  # fmt: skip
        tracks.open_programme(
            track, name, [("Tout", hours * 60)], from_on=date(2025, 1, 1), by=self.by
        )
        return track

    def live(self):
        deeds = defaultdict(list)
        for row in table("deeds"):
            deeds[a_day(row["on"])].append(row)
        day = date(2025, 1, 1)
        while day.year == 2025:
            for row in table_of_calendar(day):
                self.hold_session(row, day)
            for row in deeds[day]:
                getattr(self, row["deed"])(row)
            day += timedelta(days=1)

    def hold_session(self, row, day):
        took = defaultdict(dict)
        for who, known in self.rows.items():
            gone = known["last"] and day > a_day(known["last"])
            if known["track"] == row["track"] and not gone:
                what = exception(who, day)
                carrier = int(what.get("carrier") or 1)
                took[carrier][self.people[who].person] = Took(
                    int(what.get("followed", row["minutes"])),
                    missed=int(what.get("missed", 0)),
                    modality=what.get("modality", "in_person"),
                )
        track = self.tracks[row["track"]]
        for carrier, people in took.items():
            session = sessions.plan_session(
                row["track"], day=day, starts_at=time(9), minutes=450, team=self.house.team,
                track=track, carrier=carrier, by=self.by,
            )  # fmt: skip
            presences.take_presence(session, people, by=self.by)
        lasts = 60 if row["track"] == "Bureautique" else 120
        sessions.say_supervision(track, day, minutes=lasts, by=self.by)

    # --- deeds, by the names of the table --------------------------------------------------------

    def absence(self, row):
        absences.account_for_absence(
            self.people[row["who"]], int(row["ground"]), from_on=a_day(row["from"]),
            until_on=a_day(row["until"]), by=self.by,
        )  # fmt: skip

    def proof(self, row):
        absence = Absence.objects.current().get(
            enrolment=self.people[row["who"]], from_on=a_day(row["from"])
        )
        absences.receive_proof(absence, on=a_day(row["on"]), by=self.by, form_key=uuid4())

    def close(self, row):
        close_month(202500 + int(row["months"]), by=self.by)

    def drop(self, row):
        enrolments.drop_out(self.people[row["who"]], on=a_day(row["until"]), by=self.by)

    def job(self, row):
        enrolments.end(
            self.people[row["who"]], "job", on=a_day(row["until"]), by=self.by,
            job_months=int(row["months"]), form_received_on=a_day(row["on"]),
        )  # fmt: skip


CALENDAR, CLOSED = table("calendar"), {a_day(row["day"]) for row in table("closed")}
EXCEPTIONS = table("exceptions")


def table_of_calendar(day):
    if day.month in (7, 8) or day in CLOSED or day.weekday() > 4:
        return []
    return [
        row for row in CALENDAR
        if row["weekday"] == WEEKDAYS[day.weekday()]
        and a_day(row["from"]) <= day <= a_day(row["until"])
    ]  # fmt: skip


def exception(who, day):
    for row in EXCEPTIONS:
        if row["who"] == who and a_day(row["from"]) <= day <= a_day(row["until"]):
            return row
    return {}


def worked_out(arithmetic):
    """What a line of arithmetic comes to: numbers, + - * and brackets, among words."""
    only = re.sub(r"[A-Za-z]+|\d+ (?=sessions less|and|June|March)|:", " ", arithmetic)
    only = re.sub(r"\d+ sessions", lambda found: found[0].split()[0], only)
    return sum(term(one) for one in only.split(",") if re.search(r"\d", one))


def term(text):
    assert re.fullmatch(r"[\d.+\-*() ]+", text), text
    exact = re.sub(r"\d+(\.\d+)?", lambda found: f"Fraction('{found[0]}')", text)
    exact = re.sub(r"\)\s+Fraction", r") + Fraction", exact)
    return eval(exact, {"Fraction": Fraction, "__builtins__": {}})


@pytest.fixture
def year(house):
    found = Year(house)
    found.live()
    return found


# --- the tables themselves -----------------------------------------------------------------------

CELLS = [
    *((row["arithmetic"], row["hours"]) for row in table("annual")),
    *((row["arithmetic_effective"], row["effective"]) for row in table("statements")),
    *((row["arithmetic_supervision"], row["supervision"]) for row in table("supervision")),
    *((row["arithmetic_training"], row["training"]) for row in table("supervision")),
]


def test_the_arithmetic_of_each_cell_comes_to_its_number():
    for arithmetic, hours in CELLS:
        plain = arithmetic.replace("9 sessions less 3 away:", "")
        assert worked_out(plain) == Fraction(hours), arithmetic


# --- Relier's own --------------------------------------------------------------------------------


def test_the_annual_table_is_the_one_worked_by_hand(year):
    said = figures.annual_table(year.house.centre.pk, 2025)
    expected = defaultdict(Decimal)
    for row in table("annual"):
        expected[row["track"], int(row["month"]), row["column"]] = Decimal(row["hours"])

    for name, track in year.tracks.items():
        lines = {**said[track.pk], 0: figures.year_of(said[track.pk].values())}
        for month, line in lines.items():
            for column in COLUMNS:
                cell = figures.hours_of(getattr(line, column))
                assert cell == expected[name, month, column], (name, month, column)
    assert figures.annual_tables(2025) == {year.house.centre.pk: said}


COLUMNS = ["centre", "convened_free", "convened_paid", "placement", "assimilated"]


def test_statements_of_a_month_are_those_worked_by_hand(year):
    people = list(year.people.values())
    for row in table("statements"):
        month, enrolment = 202500 + int(row["month"]), year.people[row["who"]]
        if row["when"] == "closed":
            line = figures.statement_when_closed(people, month)[enrolment.pk]
        else:
            statement = figures.month_statement(people, month)[enrolment.pk]
            line = statement.line
            assert statement.days == int(row["days"]), row
            assert statement.placement_days == int(row["placement_days"]), row
        assert Fraction(line.effective, 60) == Fraction(row["effective"]), row
        assert Fraction(line.assimilated, 60) == Fraction(row["assimilated"]), row


def test_the_ratio_of_supervision_is_the_one_worked_by_hand(year):
    ratios = figures.supervision_ratio(year.house.centre.pk, 2025)

    for row in table("supervision"):
        ratio = ratios[year.tracks[row["track"]].pk]
        assert ratio.supervision == Fraction(row["supervision"]) * 60
        assert ratio.training == Fraction(row["training"]) * 60
        assert round(float(ratio.value), 4) == float(row["ratio"])
        assert ratio.asked == Decimal(row["asked"])
        assert ratio.is_enough == (row["enough"] == "yes")
    assert SupervisionHours.objects.count() == 80 + 39


def test_any_number_is_made_of_its_entries(year):
    rows = LedgerEntry.objects.visible_to(year.by)
    said = figures.annual_table(year.house.centre.pk, 2025)

    for track, lines in said.items():
        for month, line in lines.items():
            cell = {"track": track, "month": 202500 + month}
            entries = figures.entries_of(rows, **cell, account=2)
            assert sum(entry.minutes for entry in entries) == line.assimilated
            entries = figures.entries_of(rows, **cell, carrier=1)
            assert sum(entry.minutes for entry in entries) == line.centre


def test_figures_cost_as_many_queries_however_much_there_is(year, django_assert_num_queries):
    people = list(year.people.values())
    with django_assert_num_queries(1):
        figures.annual_table(year.house.centre.pk, 2025)
    with django_assert_num_queries(1):
        figures.month_statement(people, 202502)
    with django_assert_num_queries(4):
        figures.supervision_ratio(year.house.centre.pk, 2025)


def test_approved_hours_leave_out_what_a_partner_gives_free(year):
    approval = tracks.add_approval(
        "25/001", scheme="cisp", from_on=date(2024, 1, 1), until_on=date(2029, 12, 31), by=year.by
    )
    for track in year.tracks.values():
        tracks.approve_hours(approval, track, year=2025, hours=750, by=year.by)

    approved = figures.approved_hours(year.house.centre.pk, 2025)

    assert approved.approved == 1500 * 60
    assert approved.carried_out == (774 + Fraction("577.5") - 15) * 60
    assert not approved.is_enough
