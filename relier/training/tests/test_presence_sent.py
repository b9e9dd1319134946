"""What a device sends once it is back: each entry answered for by its key, kept once, checked as on
the grid, and beside what stands where it contradicts it."""

import json
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.accounts import stays
from relier.journal.models import Line
from relier.training.actions import presences, sessions
from relier.training.actions.coming_back import decide_difference
from relier.training.actions.presences import Took
from relier.training.models import Difference, LedgerEntry, Presence
from tests import factories as make

SEND = "training:presence_send"


@pytest.fixture
def planned(training):
    session = sessions.plan_session(
        "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=180, by=training.bram,
        team=training.house.team, track=training.track,
    )  # fmt: skip
    sessions.expect([training.house.awa], session, from_on=session.day, by=training.bram)
    return session


def entry(session, person, by, how="in_person", minutes="3h", **more):
    return {
        "key": str(uuid4()), "session": str(session.pk), "person": str(person.pk),
        "by": str(by.id), "how": how, "minutes": minutes, "seen": "", "after": "",
        "said_at": "2026-11-24T10:00:00.000Z",
    } | more  # fmt: skip


def send(client, *entries):
    answer = client.post(
        reverse(SEND), json.dumps({"entries": list(entries)}), content_type="application/json"
    )
    return [(one["is"], one["why"]) for one in answer.json()["answers"]]


def outcomes(client, *entries):
    return [what for what, _why in send(client, *entries)]


def standing():
    return Presence.objects.current().get()


def test_an_entry_is_kept_as_the_grid_keeps_it(training, planned, enter):
    one = entry(
        planned, training.house.awa, training.bram, "remote", "1h30",
        **{"where": "home", "with": "own_phone", "missed": "30 min"},
    )  # fmt: skip

    assert outcomes(enter(training.house.bram), one) == ["kept"]

    kept = standing()
    assert (kept.modality, kept.minutes, kept.missed) == ("remote", 90, 30)
    assert (kept.from_where, kept.equipment) == ("home", "own_phone")


def test_sent_three_times_it_is_kept_once(training, planned, enter):
    one, client = entry(planned, training.house.awa, training.bram), enter(training.house.bram)

    assert [outcomes(client, one) for _time in range(3)] == [["kept"], ["known"], ["known"]]
    assert Presence.objects.count() == LedgerEntry.objects.count() == 1


def test_whoever_corrects_their_own_entry_is_followed(training, planned, enter):
    first = entry(planned, training.house.awa, training.bram)
    then = entry(planned, training.house.awa, training.bram, "away", after=first["key"])

    assert outcomes(enter(training.house.bram), first, then) == ["kept", "kept"]

    assert standing().minutes == 0
    assert Presence.objects.count() == 2


def test_whoever_saw_what_stood_corrects_it(training, planned, enter):
    presences.take_presence(planned, {training.house.awa: Took(60)}, by=training.nour)
    seen = str(standing().pk)

    one = entry(planned, training.house.awa, training.bram, seen=seen)

    assert outcomes(enter(training.house.bram), one) == ["kept"]
    assert standing().minutes == 180


def test_whoever_did_not_see_it_is_kept_beside_and_counts_for_nothing(training, planned, enter):
    presences.take_presence(planned, {training.house.awa: Took(60)}, by=training.nour)
    posted = LedgerEntry.objects.count()
    one, client = entry(planned, training.house.awa, training.bram), enter(training.house.bram)

    assert [outcomes(client, one) for _time in range(2)] == [["differs"], ["differs"]]

    assert standing().minutes == 60
    assert LedgerEntry.objects.count() == posted
    waiting = Difference.objects.get()
    assert (waiting.minutes, waiting.against) == (180, standing())
    page = client.get(reverse("training:session", args=[planned.pk]))
    assert "Said otherwise: which one counts?" in page.text


def test_two_devices_that_say_the_same_have_no_difference(training, planned, enter):
    presences.take_presence(planned, {training.house.awa: Took(180)}, by=training.nour)

    one = entry(planned, training.house.awa, training.bram)

    assert outcomes(enter(training.house.bram), one) == ["known"]
    assert not Difference.objects.exists()


@pytest.mark.parametrize(("counts", "minutes"), [(True, 180), (False, 60)])
def test_whoever_decides_says_what_the_ledger_counts(training, planned, enter, counts, minutes):
    presences.take_presence(planned, {training.house.awa: Took(60)}, by=training.nour)
    send(enter(training.house.bram), entry(planned, training.house.awa, training.bram))
    waiting = Difference.objects.get()

    for _time in range(2):
        decide_difference(waiting, counts=counts, by=training.coordinator)

    assert standing().minutes == minutes
    assert sum(row.minutes for row in LedgerEntry.objects.filter(account=1)) == minutes
    assert not Difference.objects.open().exists()


def test_what_the_grid_refuses_is_refused_with_its_sentence_and_the_rest_is_kept(
    training, planned, enter
):
    idris = training.another().person
    wrong = entry(planned, training.house.awa, training.bram, minutes="25:99")
    right = entry(planned, idris, training.bram)

    answers = send(enter(training.house.bram), wrong, right)

    assert [what for what, _why in answers] == ["refused", "kept"]
    assert "1h30" in answers[0][1]


def test_nothing_is_kept_of_someone_whom_the_team_does_not_follow(training, planned, enter):
    stranger = make.PersonFactory()

    assert outcomes(enter(training.house.bram), entry(planned, stranger, training.bram)) == [
        "refused"
    ]
    assert not Presence.objects.exists()


def test_an_entry_of_someone_else_is_not_kept_in_ones_own_name(training, planned, enter):
    theirs = entry(planned, training.house.awa, training.nour)

    assert outcomes(enter(training.house.bram), theirs) == ["refused"]


def test_a_session_of_another_centre_or_of_tomorrow_keeps_nothing(training, planned, enter):
    sessions.change_session(planned, {"day": planned.day + timedelta(days=1)}, by=training.bram)
    one = entry(planned, training.house.awa, training.bram)
    other = entry(planned, training.house.awa, make.actor(training.house.zoe))

    assert outcomes(enter(training.house.bram), one) == ["refused"]
    assert outcomes(enter(training.house.zoe), other) == ["refused"]
    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"entries": 3}', '{"entries": [{}]}', '{"entries": [null]}',
             '{"entries": [{"key": "x"}]}', "\u0000"],
)  # fmt: skip
def test_what_is_no_list_of_entries_is_refused_whole(training, enter, body):
    answer = enter(training.house.bram).post(reverse(SEND), body, content_type="application/json")

    assert answer.status_code == 400
    assert not Presence.objects.exists()


# --- the page that a device keeps ---


def owned(client):
    session = client.session
    session[stays.SHARED] = False
    session.save()
    return client


def test_it_is_not_offered_on_a_shared_computer(training, planned, enter):
    client = enter(training.house.bram)
    address = reverse("training:presence_along", args=[planned.pk])

    page = client.get(reverse("training:session", args=[planned.pk]))
    assert address not in page.text
    assert client.get(address).status_code == 302
    assert address in owned(client).get(reverse("training:session", args=[planned.pk])).text
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("days", "status"), [(0, 200), (3, 200), (4, 302), (-20, 200)])
def test_it_is_taken_along_three_days_before_at_the_earliest(
    training, planned, enter, days, status
):
    day = timezone.localdate() + timedelta(days=days)
    sessions.change_session(planned, {"day": day}, by=training.bram)

    answer = owned(enter(training.house.bram)).get(
        reverse("training:presence_along", args=[planned.pk])
    )

    assert answer.status_code == status


def test_taking_it_along_is_written_in_the_journal(training, planned, enter):
    owned(enter(training.house.bram)).get(
        reverse("training:presence_along", args=[planned.pk]) + "?keep"
    )

    assert Line.objects.filter(kind="training.presence_taken_along").count() == 1


def test_what_waits_stays_as_one_signs_out_and_the_rest_goes(training, enter):
    client = enter(training.house.bram)
    client.cookies["relier_along"] = "12"
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'

    client = enter(training.house.bram)
    client.cookies["relier_along"] = "0"
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
