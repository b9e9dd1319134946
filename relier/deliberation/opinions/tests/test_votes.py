import numpy as np
import pytest

from relier.deliberation.opinions.votes import Contradiction, Votes

from .rooms import mixed_votes


def cells(votes):
    return votes.row_of_each, votes.columns, votes.values


def test_neither_order_nor_names_change_the_digest():
    votes = mixed_votes()
    rows, columns, values = cells(votes)
    order = np.random.default_rng(1).permutation(len(rows))
    shuffled = np.random.default_rng(2).permutation(len(votes))

    again = Votes.of_cells(
        shuffled[rows][order], columns[order], values[order], votes.statements,
        [f"person {place}" for place in range(len(votes))],
    )  # fmt: skip

    assert again.digest() == votes.digest()
    assert np.array_equal(again.canonical().dense(), votes.canonical().dense())


def test_one_answer_changes_the_digest():
    votes = mixed_votes()
    rows, columns, values = cells(votes)
    other = values.copy()
    other[3] = -1 if other[3] == 1 else 1

    assert Votes.of_cells(rows, columns, other, votes.statements).digest() != votes.digest()


def test_statements_that_are_numbers_are_in_the_order_of_numbers():
    votes = Votes.of_cells([0, 0, 0], [0, 1, 2], [1, -1, 0], ["10", "b", "9"])

    assert votes.statements == ("9", "10", "b")
    assert votes.dense().tolist() == [[0, 1, -1]]


def test_the_same_cell_twice_counts_once_and_two_answers_are_refused():
    assert len(Votes.of_cells([0, 0], [0, 0], [1, 1], ["a"]).values) == 1
    with pytest.raises(Contradiction) as refusal:
        Votes.of_cells([5, 2, 5], [1, 0, 1], [1, 1, -1], ["a", "b"])

    assert (refusal.value.row, refusal.value.column) == (5, 1)
    assert (refusal.value.first, refusal.value.second) == (0, 2)


@pytest.mark.parametrize(
    ("rows", "columns", "values"),
    [([0], [0], [3]), ([0], [1], [1]), ([-1], [0], [1]), ([0], [0], [0.5]), ([0, 1], [0], [1])],
)
def test_what_is_no_vote_is_refused(rows, columns, values):
    with pytest.raises(ValueError, match=r"\w"):
        Votes.of_cells(rows, columns, values, ["a"])


def test_who_gave_no_answer_has_no_row():
    votes = Votes.of_cells([4], [0], [0], ["a"], ["p", "q", "r", "s", "t"])

    assert len(votes) == 1
    assert votes.people == ("t",)


def test_a_mirror_exchanges_agree_and_disagree_only():
    table = mixed_votes().mirrored().dense()
    before = mixed_votes().dense()

    assert np.array_equal(table == 1, before == -1)
    assert np.array_equal(table == 2, before == 2)
    assert np.array_equal(table == 0, before == 0)
