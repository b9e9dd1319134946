"""The visit as a whole: what a seed promises, and small worlds followed by hand."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.training.inspection import (
    Beyond,
    Branch,
    Calendar,
    Code,
    Facts,
    FollowUp,
    Frame,
    Measure,
    Mend,
    Problem,
    Procedure,
    Recovery,
    Remark,
    Row,
    Scope,
    Trainee,
    report,
    run,
    visit,
)

YEAR = 2025
LAST = date(YEAR, 12, 31)
TWENTY, EIGHTY = Fraction(1, 5), Fraction(4, 5)
PROCEDURE = Procedure(
    whole_under=50,
    weeks=2,
    low=TWENTY,
    high=EIGHTY,
    confidence=0.95,
    width=0.10,
    document_valid_days=7,
    unjustified_share=Fraction(1, 10),
    unjustified_days=5,
)


def days(first, last):
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


HOLIDAYS = (
    days(date(2025, 1, 1), date(2025, 1, 3))
    | days(date(2025, 2, 24), date(2025, 3, 7))
    | days(date(2025, 4, 28), date(2025, 5, 9))
    | days(date(2025, 7, 5), date(2025, 8, 24))
    | days(date(2025, 10, 20), date(2025, 10, 31))
    | days(date(2025, 12, 22), date(2025, 12, 31))
)


def trainee(id, track="weld", entered_on=date(YEAR, 1, 1), **more):
    return Trainee(id, track, entered_on, contract_on=more.pop("contract_on", entered_on), **more)


def bad(row, minutes=None):
    return replace(row, problems=(Problem(row.id, Code.OTHER_HOUR, minutes),))


def year_of(people=3, irregular=lambda row: False, minutes=180, tracks=("weld",), **more):
    """A row of `minutes` for everyone, every Monday of the year, holidays too."""
    trainees = tuple(trainee(f"t{n}", tracks[n % len(tracks)]) for n in range(people))
    mondays = [date(2025, 1, 6) + timedelta(days=7 * n) for n in range(52)]
    rows = [
        Row(f"{one.id}-{monday}", one.id, one.track, monday, minutes)
        for one in trainees
        for monday in mondays
        if monday.year == YEAR
    ]
    rows = tuple(bad(row) if irregular(row) else row for row in rows)
    return Facts(YEAR, LAST, trainees, rows, Calendar(HOLIDAYS), **more)


@st.composite
def centres(draw):
    """Up to eight trainees in two tracks, up to sixty rows, some irregular, in whole or in part."""
    trainees = tuple(
        trainee(f"t{n}", draw(st.sampled_from("ab"))) for n in range(draw(st.integers(0, 8)))
    )
    rows = []
    for n in range(draw(st.integers(0, 60)) if trainees else 0):
        one = draw(st.sampled_from(trainees))
        day = date(YEAR, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
        row = Row(f"r{n}", one.id, one.track, day, draw(st.sampled_from([0, 15, 60, 180, 420])))
        lost = draw(st.sampled_from([0, 0, 0, 15, None]))
        rows.append(row if lost == 0 else bad(row, lost))
    holidays = draw(st.sampled_from([frozenset(), HOLIDAYS]))
    return Facts(YEAR, LAST, trainees, tuple(rows), Calendar(holidays))


@st.composite
def procedures(draw):
    return replace(
        PROCEDURE,
        low_is_under=draw(st.booleans()),
        scope=draw(st.sampled_from(Scope)),
        measure=draw(st.sampled_from(Measure)),
        follow_up=draw(st.sampled_from(FollowUp)),
        beyond=draw(st.sampled_from(Beyond)),
        whole_under=draw(st.sampled_from([0, 5, 50])),
    )


seeds = st.integers(0, 2**64 - 1)
light = settings(max_examples=60, deadline=None)


# --- what a seed promises ------------------------------------------------------------------------


@light
@given(centres(), procedures(), seeds, st.randoms())
def test_a_seed_gives_the_same_visit_in_any_order_of_what_is_given(facts, procedure, seed, random):
    rows, trainees = list(facts.rows), list(facts.trainees)
    random.shuffle(rows)
    random.shuffle(trainees)
    shuffled = replace(facts, rows=tuple(rows), trainees=tuple(trainees))

    assert run(facts, procedure, seed, draws=5) == run(shuffled, procedure, seed, draws=5)


@light
@given(centres(), procedures(), seeds)
def test_no_week_drawn_holds_a_school_holiday_and_none_is_drawn_twice(facts, procedure, seed):
    made = run(facts, procedure, seed, draws=0)

    drawn = made.weeks + made.more_weeks
    assert len(set(drawn)) == len(drawn)
    for monday in drawn:
        week = days(monday, monday + timedelta(days=4))
        assert monday.weekday() == 0
        assert not week & facts.calendar.holidays
        assert {day.year for day in week} == {YEAR}


@light
@given(centres(), procedures(), seeds)
def test_the_sums_agree_with_what_is_listed(facts, procedure, seed):
    made = run(facts, procedure, seed, draws=0)

    refused = set(made.files.refused)
    drawn = set(made.weeks)
    of_rows = {row.id: row for row in facts.rows}
    for check in made.hours:
        mondays = drawn | (set(made.more_weeks) if check.second else set())
        inside = [
            row
            for row in facts.rows
            if row.day - timedelta(days=row.day.weekday()) in mondays
            and row.trainee not in refused
            and check.track in ("", row.track)
        ]
        lost = [min(p.minutes or r.minutes, r.minutes) for r in inside for p in r.problems]
        assert (check.rows, check.minutes) == (len(inside), sum(row.minutes for row in inside))
        assert check.irregular == sum(lost)
        if check.sample:
            sampled = [of_rows[id] for id in check.sample.rows]
            assert check.sample.minutes == sum(row.minutes for row in sampled)
    assert made.recovery == made.files.recovery + sum(check.recovery for check in made.hours)


@light
@given(centres(), procedures(), seeds)
def test_what_is_asked_back_never_passes_what_the_sample_or_the_weeks_say(facts, procedure, seed):
    for check in run(facts, procedure, seed, draws=0).hours:
        if check.recovers is Recovery.SEEN:
            assert check.recovery == check.irregular
        elif check.recovers is Recovery.SAMPLE:
            sample = check.sample
            assert sample.irregular <= check.recovery + 1
            assert check.recovery * sample.minutes <= sample.irregular * check.year_minutes
            assert sample.interval.low <= sample.rate + 1e-9
            assert sample.interval.high >= sample.rate - 1e-9
            assert sample.interval.width <= procedure.width or Remark.EVERY_ROW in check.remarks
        elif check.recovers is Recovery.WEEKS:
            assert check.irregular <= check.recovery <= check.year_minutes
        else:
            assert check.recovery == 0


@light
@given(centres(), seeds, st.data())
def test_one_more_irregular_row_never_lowers_the_rate_nor_what_is_seen(facts, seed, data):
    good = [row for row in facts.rows if not row.problems]
    if not good:
        return
    worse = data.draw(st.sampled_from(good))
    rows = tuple(bad(row) if row is worse else row for row in facts.rows)

    before = run(facts, PROCEDURE, seed, draws=0).hours[0]
    after = run(replace(facts, rows=rows), PROCEDURE, seed, draws=0).hours[0]

    order = [Branch.UNDER, Branch.BETWEEN, Branch.BEYOND]
    assert after.irregular >= before.irregular
    if before.rate is not None:
        assert after.rate >= before.rate
        assert order.index(after.branch) >= order.index(before.branch)
    if before.sample and after.sample and len(before.sample.rows) == len(after.sample.rows):
        assert after.recovery >= before.recovery - 1


def test_a_seed_draws_the_same_weeks_for_ever():
    # Written down in November 2026: raw Philox output never changes, so neither do these weeks.
    made = run(year_of(), PROCEDURE, 2026, draws=0)

    assert made.weeks == (date(2025, 2, 3), date(2025, 2, 10))


def test_every_week_is_drawn_about_as_often():
    frame = Frame.of(year_of(people=1), PROCEDURE)
    times = dict.fromkeys(frame.weeks, 0)

    for seed in range(2000):
        for monday in visit(frame, seed).weeks:
            times[monday] += 1

    # 4000 places among the weeks: a count strays by more than four and a half deviations once in
    # a hundred thousand.
    mean = 4000 / len(times)
    assert max(abs(n - mean) for n in times.values()) < 4.5 * mean**0.5


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_is_not_64_bits_is_refused(seed):
    with pytest.raises(ValueError, match="seed"):
        run(year_of(), PROCEDURE, seed)


def test_an_id_that_stands_twice_is_refused():
    facts = year_of()

    with pytest.raises(ValueError, match="twice"):
        replace(facts, rows=facts.rows + facts.rows[:1])


# --- followed by hand ----------------------------------------------------------------------------


def test_under_the_lower_threshold_only_what_was_seen_is_asked_back():
    # t0 alone is irregular, in 15 of 180 minutes each Monday: 15 / 540 in any two weeks.
    facts = year_of(euros_an_hour=Decimal("14.75"))
    rows = tuple(bad(row, 15) if row.trainee == "t0" else row for row in facts.rows)

    made = run(replace(facts, rows=rows), PROCEDURE, 7)

    check = made.hours[0]
    assert check.rate == Fraction(30, 2 * 3 * 180)
    assert (check.branch, check.recovers, check.recovery) == (Branch.UNDER, Recovery.SEEN, 30)
    assert made.recovery_euros == Decimal("7.38")  # half an hour: 7.375
    assert made.outlook.chances[""][Branch.UNDER] == 1
    assert made.outlook.recovery == (30, 30, 30)


@pytest.mark.parametrize(("under", "branch"), [(False, Branch.BETWEEN), (True, Branch.UNDER)])
def test_exactly_the_lower_threshold_goes_where_the_procedure_says(under, branch):
    facts = year_of(people=5, irregular=lambda row: row.trainee == "t0")

    check = run(facts, replace(PROCEDURE, low_is_under=under), 7, draws=0).hours[0]

    assert check.rate == TWENTY
    assert check.branch is branch


def test_exactly_the_upper_threshold_is_not_over_it():
    facts = year_of(people=5, irregular=lambda row: row.trainee != "t0")

    check = run(facts, PROCEDURE, 7, draws=0).hours[0]

    assert check.rate == EIGHTY
    assert check.branch is Branch.BETWEEN


def test_between_the_thresholds_a_random_sample_is_extrapolated_at_its_lower_bound():
    facts = year_of(people=40, irregular=lambda row: row.trainee in {f"t{n}" for n in range(16)})

    check = run(facts, PROCEDURE, 7).hours[0]

    # 40 x 52 rows of 180 minutes. z² (1/0.1² - 1) = 380.3, and 2080 x 380.3 / (380.3 + 2079).
    assert check.year_rows == 2080
    assert check.sample.asked == len(check.sample.rows) == 322
    assert check.branch is Branch.BETWEEN
    assert check.sample.interval.low < 0.4 < check.sample.interval.high
    assert check.sample.interval.width <= 0.10
    assert check.recovery == int(check.sample.interval.low * 2080 * 180)


def test_two_more_weeks_are_drawn_where_the_procedure_says_so():
    facts = year_of(people=5, irregular=lambda row: row.trainee in ("t0", "t1"))

    made = run(facts, replace(PROCEDURE, follow_up=FollowUp.MORE_WEEKS), 7)

    check = made.hours[0]
    assert len(made.weeks) == len(made.more_weeks) == 2
    assert (check.branch, check.second) == (Branch.BETWEEN, Branch.BETWEEN)
    assert (check.recovers, check.recovery) == (Recovery.SEEN, 4 * 2 * 180)
    assert check.sample is None
    assert made.outlook.recovery == (1440, 1440, 1440)


def test_over_the_upper_threshold_the_weeks_alone_may_be_extrapolated():
    facts = year_of(people=10, irregular=lambda row: row.trainee != "t0")

    made = run(facts, replace(PROCEDURE, beyond=Beyond.WEEKS), 7)

    check = made.hours[0]
    assert (check.branch, check.recovers) == (Branch.BEYOND, Recovery.WEEKS)
    # 0.9 in both weeks: they stray as 20 rows would, 12.706² x (1 - 2/37) / 20 = 7.64 of one.
    assert len(Frame.of(facts, PROCEDURE).weeks) == 37
    assert check.weeks_interval.low == pytest.approx(
        (0.9 + 3.82 - (7.64 * 0.09 + 3.82**2) ** 0.5) / 8.64, abs=0.001
    )
    assert check.recovery == max(2 * 9 * 180, int(check.weeks_interval.low * 520 * 180))
    assert made.outlook.extrapolated[""] == 1
    assert made.outlook.recovery == (check.recovery,) * 3


def test_each_track_has_its_own_rate_and_its_own_branch():
    facts = year_of(people=8, tracks=("cook", "weld"), irregular=lambda row: row.track == "cook")

    by_track = run(facts, replace(PROCEDURE, scope=Scope.TRACK), 7).hours
    whole = run(facts, PROCEDURE, 7, draws=0).hours

    assert [(c.track, c.branch) for c in by_track] == [
        ("cook", Branch.BEYOND),
        ("weld", Branch.UNDER),
    ]
    assert [c.branch for c in whole] == [Branch.BETWEEN]
    assert by_track[0].sample.interval.low > 0.9
    assert by_track[1].sample is None


def test_the_rate_may_count_rows_and_the_sample_still_counts_minutes():
    facts = year_of(people=2)
    rows = tuple(bad(row, 1) if row.trainee == "t0" else row for row in facts.rows)

    check = run(replace(facts, rows=rows), replace(PROCEDURE, measure=Measure.ROWS), 7).hours[0]

    assert check.rate == Fraction(1, 2)
    assert check.branch is Branch.BETWEEN
    assert check.sample.rate == pytest.approx(1 / 360, abs=0.001)


def test_hours_of_a_refused_file_are_asked_back_once():
    facts = year_of(people=3, irregular=lambda row: row.trainee == "t0")
    refused = replace(facts.trainees[0], problems=(Problem("t0", Code.NOT_ELIGIBLE),))

    made = run(replace(facts, trainees=(refused, *facts.trainees[1:])), PROCEDURE, 7)

    assert made.files.refused == ("t0",)
    assert made.files.recovery == 52 * 180
    assert made.hours[0].rate == 0
    assert made.recovery == 52 * 180
    assert made.outlook.chances[""][Branch.UNDER] == 1
    assert made.outlook.recovery == (52 * 180,) * 3


def test_a_large_centre_shows_a_sample_of_each_track_and_a_small_one_all():
    large = run(year_of(people=120, tracks=("a", "a", "b")), PROCEDURE, 7, draws=0).files
    small = run(year_of(people=49), PROCEDURE, 7, draws=0).files
    fifty = run(year_of(people=50), PROCEDURE, 7, draws=0).files

    # 120 x 380.3 / (380.3 + 119), shared two to one.
    assert len(large.looked_at) == 92
    assert sum(int(id[1:]) % 3 == 2 for id in large.looked_at) == 31
    assert not large.is_whole
    assert large.interval.low == 0 < large.interval.high < 0.02
    assert small.is_whole
    assert len(fifty.looked_at) == 45  # 50 x 380.3 / (380.3 + 49), the next whole number
    assert small.interval == (0, 0)


def test_every_irregularity_names_what_to_mend_and_whether_it_was_drawn():
    facts = year_of(people=1, irregular=lambda row: row.day == date(2025, 7, 7))

    [one] = run(facts, PROCEDURE, 7, draws=0).irregularities

    assert (one.about, one.code, one.mend) == ("t0-2025-07-07", Code.OTHER_HOUR, Mend.EXPLAIN)
    assert (one.day, one.minutes, one.drawn) == (date(2025, 7, 7), 180, False)


def test_the_report_says_the_seed_the_weeks_and_what_is_asked_back():
    facts = year_of(people=40, irregular=lambda row: row.trainee < "t2")
    facts = replace(facts, euros_an_hour=Decimal("14.75"))

    made = run(facts, PROCEDURE, 7)
    lines = report(made)

    assert "seed 7" in lines[0]
    assert all(str(monday) in lines[1] for monday in made.weeks)
    assert any(f"{made.recovery_euros} EUR" in line for line in lines)
    assert any("low_is_under" in name for name, _ in PROCEDURE.doubts())
    assert len([line for line in lines if "no file" in line]) == 0
