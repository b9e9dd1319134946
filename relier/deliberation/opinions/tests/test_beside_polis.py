"""Small versions of what `python -m benchmarks.opinions` measures."""

import numpy as np
import pytest

from benchmarks.opinions import conversations, million, polis, predicting
from benchmarks.opinions.engines import ENGINES, Found
from benchmarks.opinions.measure import changed, same
from relier.deliberation.opinions import binary
from relier.deliberation.opinions.large import adjusted_rand, analyse_large
from relier.deliberation.opinions.reading import read_votes


def test_k_means_starts_from_the_first_distinct_points():
    points = np.array([[0.0, 0], [0, 0], [9, 9], [9, 8], [0, 1]])

    labels, centres = polis.k_means(points, np.ones(5), 2, 20)

    assert labels.tolist() == [0, 0, 1, 1, 0]
    assert centres == pytest.approx(np.array([[0, 1 / 3], [9, 8.5]]))


def test_a_silhouette_is_that_of_its_definition_and_who_is_alone_counts_nought():
    points = np.array([[0.0, 0], [1, 0], [10, 0]])

    # (10 - 1) / 10, (9 - 1) / 9, and nought.
    assert polis.silhouette(points, np.array([0, 0, 1])) == pytest.approx((0.9 + 8 / 9) / 3)


def test_fifteen_people_are_let_in_when_few_have_voted_enough():
    inside = polis.in_conversation(np.array([9, *[3] * 20, 0]), 40)

    assert inside.sum() == 15
    assert inside[0]


def test_polis_finds_groups_where_there_are_none_and_another_order_gives_others():
    random = np.random.default_rng(0)
    table = np.where(random.random((120, 20)) < 0.5, 1.0, -1.0)

    one, other = polis.polis_groups(table), polis.polis_groups(table[::-1])[::-1]

    assert one.max() >= 1
    assert not same(Found(one), Found(other), np.arange(120))


def test_adjusted_rand_is_one_for_the_same_people_under_other_numbers():
    assert polis.adjusted_rand(np.array([0, 0, 1, 1, 2]), np.array([2, 2, 0, 0, 1])) == 1
    assert adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])) == pytest.approx(-0.5)


def test_ours_is_no_worse_than_polis_at_telling_hidden_votes_of_planted_camps():
    votes = conversations.planted(2_100, 60, 25_000, seed=1)
    (fold,) = predicting.folds_of(votes, 1)
    dense = votes.dense(9).astype(float)
    dense[dense == 9] = np.nan
    dense[fold.rows, fold.columns] = np.nan

    by_polis = predicting.by_groups([polis.polis_groups(dense).tolist()])

    rate = predicting.bits([fold], predicting.by_statement).mean
    theirs = predicting.bits([fold], by_polis).mean
    ours = predicting.bits([fold], predicting.by_ours).mean
    assert ours <= theirs < rate


def test_measuring_sees_what_another_order_changes():
    votes = conversations.planted(450, 30, 5_000, seed=2)
    held = {
        "rows": votes.row_of_each,
        "columns": votes.columns.astype(np.int64),
        "values": votes.values,
        "shape": np.array([len(votes), 30]),
    }

    def counted(name):
        cells = held["rows"], held["columns"], held["values"], (len(votes), 30)
        return changed(ENGINES[name], held, ENGINES[name](*cells), 3)

    assert counted("ours") == 0
    assert counted("polis") > 0


def test_a_packed_file_of_invented_people_gives_back_their_camps(tmp_path):
    camps = million.write(tmp_path / "votes.bin", 3_000, 100, 0.3)

    found = analyse_large(binary.read(tmp_path / "votes.bin"))

    assert found.verdict == "camps"
    assert adjusted_rand(found.labels.astype(np.int64), camps) > 0.8


def test_both_files_of_each_real_conversation_give_the_same_votes():
    folder = conversations.data_folder()
    if folder is None:
        pytest.skip("the nine conversations are not here")

    for path in sorted(folder.glob("*/participants-votes.csv")):
        comments = path.parent / "comments.csv"
        table, log = read_votes(path, comments), read_votes(path.parent / "votes.csv", comments)

        assert table.votes.digest() == log.votes.digest(), path


def test_groups_that_polis_published_are_found_again_where_its_history_weighs_little():
    folder = conversations.data_folder()
    if folder is None:
        pytest.skip("the nine conversations are not here")
    for name, least in (("scoop-hivemind.biodiversity", 0.95), ("vtaiwan.uberx", 0.9)):
        votes, theirs, out = polis.published(folder / name / "participants-votes.csv")

        found = polis.polis_groups(votes, out)

        both = (theirs >= 0) & (found >= 0)
        assert polis.adjusted_rand(theirs[both], found[both]) >= least
