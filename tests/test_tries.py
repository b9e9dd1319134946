"""How often one may try (decision 012): nobody is shut out by someone else."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from relier.accounts.models import User
from relier.config import settings as ours
from tests.factories import MemberFactory

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def as_in_life(settings):
    """The limits of the house, which the other tests do without."""
    for name in (
        "ACCOUNT_RATE_LIMITS",
        "TRIES_OF_STRANGERS",
        "TRIES_OF_A_KNOWN_COMPUTER",
        "TRIES_OF_SLIPS",
    ):
        setattr(settings, name, getattr(ours, name))
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email, password, address="192.0.2.1"):
    said = {"login": email, "password": password}
    return client.post(reverse("account_login"), said, REMOTE_ADDR=address)


def test_sixty_colleagues_enter_within_a_minute_from_one_address(house):
    members = MemberFactory.create_batch(60, centre=house.centre)

    answers = [sign_in(Client(), member.user.email, PASSWORD) for member in members]

    assert {answer.status_code for answer in answers} == {302}


def test_ten_thousand_guesses_are_looked_at_ten_times_and_the_holder_enters(house, monkeypatch):
    email = house.nour.user.email
    known = Client()
    sign_in(known, email, PASSWORD)
    known.post(reverse("account_logout"))
    looked_at = []
    check = User.check_password

    def counted(user, password):
        looked_at.append(password)
        return check(user, password)

    monkeypatch.setattr(User, "check_password", counted)
    guess_from_many_addresses(email, 10_000)

    assert len(looked_at) == 10
    assert sign_in(known, email, PASSWORD).status_code == 302
    refused = sign_in(Client(), email, PASSWORD, "198.51.100.7").content.decode()
    assert "quart d’heure" in refused


def guess_from_many_addresses(email: str, count: int) -> None:
    """As the sign-in page does, without drawing ten thousand pages."""
    from allauth.account.adapter import get_adapter
    from allauth.core import context
    from django.core.exceptions import ValidationError
    from django.test import RequestFactory

    for number in range(count):
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        request = RequestFactory().post("/sign-in/", REMOTE_ADDR=address)
        with context.request_context(request):
            try:
                get_adapter().authenticate(request, email=email, password=f"guess {number}")
            except ValidationError:
                continue


def test_one_address_that_guesses_everyone_is_stopped(house):
    members = MemberFactory.create_batch(12, centre=house.centre)
    for turn in range(100):
        sign_in(Client(), members[turn % 12].user.email, f"guess {turn}")

    answer = sign_in(Client(), house.bram.user.email, "guess")

    assert "quart d’heure" in answer.content.decode()


def test_a_known_computer_behind_a_guessing_address_still_opens(house):
    known = Client()
    sign_in(known, house.nour.user.email, PASSWORD)
    known.post(reverse("account_logout"))
    for turn in range(101):
        sign_in(Client(), f"nobody{turn}@example.invalid", "guess")

    assert sign_in(known, house.nour.user.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("forged", ["x", "a" * 32 + "." + "b" * 24, "0" * 5000, "\x00", ""])
def test_a_forged_cookie_makes_no_known_computer(house, forged):
    client = Client()
    client.cookies["relier_computer"] = forged
    for turn in range(10):
        sign_in(client, house.nour.user.email, f"guess {turn}")
        client.cookies["relier_computer"] = forged

    assert "quart d’heure" in sign_in(client, house.nour.user.email, PASSWORD).content.decode()


def test_the_cookie_says_nothing_of_whose_it_is(house):
    client = Client()
    sign_in(client, house.nour.user.email, PASSWORD)
    cookie = client.cookies["relier_computer"]

    assert house.nour.user.email.split("@")[0] not in cookie.value
    assert str(house.nour.user.pk) not in cookie.value
    assert cookie["httponly"]


def test_a_known_computer_has_its_own_limit(house):
    client = Client()
    sign_in(client, house.nour.user.email, PASSWORD)
    client.post(reverse("account_logout"))
    for turn in range(10):
        sign_in(client, house.nour.user.email, f"guess {turn}")

    assert "quart d’heure" in sign_in(client, house.nour.user.email, PASSWORD).content.decode()


def test_the_holder_is_told_of_the_tries_that_did_not_open(house):
    for turn in range(3):
        sign_in(Client(), house.nour.user.email, f"guess {turn}")
    client = Client()
    sign_in(client, house.nour.user.email, PASSWORD)

    assert "3 tries with another password" in client.get("/").content.decode()


def test_an_address_is_the_one_that_our_proxy_saw(house, settings):
    settings.TRUSTED_PROXIES = frozenset({"127.0.0.1"})
    for turn in range(101):
        said = {"login": f"nobody{turn}@example.invalid", "password": "guess"}
        claimed = f"10.0.0.{turn}, 203.0.113.5"
        Client().post(reverse("account_login"), said, headers={"x-forwarded-for": claimed})

    said = {"login": house.nour.user.email, "password": PASSWORD}
    claimed = {"x-forwarded-for": "10.9.9.9, 203.0.113.5"}
    answer = Client().post(reverse("account_login"), said, headers=claimed)
    assert "quart d’heure" in answer.content.decode()


def test_the_proxies_that_are_believed_are_named_once(monkeypatch):
    from relier.config import settings as read

    monkeypatch.setattr(read, "SERVED", True)
    monkeypatch.setenv("RELIER_PROXIES", "10.0.0.5, 2001:DB8::1,")
    assert read.proxies() == {"10.0.0.5", "2001:db8::1"}
    monkeypatch.setenv("RELIER_PROXIES", "10.0.0.0/8")
    with pytest.raises(ImproperlyConfigured):
        read.proxies()
    monkeypatch.delenv("RELIER_PROXIES")
    assert read.proxies() == {"127.0.0.1", "::1"}
    monkeypatch.setattr(read, "SERVED", False)
    assert read.proxies() == frozenset()
