"""A sheet with one column per day: sent, looked at, imported, undone."""

from datetime import date, time

import pytest

from relier.training import figures
from relier.training.importing.keeping import keep
from relier.training.importing.models import KnownCode
from relier.training.importing.undoing import undo
from relier.training.models import Absence, Presence, Session
from relier.training.posting import hold, post
from relier.training.tests import stories
from tests import factories as make

from .dumps import everything
from .files import codes, looked, sent, xlsx_of

CODES = {"x": "present", "a": "missed", "cm": "ground_1", "d": "remote", "-": "nothing"}
SAID = {"codes": CODES, "whole_day": 360, "make_sessions": True}


def week(*lines, heading=None):
    """Monday 5 to Friday 9 January 2026; each line begins with the family and the first name."""
    days = heading or [date(2026, 1, day) for day in range(5, 10)]
    return xlsx_of(["Présences de Bureautique"], ["Nom", "Prénom", *days, "Total"], *lines)


def awa(*cells):
    return ["Diallo", "Awa", *cells]


def read(data, actor, **more):
    return sent(data, actor, options={**SAID, **more})


def imported(data, actor, **more):
    file, checked = read(data, actor, **more)
    assert checked.problems == [] or all(one.weight != "stops" for one in checked.problems)
    return keep(file, by=actor, plan=checked.digest)


def taken():
    rows = Presence.objects.order_by("session__day")
    return [(one.session.day.day, one.minutes, one.missed, one.modality) for one in rows]


def the_ledger_lacks_nothing(training, actor):
    """What is worked out before the rows stand is what would be posted once they do."""
    return post(hold([training.enrolment.pk]), cause="import", by=actor) is None


# --- recognised and read ---


def test_a_sheet_by_day_is_recognised(training, coordinator):
    file, checked = read(week(awa("X", 3, "3,5", "3h30", "A")), coordinator)

    assert (file.what, file.heading) == ("days", 2)
    assert file.columns == {"0": "family_name", "1": "call_name"}
    assert codes(checked) == []
    assert [tuple(one) for one in checked.people] == [(3, "Awa Diallo", 5, 360 + 600, 360)]


def test_each_cell_becomes_the_presence_it_says(training, coordinator):
    imported(week(awa("X", 3, "3,5", time(3, 30), "D")), coordinator)

    assert taken() == [
        (5, 360, 0, "in_person"), (6, 180, 0, "in_person"), (7, 210, 0, "in_person"),
        (8, 210, 0, "in_person"), (9, 360, 0, "remote"),
    ]  # fmt: skip


def test_a_blank_cell_and_one_where_nobody_was_expected_write_nothing(training, coordinator):
    imported(week(awa("X", "", "-", "", "A")), coordinator)

    assert [(day, minutes, missed) for day, minutes, missed, _how in taken()] == [
        (5, 360, 0), (9, 0, 360),
    ]  # fmt: skip


def test_a_session_that_is_planned_says_how_long_a_whole_day_is(training, coordinator):
    training.session(0, 240)

    imported(week(awa("X")), coordinator, whole_day=None)

    assert taken()[0][1] == 240
    assert Session.objects.count() == 1


def test_bare_numbers_may_be_parts_of_a_day(training, coordinator):
    imported(week(awa(1, 0.5)), coordinator, counted_in="days")

    assert [minutes for _day, minutes, _missed, _how in taken()] == [360, 180]


def test_days_that_follow_one_another_are_one_absence_with_its_ground(training, coordinator):
    file = imported(week(awa("CM", "CM", "X", "CM", "CM")), coordinator, proofs_on="2026-02-01")

    rows = Absence.objects.order_by("from_on")
    assert [(one.from_on.day, one.until_on.day, one.ground) for one in rows] == [
        (5, 6, 1), (8, 9, 1),
    ]  # fmt: skip
    assert rows[0].proof_received_on == date(2026, 2, 1)
    assert figures.minutes_of(training.enrolment).assimilated > 0
    assert the_ledger_lacks_nothing(training, coordinator)
    assert file.counts["absences"] == 2


def test_without_a_proof_the_hours_wait_for_it(training, coordinator):
    _file, checked = read(week(awa("CM")), coordinator)

    assert codes(checked) == [(3, "C", "no_proof")]


# --- what is refused ---


def test_a_total_is_neither_a_person_nor_a_day(training, coordinator):
    lines = (awa("X", "X", "", "", "", 12), ["Total", "", 1, 1, "=SUM(E3:E4)", 0, 0, 12])

    file, checked = read(week(*lines), coordinator)
    keep(file, by=coordinator, plan=checked.digest)

    assert codes(checked) == [(4, "", "total")]
    assert Presence.objects.count() == 2


def test_a_code_that_nobody_said_is_named_by_its_cell_and_the_others_are_read(
    training, coordinator
):
    file, checked = read(week(awa("X", "Z", "X")), coordinator, leave_out=True)

    assert codes(checked) == [(3, "D", "code_unknown")]
    assert checked.stopped == {(3, "D")}
    keep(file, by=coordinator, plan=checked.digest)
    assert [day for day, *_rest in taken()] == [5, 7]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=1+2", "formula"), ("#REF!", "error"), ("remplacée par Jean ce jour", "not_in_cell"),
        (1500, "too_many_hours"), (date(2026, 1, 5), "not_in_cell"),
    ],
)  # fmt: skip
def test_what_is_neither_hours_nor_a_code_is_refused(training, coordinator, cell, code):
    _file, checked = read(week(awa(cell)), coordinator)

    assert codes(checked) == [(3, "C", code)]


def test_a_day_that_is_a_formula_stops_its_column(training, coordinator):
    heading = [date(2026, 1, 5), "=C2+1", date(2026, 1, 7)]
    _file, checked = read(week(awa("X", "X", "X"), heading=heading), coordinator)

    assert codes(checked) == [(2, "D", "day_formula")]
    assert len(checked.drafts.presences) == 2


def test_hours_before_the_entry_or_of_a_day_to_come_are_refused(training, coordinator):
    heading = [date(2026, 1, 2), date(2026, 1, 5), date(2031, 1, 6)]
    _file, checked = read(week(awa("X", "X", "X"), heading=heading), coordinator)

    assert codes(checked) == [(3, "C", "not_entered"), (3, "E", "future_day")]


def test_a_whole_day_whose_length_nothing_tells_is_refused(training, coordinator):
    _file, checked = read(week(awa("X", 3)), coordinator, whole_day=None)

    assert codes(checked) == [(3, "C", "no_length")]


def test_two_sessions_on_one_day_cannot_be_told_apart(training, coordinator):
    training.session(0, 180)
    training.session(0, 180)

    _file, checked = read(week(awa(3)), coordinator)

    assert codes(checked) == [(3, "C", "several_that_day")]


def test_a_presence_that_was_taken_is_never_changed(training, coordinator):
    training.follows(0, 360)
    training.follows(1, 120)

    _file, checked = read(week(awa("X", "X")), coordinator)

    assert codes(checked) == [(3, "C", "known"), (3, "D", "taken_otherwise")]


def test_someone_unknown_is_named_once_for_the_whole_line(training, coordinator):
    _file, checked = read(week(["Zzyzx", "Qorm", "X", "X"], awa("X")), coordinator)

    assert codes(checked) == [(3, "A", "nobody")]
    assert len(checked.drafts.presences) == 1


def test_a_name_that_is_alike_is_asked_about_once(training, coordinator):
    _file, checked = read(week(["Dialo", "Awa", "X", "X"]), coordinator)

    assert [one.line for one in checked.questions] == [3]
    assert not checked.drafts.presences


def test_remarks_below_the_table_are_nobody(training, coordinator):
    lines = (awa("X"), [], ["X = présent, A = absent"], ["Signature du formateur :"])

    _file, checked = read(week(*lines), coordinator)

    assert codes(checked) == [(6, "", "remark")]
    assert len(checked.drafts.presences) == 1


def test_half_a_day_is_half_of_what_a_whole_one_lasts(training, coordinator):
    imported(week(awa("P/2")), coordinator, codes={"p/2": "half"})

    assert taken() == [(5, 180, 0, "in_person")]


def test_a_second_line_of_headings_is_nobody(training, coordinator):
    data = xlsx_of(
        ["Bureautique"], ["Nom", "Prénom", 5, 6, 7], ["", "", "L", "M", "M"], awa("X", "X", "X")
    )

    file, checked = read(data, coordinator, month=1, year=2026)

    assert (file.what, file.heading) == ("days", 2)
    assert codes(checked) == []
    assert len(checked.drafts.presences) == 3


def test_names_above_the_days_are_found(training, coordinator):
    data = xlsx_of(["Janvier 2026"], ["Nom", "Prénom", "L", "M"], ["", "", 5, 6], awa("X", "X"))

    file, checked = read(data, coordinator)

    assert (file.what, file.heading) == ("days", 3)
    assert file.columns == {"0": "family_name", "1": "call_name"}
    assert len(checked.drafts.presences) == 2


def test_the_track_is_said_once_for_someone_who_is_in_two(training, coordinator):
    other = stories.tracks.open_track(
        "Alpha", team=training.house.team, opened_on=date(2020, 1, 1), by=coordinator,
        category="base", method="defi",
    )  # fmt: skip
    programme = stories.tracks.open_programme(
        other, "Alpha", (("Lire", 6000),), from_on=date(2026, 1, 1), by=coordinator
    )
    stories.enrolments.enrol(
        training.house.awa, programme, entered_on=stories.MONDAY, by=make.actor(training.house.bram)
    )

    _file, unsure = read(week(awa("X")), coordinator)
    _file, sure = read(week(awa("X")), coordinator, track=str(other.pk))

    assert codes(unsure) == [(3, "C", "which_track")]
    assert codes(sure) == []


# --- remembered, undone, the same whatever the size ---


def test_codes_are_remembered_for_the_next_sheet(training, coordinator):
    imported(week(awa("X", "CM")), coordinator)

    known = KnownCode.objects.of_centre(coordinator.own_centre)
    assert (known["x"], known["cm"]) == ("present", "ground_1")


def test_undoing_takes_back_presences_absences_and_hours(training, coordinator):
    training.session(0)
    before = everything()
    file = imported(week(awa("X", "CM", "A", 3)), coordinator, proofs_on="2026-02-01")
    # 10 % of the first day, for the day nobody accounts for.
    assert figures.minutes_of(training.enrolment).minutes == 360 + 360 + 36 + 180
    assert the_ledger_lacks_nothing(training, coordinator)

    undo(file, by=coordinator)

    assert everything() == before
    assert figures.minutes_of(training.enrolment).minutes == 0
    assert the_ledger_lacks_nothing(training, coordinator)


def test_a_sheet_costs_as_many_questions_with_three_people_as_with_thirty(
    training, coordinator, django_assert_max_num_queries
):
    people = [training.another().person for _number in range(30)]
    line = [[one.family_name, one.call_name, "X", "X", "CM"] for one in people]

    def cost(lines):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        file, _checked = read(week(*lines), coordinator)
        with CaptureQueriesContext(connection) as asked:
            looked(file, coordinator, options=SAID)
        return len(asked)

    few = cost(line[:3])
    assert cost(line) == few
