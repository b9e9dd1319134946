"""What plain facts say is irregular: one fact, one problem, and how many minutes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from relier.training.inspection import (
    MENDS,
    Calendar,
    Code,
    Document,
    Facts,
    Mend,
    Problem,
    Procedure,
    Row,
    Scope,
    Trainee,
    find_irregularities,
    irregular_minutes,
)
from relier.training.inspection.words import BRANCHES, CODES, DEEDS, RECOVERIES, REMARKS

from .test_inspection import PROCEDURE

ENTRY = date(2025, 3, 3)
TODAY = date(2025, 12, 31)
GOOD = Row("r", "t", "weld", date(2025, 3, 10), 180)
FILE = Trainee("t", "weld", ENTRY, contract_on=ENTRY)


def found(row=GOOD, file=FILE, *, more=(), calendar=None, on=TODAY):
    facts = Facts(2025, on, (file,), (row, *more), calendar or Calendar())
    return find_irregularities(facts, PROCEDURE)


def codes(*args, **more):
    return [problem.code for problem in found(*args, **more)]


def test_a_row_and_a_file_in_order_have_no_problem():
    assert found() == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"has_list": False}, Code.LIST_MISSING),
        ({"signed": False}, Code.LIST_UNSIGNED),
        ({"has_trainer": False}, Code.NO_TRAINER),
        ({"ground": 1, "proved": False}, Code.PROOF_MISSING),
        ({"trainee": "nobody"}, Code.NO_FILE),
        ({"day": date(2025, 3, 2)}, Code.OUTSIDE_STAY),
    ],
)
def test_a_fact_of_a_row_costs_the_whole_row(change, code):
    row = replace(GOOD, **change)

    assert found(row) == (Problem("r", code),)
    assert irregular_minutes(row, found(row)) == 180


def test_a_list_that_is_missing_is_not_also_unsigned():
    assert codes(replace(GOOD, has_list=False, signed=False)) == [Code.LIST_MISSING]


def test_an_assimilated_hour_asks_for_no_list_and_no_trainer():
    row = replace(GOOD, ground=1, has_list=False, signed=False, has_trainer=False)

    assert codes(row) == []


@pytest.mark.parametrize(("listed", "lost"), [(120, 60), (0, 180), (200, 0)])
def test_what_the_list_does_not_say_is_lost_and_nothing_when_it_says_more(listed, lost):
    [problem] = found(replace(GOOD, listed=listed))

    assert (problem.code, problem.minutes) == (Code.LIST_DIFFERS, lost)
    assert problem.mend is Mend.MATCH_LIST


def test_presence_on_a_closed_day_is_found():
    assert codes(calendar=Calendar(closed=frozenset({GOOD.day}))) == [Code.CENTRE_CLOSED]


def test_hours_after_the_end_are_outside():
    assert codes(file=replace(FILE, left_on=GOOD.day - timedelta(days=1))) == [Code.OUTSIDE_STAY]
    assert codes(file=replace(FILE, left_on=GOOD.day)) == []


def test_hours_before_a_late_contract_are_lost_and_those_from_its_day_count():
    late = replace(FILE, contract_on=GOOD.day)

    before = replace(GOOD, id="q", day=ENTRY)
    problems = found(file=late, more=(before,))

    assert problems == (
        Problem("q", Code.NO_CONTRACT_YET, due_on=ENTRY),
        Problem("t", Code.CONTRACT_LATE, due_on=ENTRY),
    )


def test_without_a_contract_no_hour_counts():
    assert codes(file=replace(FILE, contract_on=None)) == [
        Code.NO_CONTRACT_YET,
        Code.CONTRACT_MISSING,
    ]


def test_hours_between_the_day_a_plan_was_due_and_its_coming_are_lost():
    due = date(2025, 4, 2)
    file = replace(FILE, plan_due_on=due, plan_on=date(2025, 4, 9))
    rows = [replace(GOOD, id=f"r{d}", day=date(2025, 4, d)) for d in (2, 3, 8, 9)]

    problems = found(rows[0], file, more=rows[1:])

    assert [p.about for p in problems if p.code is Code.NO_PLAN_YET] == ["r3", "r8"]
    assert Problem("t", Code.PLAN_LATE, due_on=due) in problems


def test_a_plan_is_not_missing_before_it_is_due():
    file = replace(FILE, plan_due_on=date(2025, 4, 2))

    assert codes(file=file, on=date(2025, 4, 2)) == []
    assert codes(file=file, on=date(2025, 4, 3)) == [Code.PLAN_MISSING]


def test_a_document_missing_after_its_day_refuses_the_file():
    file = replace(FILE, documents=(Document(due_on=date(2025, 3, 18)),))

    assert codes(file=file, on=date(2025, 3, 18)) == []
    assert codes(file=file, on=date(2025, 3, 19)) == [Code.DOCUMENT_MISSING]


def test_a_sworn_statement_carries_hours_until_the_document_is_due():
    late = Document(due_on=date(2025, 3, 18), received_on=date(2025, 3, 25))
    rows = [replace(GOOD, id=f"r{d}", day=date(2025, 3, d)) for d in (10, 18, 19, 25)]

    bare = found(rows[0], replace(FILE, documents=(late,)), more=rows[1:])
    sworn = found(rows[0], replace(FILE, documents=(replace(late, sworn=True),)), more=rows[1:])

    assert [p.about for p in bare] == ["r10", "r18", "r19"]
    assert [p.about for p in sworn] == ["r19"]


@pytest.mark.parametrize(("age", "expected"), [(7, []), (8, [Code.DOCUMENT_OUT_OF_DATE])])
def test_a_document_older_than_its_days_on_entry_is_out_of_date(age, expected):
    paper = Document(ENTRY, received_on=ENTRY, issued_on=ENTRY - timedelta(days=age))

    assert codes(file=replace(FILE, documents=(paper,))) == expected


def test_minutes_past_the_programme_are_the_latest_ones():
    rows = [replace(GOOD, id=f"r{n}", day=GOOD.day + timedelta(days=n)) for n in range(3)]

    problems = found(rows[2], replace(FILE, programme=600, earlier=200), more=rows[:2])

    # 200 before, then 380, 560, 740: the last row passes 600 by 140.
    assert problems == (Problem("r2", Code.PROGRAMME_PASSED, 140),)


def test_unjustified_absences_are_bounded_in_days_and_in_share():
    followed = [replace(GOOD, id=f"f{n}", day=GOOD.day + timedelta(days=n)) for n in range(60)]
    absent = [
        replace(GOOD, id=f"u{n}", day=GOOD.day + timedelta(days=n), ground=10) for n in range(7)
    ]

    # 60 x 180 followed: 1080 minutes may be unjustified, six days of 180; but five days at most.
    enough = found(absent[0], more=(*absent[1:], *followed))
    few = found(absent[0], more=(*absent[1:3], *followed[:20]))

    assert enough == (
        Problem("u5", Code.UNJUSTIFIED_DAYS),
        Problem("u6", Code.UNJUSTIFIED_DAYS),
    )
    assert few == (Problem("u2", Code.UNJUSTIFIED_SHARE, 180),)


def test_a_problem_that_was_said_and_is_found_again_stands_once_as_it_was_said():
    said = Problem("r", Code.LIST_UNSIGNED, 60)

    assert found(replace(GOOD, signed=False, problems=(said,))) == (said,)


def test_two_problems_of_a_row_add_up_to_no_more_than_the_row():
    problems = [Problem("r", Code.LIST_DIFFERS, 100), Problem("r", Code.OTHER_HOUR, 30)]

    assert irregular_minutes(GOOD, problems) == 130
    assert irregular_minutes(GOOD, [*problems, Problem("r", Code.OTHER_HOUR, 90)]) == 180
    assert irregular_minutes(GOOD, [Problem("r", Code.OTHER_HOUR, -5)]) == 0


def test_minutes_below_zero_are_refused():
    with pytest.raises(ValueError, match="minutes"):
        replace(GOOD, minutes=-1)


def test_every_code_has_its_words_and_something_to_do():
    assert set(CODES) == set(Code)
    assert set(DEEDS) == set(Mend)
    assert set(MENDS) < set(Code)
    for words in (BRANCHES, RECOVERIES, REMARKS):
        assert set(words) == set(type(next(iter(words))))


class Settings:
    """Dated settings that know one day."""

    values = {
        "inspection_whole_under": 50,
        "inspection_weeks": 2,
        "inspection_percent_low": 20,
        "inspection_percent_high": 80,
        "inspection_confidence_percent": 95,
        "inspection_width_percent": 10,
        "document_valid_days": 7,
        "ground_10_percent": 10,
        "ground_10_days_a_year": 5,
    }

    def number(self, key, day):
        return Decimal(self.values[key])


def test_the_procedure_is_made_of_dated_settings_and_of_choices():
    made = Procedure.of_rules(Settings(), TODAY, scope=Scope.TRACK)

    assert made == replace(PROCEDURE, scope=Scope.TRACK)
    assert made.low == Fraction(1, 5)
    assert ("scope", "track") in made.doubts()
