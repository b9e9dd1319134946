"""Slips: made by whoever runs the centre, opened once by whoever holds them."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import urlparse

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from relier.accounts.models import User
from relier.centres import actions, codes
from relier.centres.models import Member, Slip
from relier.journal.models import Line
from tests.factories import MemberFactory, actor

PASSWORD, NEW = "correct horse battery", "un vélo rouge et lent"
CHOSEN = {"name": "Zénobie", "password1": NEW, "password2": NEW}


@pytest.fixture
def colette(house):
    """The coordinator, who has just signed in."""
    client = Client()
    said = {"login": house.coordinator.user.email, "password": PASSWORD}
    client.post(reverse("account_login"), said)
    return client


@pytest.fixture
def newcomer(house):
    return actions.add_member(
        name="Zen",
        email="zen@example.invalid",
        role="trainer",
        status="discretion",
        teams=[],
        by=actor(house.coordinator),
    )


def slip_for(house, member, what=Slip.What.INVITATION):
    return actions.make_slip(member, what=what, by=actor(house.coordinator))


def open_slip(code, client=None):
    client = client or Client()
    return client, client.post(reverse("slip"), {"code": code})


def test_a_code_has_more_than_fifty_bits_and_no_letter_that_looks_like_another():
    assert len(codes.SIGNS) ** codes.LENGTH > 2**58
    assert not set("iloILO01") & set(codes.SIGNS)
    assert len({codes.new_code() for _draw in range(1000)}) == 1000


def test_a_new_member_is_invited_and_comes_in_with_their_own_password(house, colette):
    said = {"name": "Zen", "email": "zen@example.invalid", "role": "trainer", "status": "bound"}
    made = colette.post(reverse("centres:member_new"), said)
    slip_page = colette.post(made.url).url
    code = colette.get(slip_page).context["code"]

    client, answer = open_slip(code.lower().replace(" ", "-"))
    shown = client.get(answer.url).content.decode()
    entered = client.post(reverse("slip"), CHOSEN)

    assert "zen@example.invalid" in shown
    assert entered.url == reverse("mfa_index")
    user = User.objects.get(email="zen@example.invalid")
    assert (user.name, user.check_password(NEW)) == ("Zénobie", True)
    assert client.get("/").status_code == 200
    assert "opens no more" in colette.get(slip_page).content.decode()


def test_a_slip_opens_once(house, newcomer):
    _slip, code = slip_for(house, newcomer)
    first, _answer = open_slip(code)
    second, _answer = open_slip(code)

    assert first.post(reverse("slip"), CHOSEN).status_code == 302
    assert second.post(reverse("slip"), {**CHOSEN, "name": "Other"}).status_code == 200
    assert open_slip(code)[1].status_code == 200
    newcomer.user.refresh_from_db()
    assert newcomer.user.name == "Zénobie"


def test_two_at_the_same_instant_spend_it_once(house, newcomer):
    slip, _code = slip_for(house, newcomer)
    by = actor(newcomer)
    actions.come_in(slip, name="First", password=NEW, by=by)

    with pytest.raises(Http404):
        actions.come_in(slip, name="Second", password=NEW, by=by)


@pytest.mark.parametrize("how", ["too old", "withdrawn", "made anew", "of one who left"])
def test_a_slip_that_is_over_opens_nothing(house, newcomer, how):
    slip, code = slip_for(house, newcomer)
    by = actor(house.coordinator)
    if how == "too old":
        Slip.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    elif how == "withdrawn":
        actions.withdraw_slip(slip, by=by)
    elif how == "made anew":
        slip_for(house, newcomer)
    else:
        actions.member_leaves(newcomer, by=by)

    client, answer = open_slip(code)

    assert answer.status_code == 200
    assert "n’ouvre pas" in answer.content.decode()
    assert client.post(reverse("slip"), CHOSEN).status_code == 200
    assert not newcomer.user.check_password(NEW)


def test_it_lasts_seven_days(house, newcomer):
    slip, _code = slip_for(house, newcomer)

    assert slip.ends_at - slip.made_at == settings.SLIP_LASTS == timedelta(days=7)


def test_only_what_recognises_the_code_is_kept(house, colette, newcomer):
    page = colette.post(reverse("centres:slip_new", args=[newcomer.pk, "invitation"])).url
    code = codes.as_typed(colette.get(page).context["code"])
    kept = str(list(Slip.objects.values())) + str(list(Line.objects.values()))
    sessions = str([one.get_decoded() for one in Session.objects.all()])

    assert code not in kept
    assert code not in sessions


def test_the_code_is_shown_in_the_browser_that_made_it_and_in_no_other(house, colette, newcomer):
    page = colette.post(reverse("centres:slip_new", args=[newcomer.pk, "invitation"])).url
    other = Client()
    other.force_login(house.coordinator.user)

    assert "code" in colette.get(page).context
    assert "code" not in other.get(page).context
    assert other.get(f"{page}paper/").status_code == 404


def test_the_slip_is_printed_with_its_code_and_its_address(house, colette, newcomer):
    page = colette.post(reverse("centres:slip_new", args=[newcomer.pk, "invitation"])).url
    code = colette.get(page).context["code"]

    answer = colette.get(f"{page}paper/")

    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert code in text
    assert "/slip/" in text
    assert "Zen" in text


def test_the_drawing_leads_to_the_slip_and_the_address_does_not_keep_the_code(house, newcomer):
    _slip, code = slip_for(house, newcomer)
    client = Client()

    answer = client.get(reverse("slip_link", args=[code]))

    assert urlparse(answer.url).path == reverse("slip")
    assert client.get(answer.url).context["slip"].member == newcomer


def test_a_forgotten_password_is_chosen_anew_and_closes_what_was_open(house, enter):
    open_before = enter(house.nour)
    _slip, code = slip_for(house, house.nour, Slip.What.PASSWORD)
    assert open_before.get("/").status_code == 200  # nothing changes until it is used

    client, _answer = open_slip(code)
    client.post(reverse("slip"), {"password1": NEW, "password2": NEW})

    assert open_before.get("/").status_code == 302
    assert client.get("/").status_code == 200


def with_application(member):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(member.user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")


def test_a_new_password_does_not_go_round_the_second_factor(house):
    with_application(house.nour)
    _slip, code = slip_for(house, house.nour, Slip.What.PASSWORD)
    client, _answer = open_slip(code)

    answer = client.post(reverse("slip"), {"password1": NEW, "password2": NEW})

    assert answer.url == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302


def test_a_lost_telephone_asks_for_the_password_and_is_then_forgotten(house):
    with_application(house.nour)
    _slip, code = slip_for(house, house.nour, Slip.What.SECOND_FACTOR)
    client, _answer = open_slip(code)

    assert client.post(reverse("slip"), {"password": "another one"}).status_code == 200
    assert Authenticator.objects.filter(user=house.nour.user).exists()
    assert client.post(reverse("slip"), {"password": PASSWORD}).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=house.nour.user).exists()
    kinds = set(Line.objects.values_list("kind", flat=True))
    assert kinds >= {"centres.slip_made", "centres.slip_used", "accounts.second_factor_forgotten"}


def test_nobody_makes_a_slip_for_whom_they_may_not(house):
    by = actor(house.coordinator)
    elsewhere = MemberFactory(user=house.bram.user)
    came_in = house.nour
    came_in.user.last_login = timezone.now()
    refused = [
        (house.coordinator, "password", by),  # oneself
        (house.zoe, "password", by),  # another centre
        (house.bram, "password", by),  # who belongs to another centre too
        (elsewhere, "second_factor", by),
        (came_in, "invitation", by),  # who has come in already
        (house.reception, "password", actor(house.nour)),  # not one's to do
        (house.reception, "anything", by),
    ]

    for member, what, whoever in refused:
        with pytest.raises(Http404):
            actions.make_slip(member, what=what, by=whoever)
    assert not Slip.objects.exists()


def test_a_slip_of_another_centre_is_not_found(house, colette):
    zoe = Member.objects.get(pk=house.zoe.pk)
    head = MemberFactory(centre=zoe.centre, role="coordinator")
    slip, _code = actions.make_slip(zoe, what="password", by=actor(head))

    assert colette.get(reverse("centres:slip", args=[slip.pk])).status_code == 404
    assert colette.post(reverse("centres:slip_withdraw", args=[slip.pk])).status_code == 404
    assert Slip.objects.standing(at=timezone.now()).count() == 1


def test_the_same_form_sent_twice_makes_one_slip_and_still_shows_its_code(house, colette, newcomer):
    address = reverse("centres:slip_new", args=[newcomer.pk, "invitation"])
    key = {"form_key": "3b241101-e2bb-4255-8caf-4136c566a962"}

    first, second = colette.post(address, key), colette.post(address, key)

    assert first.url == second.url
    assert Slip.objects.count() == 1
    assert "code" in colette.get(first.url).context


@pytest.mark.parametrize("code", ["", "x", "a" * 5000, "\x00", "' OR 1=1 --", "٣٣٣٣ ٣٣٣٣ ٣٣٣٣"])
def test_what_is_no_code_is_answered(db, code):
    assert open_slip(code)[1].status_code == 200


def test_codes_are_tried_a_hundred_times_an_hour_from_one_address(house, newcomer, settings):
    settings.TRIES_OF_SLIPS = "100/3600s/ip"
    cache.clear()
    _slip, code = slip_for(house, newcomer)
    for turn in range(100):
        open_slip(f"wrong{turn}")

    _client, answer = open_slip(code)

    cache.clear()
    assert "Attendez une heure" in answer.content.decode()


def test_a_long_ago_entry_is_confirmed_before_a_slip_is_made(house):
    client = Client()
    client.force_login(house.coordinator.user)
    address = reverse("centres:slip_new", args=[house.nour.pk, "password"])

    assert client.post(address).url.startswith(reverse("account_reauthenticate"))
    assert not Slip.objects.exists()
