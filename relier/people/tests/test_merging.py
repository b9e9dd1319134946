"""Merging and undoing, in any order, leaves what would stand had the undone merges never been."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.journal.models import Line
from relier.people import actions
from relier.people.actions import merge, undo_merge
from relier.people.models import Fact, Following, Merge, Note, Person
from relier.people.rules.merging import Follows, root_of, stand_ins, tree_of
from tests import factories as make

from .people import named

# --- the rules, without a database ---


def test_the_file_at_the_top_is_the_root_of_all():
    into = {"a": "b", "b": "c", "d": "c"}

    assert [root_of(file, into) for file in "abcde"] == ["c", "c", "c", "c", "e"]
    assert tree_of("c", into) == {"a", "b", "c", "d"}


def test_merges_that_turn_in_a_circle_are_an_error_and_not_a_wait_without_end():
    with pytest.raises(ValueError, match="circle"):
        root_of("a", {"a": "b", "b": "a"})


def test_a_team_of_a_joined_file_is_stood_for_once_at_the_top():
    follows = [Follows(1, "b", team=7), Follows(2, "c", team=7), Follows(3, "a", team=9)]

    missing, wrong = stand_ins("a", "abc", follows)

    assert (missing, wrong) == ([follows[0]], [])


def test_a_team_that_follows_the_file_shown_needs_nobody_to_stand_for_it():
    follows = [Follows(1, "a", team=7), Follows(2, "b", team=7)]

    assert stand_ins("a", "ab", follows) == ([], [])


def test_a_stand_in_without_its_source_goes():
    standing = Follows(2, "a", team=7, stands_for=1)

    assert stand_ins("a", "a", [standing]) == ([], [standing])


# --- the deeds ---


@pytest.fixture
def other_file(house):
    """Awa again, written otherwise by another team."""
    person = named("Hawa", "Jallow", centre=house.centre, followed_by=house.other_team)
    return person


@pytest.fixture
def colette(house):
    return make.actor(house.coordinator)


def teams_of(person):
    rows = Following.objects.open().filter(person=person)
    return sorted(rows.values_list("team__name", flat=True))


def test_merging_shows_both_files_to_the_teams_of_both(house, other_file, colette):
    merge(house.awa, other_file, by=colette)

    other_file.refresh_from_db()
    assert other_file.root == house.awa
    assert teams_of(house.awa) == ["Accueil social", "Bureautique"]


def test_the_rows_of_both_files_are_read_together_and_stay_where_they_are(
    house, other_file, colette
):
    note = make.NoteFactory(person=other_file, author=house.nour)

    merge(house.awa, other_file, by=colette)

    assert Note.objects.visible_to(make.actor(house.nour)).get() == note
    note.refresh_from_db()
    assert note.person == other_file


def test_undoing_gives_two_files_followed_as_before(house, other_file, colette):
    before = state()
    done = merge(house.awa, other_file, by=colette)

    undo_merge(done, by=colette)

    assert state() == before


def test_what_was_written_since_stays_with_the_file_that_was_kept(house, other_file, colette):
    done = merge(house.awa, other_file, by=colette)
    nour = make.actor(house.nour)
    gone = Person.objects.get(pk=other_file.pk)
    note = actions.write_note(gone, "Seen today.", on=date(2026, 11, 23), by=nour)

    undo_merge(done, by=colette)

    note.refresh_from_db()
    assert note.person == house.awa


def test_stopping_for_a_merged_file_holds_for_all_of_it(house, other_file, colette):
    done = merge(house.awa, other_file, by=colette)
    stand_in = Following.objects.get(person=house.awa, team=house.other_team)
    actions.stop_following(stand_in, by=colette)

    undo_merge(done, by=colette)

    assert teams_of(house.awa) == ["Accueil social"]
    assert teams_of(other_file) == []


def test_a_worker_chosen_for_a_merged_file_is_theirs_when_it_is_undone(house, other_file, colette):
    member = make.MemberFactory(centre=house.centre, teams=[house.other_team])
    done = merge(house.awa, other_file, by=colette)
    stand_in = Following.objects.get(person=house.awa, team=house.other_team)
    actions.set_worker(stand_in, worker=member, by=colette)

    undo_merge(done, by=colette)

    assert Following.objects.get(person=other_file).worker == member


def test_asked_twice_it_is_merged_once(house, other_file, colette):
    first = merge(house.awa, other_file, by=colette)

    assert merge(house.awa, other_file, by=colette) == first
    assert Merge.objects.count() == 1


def test_undone_twice_it_is_undone_once(house, other_file, colette):
    done = undo_merge(merge(house.awa, other_file, by=colette), by=colette)
    moment = done.undone_at

    assert undo_merge(done, by=colette).undone_at == moment
    assert Line.objects.filter(kind="people.merge_undone").count() == 2


def test_a_file_is_not_merged_with_itself_nor_with_what_it_holds_already(
    house, other_file, colette
):
    merge(house.awa, other_file, by=colette)

    for one, two in ((house.awa, house.awa), (other_file, house.awa)):
        with pytest.raises(ValidationError):
            merge(one, two, by=colette)
    assert Merge.objects.count() == 1


def test_a_file_that_went_meanwhile_is_not_merged_a_second_time(house, other_file, colette):
    third = make.PersonFactory(centre=house.centre)
    merge(house.awa, other_file, by=colette)

    with pytest.raises(ValidationError, match="merged meanwhile"):
        merge(third, other_file, by=colette)


def test_files_of_two_centres_are_never_one(house, colette):
    elsewhere = make.PersonFactory()

    for one, two in ((house.awa, elsewhere), (elsewhere, house.awa)):
        with pytest.raises(Http404):
            merge(one, two, by=colette)


def test_a_member_merges_only_what_their_own_teams_follow(house, other_file):
    nour = make.actor(house.nour)

    with pytest.raises(Http404):
        merge(house.awa, other_file, by=nour)
    Following.objects.create(person=other_file, team=house.team)
    merge(house.awa, other_file, by=nour)

    assert teams_of(house.awa) == ["Accueil social", "Bureautique"]


def test_each_of_the_two_files_has_its_line_and_no_line_has_a_name(house, other_file, colette):
    merge(house.awa, other_file, by=colette)

    lines = Line.objects.filter(kind="people.files_merged")
    assert {line.subject for line in lines} == {house.awa.pk, other_file.pk}
    assert "Awa" not in str([line.details for line in lines])


def test_erasing_the_file_that_went_takes_its_team_from_the_one_that_was_kept(
    house, other_file, colette
):
    merge(house.awa, other_file, by=colette)

    other_file.subject.delete()

    assert teams_of(house.awa) == ["Accueil social"]
    assert Person.objects.filter(pk=house.awa.pk).exists()


# --- in any order ---

FILES = 5
moves = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(0, FILES - 1), st.integers(0, FILES - 1)),
        st.tuples(st.just("undo"), st.integers(0, 9), st.just(0)),
    ),
    max_size=12,
)


@given(moves=moves, followers=st.lists(st.integers(0, 2), min_size=FILES, max_size=FILES))
@settings(max_examples=30, deadline=None)
@pytest.mark.django_db(transaction=False)
def test_any_order_of_merges_and_undos_leaves_what_the_standing_ones_make(
    django_db_blocker, moves, followers
):
    from django.db import transaction

    with transaction.atomic():
        centre = make.CentreFactory()
        teams = [make.TeamFactory(centre=centre) for _ in range(3)]
        colette = make.actor(make.MemberFactory(centre=centre, role="coordinator"))
        files = [make.PersonFactory(centre=centre, followed_by=teams[n]) for n in followers]
        apply(moves, files, colette)
        into = dict(Merge.objects.standing().values_list("gone_id", "kept_id"))
        for file, number in zip(files, followers, strict=True):
            file.refresh_from_db()
            assert file.root_id == root_of(file.pk, into)
            tree = tree_of(file.pk, into)
            own = {teams[n].pk for f, n in zip(files, followers, strict=True) if f.pk in tree}
            expected = own if file.root_id == file.pk else {teams[number].pk}
            rows = Following.objects.open().filter(person=file)
            assert sorted(rows.values_list("team", flat=True)) == sorted(expected)
        transaction.set_rollback(True)


def apply(moves, files, by):
    done = []
    for move, one, two in moves:
        if move == "undo" and done:
            undo_merge(done[one % len(done)], by=by)
        elif move == "merge":
            try:
                done.append(merge(files[one], files[two], by=by))
            except ValidationError:
                continue  # refused, and rightly: the two were one already, or are no longer roots


def state():
    """Everything that says who is whom and who follows whom."""
    return (
        sorted(Person.objects.values_list("pk", "root")),
        sorted(
            Following.objects.values_list(
                "pk", "person", "team", "worker", "started_on", "ended_on", "stands_for"
            ),
            key=str,
        ),
        Fact.objects.count(),
    )
