import math

import numpy as np
import pytest

from relier.deliberation.opinions import kernels, steady
from relier.deliberation.opinions.kernels import Opinions

from .worlds import world


def test_logarithms_and_exponentials_are_those_of_the_library():
    x = np.exp(np.linspace(-60, 60, 20_001))

    assert np.abs(steady.log(x) - np.log(x)).max() < 2e-14
    near = np.linspace(0.7, 1.5, 2001)
    assert np.abs(steady.log(near) - np.log(near)).max() < 4e-16
    y = np.linspace(-690, 690, 20_001)
    assert np.abs(steady.exp(y) / np.exp(y) - 1).max() < 4e-15


def test_a_sigmoid_is_within_a_millionth():
    x = np.linspace(-15.9, 15.9, 10_001)

    assert np.abs(steady.sigmoid(x) - 1 / (1 + np.exp(-x))).max() < 1e-6
    assert steady.sigmoid(np.array([-1e9, 1e9])) == pytest.approx([0, 1], abs=1e-6)


def test_shares_are_those_of_bayes():
    scores = (np.array([[0.0, -1.0, -30.0]]) * kernels.NAT).astype(np.int64)

    shares, logs = kernels.shared(scores)

    total = 1 + math.exp(-1)
    assert shares[0] / kernels.WHOLE == pytest.approx(
        [1 / total, math.exp(-1) / total, 0], abs=1e-3
    )
    assert logs[0] / kernels.NAT == pytest.approx(math.log(total), abs=2e-3)


def test_compiled_loops_add_up_the_same_whole_numbers(monkeypatch):
    pytest.importorskip("numba")
    opinions = Opinions.of(world(1, people=300)[0])
    size = 2 * opinions.statements
    monkeypatch.setattr(kernels, "WORTH_A_THREAD", 100)
    monkeypatch.setenv("RELIER_OPINIONS_THREADS", "3")

    def everything():
        made = []
        for t in (1, 2, 4, 5):
            table = random_table(random_of(t), size, t)
            people = random_table(random_of(t), len(opinions), t)
            done = kernels.em_pass(opinions, table, table[0], np.abs(people[:, 0]) % 3)
            made += [kernels.sums_of_people(opinions, table), done.cells, done.sizes]
            made += [kernels.sums_of_cells(opinions, people), np.array([done.likelihood])]
        x = random_of(9).normal(size=len(opinions.cells))
        rows, agree = opinions.row_of_each, (opinions.cells & 1).astype(float)
        made.append(kernels.logistic_sums(rows, len(opinions), agree, 20 * x, x))
        return [part.tobytes() for part in made]

    compiled = everything()
    monkeypatch.setattr(kernels, "compiled", lambda: None)
    assert everything() == compiled


def random_of(seed):
    return np.random.default_rng(seed)


def random_table(random, rows, columns):
    return random.integers(-3 * kernels.NAT, 0, (rows, columns))


@pytest.mark.parametrize("statements", [12, 200])
def test_pairs_add_up_to_what_a_loop_would(statements, monkeypatch):
    random = np.random.default_rng(0)
    lengths = random.integers(2, 10, 50)
    columns = np.array([np.sort(random.permutation(statements)[:10]) for _ in lengths])
    x = random.integers(-1000, 1000, columns.shape)

    expected = np.zeros((statements, statements), dtype=np.int64)
    for row, length in enumerate(lengths):
        for a in range(length):
            for b in range(a + 1, length):
                expected[columns[row, a], columns[row, b]] += x[row, a] * x[row, b]

    assert (kernels.co_votes(columns, lengths, x, statements) == expected).all()
    monkeypatch.setattr(kernels, "compiled", lambda: None)
    assert (kernels.co_votes(columns, lengths, x, statements) == expected).all()


def test_blocks_and_threads_cut_nothing_off(monkeypatch):
    votes, _ = world(2, people=333)
    whole = Opinions.of(votes)
    monkeypatch.setattr(kernels, "ROWS_AT_ONCE", 50)

    cut = Opinions.of(votes)

    assert (cut.cells == whole.cells).all()
    assert (cut.starts == whole.starts).all()
    assert sum(len(block.cells) for block in cut.blocks()) == len(whole.cells)
