"""Whence a visitor comes, as tries are counted: by one setting, whatever is tried."""

import pytest
from django.test import RequestFactory

from relier.accounts.adapter import Adapter
from relier.accounts.addresses import address_of


def visitor(settings, proxies, **meta):
    settings.TRUSTED_PROXIES = frozenset(proxies)
    return address_of(RequestFactory().get("/", **meta))


def test_the_address_is_that_of_the_connection_where_no_proxy_is_trusted(settings):
    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "REMOTE_ADDR": "192.0.2.1"}

    assert visitor(settings, [], **forged) == "192.0.2.1"
    assert visitor(settings, ["127.0.0.1"], **forged) == "192.0.2.1"


def test_behind_our_proxy_it_is_the_one_that_the_proxy_added(settings):
    said = {"HTTP_X_FORWARDED_FOR": "10.0.0.1, 203.0.113.9", "REMOTE_ADDR": "127.0.0.1"}

    assert visitor(settings, ["127.0.0.1"], **said) == "203.0.113.9"
    assert visitor(settings, ["127.0.0.1"], REMOTE_ADDR="127.0.0.1") == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("not an address", "unknown"),
    ],
)
def test_a_household_counts_once(settings, address, counted):
    assert visitor(settings, [], REMOTE_ADDR=address) == counted


def test_passwords_and_cards_count_the_same_address(settings):
    settings.TRUSTED_PROXIES = frozenset({"127.0.0.1"})
    asked = RequestFactory().get(
        "/", HTTP_X_FORWARDED_FOR="10.0.0.1, 203.0.113.9", REMOTE_ADDR="127.0.0.1"
    )

    assert Adapter(asked).get_client_ip(asked) == address_of(asked) == "203.0.113.9"
