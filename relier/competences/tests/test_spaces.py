"""The engine beside brute force: every set listed, every sum written out."""

import random
from itertools import combinations, pairwise, product
from math import log2, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.competences import spaces
from relier.competences.spaces import Evidence, Space, Tangled, TooWide, read

LETTERS = "abcdefghijkl"


def relations(most=12):
    """Random acyclic relations of 0 to `most` items: a need goes to an earlier item."""

    def pairs(n):
        every = [(LETTERS[i], LETTERS[j]) for i in range(n) for j in range(i)]
        needs = st.lists(st.sampled_from(every), max_size=2 * n) if every else st.just([])
        return st.tuples(st.permutations(LETTERS[:n]), needs)

    return st.integers(0, most).flatmap(pairs)


rates = st.floats(0.01, 0.45)


def answers(items):
    if not items:
        return st.just([])
    one = st.builds(Evidence, st.sampled_from(items), st.booleans(), rates, rates)
    return st.lists(one, max_size=2 * len(items))


@st.composite
def cases(draw, most=12):
    items, needs = draw(relations(most))
    broken = draw(st.sampled_from([0.0, 0.03, 0.1, 0.5]))
    return items, needs, broken, draw(answers(items))


# --- brute force: nothing below imports the engine's ways --------------------------------------


def closed(needs):
    """All that follows from needs."""
    found, before = set(needs), set()
    while found != before:
        before = set(found)
        found |= {(a, d) for a, b in before for c, d in before if b == c}
    return found


def covering(needs):
    every = closed(needs)
    return {
        (a, b) for a, b in every if not any((a, c) in every and (c, b) in every for c in LETTERS)
    }


def subsets(items):
    return [frozenset(some) for k in range(len(items) + 1) for some in combinations(items, k)]


def weight(held, needs, broken):
    return broken ** sum(a in held and b not in held for a, b in needs)


def likelihood(held, evidence):
    return prod(
        ((1 - e.careless) if e.item in held else e.lucky)
        if e.can
        else (e.careless if e.item in held else 1 - e.lucky)
        for e in evidence
    )


def posterior(items, needs, broken, evidence):
    every, needs = subsets(items), covering(needs)
    of_size = [0.0] * (len(items) + 1)
    for held in every:
        of_size[len(held)] += weight(held, needs, broken)
    raw = {
        held: weight(held, needs, broken) / of_size[len(held)] * likelihood(held, evidence)
        for held in every
    }
    total = sum(raw.values())
    return {held: p / total for held, p in raw.items()}


def feasible(items, needs):
    return [held for held in subsets(items) if weight(held, needs, 0) == 1]


def h(p):
    return -sum(q * log2(q) for q in (p, 1 - p) if q > 0)


# --- equal to brute force ----------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(cases())
def test_chances_and_doubt_equal_brute_force(case):
    items, needs, broken, evidence = case
    every = posterior(items, needs, broken, evidence)

    reading = read(Space.of(items, needs, broken=broken), evidence)

    for item in items:
        chance = sum(p for held, p in every.items() if item in held)
        assert reading.chances[item] == pytest.approx(chance, abs=1e-10)
        assert reading.doubt[item] == pytest.approx(h(chance), abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(relations())
def test_sets_and_their_sizes_equal_brute_force(relation):
    items, needs = relation
    expected = feasible(items, needs)

    space = Space.of(items, needs)

    assert sorted(space.sets(), key=sorted) == sorted(expected, key=sorted)
    sizes = [len(held) for held in expected]
    assert list(space.count_by_size()) == [sizes.count(k) for k in range(len(items) + 1)]


@settings(max_examples=40, deadline=None)
@given(relations(most=8))
def test_fringes_are_what_may_be_taken_or_added(relation):
    items, needs = relation
    space, expected = Space.of(items, needs), set(feasible(items, needs))

    for held in expected:
        assert space.is_feasible(held)
        assert space.inner_fringe(held) == {q for q in held if held - {q} in expected}
        assert space.outer_fringe(held) == {
            q for q in items if q not in held and held | {q} in expected
        }


@settings(max_examples=60, deadline=None)
@given(cases(most=9))
def test_the_likely_set_is_the_feasible_one_with_fewest_differences_expected(case):
    items, needs, broken, evidence = case
    every = posterior(items, needs, broken, evidence)

    def differing(held):
        return sum(p * len(held ^ other) for other, p in every.items())

    reading = read(Space.of(items, needs, broken=broken), evidence)

    assert reading.likely in feasible(items, needs)
    least = min(differing(held) for held in feasible(items, needs))
    assert differing(reading.likely) == pytest.approx(least, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(cases(most=7))
def test_what_a_question_tells_is_its_information_about_the_whole_set(case):
    items, needs, broken, evidence = case
    before = posterior(items, needs, broken, evidence)
    chances = read(Space.of(items, needs, broken=broken), evidence).chances

    for item in items:
        expected = sum(-p * log2(p) for p in before.values() if p)
        for can in (True, False):
            answer = Evidence(item, can, 0.1, 0.2)
            heard = sum(p * likelihood(held, [answer]) for held, p in before.items())
            after = posterior(items, needs, broken, [*evidence, answer])
            expected -= heard * sum(-p * log2(p) for p in after.values() if p)
        told = spaces.reading.information(chances[item], 0.1, 0.2)
        assert told == pytest.approx(expected, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(cases(most=8))
def test_hardly_any_doubt_tends_to_the_strict_space(case):
    items, needs, _, evidence = case

    strict = read(Space.of(items, needs, broken=0), evidence)
    nearly = read(Space.of(items, needs, broken=1e-12), evidence)

    assert nearly.chances == pytest.approx(strict.chances, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(cases(most=5))
def test_doubt_sums_over_all_the_ways_prerequisites_may_be_absent(case):
    items, needs, broken, _ = case
    pairs = sorted(covering(needs))
    kept_or_not = list(product([False, True], repeat=min(len(pairs), 8)))

    for held in subsets(items):
        summed = sum(
            prod(broken if absent else 1 - broken for absent in ways)
            for ways in kept_or_not
            if weight(held, [p for p, absent in zip(pairs, ways, strict=False) if not absent], 0)
        )
        assert summed == pytest.approx(weight(held, pairs[:8], broken))


# --- the same answers, the same reading --------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_of_needs_changes_nothing_to_the_last_bit(case, rng):
    items, needs, broken, evidence = case
    first = read(Space.of(items, needs, broken=broken), evidence)
    rng.shuffle(evidence)
    rng.shuffle(needs)

    again = read(Space.of(items, needs, broken=broken), evidence)

    assert again == first


def test_needs_that_follow_from_others_change_nothing():
    chain = [("c", "b"), ("b", "a")]
    evidence = [Evidence("c", True, 0.1, 0.1), Evidence("a", False, 0.1, 0.1)]

    with_more = Space.of("abc", [*chain, ("c", "a"), ("c", "b")], broken=0.1)

    assert with_more.needs == (("b", "a"), ("c", "b"))
    assert read(with_more, evidence) == read(Space.of("abc", chain, broken=0.1), evidence)


def test_an_order_known_before_gives_the_same_reading():
    items, needs = [str(i) for i in range(20)], [(str(i), str(i // 3)) for i in range(1, 20)]
    space = Space.of(items, needs)
    evidence = [Evidence("7", False, 0.1, 0.1), Evidence("2", True, 0.2, 0.1)]

    again = Space.of(items, needs[:-3], order=space.order)

    assert again.order == space.order
    afresh = read(Space.of(items, needs[:-3]), evidence)
    assert read(again, evidence).chances == pytest.approx(afresh.chances, abs=1e-12)


# --- what no answer says -----------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(cases())
def test_in_a_strict_space_nothing_is_likelier_than_what_it_needs(case):
    items, needs, _, evidence = case

    reading = read(Space.of(items, needs, broken=0), evidence)

    for item, needed in needs:
        assert reading.chances[item] <= reading.chances[needed] + 1e-12
    assert reading.likely == {i for i in items if reading.chances[i] > 0.5} or any(
        abs(p - 0.5) < 1e-12 for p in reading.chances.values()
    )


@settings(max_examples=30, deadline=None)
@given(cases(most=8))
def test_a_yes_makes_no_chance_smaller_in_a_strict_space(case):
    items, needs, _, evidence = case
    space = Space.of(items, needs, broken=0)
    before = read(space, evidence).chances

    for item in items:
        after = read(space, [*evidence, Evidence(item, True, 0.1, 0.1)]).chances
        assert after[item] >= before[item] - 1e-12


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


@settings(max_examples=40, deadline=None)
@given(cases(most=8), st.sampled_from([0.0, 0.1, 0.2]))
def test_a_question_is_asked_for_the_items_it_is_expected_to_set_right(case, worth):
    items, needs, broken, evidence = case
    space = Space.of(items, needs, broken=broken)
    reading = read(space, evidence)

    asked = reading.next_question(items, careless=0.1, lucky=0.2, worth=worth)

    for item in [asked] if asked else items:
        p = reading.chances[item]
        expected = -max(p, 1 - p)
        for can, heard in ((True, 0.9 * p + 0.2 * (1 - p)), (False, 0.1 * p + 0.8 * (1 - p))):
            after = read(space, [*evidence, Evidence(item, can, 0.1, 0.2)]).chances[item]
            expected += heard * max(after, 1 - after)
        assert (expected > worth - 1e-8) if asked else (expected < worth + 1e-8)


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
