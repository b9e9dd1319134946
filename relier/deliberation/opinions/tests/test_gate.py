from itertools import combinations

import numpy as np
import pytest

from relier.deliberation.opinions import gate as gates
from relier.deliberation.opinions.gate import alike, gate

from .rooms import agreeable, camps, opinions


@pytest.mark.parametrize(("people", "missing"), [(8, 0.0), (12, 0.2), (24, 0.5)])
def test_without_camps_p_is_uniform(people, missing):
    values = np.sort(
        [gate(opinions(agreeable(k, people, missing=missing)), str(k)).p for k in range(50)]
    )

    # Kolmogorov and Smirnov at one in a thousand, and no more than 5 % plus three errors.
    assert np.abs(values - (np.arange(50) + 0.5) / 50).max() < 1.95 / 50**0.5
    assert (values <= 0.05).mean() <= 0.05 + 3 * (0.05 * 0.95 / 50) ** 0.5


def test_camps_of_a_dozen_people_open_the_gate():
    opened = [gate(opinions(camps(k, 12, sides=0.85)[0]), str(k)).is_open for k in range(40)]

    assert np.mean(opened) >= 0.85


def test_tables_that_are_drawn_keep_every_total_and_every_hole():
    table = gates._informative(opinions(camps(3, 14)[0]))

    drawn = gates._drawn(table, 128, gates.random("seed", "test"))
    tables = gates._unpacked(drawn, table, 0, 128)

    assert (tables.sum(axis=1) == table.sum(axis=0)).all()
    assert (tables.sum(axis=2) == table.sum(axis=1)).all()
    assert ((tables != 0) == (table != 0)).all()
    assert len(np.unique(tables.reshape(128, -1), axis=0)) == 128


def test_the_pattern_is_the_sum_over_threes_of_people():
    table = opinions(camps(4, 9, 7)[0])
    expected = np.rint(64 * gates.rasch(table)).astype(int)
    residuals = np.where(table != 0, 64 * table.astype(int) - expected, 0)
    like = residuals @ residuals.T

    threes = sum(like[a, b] * like[b, c] * like[c, a] for a, b, c in combinations(range(9), 3))

    assert gates._patterns(table[None], expected, 64) == [6 * threes]


def test_nothing_to_exchange_is_no_pattern():
    assert gate(np.ones((6, 5), dtype=np.int8), "seed").p == 1.0
    assert gate(np.zeros((6, 5), dtype=np.int8), "seed").p == 1.0
    assert gate(np.eye(5, dtype=np.int8), "seed").p == 1.0


def test_four_people_who_answer_as_one_are_found():
    table = opinions(agreeable(1, 30))
    table[3:7] = np.where(np.arange(20) % 2, 1, -1)

    assert np.flatnonzero(alike(table)).tolist() == [3, 4, 5, 6]
