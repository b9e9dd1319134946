"""The pages by which two files become one, and two again."""

import pytest
from django.urls import reverse

from relier.people.actions import merge
from relier.people.models import Following, Merge
from tests import factories as make

from .people import named


@pytest.fixture
def twin(house):
    """Awa again, followed by the same team."""
    return named("Hawa", "Jallow", centre=house.centre, followed_by=house.team)


@pytest.fixture
def elsewhere(house):
    """Awa again, followed by another team of the centre."""
    return named("Hawa", "Diallo", centre=house.centre, followed_by=house.other_team)


def find(client, person, **query):
    return client.get(reverse("people:merge_find", args=[person.pk]), query).content.decode()


def address(kept, gone):
    return reverse("people:merge", args=[kept.pk, gone.pk])


def test_names_that_are_alike_are_proposed_with_the_way_to_compare(house, enter, twin):
    assert address(house.awa, twin) in find(enter(house.nour), house.awa)


def test_someone_named_quite_otherwise_is_found_by_the_search(house, enter):
    lucie = named("Lucie", centre=house.centre, followed_by=house.team)

    page = find(enter(house.nour), house.awa, q="luc")

    assert address(house.awa, lucie) in page


def test_a_file_of_another_team_is_for_the_coordinator_to_merge(house, enter, elsewhere):
    page = find(enter(house.nour), house.awa)

    assert "Hawa Diallo" in page
    assert address(house.awa, elsewhere) not in page
    assert enter(house.nour).post(address(house.awa, elsewhere)).status_code == 404
    assert address(house.awa, elsewhere) in find(enter(house.coordinator), house.awa)


def test_comparing_shows_names_and_reach_and_never_what_was_told(house, enter, twin):
    make.NoteFactory(person=twin, author=house.nour, words="Told in confidence.")
    twin.phone = "0470 00 00 00"
    twin.save()

    page = enter(house.nour).get(address(house.awa, twin)).content.decode()

    assert "0470 00 00 00" in page
    assert "Told in confidence." not in page
    assert address(twin, house.awa) in page
    assert Merge.objects.count() == 0


def test_confirmed_the_two_are_one_and_the_old_address_leads_there(house, enter, twin):
    client = enter(house.nour)

    answer = client.post(address(house.awa, twin))

    assert answer.url == reverse("file", args=[house.awa.pk])
    old = client.get(reverse("people:note_new", args=[twin.pk]))
    assert old.url == reverse("people:note_new", args=[house.awa.pk])


def test_what_was_asked_for_is_kept_on_the_way_to_the_file_that_was_kept(house, enter, twin):
    client = enter(house.nour)
    client.post(address(house.awa, twin))

    answer = client.get(reverse("people:story", args=[twin.pk]), {"page": 2})

    assert answer.url == reverse("people:story", args=[house.awa.pk]) + "?page=2"


def test_a_page_sent_under_the_old_address_is_kept_in_the_right_file(house, enter, twin):
    client = enter(house.nour)
    client.post(address(house.awa, twin))

    client.post(reverse("people:note_new", args=[twin.pk]), {"words": "She called."})

    assert house.awa.notes.get().words == "She called."


def test_a_file_merged_meanwhile_is_said_and_nothing_is_done(house, enter, twin):
    third = make.PersonFactory(centre=house.centre, followed_by=house.team)
    merge(third, twin, by=make.actor(house.nour))
    client = enter(house.nour)

    answer = client.post(address(house.awa, twin))

    assert Merge.objects.standing().filter(gone=third).count() == 1
    assert answer.status_code == 302


def test_merging_what_is_one_already_says_so(house, enter, twin):
    merge(house.awa, twin, by=make.actor(house.nour))
    client = enter(house.nour)

    answer = client.get(address(house.awa, twin))

    assert answer.url == reverse("file", args=[house.awa.pk])


def test_undoing_is_asked_first_then_done(house, enter, twin):
    done = merge(house.awa, twin, by=make.actor(house.nour))
    client = enter(house.nour)
    url = reverse("people:merge_undo", args=[done.pk])

    asked = client.get(url).content.decode()
    client.post(url)

    assert "There are two files again, Awa Diallo and Hawa Jallow" in asked
    twin.refresh_from_db()
    assert twin.root == twin
    assert client.get(url).url == reverse("file", args=[house.awa.pk])


@pytest.mark.parametrize("name", ["zoe", "reception"])
def test_strangers_merge_and_undo_nothing(house, enter, twin, name):
    done = merge(house.awa, twin, by=make.actor(house.nour))
    client = enter(getattr(house, name))

    for url in (
        reverse("people:merge_undo", args=[done.pk]),
        reverse("people:merge_find", args=[house.awa.pk]),
        address(house.awa, make.PersonFactory(centre=house.centre)),
    ):
        assert client.get(url).status_code == client.post(url).status_code == 404
    done.refresh_from_db()
    assert done.undone_at is None


def test_a_team_that_follows_one_of_them_only_does_not_undo_for_the_other_centre(house, enter):
    done = Merge.objects.create(
        kept=house.awa, gone=make.PersonFactory(centre=house.centre), by=house.nour
    )
    Following.objects.filter(person=house.awa).update(team=house.other_team)

    url = reverse("people:merge_undo", args=[done.pk])

    assert enter(house.nour).get(url).status_code == 404
