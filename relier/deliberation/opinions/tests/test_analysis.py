import hashlib
import os
import subprocess
import sys
import time

import numpy as np
import pytest

from relier.deliberation.opinions.analysis import analyse, position
from relier.deliberation.opinions.document import as_json, document
from relier.deliberation.opinions.votes import Votes

from .rooms import agreeable, camps, mixed_votes

SAME = """
import hashlib
from relier.deliberation.opinions.analysis import analyse
from relier.deliberation.opinions.document import as_json
from relier.deliberation.opinions.tests.rooms import mixed_votes
told = b"".join(as_json(analyse(mixed_votes(k, 12 + 9 * k))) for k in range(3))
print(hashlib.sha256(told).hexdigest())
"""


def shuffled(votes, seed):
    source = np.random.default_rng(seed)
    people, order = source.permutation(len(votes)), source.permutation(len(votes.values))
    return Votes.of_cells(
        people[votes.row_of_each][order], votes.columns[order], votes.values[order],
        votes.statements,
    )  # fmt: skip


@pytest.mark.parametrize("people", [12, 24])
def test_the_order_of_people_and_votes_changes_no_byte(people):
    votes = mixed_votes(1, people)
    told = as_json(analyse(votes))

    assert {as_json(analyse(shuffled(votes, seed))) for seed in range(4)} == {told}


def test_statements_in_another_order_change_no_byte():
    votes = mixed_votes(1)
    order = np.random.default_rng(0).permutation(20)
    names = [votes.statements[place] for place in order]
    back = np.argsort(order)

    other = Votes.of_cells(votes.row_of_each, back[votes.columns], votes.values, names)

    assert as_json(analyse(other)) == as_json(analyse(votes))


@pytest.mark.parametrize("seed", range(3))
def test_agree_and_disagree_exchanged_give_the_mirrored_result(seed):
    votes = mixed_votes(seed)
    one, other = document(analyse(votes)), document(analyse(votes.mirrored()))
    turned = {"agree": "disagree", "disagree": "agree", None: None}

    for key in ("verdict", "p_value", "groups", "in_between", "certainty", "held_out_bits"):
        assert one[key] == other[key]
    for first, second in zip(one["statements"], other["statements"], strict=True):
        assert first["agree"] == second["disagree"]
        assert first["consensus"] == turned[second["consensus"]]
        assert first["divisive"] == second["divisive"]
        if first["worst_group"]:
            assert first["worst_group"]["agree"] == second["worst_group"]["disagree"]


def test_threads_and_kinds_of_processor_change_no_byte():
    found = set()
    for threads, kind in (("1", "Haswell"), ("2", "SkylakeX"), ("2", "Nehalem")):
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OPENBLAS_CORETYPE": kind}
        found.add(subprocess.check_output([sys.executable, "-c", SAME], env=environment))
    here = b"".join(as_json(analyse(mixed_votes(k, 12 + 9 * k))) for k in range(3))

    assert found == {hashlib.sha256(here).hexdigest().encode() + b"\n"}


@pytest.mark.parametrize("people", [0, 1, 2, 3, 5, 7])
@pytest.mark.parametrize("statements", [1, 6])
@pytest.mark.parametrize("answer", [1.0, -1.0, 0.0, 2.0, np.nan])
def test_a_few_answers_are_too_few_and_nothing_breaks(people, statements, answer):
    told = document(analyse(Votes.of_dense(np.full((people, statements), answer))))

    assert told["verdict"] == "too_few"
    assert told["advice"]
    assert told["groups"] == []


def odd_rooms():
    table, _camp = camps(0, 14)
    everything = np.full((14, 20), np.nan)
    everything[3] = 1
    twins = np.tile(np.where(np.arange(20) % 2, 1.0, -1.0), (14, 1))
    half = twins.copy()
    half[:7] *= -1
    single = table.copy()
    single[0], single[0, 4] = np.nan, 1
    return {
        "all pass": np.zeros((14, 20)), "all agree": np.ones((14, 20)),
        "one statement": table[:, :1], "one person votes on everything": everything,
        "identical twins": twins, "two kinds of twins": half, "one vote": single,
        "one vote in all": np.where(np.arange(280).reshape(14, 20) == 33, 1.0, np.nan),
    }  # fmt: skip


@pytest.mark.parametrize("name", odd_rooms())
def test_odd_rooms_give_a_verdict(name):
    told = document(analyse(Votes.of_dense(odd_rooms()[name])))

    assert told["verdict"] in {"too_few", "none", "camps", "spectrum"}
    if name == "two kinds of twins":
        assert [group["size"] for group in told["groups"]] == [7, 7]
    else:
        assert all(group["size"] >= 5 for group in told["groups"])


def test_planted_camps_are_shown():
    shown = [document(analyse(Votes.of_dense(camps(seed, 16)[0])))["groups"] for seed in range(8)]

    assert sum(bool(groups) for groups in shown) >= 6
    assert all(group["size"] >= 5 for groups in shown for group in groups)


def test_agreeable_people_are_no_camp():
    verdicts = [analyse(Votes.of_dense(agreeable(seed, 24))).verdict for seed in range(30)]

    # One in twenty opens the gate; six in thirty would be one in three thousand.
    assert sum(verdict in {"camps", "spectrum"} for verdict in verdicts) <= 5


def test_colluders_own_no_group_and_veto_nothing():
    for seed in range(4):
        table = (agreeable(seed, 26) if seed % 2 else camps(seed, 26, sides=0.85)[0]).copy()
        table[:, 0] = 1
        plan = np.where(np.random.default_rng(seed).random(20) < 0.5, 1.0, -1.0)
        plan[0] = -1
        for count in (1, 4):
            votes = Votes.of_dense(np.concatenate((table, np.tile(plan, (count, 1)))))
            told = document(analyse(votes))

            assert told["statements"][0]["consensus"] == "agree"
            assert all(group["size"] > 2 * count for group in told["groups"])


def test_ones_own_position_is_for_oneself():
    table, camp = camps(1, 16)
    rows, columns = np.nonzero(~np.isnan(table))
    names = [f"voice {place}" for place in range(16)]
    votes = Votes.of_cells(
        rows, columns, table[rows, columns], [str(place) for place in range(20)], names
    )

    result = analyse(votes)
    groups = [position(result, name)[0] for name in names]

    assert sum(groups[place] == groups[0] for place in range(16) if camp[place] == camp[0]) >= 7
    assert b"voice" not in as_json(result)
    with pytest.raises(KeyError):
        position(result, "somebody else")


def test_a_whole_analysis_of_forty_people_takes_little_time():
    votes = Votes.of_dense(camps(0, 40, 40)[0])
    analyse(votes)
    began = time.process_time()

    analyse(votes)

    assert time.process_time() - began < 1.5
