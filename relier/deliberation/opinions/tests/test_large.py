import json
import os
import subprocess
import sys

import numpy as np
import pytest

from relier.deliberation.opinions import hidden, large, large_gate, mixture
from relier.deliberation.opinions.analysis import analyse
from relier.deliberation.opinions.document import document
from relier.deliberation.opinions.kernels import Opinions
from relier.deliberation.opinions.large import adjusted_rand, analyse_large
from relier.deliberation.opinions.votes import ANSWERS, Votes

from .rooms import mixed_votes
from .worlds import shuffled, world

AS_BYTES = """
import hashlib, sys
from relier.deliberation.opinions import kernels, large
from relier.deliberation.opinions.tests.worlds import world
kernels.WORTH_A_THREAD = 1000
found = large.analyse_large(world(3)[0])
told = repr((found.verdict, found.p_value, found.sizes, found.stability, found.bits)).encode()
whole = told + found.memberships.tobytes() + found.labels.tobytes() + found.counts.tobytes()
print(hashlib.sha256(whole).hexdigest(), kernels.compiled() is not None, "django" in sys.modules)
"""


def elsewhere(**settings):
    """What a process of its own finds, with other settings."""
    done = subprocess.run(
        [sys.executable, "-c", AS_BYTES],
        env={**os.environ, **settings}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def told(groups):
    return (groups.verdict, groups.p_value, groups.sizes, groups.stability, groups.bits)


def test_two_camps_are_found_with_those_who_are_in_them():
    votes, camps = world(1)

    found = analyse_large(votes)

    assert found.verdict == "camps"
    assert len(found.sizes) == 2
    assert adjusted_rand(found.labels.astype(np.int64), camps) > 0.85
    assert found.stability > 0.8


def test_nothing_is_said_of_people_who_only_differ_in_how_often_they_agree():
    votes, _ = world(2, kind="none")

    found = analyse_large(votes)

    assert found.verdict == "none"
    assert found.p_value > 0.05
    assert found.sizes == (len(votes),)
    assert found.stability is None


def test_a_line_is_no_camp():
    found = analyse_large(world(4, people=900, kind="line", strength=1.3)[0])

    assert found.p_value <= 0.05
    assert found.verdict == "spectrum"


def test_what_groups_answered_is_what_was_counted():
    votes, _ = world(1)

    found = analyse_large(votes)

    dense = votes.dense(9)
    for g, size in enumerate(found.sizes):
        assert (found.labels == g).sum() == size
        for place, answer in enumerate(ANSWERS):
            counted = (dense[found.labels == g] == answer).sum(axis=0)
            assert (found.counts[g, :, place] == counted).all()


def test_the_order_of_people_changes_nothing():
    votes, _ = world(5)
    found = analyse_large(votes)

    for seed in range(3):
        moved, order = shuffled(votes, seed)
        again = analyse_large(moved)

        assert told(again) == told(found)
        assert again.counts.tobytes() == found.counts.tobytes()
        assert again.memberships.tobytes() == found.memberships[order].tobytes()


def test_agree_and_disagree_exchanged_mirror_the_result():
    votes, _ = world(6)

    found, mirror = analyse_large(votes), analyse_large(votes.mirrored())

    assert told(mirror) == told(found)
    assert mirror.memberships.tobytes() == found.memberships.tobytes()
    assert (mirror.counts[:, :, [2, 1, 0, 3]] == found.counts).all()


@pytest.mark.once
def test_neither_compilation_nor_threads_nor_processor_change_a_byte():
    pytest.importorskip("numba")
    plain = elsewhere(RELIER_OPINIONS_COMPILED="0", OPENBLAS_CORETYPE="Nehalem")
    assert plain[1:] == ["False", "False"]

    for threads, core in (("1", "Haswell"), ("2", "SkylakeX")):
        fast = elsewhere(RELIER_OPINIONS_THREADS=threads, OPENBLAS_CORETYPE=core)
        assert fast == [plain[0], "True", "False"]


@pytest.mark.parametrize("answer", [0.0, 1.0, -1.0, 2.0])
def test_everybody_answering_alike_gives_a_sentence_and_no_group(answer):
    found = analyse_large(Votes.of_dense(np.full((450, 10), answer)))

    assert (found.verdict, found.p_value, found.sizes) in [
        ("none", 1.0, (450,)),
        ("none", 1.0, (0,)),
    ]


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (3, 2), (450, 1)])
def test_hardly_any_votes_break_nothing(shape):
    random = np.random.default_rng(0)

    found = analyse_large(Votes.of_dense(random.choice([-1.0, 1.0], shape)))

    assert found.verdict == "none"


def test_a_small_group_joins_the_one_most_like_it():
    votes, camps = world(7, people=500, strength=1.5)
    opinions = Opinions.of(votes)
    # A third class of twenty people of the first camp.
    labels = np.where((camps == 0) & (np.cumsum(camps == 0) <= 20), 2, camps)
    rates = mixture.rates_of_all(opinions)
    ones = np.ones(len(labels), dtype=np.int64)
    fit = mixture.from_labels(opinions, labels, 3, rates, ones)
    fit = mixture.fitted(opinions, fit, rates, ones, 1)

    shares, sizes = large.merged(opinions, fit)

    assert len(sizes) == 2
    assert sizes.min() >= large.least_size(opinions)
    assert adjusted_rand(shares.argmax(axis=1), camps) > 0.8


@pytest.mark.once
def test_the_gate_is_right_about_as_often_as_it_says():
    told = []
    for seed in range(60):
        votes, _ = world(seed, people=420, statements=20, kind="none")
        random = np.random.Generator(np.random.Philox(seed))
        told.append(large_gate.p_value(Opinions.of(votes), random, worlds=39))

    # Of 60 at 5 %: more than 8 has a chance of 0.3 %.
    assert (np.array(told) <= 0.05).sum() <= 8
    assert 0.35 < np.mean(told) < 0.65


def test_the_law_of_the_gate_is_that_of_all_ways_to_agree_as_often():
    opinions = Opinions.of(Votes.of_dense([[1, -1, 1, -1, -1]]))
    sheet = large_gate.padded(opinions)
    beta = np.array([0.3, -1.0, 2.0, 0.0, -0.5])

    laws = large_gate.conditional(sheet, beta)

    ways = [w for w in np.ndindex(2, 2, 2, 2, 2) if sum(w) == 2]
    weights = np.exp(np.array(ways) @ beta)
    expected = weights @ np.array(ways) / weights.sum()
    assert np.abs(laws.expected[0] - expected).max() < 1e-6


def test_votes_hidden_are_the_same_for_every_model_and_count_once():
    opinions = Opinions.of(world(8)[0])

    some = hidden.folds(opinions, np.random.Generator(np.random.Philox(1)))

    assert sum(len(fold.rows) for fold in some) == len(opinions.cells)
    assert all(len(f.known.cells) + len(f.rows) == len(opinions.cells) for f in some)


def test_a_coin_costs_one_bit():
    assert hidden.bits(np.array([0.5]), np.array([True])).tolist() == [hidden.BIT]


def test_what_is_told_of_thousands_holds_no_figure_that_is_not_one():
    told_of_them = document(analyse(mixed_votes(people=3000)))

    json.dumps(told_of_them, allow_nan=False)
    assert all(one["consensus_probability"] for one in told_of_them["statements"])
