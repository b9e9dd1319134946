from itertools import pairwise, product

import numpy as np
import pytest

from relier.deliberation.opinions.analysis import analyse
from relier.deliberation.opinions.document import document
from relier.deliberation.opinions.releases import FEWEST, TEN, changed, is_due, shown, word
from relier.deliberation.opinions.state import State
from relier.deliberation.opinions.votes import Votes

from .rooms import camps, mixed_votes


def consistent(counts):
    """Every (agree of each group) that says the same words with the same total."""
    opinions = counts.sum(axis=1)
    ranges = [range(size + 1) for size in opinions]
    words = [
        word(int(agree), int(size)) for agree, size in zip(counts[:, 0], opinions, strict=True)
    ]
    for option in product(*ranges):
        same = [word(agree, int(size)) for agree, size in zip(option, opinions, strict=True)]
        if sum(option) == counts[:, 0].sum() and same == words:
            yield option


@pytest.mark.parametrize("seed", range(60))
def test_what_is_told_in_words_never_says_that_a_small_group_is_of_one_mind(seed):
    source = np.random.default_rng(seed)
    opinions = source.integers(5, 13, size=2 + seed % 2)
    agree = np.where(source.random(len(opinions)) < 0.5, opinions, source.integers(0, opinions + 1))
    counts = np.column_stack((agree, opinions - agree))

    how = shown(counts)

    small = [place for place, size in enumerate(opinions) if size < TEN]
    if how == "exact":
        assert all(0 < agree[place] < opinions[place] for place in small)
    if how == "words":
        options = list(consistent(counts))
        for place in small:
            if agree[place] in (0, opinions[place]):
                assert len({option[place] for option in options}) > 1


def test_one_small_cell_hides_the_others():
    assert shown(np.array([[9, 3], [3, 1]])) == "hidden"
    assert shown(np.array([[9, 3], [0, 0]])) == "exact"
    assert shown(np.array([[9, 3], [4, 3]])) == "exact"


def test_no_cell_of_a_group_under_five_is_in_a_document():
    seen = 0
    for seed in range(6):
        table, _camp = camps(seed, 14, missing=0.4)
        for statement in document(analyse(Votes.of_dense(table)))["statements"]:
            for cell in (statement["by_group"] or {}).values():
                seen += 1
                assert cell["opinions"] == 0 or cell["opinions"] >= FEWEST
                if "agree" in cell and cell["opinions"] < TEN:
                    assert 0 < cell["agree"] < cell["opinions"]
    assert seen


def test_figures_move_by_batches_of_five_whatever_the_moment():
    votes = mixed_votes(2, 23)
    rows, state, released, moments = votes.row_of_each, State(votes.statements), None, []
    for row, column, value in zip(rows, votes.columns, votes.values, strict=True):
        state.put(str(row), votes.statements[column], int(value))
        now = state.votes()
        if is_due(released, now, is_closed=False):
            assert changed(released, now) >= FEWEST
            moments.append(len(now))
            released = now

    # A person's later answers move figures too: they count as one who changed.
    assert moments[0] == FEWEST
    assert all(later - earlier >= FEWEST - 1 for earlier, later in pairwise(moments))
    assert is_due(released, state.votes(), is_closed=True)


def test_four_people_who_change_their_mind_move_nothing():
    before = mixed_votes(3, 20)
    table = before.dense().astype(float)
    table[table == 3] = np.nan
    table[:4] = -1

    assert changed(before, Votes.of_dense(table)) == 4
    assert not is_due(before, Votes.of_dense(table), is_closed=False)
