from math import comb

import numpy as np
import pytest

from relier.deliberation.opinions import exposure
from relier.deliberation.opinions.camps_or_spectrum import weigh
from relier.deliberation.opinions.consensus import agreement, discovered
from relier.deliberation.opinions.tails import below, quantile

from .rooms import camps, opinions


@pytest.mark.parametrize(("first", "second", "share"), [(3, 5, 0.6), (12, 1, 0.9), (40, 70, 0.3)])
def test_the_tail_of_a_beta_is_that_of_a_binomial(first, second, share):
    trials = first + second - 1
    exact = sum(
        comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(first, trials + 1)
    )

    assert below(share, first, second) == pytest.approx(exact, abs=1e-12)
    assert below(quantile(0.05, first, second), first, second) == pytest.approx(0.05, abs=1e-6)


def test_the_tail_holds_in_a_room_of_ten_thousand():
    first, second, trials = 6030, 3970, 9999
    above = sum(comb(trials, k) * 3**k * 2 ** (trials - k) for k in range(first, trials + 1))
    exact = above / 5**trials

    assert below(3 / 5, first, second) == pytest.approx(exact, rel=1e-9)
    assert below(0.5, 5000, 5000) == pytest.approx(0.5, rel=1e-9)
    assert 0 <= below(0.01, 9000, 1000) < below(0.99, 9000, 1000) <= 1


def test_one_group_that_does_not_agree_is_enough():
    counts = np.array([[[9, 9, 9], [0, 0, 0]], [[8, 4, 4], [0, 4, 0]]])

    told = agreement(counts)

    assert told.labels == ["agree", None, None]
    assert told.is_heard.tolist() == [True, True, False]


def test_agree_and_disagree_weigh_alike_to_the_last_bit():
    counts = np.random.default_rng(0).integers(0, 20, (3, 2, 40))

    one, other = agreement(counts), agreement(counts[:, ::-1])

    assert np.array_equal(one.agree, other.disagree)
    assert np.array_equal(one.worst_agree, other.worst_disagree)


def test_what_is_said_is_wrong_one_time_in_ten_at_most_on_average():
    chance = np.array([[0.99, 0.95], [0.8, 0.3]])

    assert discovered(chance).tolist() == [[True, True], [True, False]]
    assert not discovered(np.full((2, 3), 0.5)).any()


def test_a_line_is_told_from_two_camps_when_there_are_enough_people():
    source = np.random.default_rng(3)
    places = source.uniform(-2.6, 2.6, (120, 1))
    logits = places * source.normal(0, 1, 30) + source.normal(0, 0.7, 30)
    line = np.where(source.random(logits.shape) < 1 / (1 + np.exp(-logits)), 1, -1)

    assert weigh(line.astype(np.int8)).is_spectrum
    assert not weigh(opinions(camps(3, 120, 30)[0])).is_spectrum


def test_everything_is_shown_in_a_room_and_in_an_order_of_ones_own():
    one, other = (exposure.everything(20, "seed", name) for name in "ab")

    assert sorted(one) == sorted(other) == list(range(20))
    assert one != other
    assert exposure.shows_everything(25, 60)
    assert not exposure.shows_everything(26, 60)


def test_the_chance_of_what_is_shown_next_is_given_and_none_is_starved():
    agree, disagree = np.array([50, 0, 3, 25]), np.array([0, 0, 3, 25])
    seen = np.array([False, False, True, False])
    chances = exposure.chances(agree, disagree, seen)

    assert chances.sum() == pytest.approx(1)
    assert chances[2] == 0
    assert (chances[~seen] >= exposure.FLOOR / 3).all()
    assert chances[1] == chances.max()
    drawn = [exposure.following(agree, disagree, seen, "s", str(k)) for k in range(400)]
    counts = np.bincount([one.statement for one in drawn], minlength=4) / 400
    assert np.abs(counts - chances).max() < 4 * (0.25 / 400) ** 0.5
    assert all(one.chance == chances[one.statement] for one in drawn)
    assert exposure.following(agree, disagree, np.ones(4, dtype=bool), "s", "p") is None
