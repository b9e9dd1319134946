"""Requests: one sentence is enough, the team reads it, and nothing says to others what it is."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Member
from relier.journal.models import Line
from relier.people.models import Following
from relier.support.actions import requests as deeds
from relier.support.models import HelpRequest
from tests import factories as make

from .reception import (
    WORDS,
    asked,
    cost,
    request_page,
    unnamed,
    whole,
)

NEW = reverse("support:request_new")
LIST = reverse("support:requests")


# --- taking one --------------------------------------------------------------------------------


def test_one_sentence_is_enough(house, enter):
    answer = enter(house.reception).post(NEW, {"words": WORDS})

    kept = HelpRequest.objects.get()
    assert answer.url == reverse("support:request_person", args=[kept.pk])
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
    assert enter(house.bram).get(request_page(kept)).status_code == 200
    assert enter(house.reception).get(request_page(kept)).status_code == 404


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
    assert client.get(request_page(HelpRequest.objects.get())).status_code == 404


# --- what is urgent ----------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["list", "request"])
def test_nothing_hints_that_it_is_urgent_to_those_not_bound(house, enter, where):
    older, request = asked(house, received_on=date(2026, 11, 1)), asked(house)
    bram, url = enter(house.bram), LIST if where == "list" else request_page(request)
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

    enter(house.bram).post(request_page(request), {"do": "urgent"})

    request.refresh_from_db()
    assert request.urgent


def test_only_those_bound_say_that_it_is_no_longer_urgent(house, enter):
    request = asked(house, urgent=True)

    refused = enter(house.bram).post(request_page(request), {"do": "not_urgent"})
    enter(house.nour).post(request_page(request), {"do": "not_urgent"})

    request.refresh_from_db()
    assert refused.status_code == 404
    assert not request.urgent


# --- from hand to hand -------------------------------------------------------------------------


def test_it_passes_to_a_colleague_of_the_team(house, enter):
    request = asked(house, followed_by=house.nour)

    enter(house.nour).post(
        request_page(request),
        {"do": "follow", "followed_by": house.bram.pk, "shown": house.nour.pk},
    )

    request.refresh_from_db()
    assert request.followed_by == house.bram


def test_it_cannot_pass_to_someone_who_would_not_read_it(house, enter):
    request = asked(house, followed_by=house.nour)

    page = enter(house.nour).post(
        request_page(request),
        {"do": "follow", "followed_by": house.coordinator.pk, "shown": house.nour.pk},
    )

    request.refresh_from_db()
    assert request.followed_by == house.nour
    assert page.context["following"].errors


def test_taken_meanwhile_the_choice_stays_and_is_asked_again(house, enter):
    request, nour = asked(house), enter(house.nour)
    HelpRequest.objects.filter(pk=request.pk).update(followed_by=house.bram)
    sent = {"do": "follow", "followed_by": house.nour.pk, "shown": ""}

    page = nour.post(request_page(request), sent)

    request.refresh_from_db()
    assert request.followed_by == house.bram
    assert "Bram began to follow" in page.content.decode()
    assert page.context["following"]["followed_by"].value() == house.nour.pk
    assert page.context["following"]["shown"].value() == str(house.bram.pk)


def test_it_ends_with_how_it_ended_and_may_go_on_after_all(house, enter):
    request, nour = asked(house), enter(house.nour)

    nour.post(request_page(request), {"do": "end", "outcome": "The letter is read."})
    request.refresh_from_db()
    ended = (request.closed_on, request.outcome)
    nour.post(request_page(request), {"do": "go_on"})

    request.refresh_from_db()
    assert ended == (timezone.localdate(), "The letter is read.")
    assert (request.closed_on, request.outcome) == (None, "The letter is read.")


def test_ended_meanwhile_the_words_typed_are_not_lost(house, enter):
    request = asked(house)
    deeds.close(request, outcome="Done.", by=make.actor(house.bram))

    page = enter(house.nour).post(request_page(request), {"do": "end", "outcome": "Another story."})

    request.refresh_from_db()
    assert request.outcome == "Done."
    assert "Another story." in page.content.decode()


# --- walls -------------------------------------------------------------------------------------


def test_a_stranger_and_another_team_find_nothing(house, enter):
    request = asked(house)
    elsewhere = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (house.zoe, elsewhere, house.reception, house.coordinator):
        client = enter(member)
        assert client.get(request_page(request)).status_code == 404, member.name
        assert client.post(request_page(request), {"do": "end"}).status_code == 404, member.name
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
    nour.get(request_page(request))
    nour.post(request_page(request), {"do": "end", "outcome": WORDS})

    lines = list(Line.objects.filter(kind__startswith="support.request"))
    told_there = " ".join(str(line.details) for line in lines)
    assert {line.subject for line in lines} == {house.awa.pk}
    assert not any(word in told_there for word in ("canary", "Awa", "urgent"))


# --- how much it costs -------------------------------------------------------------------------


def test_the_list_costs_as_many_queries_with_three_as_with_thirty(house, enter):
    nour = enter(house.nour)
    asked(house), asked(house, followed_by=house.nour), unnamed(house)
    few = cost(nour, LIST)

    for _number in range(30):
        asked(house, person=make.PersonFactory(centre=house.centre, followed_by=house.team))

    assert cost(nour, LIST) == few
