"""The engine on small cases that can be followed by hand, what it refuses, and large spaces."""

import random
from itertools import pairwise, product

import numpy as np
import pytest

from relier.competences.spaces import Evidence, Space, Tangled, TooWide, narrow, read

# --- what is said without an answer --------------------------------------------------------------


def test_items_never_asked_are_read_through_their_neighbours():
    reading = read(Space.of("abc", [("c", "b"), ("b", "a")]), [Evidence("b", True, 0.1, 0.1)])

    assert reading.chances["a"] > 0.9
    assert read(Space.of("abc", []), []).chances["c"] == pytest.approx(0.5)
    assert 0.25 < reading.chances["c"] < 0.5 < reading.chances["b"]


def test_an_empty_space_has_nothing_to_say_and_nothing_to_ask():
    space = Space.of([], [])

    reading = read(space, [])

    assert list(space.sets()) == [frozenset()]
    assert (space.count_by_size(), space.density, space.width) == ((1,), 0.0, 0)
    assert (reading.chances, reading.doubt, reading.likely) == ({}, {}, frozenset())
    assert reading.next_question([]) is None


def test_one_item_is_even_until_an_answer_moves_it_by_its_rates():
    space = Space.of(["alone"], [])

    assert read(space, []).chances == {"alone": 0.5}
    heard = read(space, [Evidence("alone", True, careless=0.2, lucky=0.1)])
    assert heard.chances["alone"] == pytest.approx(0.8 / 0.9)


def test_isolated_items_hold_together_by_size_alone():
    reading = read(Space.of("abcd", []), [Evidence("a", True, 0.1, 0.1)])

    # Uniform shares of a size drawn flat: the law of succession of Laplace, softened by the rates.
    for item in "bcd":
        assert reading.chances[item] == pytest.approx(0.9 * 2 / 3 + 0.1 * 1 / 3)


# --- what to ask -------------------------------------------------------------------------------


def test_a_question_splits_a_chain_in_its_middle():
    chain = Space.of("abcde", [(b, a) for a, b in pairwise("abcde")], broken=0)

    assert read(chain, []).next_question("abcde") == "c"


def test_ties_go_to_the_first_of_the_space_whatever_may_be_asked():
    space = Space.of("dcba", [])

    assert read(space, []).next_question({"a", "b", "c"}) == "c"


def test_questions_stop_when_none_is_worth_asking():
    space = Space.of("ab", [])
    sure = [Evidence(item, True, 0.1, 0.1) for item in "aab"]

    assert read(space, sure[:1]).next_question("b") == "b"
    assert read(space, sure).next_question("ab") is None
    assert read(space, []).next_question([]) is None
    assert read(space, []).next_question("ab", careless=0.45, lucky=0.45) is None


def test_who_wants_more_questions_is_asked_more():
    space = Space.of("a", [])
    quite_sure = read(space, [Evidence("a", True, 0.15, 0.15)])

    assert quite_sure.next_question("a") is None
    assert quite_sure.next_question("a", worth=0) == "a"


# --- what is refused ---------------------------------------------------------------------------


def test_a_circle_of_needs_is_named():
    with pytest.raises(Tangled, match="b -> c -> b") as caught:
        Space.of("abc", [("a", "b"), ("b", "c"), ("c", "b")])

    assert caught.value.loop == ("b", "c", "b")


def test_an_item_needing_itself_is_a_circle():
    with pytest.raises(Tangled, match="a -> a"):
        Space.of("a", [("a", "a")])


def test_a_relation_too_entangled_is_refused_with_its_width():
    low, high = [f"low{i}" for i in range(14)], [f"high{i}" for i in range(14)]

    with pytest.raises(TooWide) as caught:
        Space.of(low + high, list(product(high, low)))

    assert caught.value.width == 15


@pytest.mark.parametrize(
    ("items", "needs", "options"),
    [
        ("aa", [], {}),
        ("ab", [("a", "z")], {}),
        ("ab", [], {"broken": 1}),
        ("ab", [], {"broken": -0.1}),
        ("ab", [], {"order": "a"}),
    ],
)
def test_a_relation_that_makes_no_sense_is_refused(items, needs, options):
    with pytest.raises(ValueError, match=r"item|chance"):
        Space.of(items, needs, **options)


@pytest.mark.parametrize(("careless", "lucky"), [(0, 0.1), (0.1, 0), (0.5, 0.5), (1, 0.1)])
def test_rates_that_are_not_of_an_answer_are_refused(careless, lucky):
    with pytest.raises(ValueError, match="rates"):
        Evidence("a", True, careless, lucky)


def test_items_of_another_space_are_refused():
    space = Space.of("ab", [])

    for about in (space.is_feasible, space.inner_fringe, space.outer_fringe):
        with pytest.raises(ValueError, match="z"):
            about({"z"})
    with pytest.raises(ValueError, match="z"):
        read(space, [Evidence("z", True, 0.1, 0.1)])


def test_a_space_of_millions_of_sets_is_not_listed():
    with pytest.raises(ValueError, match="too large"):
        next(Space.of([str(i) for i in range(20)], []).sets())


# --- large spaces, where sums have a closed form -----------------------------------------------


def test_sets_are_counted_exactly_beyond_64_bits():
    space = Space.of([f"{i}" for i in range(70)], [])

    assert sum(space.count_by_size()) == 2**70


def test_hundreds_of_contradicting_answers_do_not_underflow():
    items = [str(i) for i in range(200)]
    chain = Space.of(items, list(pairwise(reversed(items))), broken=0)
    backwards = [Evidence(item, int(item) >= 100, 0.001, 0.001) for item in items]

    chances = read(chain, backwards).chances

    assert chances["0"] == pytest.approx(0.5, abs=1e-3)
    assert chances["199"] == pytest.approx(0.5, abs=1e-3)


def test_drawn_sets_follow_the_sizes_asked_and_are_even_within_one():
    needs = [("b", "a"), ("c", "a"), ("d", "b")]
    space, rng = Space.of("abcd", needs, broken=0), np.random.default_rng(5)

    drawn = [space.draw(rng, [0, 0, 3, 1, 0]) for _ in range(4000)]

    share = {held: drawn.count(held) / 4000 for held in set(drawn)}
    expected = {"ab": 3 / 8, "ac": 3 / 8, "abc": 1 / 8, "abd": 1 / 8}
    assert share == pytest.approx({frozenset(k): p for k, p in expected.items()}, abs=0.04)


def test_what_is_drawn_from_a_doubtful_space_sometimes_breaks_a_need():
    space, rng = Space.of("ab", [("b", "a")], broken=0.25), np.random.default_rng(5)

    drawn = [space.draw(rng, [0, 1, 0]) for _ in range(4000)]

    assert drawn.count(frozenset("b")) / 4000 == pytest.approx(0.2, abs=0.03)


def test_the_same_relation_is_always_walked_in_the_same_order():
    rng = random.Random(3)
    items = [str(i) for i in range(40)]
    needs = [(str(i), str(rng.randrange(i))) for i in range(1, 40) for _ in range(2)]

    assert Space.of(items, needs).order == Space.of(items, reversed(needs)).order


# --- the order of a walk -------------------------------------------------------------------------


def graphs():
    for seed in range(100):
        rng = random.Random(seed)
        near = [0] * rng.randint(2, 12)
        for _ in range(rng.randint(0, 18)):
            one, other = rng.sample(range(len(near)), 2)
            near[one] |= 1 << other
            near[other] |= 1 << one
        yield near, rng.sample(range(len(near)), len(near))


def test_those_waiting_are_those_with_a_neighbour_to_come():
    for near, order in graphs():
        met = [set(order[: at + 1]) for at in range(len(order))]

        waiting = narrow.waiting_after(near, order)

        neighbours = [set(narrow.bits(mask)) for mask in near]
        assert waiting == [sum(not neighbours[i] <= some for i in some) for some in met]


def test_a_narrow_order_holds_every_item_and_no_single_move_makes_it_better():
    for near, _ in graphs():
        order = narrow.narrow_order(near)

        assert sorted(order) == list(range(len(near)))
        for item in order:
            assert narrow._best_moved(near, order, item) == order or len(narrow._parts(near)) > 1


def test_moving_an_item_finds_its_best_place_of_all():
    for near, order in graphs():
        item = order[0]
        rest = [other for other in order if other != item]
        everywhere = [[*rest[:at], item, *rest[at:]] for at in range(len(order))]

        moved = narrow._best_moved(near, order, item)

        assert narrow._cost(near, moved) == min(narrow._cost(near, o) for o in everywhere)


def test_a_long_chain_is_walked_two_items_at_a_time():
    items = [str(at) for at in range(100)]

    assert Space.of(items, pairwise(items)).width == 2
