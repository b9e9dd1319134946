"""Worlds in which there is next to nothing to draw, or everything is irregular: each has a name."""

from dataclasses import replace
from datetime import date

import pytest

from relier.training.inspection import (
    Beyond,
    Branch,
    Calendar,
    Code,
    Facts,
    Problem,
    Recovery,
    Remark,
    Row,
    Scope,
    report,
    run,
)

from .test_inspection import HOLIDAYS, LAST, PROCEDURE, YEAR, bad, trainee, year_of


def outcome(facts, procedure=PROCEDURE):
    made = run(facts, procedure, 7, draws=20)
    report(made)
    [check] = made.hours
    return made, check


def test_no_rows_and_no_trainees_have_a_name():
    made, check = outcome(Facts(YEAR, LAST, (), ()))

    assert (check.branch, check.recovers) == (Branch.NO_HOURS, Recovery.NOTHING)
    assert (made.recovery, made.files.interval, check.rate) == (0, None, None)


def test_no_rows_by_track_give_no_rate_at_all():
    made = run(Facts(YEAR, LAST, (), ()), replace(PROCEDURE, scope=Scope.TRACK), 7)

    assert made.hours == ()
    assert made.recovery == 0
    assert report(made)


def test_one_trainee_and_one_row_that_is_irregular():
    row = Row("r", "t", "weld", date(2025, 1, 6), 180)

    made, check = outcome(Facts(YEAR, LAST, (trainee("t"),), (bad(row),)))

    assert (check.branch, check.recovery) == (Branch.BEYOND, 180)
    assert Remark.EVERY_ROW in check.remarks
    assert Remark.FEWER_WEEKS in check.remarks
    assert made.outlook.recovery == (180, 180, 180)


def test_one_week_cannot_be_extrapolated():
    facts = year_of(people=1, irregular=lambda row: True)
    rows = tuple(r for r in facts.rows if r.day in (date(2025, 1, 6), date(2025, 1, 13)))
    one = replace(PROCEDURE, weeks=1, beyond=Beyond.WEEKS)

    _, check = outcome(replace(facts, rows=rows), one)

    assert (check.recovers, check.recovery) == (Recovery.SEEN, 180)
    assert check.remarks == (Remark.NO_INTERVAL,)


def test_a_sample_that_turns_out_too_wide_is_enlarged_and_keeps_what_it_held():
    # Long rows are irregular and short ones are not: they stray more than was planned for.
    facts = year_of(people=60, irregular=lambda row: row.trainee in ("t0", "t1"))
    facts = replace(
        facts,
        rows=tuple(
            row if row.trainee in ("t0", "t1") else replace(row, minutes=15) for row in facts.rows
        ),
    )

    made, check = outcome(facts)
    planned = run(facts, replace(PROCEDURE, width=0.3), 7, draws=0).hours[0].sample

    assert check.rate == pytest.approx(360 / 1230)
    assert Remark.ENLARGED in check.remarks
    assert len(check.sample.rows) > check.sample.asked
    assert check.sample.interval.width <= 0.10
    assert set(planned.rows) < set(check.sample.rows)
    assert made.outlook.extrapolated[""] == 1


def test_all_irregular_and_none_irregular_stay_within_what_there_is():
    every, none = year_of(people=40, irregular=lambda row: True), year_of(people=40)

    _, all_bad = outcome(every)
    _, all_good = outcome(none)

    assert all_bad.branch is Branch.BEYOND
    assert 0.98 < all_bad.sample.interval.low <= all_bad.sample.interval.high == 1
    assert all_bad.recovery <= all_bad.year_minutes
    assert (all_good.branch, all_good.recovery) == (Branch.UNDER, 0)


def test_hours_in_holidays_only_have_a_name():
    facts = year_of(people=1)
    rows = tuple(row for row in facts.rows if row.day in HOLIDAYS)

    _, check = outcome(replace(facts, rows=rows))

    assert (check.branch, check.recovers) == (Branch.NO_WEEK, Recovery.NOTHING)
    assert check.year_minutes > 0


def test_fewer_weeks_than_are_drawn_are_all_taken():
    facts = year_of(people=2)
    rows = tuple(row for row in facts.rows if row.day == date(2025, 1, 6))

    made, check = outcome(replace(facts, rows=rows))

    assert made.weeks == (date(2025, 1, 6),)
    assert Remark.FEWER_WEEKS in check.remarks
    assert check.branch is Branch.UNDER


def test_rows_of_no_minutes_have_no_rate_and_are_listed_all_the_same():
    facts = year_of(people=2, minutes=0, irregular=lambda row: True)

    made, check = outcome(facts)

    assert (check.branch, check.year_rows, check.recovery) == (Branch.NO_HOURS, 0, 0)
    assert len(made.irregularities) == len(facts.rows)


def test_everybody_refused_leaves_no_hours_to_draw():
    facts = year_of(people=2)
    refused = tuple(
        replace(t, problems=(Problem(t.id, Code.NOT_ELIGIBLE),)) for t in facts.trainees
    )

    made, check = outcome(replace(facts, trainees=refused))

    assert check.branch is Branch.NO_HOURS
    assert made.recovery == made.files.recovery == 2 * 52 * 180


def test_rows_of_another_year_are_not_of_this_visit():
    facts = year_of(people=1)
    early = bad(Row("early", "t0", "weld", date(2024, 6, 3), 180))

    made, check = outcome(replace(facts, rows=(*facts.rows, early)))

    assert check.year_rows == 52
    assert all(one.about != "early" for one in made.irregularities)


def test_one_school_holiday_takes_its_week_away_and_a_week_of_two_years_is_of_none():
    every = Calendar().weeks(2025)
    friday = date(2025, 1, 10)

    assert (every[0], every[-1], len(every)) == (date(2025, 1, 6), date(2025, 12, 22), 51)
    assert set(every) - set(Calendar(frozenset({friday})).weeks(2025)) == {date(2025, 1, 6)}
    assert Calendar(frozenset({date(2025, 1, 11)})).weeks(2025) == every  # a Saturday


def test_a_thousand_other_draws_follow_the_exact_chances():
    # One week of six is irregular whole: it is drawn in 1/3 of the pairs, which makes one half.
    facts = year_of(people=20, irregular=lambda row: row.day == date(2025, 1, 13))
    rows = tuple(row for row in facts.rows if row.day < date(2025, 2, 17))

    made = run(replace(facts, rows=rows), PROCEDURE, 7, draws=1000)

    chances = made.outlook.chances[""]
    assert chances[Branch.UNDER] == pytest.approx(2 / 3, abs=0.06)
    assert chances[Branch.BETWEEN] == pytest.approx(1 / 3, abs=0.06)
