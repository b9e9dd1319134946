"""Issue 6, acceptance 8: faults are planted in a large file; each is named by its line, nothing is
half imported, and undoing restores the previous state exactly.

Here with 1 200 lines and 120 faults. `RELIER_IMPORT_LINES=10000 RELIER_IMPORT_FAULTS=500` makes it
the whole one; `python -m benchmarks.importing` prints its figures.
"""

import os
from datetime import timedelta
from uuid import uuid4

import pytest

from relier.lib.spreadsheets import Fault, Remark, Unreadable
from relier.lib.tests.sheets_made import bomb, with_macros, xlsx_of
from relier.people.models import Person
from relier.training import figures
from relier.training.importing import staged, statements
from relier.training.importing.keeping import keep
from relier.training.importing.models import State
from relier.training.importing.problems import Weight
from relier.training.importing.undoing import undo
from relier.training.models import Enrolment, Presence

from .dumps import everything
from .files import looked, sent
from .planted import ENTERED, people, presences

LINES = int(os.environ.get("RELIER_IMPORT_LINES", "1200"))
FAULTS = int(os.environ.get("RELIER_IMPORT_FAULTS", "120"))


def of_centre(coordinator):
    year = figures.annual_table(coordinator.own_centre, 2026)
    return {track: dict(months) for track, months in year.items()}


def named(checked):
    """Line -> what is said of it, duplicates included."""
    found = {one.line: one.code for one in checked.problems if one.code != "same_person"}
    return found | {one.line: "duplicate" for one in checked.questions}


def test_each_planted_fault_is_named_by_its_line_and_undoing_restores_all(training, coordinator):
    rows, planted = people(LINES, FAULTS)
    before, figures_before = everything(), of_centre(coordinator)

    file, checked = sent(with_macros(xlsx_of(*rows)), coordinator)

    assert file.remarks == [Remark.MACROS]
    assert named(checked) == planted
    assert everything() == before

    all_same = {one.key: one.proposals[0].ref for one in checked.questions}
    staged.decide(file, all_same, by=coordinator)
    file.refresh_from_db()
    file, checked = looked(file, coordinator, options={"leave_out": True})
    keep(file, by=coordinator, plan=checked.digest)

    stopped = {one.line for one in checked.problems if one.weight is Weight.STOPS}
    duplicates = list(planted.values()).count("duplicate")
    assert Person.objects.exclude(pk=training.house.awa.pk).count() == (
        LINES - len(stopped) - duplicates
    )
    hours = with_hours(training, coordinator, rows[1:60])
    assert of_centre(coordinator) != figures_before

    undo(hours, by=coordinator)
    undo(file, by=coordinator)

    assert everything() == before
    assert of_centre(coordinator) == figures_before


def with_hours(training, coordinator, of):
    known = set(Enrolment.objects.values_list("person__family_name", flat=True))
    days = [ENTERED + timedelta(days=number) for number in range(10)]
    lines, planted = presences([row for row in of if row[0] in known][:50], days, faults=25)
    options = {"make_sessions": True, "leave_out": True}
    file, checked = sent(xlsx_of(*lines), coordinator, options=options)
    assert {one.line: one.code for one in checked.problems} == planted
    keep(file, by=coordinator, plan=checked.digest)
    assert Presence.objects.count() == len(lines) - 1 - len(planted)
    return file


def test_a_bomb_leaves_nothing_behind(training, coordinator):
    before = everything()

    with pytest.raises(Unreadable) as refused:
        staged.receive(bomb(), name="bombe.xlsx", by=coordinator, form_key=uuid4())

    assert refused.value.fault is Fault.BOMB
    assert everything() == before


@pytest.mark.parametrize("written", [0, 1, 3, 5])
def test_an_import_that_breaks_half_way_leaves_nothing(training, coordinator, monkeypatch, written):
    rows, _planted = people(60, 0)
    file, checked = sent(xlsx_of(*rows), coordinator)
    before, left = everything(), [written]
    write = statements.Statement.write

    def broken(statement):
        if not left[0]:
            raise RuntimeError("the power was cut")
        left[0] -= 1
        write(statement)

    monkeypatch.setattr(statements.Statement, "write", broken)
    with pytest.raises(RuntimeError):
        keep(file, by=coordinator, plan=checked.digest)

    assert everything() == before
    file.refresh_from_db()
    assert file.is_waiting


@pytest.mark.parametrize("written", [0, 2, 4])
def test_an_undoing_that_breaks_half_way_leaves_all(training, coordinator, monkeypatch, written):
    rows, _planted = people(60, 0)
    file, checked = sent(xlsx_of(*rows), coordinator)
    keep(file, by=coordinator, plan=checked.digest)
    before, left = everything(), [written]
    write = statements.Statement.write

    def broken(statement):
        if not left[0]:
            raise RuntimeError("the power was cut")
        left[0] -= 1
        write(statement)

    monkeypatch.setattr(statements.Statement, "write", broken)
    with pytest.raises(RuntimeError):
        undo(file, by=coordinator)

    assert everything() == before
    file.refresh_from_db()
    assert file.state == State.KEPT
