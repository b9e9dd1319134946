"""Who follows a person, and who their worker is."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse

from relier.journal.models import Line
from relier.people.actions import ChangedMeanwhile, follow, set_worker, stop_following
from relier.people.models import Following
from tests import factories as make


@pytest.fixture
def following(house):
    return Following.objects.get(person=house.awa)


def act(client, person, **typed):
    return client.post(reverse("people:following", args=[person.pk]), typed)


def page(client, person):
    return client.get(reverse("people:following", args=[person.pk])).content.decode()


def hand_to(client, following, member, shown):
    prefix = f"w{following.pk}"
    return act(
        client, following.person, deed="worker", following=following.pk,
        **{f"{prefix}-worker": member.pk if member else "", f"{prefix}-shown": shown.pk},
    )  # fmt: skip


def test_a_member_of_the_team_hands_the_person_to_a_colleague(house, enter, following):
    hand_to(enter(house.bram), following, house.bram, shown=house.nour)

    following.refresh_from_db()
    assert following.worker == house.bram


def test_nobody_may_be_their_worker_for_now(house, enter, following):
    hand_to(enter(house.nour), following, None, shown=house.nour)

    following.refresh_from_db()
    assert following.worker is None


def test_two_who_choose_at_once_are_told(house, enter, following):
    set_worker(following, worker=house.bram, by=make.actor(house.bram))
    client = enter(house.nour)

    answer = hand_to(client, following, None, shown=house.nour)

    assert "Nothing was changed" in client.get(answer.url).content.decode()
    following.refresh_from_db()
    assert following.worker == house.bram


def test_a_worker_of_another_team_is_refused(house, following):
    with pytest.raises(ValidationError):
        set_worker(following, worker=house.coordinator, by=make.actor(house.coordinator))


def test_what_the_page_showed_is_checked_when_asked(house, following):
    with pytest.raises(ChangedMeanwhile):
        set_worker(following, worker=None, shown="", by=make.actor(house.nour))


def test_the_coordinator_adds_a_team_without_opening_the_file(house, enter):
    client = enter(house.coordinator)

    act(client, house.awa, deed="add", **{"team-team": house.other_team.pk})

    names = Following.objects.open().filter(person=house.awa).values_list("team__name", flat=True)
    assert set(names) == {"Accueil social", "Bureautique"}


def test_a_member_of_the_team_adds_no_other_team(house, enter):
    client = enter(house.nour)

    act(client, house.awa, deed="add", **{"team-team": house.other_team.pk})

    assert Following.objects.count() == 1
    assert "The coordinator says who follows whom" in page(client, house.awa)
    with pytest.raises(Http404):
        follow(house.awa, team=house.other_team, by=make.actor(house.nour))


def test_a_team_that_follows_already_follows_once(house):
    again = follow(house.awa, team=house.team, by=make.actor(house.coordinator))

    assert again == Following.objects.get()


def test_someone_never_followed_is_taken_by_a_team_of_the_author(house):
    lina = make.PersonFactory(centre=house.centre)

    follow(lina, team=house.team, by=make.actor(house.bram), worker=house.bram)

    assert lina.worker == house.bram


def test_someone_followed_once_is_given_again_by_the_coordinator_only(house, following):
    stop_following(following, by=make.actor(house.nour))

    with pytest.raises(Http404):
        follow(house.awa, team=house.team, by=make.actor(house.nour))
    follow(house.awa, team=house.team, by=make.actor(house.coordinator))

    assert house.awa.followings.open().count() == 1


def test_to_stop_following_is_confirmed_with_what_it_closes(house, enter, following):
    client = enter(house.nour)

    answer = act(client, house.awa, deed="stop", following=following.pk).content.decode()

    assert "You will no longer open it." in answer
    assert "No team will follow this person" in answer
    following.refresh_from_db()
    assert following.ended_on is None


def test_confirmed_it_closes_the_file_to_the_team(house, enter, following):
    client = enter(house.nour)

    answer = act(client, house.awa, deed="stop", following=following.pk, sure="1")

    assert answer.url == reverse("people:list")
    assert client.get(reverse("people:story", args=[house.awa.pk])).status_code == 404
    assert Line.objects.get(kind="people.following_ended").subject == house.awa.pk


def test_the_coordinator_who_stops_a_team_stays_on_the_page(house, enter, following):
    answer = act(enter(house.coordinator), house.awa, deed="stop", following=following.pk, sure="1")

    assert answer.url == reverse("people:following", args=[house.awa.pk])


def test_a_member_of_another_following_team_does_not_end_ours(house, enter, following):
    Following.objects.create(person=house.awa, team=house.other_team)
    other = make.MemberFactory(centre=house.centre, teams=[house.other_team])
    client = enter(other)

    act(client, house.awa, deed="stop", following=following.pk, sure="1")

    following.refresh_from_db()
    assert following.ended_on is None
    assert f'name="following" value="{following.pk}"' not in page(client, house.awa)


@pytest.mark.parametrize("name", ["zoe", "reception"])
def test_strangers_find_no_such_page(house, enter, name):
    url = reverse("people:following", args=[house.awa.pk])

    assert enter(getattr(house, name)).get(url).status_code == 404


def test_a_following_of_someone_else_is_not_ended_from_here(house, enter):
    lina = make.PersonFactory(centre=house.centre, followed_by=house.team)
    theirs = Following.objects.get(person=lina)

    act(enter(house.nour), house.awa, deed="stop", following=theirs.pk, sure="1")

    theirs.refresh_from_db()
    assert theirs.ended_on is None


def test_a_team_is_given_nobody_of_another_centre(house):
    elsewhere = make.PersonFactory(centre=house.zoe.centre)

    with pytest.raises(Http404):
        follow(elsewhere, team=house.team, by=make.actor(house.coordinator))
