import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.deliberation.opinions.state import State, recount

from .rooms import mixed_votes

NAMES = ("1", "2", "3", "x")
DEED = st.tuples(
    st.sampled_from("abc"), st.sampled_from(NAMES), st.sampled_from([1, -1, 0, 2, None])
)


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("answers", "products", "both", "sums")
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(DEED, max_size=30))
def test_whatever_was_given_changed_and_taken_back_the_state_is_a_recount(deeds):
    state = State(NAMES)
    for person, statement, answer in deeds:
        state.put(person, statement, answer)

    assert same(state, recount(state.votes()))


def test_the_state_is_a_recount_after_every_vote():
    votes = mixed_votes(people=8)
    state = State(votes.statements)
    for row, column, value in zip(votes.row_of_each, votes.columns, votes.values, strict=True):
        state.put(str(row), votes.statements[column], int(value))
        assert same(state, recount(state.votes()))


def test_a_moderated_statement_is_taken_out_not_passed():
    votes = mixed_votes(people=8)

    kept = recount(votes).without(frozenset({"3", "7"}))

    assert "3" not in kept.statements
    assert same(kept, recount(kept.votes()))


def test_one_more_vote_costs_less_than_a_millisecond():
    state = recount(mixed_votes(people=40))
    times = []
    for turn in range(50):
        began = time.perf_counter()
        state.put("new", str(turn % 20), 1 if turn % 2 else -1)
        times.append(time.perf_counter() - began)

    assert sorted(times)[len(times) // 2] < 0.001


def test_an_unknown_answer_or_statement_is_refused():
    with pytest.raises(ValueError, match="no such answer"):
        State(NAMES).put("a", "1", 3)
    with pytest.raises(KeyError):
        State(NAMES).put("a", "9", 1)
