"""The intervals: exact coverage by counting every sample, known values, and what bounds them."""

from dataclasses import replace
from math import exp, inf, lgamma

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.training.inspection.drawing import Stage, order, shared
from relier.training.inspection.intervals import (
    Sizes,
    Sums,
    rows_needed,
    score_interval,
    spread_of,
    student,
    sums_of,
    weeks_interval,
)
from relier.training.inspection.redrawing import counted_sums
from relier.training.inspection.visiting import files_interval

ALIKE = 180  # minutes of each row, where rows are alike
light = settings(max_examples=60, deadline=None)


def log_choose(n, k):
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) if 0 <= k <= n else -inf


def chances(rows, bad, n):
    """Of finding 0, 1, … n of the `bad` rows in a sample of `n`: the hypergeometric law."""
    whole = log_choose(rows, n)
    return np.array(
        [exp(log_choose(bad, x) + log_choose(rows - bad, n - x) - whole) for x in range(n + 1)]
    )


def every_sample(rows, n):
    """The interval of each number of irregular rows that `n` rows may hold, all rows alike."""
    x = np.arange(n + 1)
    minutes = np.full(n + 1, n * ALIKE)
    squares = ALIKE * ALIKE
    sums = Sums(minutes, x * ALIKE, minutes * ALIKE, x * squares, x * squares, x, x)
    return score_interval(sums, n, Sizes.of(np.full(rows, ALIKE)), 0.95)


def exact_coverage(rows, bad, n):
    low, high = every_sample(rows, n)
    holds = (low <= bad / rows + 1e-9) & (high >= bad / rows - 1e-9)
    return chances(rows, bad, n)[holds].sum()


SHARES = [0.05, 0.15, 0.3, 0.5, 0.85, 0.95]


@pytest.mark.parametrize("rows", [4000, 25000])
@pytest.mark.parametrize("share", SHARES)
def test_of_all_possible_samples_between_93_and_97_in_a_hundred_hold_the_truth(rows, share):
    n = rows_needed(Sizes.of(np.full(rows, ALIKE)), 0.10, 0.95)

    near = [exact_coverage(rows, round(rows * share) + step, n) for step in range(-3, 4)]

    assert min(near) >= 0.93
    assert max(near) <= 0.97


@pytest.mark.parametrize("share", SHARES)
def test_with_600_rows_coverage_jumps_with_each_irregular_row_and_is_right_on_the_whole(share):
    # From 28 to 30 irregular rows of 600, coverage is 0.928, 0.950, 0.946: what may be found is a
    # handful of whole numbers.
    n = rows_needed(Sizes.of(np.full(600, ALIKE)), 0.10, 0.95)

    near = [exact_coverage(600, round(600 * share) + step, n) for step in range(-3, 4)]

    assert 0.93 <= near[3] <= 0.97
    assert np.mean(near) == pytest.approx(0.95, abs=0.006)
    assert min(near) >= 0.925
    assert max(near) <= 0.97


def test_in_a_tiny_frame_no_interval_can_hold_the_truth_95_times_in_a_hundred():
    # 60 rows, 52 of them drawn, 3 irregular: four things may be found, and the likeliest,
    # to find all three, happens 0.65 of the time. Sums of those chances jump over 0.93 to 0.97.
    of_each = chances(60, 3, 52)[:4]

    sums = [sum(of_each[i] for i in range(4) if which >> i & 1) for which in range(16)]

    assert rows_needed(Sizes.of(np.full(60, ALIKE)), 0.10, 0.95) == 52
    assert not [total for total in sums if 0.961 < total < 0.995]
    assert exact_coverage(60, 3, 52) == pytest.approx(0.955, abs=0.005)


@pytest.mark.parametrize(("short", "long"), [(0.3, 0.3), (0.1, 0.5)])
def test_rows_of_unequal_length_are_held_as_often(short, long):
    # 2000 rows of half an hour and 2000 of six hours and a half; 20 000 samples, so that coverage
    # is known to a third of a point. Alike, these rows would be held less than nine times in ten.
    kinds = np.array([[30, 30, 390, 390], [0, 30, 0, 390]])
    bad = np.array([round(2000 * short), round(2000 * long)])
    counts = np.array([2000 - bad[0], bad[0], 2000 - bad[1], bad[1]])
    sizes = Sizes.of(np.repeat(kinds[0], counts))
    n = rows_needed(sizes, 0.10, 0.95)
    rng = np.random.default_rng(11)
    drawn = rng.multivariate_hypergeometric(counts, n, size=20000, method="marginals")

    low, high = score_interval(counted_sums(kinds, drawn), n, sizes, 0.95)

    truth = (kinds[1] @ counts) / (kinds[0] @ counts)
    assert 0.94 <= np.mean((low <= truth) & (truth <= high)) <= 0.96


def test_none_found_has_an_upper_bound_and_all_found_a_lower_one():
    low, high = every_sample(25000, 375)

    # Where rows are many, exact binomial bounds by mid-p are 0 and 3.0 / n for none found.
    assert low[0] == 0
    assert high[0] == pytest.approx(2.8 / 375, rel=0.05)
    assert 1 - low[-1] == pytest.approx(high[0])
    assert high[-1] == 1


def test_the_interval_of_a_share_and_of_what_is_left_mirror_each_other():
    low, high = every_sample(600, 234)

    assert low == pytest.approx(1 - high[::-1])


def test_more_found_moves_both_bounds_up():
    low, high = every_sample(600, 234)

    assert (np.diff(low) >= -1e-9).all()
    assert (np.diff(high) >= -1e-9).all()


@light
@given(st.data())
def test_what_was_seen_is_within_the_interval_whatever_the_rows(data):
    minutes = np.array(data.draw(st.lists(st.integers(1, 480), min_size=2, max_size=60)))
    irregular = np.array([data.draw(st.integers(0, int(m))) for m in minutes])
    n = data.draw(st.integers(1, len(minutes)))
    sizes = Sizes.of(minutes)

    low, high = score_interval(sums_of(minutes[:n], irregular[:n]), n, sizes, 0.95)

    found = irregular[:n].sum()
    regular = minutes[:n].sum() - found
    assert found / sizes.minutes - 1e-9 <= low[0] <= found / minutes[:n].sum() + 1e-9
    assert found / minutes[:n].sum() - 1e-9 <= high[0] <= 1 - regular / sizes.minutes + 1e-9


def test_the_whole_frame_leaves_no_doubt():
    minutes, irregular = np.array([60, 120, 180]), np.array([0, 120, 15])

    low, high = score_interval(sums_of(minutes, irregular), 3, Sizes.of(minutes), 0.95)

    assert low[0] == high[0] == 135 / 360


def test_a_sample_of_no_row_is_refused():
    with pytest.raises(ValueError, match="no row"):
        score_interval(sums_of(np.array([]), np.array([])), 0, Sizes.of([60]), 0.95)


def test_rows_irregular_in_part_make_the_interval_narrower():
    minutes = np.full(2000, 180)
    part = np.where(np.arange(2000) % 2, 18, 0)  # one row in two, a tenth of it
    whole = np.where(np.arange(2000) % 20, 0, 180)  # one row in twenty, all of it

    partial, entire = (
        np.subtract(*score_interval(sums_of(minutes[:400], y[:400]), 400, Sizes.of(minutes), 0.95))
        for y in (part, whole)
    )

    # 81 = 9² beside 0.05 x 0.95 x 180² = 1539, counted for the 200 rows that say it and two at 1.
    spread = spread_of(sums_of(minutes[:400], part[:400]), 400)
    assert spread == pytest.approx((200 * 81 / 1539 + 2) / 202, rel=0.01)
    assert abs(partial[0]) < abs(entire[0]) / 3


# --- how many rows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "needed"), [(0, 0), (1, 1), (2, 2), (60, 52), (600, 234), (4000, 348), (10**6, 381)]
)
def test_how_many_rows_a_width_of_ten_points_asks(rows, needed):
    assert rows_needed(Sizes.of(np.full(rows, ALIKE)), 0.10, 0.95) == needed


@pytest.mark.parametrize("rows", [60, 600, 4000, 25000])
def test_what_is_asked_is_enough_and_hardly_more_than_enough(rows):
    n = rows_needed(Sizes.of(np.full(rows, ALIKE)), 0.10, 0.95)

    enough = np.subtract(*every_sample(rows, n)[::-1])
    one_in_ten_fewer = np.subtract(*every_sample(rows, round(n * 0.9))[::-1])

    assert enough.max() <= 0.1005  # half of n may not be a number of rows
    assert one_in_ten_fewer.max() > 0.1


def test_rows_of_unequal_length_ask_for_more_rows():
    unequal = np.tile([30, 390], 2000)

    assert rows_needed(Sizes.of(unequal), 0.10, 0.95) > rows_needed(
        Sizes.of(np.full(4000, 210)), 0.10, 0.95
    )


def test_a_width_of_nothing_asks_for_every_row():
    assert rows_needed(Sizes.of(np.full(40, ALIKE)), 0, 0.95) == 40


# --- weeks and files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("freedom", "value"), [(1, 12.706), (2, 4.303), (3, 3.182), (7, 2.365), (30, 2.042)]
)
def test_the_quantiles_of_student_are_those_of_the_tables(freedom, value):
    assert student(0.95, freedom) == pytest.approx(value, abs=0.001)


def test_two_weeks_that_differ_say_hardly_anything():
    minutes = np.array([6000, 6000])

    low, high = weeks_interval(minutes, np.array([1200, 1800]), 34, 1000, 0.95)

    # 0.25 with 12.706 x sqrt(1 - 2/34) x sqrt(2 x 300² / 2) / 6000 on each side.
    assert low == 0
    assert high == pytest.approx(0.25 + 12.706 * (32 / 34) ** 0.5 * 300 / 6000, abs=1e-4)


def test_two_weeks_that_are_alike_stray_as_their_rows_would():
    minutes = np.array([6000, 6000])

    low, high = weeks_interval(minutes, np.array([0, 0]), 34, 70, 0.95)

    # Wilson at none found: t² / (n + t²), and t² (1 - 2/34) = 151.9.
    assert (low, high) == (0, pytest.approx(151.9 / (70 + 151.9), abs=1e-3))


def test_all_the_weeks_leave_no_doubt_and_one_says_nothing():
    minutes, irregular = np.array([60, 120]), np.array([30, 30])

    assert weeks_interval(minutes, irregular, 2, 9, 0.95) == (1 / 3, 1 / 3)
    assert weeks_interval(minutes[:1], irregular[:1], 2, 9, 0.95) is None
    assert weeks_interval(minutes * 0, irregular * 0, 3, 9, 0.95) is None


def test_files_all_looked_at_leave_no_doubt_and_none_say_nothing():
    assert files_interval([(10, 10, 1), (20, 20, 5)], 0.95) == (0.2, 0.2)
    assert files_interval([], 0.95) is None


def test_tracks_that_differ_are_read_more_finely_than_their_mixture():
    apart = files_interval([(100, 40, 36), (100, 40, 4)], 0.95)
    mixed = files_interval([(100, 40, 20), (100, 40, 20)], 0.95)

    assert apart.width < mixed.width * 0.8


# --- draws ---------------------------------------------------------------------------------------


def test_drawing_more_keeps_what_was_drawn_and_stages_tell_nothing_of_one_another():
    assert list(order(5, Stage.ROWS, 10)) == list(order(5, Stage.ROWS, 10))
    assert list(order(5, Stage.ROWS, 50)) != list(order(5, Stage.WEEKS, 50))
    assert sorted(order(5, Stage.ROWS, 50)) == list(range(50))


@light
@given(st.lists(st.integers(0, 300), max_size=8), st.integers(0, 900))
def test_places_are_shared_by_size_and_no_track_is_left_out(among, count):
    places = shared(count, among)

    assert all(min(2, size) <= given <= max(size, 0) for given, size in zip(places, among))  # noqa: B905
    assert min(count, sum(among)) <= sum(places) <= min(count, sum(among)) + 2 * len(among)
    for a, b in zip(among, places, strict=True):
        assert a == 0 or b >= min(count, sum(among)) * a // sum(among)


def test_sizes_know_how_unequal_rows_are():
    assert Sizes.of([180, 180]) == Sizes(2, 360, 1.0, 1.0)
    assert Sizes.of([60, 180]) == replace(Sizes.of([1, 3]), minutes=240)
    assert Sizes.of([]) == Sizes(0, 0, 1.0, 1.0)
