"""Staying: the lock, the end of the day, what was being typed, and where one is open."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from relier.accounts import actions, devices, stays
from relier.accounts.actors import SYSTEM
from relier.accounts.models import Stay
from relier.centres import actions as centres
from relier.journal.models import Line
from relier.people.models import Note
from tests.factories import StayFactory, actor

PASSWORD = "correct horse battery"
WORDS = "Elle m’a dit qu’elle attendait une lettre.\nJe rappelle vendredi."
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


def signed_in(member, **headers) -> Client:
    client = Client(headers=headers)
    sign_in(client, member)
    return client


def sign_in(client, member, **more):
    said = {"login": member.user.email, "password": PASSWORD, **more}
    return client.post(reverse("account_login"), said)


def later(client, *, minutes: float = 0, hours: float = 0) -> None:
    """As if this much time had passed since the last gesture."""
    session = client.session
    session[stays.SEEN] -= minutes * 60 + hours * 3600
    session[stays.BEGAN] -= hours * 3600
    session.save()


@pytest.mark.parametrize(
    ("shared", "minutes", "locked"),
    [("on", 14, False), ("on", 16, True), ("", 16, False), ("", 31, True)],
)
def test_a_quiet_time_locks_sooner_on_a_shared_computer(house, shared, minutes, locked):
    client = Client()
    sign_in(client, house.nour, shared=shared)

    later(client, minutes=minutes)

    answer = client.get(reverse("people:list"))
    assert (answer.status_code == 302) is locked


def test_whoever_goes_on_working_is_not_locked(house):
    client = signed_in(house.nour)
    for _turn in range(4):
        later(client, minutes=10)
        assert client.get("/").status_code == 200


def test_the_password_opens_again_on_the_same_page(house):
    client = signed_in(house.nour)
    page = reverse("people:list")
    answer = client.post(reverse("lock"), {"next": page})

    shown = client.get(answer.url).content.decode()
    assert client.get(page).status_code == 302
    assert "waits for Nour" in shown
    assert 'role="search"' not in shown
    assert client.post(answer.url, {"password": "another one, wrong"}).status_code == 200
    assert client.post(answer.url, {"password": PASSWORD}).url == page
    assert client.get(page).status_code == 200


def test_the_lock_leads_nowhere_else(house):
    client = signed_in(house.nour)
    for hostile in ("https://elsewhere.invalid/", "//elsewhere.invalid", "javascript:x", "\\\\x"):
        client.post(reverse("lock"), {"next": hostile})
        address = f"{reverse('locked')}?next={hostile}"
        assert client.post(address, {"password": PASSWORD}).url == "/"


def write_note(client, house):
    """A note sent after the time; where it leads."""
    page = reverse("people:note_new", args=[house.awa.pk])
    said = {"words": WORDS, "audience": "secrecy", "on": "2026-11-20", "password": "x"}
    return client.post(page, said)


def unlock(client, answer):
    return client.post(answer.url, {"password": PASSWORD}, follow=True)


def test_what_was_being_typed_comes_back_and_is_kept_once_sent(house):
    client = signed_in(house.nour)
    later(client, minutes=31)

    shown = unlock(client, write_note(client, house))

    page = shown.content.decode()
    assert "Je rappelle vendredi." in page
    assert 'name="password"' not in page
    assert not Note.objects.exists()
    sent = dict(shown.context["kept"].fields)
    assert client.post(shown.context["kept"].path, sent).status_code == 302
    assert Note.objects.get().words.replace("\r\n", "\n") == WORDS


def test_at_the_end_of_the_day_one_signs_in_again_and_finds_it_back(house):
    client = signed_in(house.nour)
    later(client, hours=10)

    answer = write_note(client, house)
    assert answer.url.startswith(reverse("account_login"))
    assert client.get("/").status_code == 302
    sign_in(client, house.nour)

    assert "Je rappelle vendredi." in client.get(reverse("kept_words")).content.decode()


def test_a_colleague_on_the_same_computer_does_not_find_it(house):
    client = signed_in(house.nour)
    later(client, hours=10)
    write_note(client, house)

    sign_in(client, house.bram)

    answer = client.get(reverse("kept_words"))
    assert answer.status_code == 302
    assert not client.session.get("kept_words")


def test_what_was_typed_stands_nowhere_in_clear(house):
    client = signed_in(house.nour)
    later(client, minutes=31)
    write_note(client, house)

    held = [str(session.get_decoded()) for session in Session.objects.all()]

    assert any("kept_words" in one for one in held)
    assert not any("vendredi" in one for one in held)


def test_letting_it_go_forgets_it(house):
    client = signed_in(house.nour)
    later(client, minutes=31)
    unlock(client, write_note(client, house))

    client.post(reverse("kept_words"))

    assert client.get(reverse("kept_words")).status_code == 302


def test_closing_clears_what_the_browser_holds(house):
    client = signed_in(house.nour)

    answer = client.post(reverse("account_logout"))

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Stay.objects.exists()


def test_one_sees_where_one_is_open_and_ends_it(house):
    here, there = signed_in(house.nour), signed_in(house.nour, user_agent=FIREFOX)
    page = here.get(reverse("mfa_index")).content.decode()
    other = Stay.objects.get(device="Firefox/Windows")

    assert "Firefox on Windows" in page
    assert here.post(reverse("stay_end", args=[other.pk])).status_code == 302

    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert Line.objects.filter(kind="accounts.stay_ended").count() == 1


def test_the_list_costs_the_same_however_long(house):
    client = signed_in(house.nour)
    client.get("/")
    counts = []
    for more in (3, 300):
        StayFactory.create_batch(more, user=house.nour.user)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("mfa_index"))
        counts.append(len(asked))

    assert counts[0] == counts[1] < 12


def test_a_stay_of_someone_else_is_not_found(house):
    signed_in(house.nour)
    stay = Stay.objects.get(user=house.nour.user)

    answer = signed_in(house.bram).post(reverse("stay_end", args=[stay.pk]))

    assert answer.status_code == 404
    assert Stay.objects.filter(pk=stay.pk).exists()


def test_everywhere_but_here(house):
    here, there, elsewhere = (signed_in(house.nour) for _browser in range(3))

    here.post(reverse("stays_end"))

    assert [c.get("/").status_code for c in (here, there, elsewhere)] == [200, 302, 302]


def test_a_new_password_ends_the_others_at_once(house):
    here, there = signed_in(house.nour), signed_in(house.nour)
    new = "un vélo rouge et lent"

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert Stay.objects.filter(user=house.nour.user).count() == 1


@pytest.mark.parametrize("deed", ["leaves", "is placed elsewhere"])
def test_whoever_leaves_or_is_placed_elsewhere_is_out_at_once(house, deed):
    client = signed_in(house.nour)
    by = actor(house.coordinator)

    if deed == "leaves":
        centres.member_leaves(house.nour, by=by)
    else:
        centres.place_member(house.nour, role="trainer", status="discretion", teams=[], by=by)

    assert client.get("/").status_code == 302
    assert not Stay.objects.exists()


def test_old_sessions_are_forgotten_and_the_open_ones_stay(house):
    over, open_one = signed_in(house.nour), signed_in(house.bram)
    Session.objects.filter(pk=over.session.session_key).update(expire_date=timezone.now())

    assert actions.forget_old_sessions(by=SYSTEM) == 1
    assert open_one.get("/").status_code == 200


def test_an_entry_is_a_line_and_keeps_no_address(house):
    signed_in(house.nour)
    line = Line.objects.get(kind="accounts.signed_in")

    assert line.actor == house.nour.pk
    assert line.details == {"failed": 0, "shared": False}
    assert "127.0.0.1" not in str(Stay.objects.values().get())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("", "a browser that does not say its name"),
        ("<script>" * 400, "a browser that does not say its name"),
    ],
)
def test_a_device_is_said_in_plain_words(said, words):
    with translation.override("en"):
        assert devices.words(devices.recognise(said)) == words


def test_the_hours_are_counted_from_the_clock():
    session = {stays.BEGAN: time.time(), stays.SEEN: time.time(), stays.SHARED: True}

    assert stays.state(session, at=time.time()) is stays.State.OPEN
    assert stays.state(session, at=time.time() + 15 * 60) is stays.State.LOCKED
    assert stays.state(session, at=time.time() + 10 * 3600) is stays.State.OVER
