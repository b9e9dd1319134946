"""What follows from what, against the plain definition."""

import itertools
import random

import pytest

from relier.competences import order


def closure(pairs):
    """Every pair that the pairs say, near and far: by definition, one step at a time."""
    known = set(pairs)
    while True:
        more = {(a, d) for (a, b), (c, d) in itertools.product(known, repeat=2) if b == c}
        if more <= known:
            return known
        known |= more


def some_pairs(seed, items=8, density=0.3):
    drawn = random.Random(seed)
    pairs = [
        (str(high), str(low)) for high in range(items) for low in range(high)
        if drawn.random() < density
    ]  # fmt: skip
    drawn.shuffle(pairs)
    return pairs


@pytest.mark.parametrize("seed", range(20))
def test_the_essential_pairs_say_all_the_others_and_none_can_be_spared(seed):
    pairs = some_pairs(seed)

    essential = order.essential(pairs)

    assert closure(essential) == closure(pairs)
    for pair in essential:
        assert closure(essential - {pair}) != closure(pairs)


@pytest.mark.parametrize("seed", range(20))
def test_a_way_exists_exactly_where_one_item_needs_another_from_afar(seed):
    pairs = some_pairs(seed)
    known = closure(pairs)

    for start, end in itertools.product("01234567", repeat=2):
        chain = order.way(pairs, start, end)
        assert bool(chain) == ((start, end) in known)
        assert set(itertools.pairwise(chain)) <= set(pairs)


def test_a_way_is_a_shortest_one():
    pairs = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")]

    assert order.way(pairs, "a", "d") == ("a", "c", "d")


def test_a_loop_is_the_way_back_to_oneself():
    assert order.way([("a", "b"), ("b", "c"), ("c", "a")], "a", "a") == ("a", "b", "c", "a")
