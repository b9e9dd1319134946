import argparse
import json
from itertools import combinations

import numpy as np
import pytest

from relier.deliberation.opinions import plan
from relier.deliberation.opinions.plan import NoPlan, planned


def ids(count):
    return [str(number) for number in range(1, count + 1)]


@pytest.mark.parametrize("statements", [*range(21, 81)])
def test_sheets_hold_twelve_to_twenty_statements_and_show_each_as_often(statements):
    made = planned(ids(statements), people=40)

    assert 2 <= len(made.sheets) <= 4
    assert all(12 <= len(set(sheet)) == len(sheet) <= 20 for sheet in made.sheets)
    assert made.exposures[0] == made.exposures[1] >= 1
    assert max(map(len, made.sheets)) - min(map(len, made.sheets)) <= 1


@pytest.mark.parametrize("statements", [21, 24, 27, 30])
def test_up_to_thirty_statements_every_pair_is_seen_together(statements):
    assert 0 not in planned(ids(statements)).together


@pytest.mark.parametrize(("statements", "versions"), [(24, 3), (24, 4), (30, 4), (36, 4), (40, 4)])
def test_pairs_are_as_even_as_versions_allow(statements, versions):
    table = planned(ids(statements), versions=versions).table()

    # Squares of meetings add up to least when any two versions share as many statements as any
    # other two, within one.
    shared = [int((a * b).sum()) for a, b in combinations(table, 2)]
    assert max(shared) - min(shared) <= 1


def test_up_to_twenty_statements_stand_on_one_sheet():
    made = planned(ids(20), people=13)

    assert len(made.sheets) == 1
    assert made.copies == 13
    assert set(made.sheets[0]) == set(ids(20))


def test_the_same_statements_give_the_same_sheets_in_any_order():
    names = ids(33)

    assert planned(names[::-1]) == planned(names)
    assert planned(ids(32)).sheets != planned(names).sheets


def test_enough_copies_are_printed_for_everybody():
    made = planned(ids(30), people=40)

    assert made.copies * len(made.sheets) >= 40 > (made.copies - 1) * len(made.sheets)


def test_sheets_that_share_nothing_say_so():
    assert planned(ids(40)).is_linked
    made = planned(ids(60))

    assert not made.is_linked
    assert "Sheets share no statement" in plan.as_text(made, {})


@pytest.mark.parametrize(("count", "options"), [(81, {}), (0, {}), (10, {"versions": 4}),
                                                (24, {"longest": 30})])  # fmt: skip
def test_what_does_not_fit_is_said(count, options):
    with pytest.raises(NoPlan):
        planned(ids(count), **options)


def asked(*arguments):
    parser = argparse.ArgumentParser()
    plan.add_arguments(parser)
    return plan.run(parser.parse_args(arguments))


def test_the_command_writes_for_machines_and_for_people(tmp_path, capsys):
    statements = tmp_path / "statements.csv"
    lines = [f"{n},Say {n}\n" for n in range(1, 25)]
    statements.write_text("statement,text\n" + "".join(lines))

    assert asked("--statements", str(statements), "--json", str(tmp_path / "plan.json")) == 0

    told = json.loads((tmp_path / "plan.json").read_text())
    assert told["format"] == plan.FORMAT
    assert np.unique([len(sheet["statements"]) for sheet in told["sheets"]]).tolist() == [16]
    assert "[7] Say 7" in capsys.readouterr().out


def test_the_command_says_in_a_sentence_what_it_cannot_do(tmp_path, capsys):
    assert asked("--count", "200") == 2
    assert "do not fit" in capsys.readouterr().err
    assert asked("--statements", str(tmp_path / "none.csv")) == 2
