"""Requests: one sentence is enough, the team reads it, the coordinator steers without reading."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Member
from relier.journal.models import Line
from relier.people.models import Following, Person
from relier.people.search import rebuild_name_keys
from relier.support.actions import requests as deeds
from relier.support.models import HelpRequest
from tests import factories as make

from .pages import told

NEW = reverse("support:request_new")
LIST = reverse("support:requests")
WAITING = reverse("support:waiting")
WORDS = "canary-heron: I cannot open the letter."


def page_of(request):
    return reverse("support:request", args=[request.pk])


def person_page(request):
    return reverse("support:request_person", args=[request.pk])


def asked(house, **more):
    """A request of Awa, heard by Nour."""
    about = {"person": house.awa, "centre": house.centre, "heard_by": house.nour, "words": WORDS}
    return make.HelpRequestFactory(**{**about, **more})


def unnamed(house, **more):
    return asked(house, **{"person": None, "team": house.team, **more})


@pytest.fixture
def idris(house):
    """Someone of the centre whom nobody follows."""
    idris = make.PersonFactory(centre=house.centre, call_name="Idris", family_name="Haddad")
    rebuild_name_keys([idris, house.awa])
    return idris


# --- taking one --------------------------------------------------------------------------------


def test_one_sentence_is_enough(house, enter):
    answer = enter(house.reception).post(NEW, {"words": WORDS})

    kept = HelpRequest.objects.get()
    assert answer.url == person_page(kept)
    assert (kept.words, kept.person, kept.team) == (WORDS, None, None)
    assert kept.received_on == timezone.localdate()


def test_a_worker_hears_for_their_own_team_and_follows_it(house, enter):
    nour = enter(house.nour)
    page = nour.get(NEW)
    form = page.context["form"]

    nour.post(NEW, {"words": WORDS, "followed_by": house.nour.pk, "team": house.team.pk})

    kept = HelpRequest.objects.get()
    assert form.initial["followed_by"] == house.nour
    assert form.initial["team"] == house.team
    assert (kept.team, kept.followed_by) == (house.team, house.nour)


def test_sent_twice_it_is_kept_once(house, enter):
    nour, sent = enter(house.nour), {"words": WORDS, "form_key": str(uuid4())}

    first, second = nour.post(NEW, sent), nour.post(NEW, sent)

    assert HelpRequest.objects.count() == 1
    assert first.url == second.url


def test_a_day_to_come_is_refused_and_the_words_stay(house, enter):
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = enter(house.nour).post(NEW, {"words": WORDS, "received_on": tomorrow.isoformat()})

    assert HelpRequest.objects.count() == 0
    assert WORDS in page.content.decode()
    assert "received_on" in page.context["form"].errors


def test_a_day_that_is_over_is_kept_as_it_was_heard(house, enter):
    enter(house.nour).post(NEW, {"words": WORDS, "received_on": "2026-10-01"})

    assert HelpRequest.objects.get().received_on == date(2026, 10, 1)


def test_a_team_and_a_worker_who_do_not_go_together_are_refused(house, enter):
    sent = {"words": WORDS, "team": house.other_team.pk, "followed_by": house.nour.pk}

    page = enter(house.nour).post(NEW, sent)

    assert "followed_by" in page.context["form"].errors
    assert HelpRequest.objects.count() == 0


def test_the_worker_says_for_which_team_by_being_in_one(house, enter):
    enter(house.reception).post(NEW, {"words": WORDS, "followed_by": house.nour.pk})

    assert HelpRequest.objects.get().team == house.team


def test_of_someone_known_the_team_that_follows_them_reads_it(house, enter):
    answer = enter(house.reception).post(f"{NEW}?person={house.awa.pk}", {"words": WORDS})

    kept = HelpRequest.objects.get()
    assert (kept.person, answer.url) == (house.awa, reverse("file", args=[house.awa.pk]))
    assert enter(house.bram).get(page_of(kept)).status_code == 200
    assert enter(house.reception).get(page_of(kept)).status_code == 404


@pytest.mark.parametrize("person", ["not-a-number", "6f1d9c1e-0000-4000-8000-000000000000"])
def test_nobody_of_this_number_is_found(house, enter, person):
    assert enter(house.nour).get(f"{NEW}?person={person}").status_code == 404


def test_someone_of_another_centre_is_not_named(house, enter):
    assert enter(house.zoe).get(f"{NEW}?person={house.awa.pk}").status_code == 404


def test_taking_a_request_opens_nobodys_file(house, enter):
    trainer = make.MemberFactory(
        centre=house.centre, role=Member.Role.TRAINER, teams=[house.other_team]
    )
    client = enter(trainer)

    # The form does not offer this team: someone wrote it by hand.
    client.post(f"{NEW}?person={house.awa.pk}", {"words": WORDS, "team": house.other_team.pk})

    assert Following.objects.filter(person=house.awa).count() == 1
    assert client.get(page_of(HelpRequest.objects.get())).status_code == 404


# --- who it is from ----------------------------------------------------------------------------


def test_the_team_that_heard_it_begins_to_follow_whom_nobody_follows(house, idris):
    request = unnamed(house, followed_by=house.nour)

    deeds.attach(request, to=idris, by=make.actor(house.nour))

    following = Following.objects.get(person=idris)
    assert (following.team, following.worker) == (house.team, house.nour)


def test_a_name_found_is_chosen_in_one_gesture(house, enter, idris):
    nour, request = enter(house.nour), unnamed(house)

    page = nour.get(person_page(request), {"q": "hadd"})
    answer = nour.post(person_page(request), {"choose": str(idris.pk), "shown": ""})

    assert "Idris Haddad" in page.content.decode()
    assert answer.url == page_of(request)
    request.refresh_from_db()
    assert request.person == idris


def test_it_goes_to_the_team_that_already_follows_and_to_no_other(house):
    request = unnamed(house, team=house.other_team, followed_by=house.coordinator)
    trainer = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    kept = deeds.attach(request, to=house.awa, by=make.actor(trainer))

    assert Following.objects.filter(person=house.awa).count() == 1
    assert kept.followed_by is None
    assert kept in HelpRequest.objects.visible_to(make.actor(house.bram))
    assert kept not in HelpRequest.objects.visible_to(make.actor(trainer))


def test_a_file_that_teams_have_left_is_not_opened_again_by_a_request(house, idris):
    left = Following.objects.create(person=idris, team=house.other_team)
    Following.objects.filter(pk=left.pk).update(ended_on=date(2026, 1, 1))

    request = deeds.attach(unnamed(house), to=idris, by=make.actor(house.nour))

    assert not Following.objects.open().filter(person=idris).exists()
    assert request.team == house.team
    assert request in HelpRequest.objects.waiting_in(house.centre.pk)


def test_those_who_may_be_the_same_person_are_proposed_first(house, enter, idris):
    nour, request = enter(house.nour), unnamed(house)
    sent = {"create": "1", "call_name": "Idriss", "family_name": "Haddad", "shown": ""}

    page = nour.post(person_page(request), sent)
    nour.post(person_page(request), {**sent, "sure": "1"})

    assert [likely.person for likely in page.context["likely"]] == [idris]
    request.refresh_from_db()
    assert request.person.call_name == "Idriss"


def test_someone_new_is_added_once_however_often_it_is_sent(house, enter):
    nour, request, before = enter(house.nour), unnamed(house), Person.objects.count()
    sent = {"create": "1", "call_name": "Mirela", "shown": "", "form_key": str(uuid4())}

    answers = [nour.post(person_page(request), sent) for _again in range(2)]

    assert Person.objects.count() == before + 1
    assert {answer.url for answer in answers} == {page_of(request)}
    assert Following.objects.get(person__call_name="Mirela").team == house.team


def test_the_wrong_person_is_mended_and_is_no_longer_followed(house, enter, idris):
    nour, request = enter(house.nour), unnamed(house)
    nour.post(person_page(request), {"choose": str(idris.pk), "shown": ""})

    page = nour.get(person_page(request), {"q": "Awa"})
    nour.post(
        person_page(request),
        {"choose": str(house.awa.pk), "shown": str(idris.pk), "end_following": "1"},
    )

    request.refresh_from_db()
    assert 'name="end_following"' in page.content.decode()
    assert request.person == house.awa
    assert not Following.objects.open().filter(person=idris).exists()


def test_when_two_say_who_it_is_the_second_is_told(house, enter, idris):
    request = unnamed(house)
    deeds.attach(request, to=house.awa, by=make.actor(house.nour))

    answer = enter(house.bram).post(
        person_page(request), {"choose": str(idris.pk), "shown": ""}, follow=True
    )

    request.refresh_from_db()
    assert request.person == house.awa
    assert "Someone has just said who it is" in answer.content.decode()


# --- what is urgent ----------------------------------------------------------------------------


def whole(client, url):
    """What a page says and what it asked of the database."""
    client.get(url)  # the reading is journaled once in a quarter of an hour
    with CaptureQueriesContext(connection) as queries:
        page = told(client.get(url))
    return page, [query["sql"].split("WHERE")[0] for query in queries.captured_queries]


@pytest.mark.parametrize("where", ["list", "request"])
def test_nothing_hints_that_it_is_urgent_to_those_not_bound(house, enter, where):
    older, request = asked(house, received_on=date(2026, 11, 1)), asked(house)
    bram, url = enter(house.bram), LIST if where == "list" else page_of(request)
    quiet = whole(bram, url)

    HelpRequest.objects.filter(pk=request.pk).update(urgent=True)

    assert whole(bram, url) == quiet
    assert older.urgent is False


def test_those_bound_see_what_is_urgent_first(house, enter):
    asked(house, received_on=date(2026, 11, 1))
    urgent = asked(house, urgent=True)

    page = enter(house.nour).get(LIST)

    assert page.context["page"][0] == urgent
    assert "urgent" in page.content.decode()


def test_someone_not_bound_hands_over_that_it_is_urgent(house, enter):
    request = asked(house)

    enter(house.bram).post(page_of(request), {"do": "urgent"})

    request.refresh_from_db()
    assert request.urgent


def test_only_those_bound_say_that_it_is_no_longer_urgent(house, enter):
    request = asked(house, urgent=True)

    refused = enter(house.bram).post(page_of(request), {"do": "not_urgent"})
    enter(house.nour).post(page_of(request), {"do": "not_urgent"})

    request.refresh_from_db()
    assert refused.status_code == 404
    assert not request.urgent


# --- from hand to hand -------------------------------------------------------------------------


def test_it_passes_to_a_colleague_of_the_team(house, enter):
    request = asked(house, followed_by=house.nour)

    enter(house.nour).post(
        page_of(request), {"do": "follow", "followed_by": house.bram.pk, "shown": house.nour.pk}
    )

    request.refresh_from_db()
    assert request.followed_by == house.bram


def test_it_cannot_pass_to_someone_who_would_not_read_it(house, enter):
    request = asked(house, followed_by=house.nour)

    page = enter(house.nour).post(
        page_of(request),
        {"do": "follow", "followed_by": house.coordinator.pk, "shown": house.nour.pk},
    )

    request.refresh_from_db()
    assert request.followed_by == house.nour
    assert page.context["following"].errors


def test_taken_meanwhile_the_choice_stays_and_is_asked_again(house, enter):
    request, nour = asked(house), enter(house.nour)
    HelpRequest.objects.filter(pk=request.pk).update(followed_by=house.bram)
    sent = {"do": "follow", "followed_by": house.nour.pk, "shown": ""}

    page = nour.post(page_of(request), sent)

    request.refresh_from_db()
    assert request.followed_by == house.bram
    assert "Bram began to follow" in page.content.decode()
    assert page.context["following"]["followed_by"].value() == house.nour.pk
    assert page.context["following"]["shown"].value() == str(house.bram.pk)


def test_it_ends_with_how_it_ended_and_may_go_on_after_all(house, enter):
    request, nour = asked(house), enter(house.nour)

    nour.post(page_of(request), {"do": "end", "outcome": "The letter is read."})
    request.refresh_from_db()
    ended = (request.closed_on, request.outcome)
    nour.post(page_of(request), {"do": "go_on"})

    request.refresh_from_db()
    assert ended == (timezone.localdate(), "The letter is read.")
    assert (request.closed_on, request.outcome) == (None, "The letter is read.")


def test_ended_meanwhile_the_words_typed_are_not_lost(house, enter):
    request = asked(house)
    deeds.close(request, outcome="Done.", by=make.actor(house.bram))

    page = enter(house.nour).post(page_of(request), {"do": "end", "outcome": "Another story."})

    request.refresh_from_db()
    assert request.outcome == "Done."
    assert "Another story." in page.content.decode()


# --- walls -------------------------------------------------------------------------------------


def test_a_stranger_and_another_team_find_nothing(house, enter):
    request = asked(house)
    elsewhere = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (house.zoe, elsewhere, house.reception, house.coordinator):
        client = enter(member)
        assert client.get(page_of(request)).status_code == 404, member.name
        assert client.post(page_of(request), {"do": "end"}).status_code == 404, member.name
        assert WORDS not in client.get(LIST).content.decode(), member.name


def test_a_deed_asks_again_who_may(house):
    with pytest.raises(Http404):
        deeds.close(asked(house), outcome="", by=make.actor(house.coordinator))


def test_an_administrator_takes_no_request(house, enter):
    administrator = make.MemberFactory(
        centre=house.centre, role=Member.Role.ADMINISTRATOR, teams=[house.team]
    )

    assert enter(administrator).get(NEW).status_code == 404


def test_the_journal_keeps_no_word_no_name_and_no_urgency(house, enter):
    nour = enter(house.nour)
    nour.post(f"{NEW}?person={house.awa.pk}", {"words": WORDS, "urgent": "on"})
    request = HelpRequest.objects.get()
    nour.get(page_of(request))
    nour.post(page_of(request), {"do": "end", "outcome": WORDS})

    lines = list(Line.objects.filter(kind__startswith="support.request"))
    told_there = " ".join(str(line.details) for line in lines)
    assert {line.subject for line in lines} == {house.awa.pk}
    assert not any(word in told_there for word in ("canary", "Awa", "urgent"))


# --- steering ----------------------------------------------------------------------------------


def test_the_coordinator_sees_who_waits_since_when_and_not_a_word(house, enter, idris):
    asked(house, urgent=True)
    coordinator = enter(house.coordinator)

    page = told(coordinator.get(WAITING))

    assert "Awa Diallo" in page
    assert "Monday 23 November 2026" in page
    assert "canary" not in page
    assert "rgent" not in page
    assert "Idris Haddad" in page


def test_what_waits_is_the_same_page_urgent_or_not(house, enter):
    request, coordinator = asked(house), enter(house.coordinator)
    url = reverse("support:waiting_assign", args=[request.pk])
    quiet = whole(coordinator, WAITING), whole(coordinator, url)

    HelpRequest.objects.filter(pk=request.pk).update(urgent=True, words="Something else.")

    assert (whole(coordinator, WAITING), whole(coordinator, url)) == quiet


def test_a_team_is_given_and_begins_to_follow(house, enter, idris):
    request = asked(house, person=idris)
    url = reverse("support:waiting_assign", args=[request.pk])

    enter(house.coordinator).post(url, {"team": house.team.pk, "followed_by": house.nour.pk})

    request.refresh_from_db()
    following = Following.objects.get(person=idris)
    assert (request.team, request.followed_by) == (house.team, house.nour)
    assert (following.team, following.worker) == (house.team, house.nour)


def test_a_request_without_a_person_is_given_too(house, enter):
    request = unnamed(house, team=None)
    url = reverse("support:waiting_assign", args=[request.pk])

    enter(house.coordinator).post(url, {"team": house.team.pk})

    assert request in HelpRequest.objects.visible_to(make.actor(house.bram))


def test_what_someone_took_meanwhile_no_longer_waits(house, enter):
    request = asked(house, followed_by=house.bram)
    url = reverse("support:waiting_assign", args=[request.pk])

    answer = enter(house.coordinator).post(url, {"team": house.other_team.pk}, follow=True)

    assert "no longer waits" in answer.content.decode()
    assert not Following.objects.filter(person=house.awa, team=house.other_team).exists()


def test_only_the_coordinator_steers(house, enter):
    request = asked(house)
    url = reverse("support:waiting_assign", args=[request.pk])

    for member in (house.nour, house.reception, house.zoe):
        assert enter(member).get(WAITING).status_code == 404, member.name
        assert enter(member).post(url, {"team": house.team.pk}).status_code == 404, member.name


# --- how much it costs -------------------------------------------------------------------------


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("who", "url"), [("nour", LIST), ("coordinator", WAITING)])
def test_a_list_costs_as_many_queries_with_three_as_with_thirty(house, enter, who, url):
    client = enter(getattr(house, who))

    def several(count):
        for _number in range(count):
            someone = make.PersonFactory(centre=house.centre, followed_by=house.team)
            asked(house, person=someone)
            make.PersonFactory(centre=house.centre)

    several(3)
    few = queries_of(client, url)
    several(30)

    assert queries_of(client, url) == few
