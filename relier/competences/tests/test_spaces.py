"""The engine beside brute force: every set listed, every sum written out."""

from itertools import combinations, product
from math import log2, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.competences import spaces
from relier.competences.spaces import Evidence, Space, read

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
