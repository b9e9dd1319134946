"""The door of a person's own page: in by a card, out in one gesture, nothing left behind."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.privacy.models import Card, CardTry, CardVisit

from .own import PICTURES, page, scan, show

HOME = "own:home"


# --- in ---


def test_a_scanned_code_becomes_a_cookie_and_leaves_the_address(code):
    answer = scan(Client(), code)

    assert (answer.status_code, answer.url) == (302, reverse(HOME))
    assert code not in str(answer.cookies)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.cookies[settings.CARD_COOKIE_NAME]
    assert cookie["httponly"]
    assert not cookie["max-age"]


def test_a_typed_code_opens_the_same_page(code):
    phone = Client()
    typed = " ".join(code.lower()).replace("0", "o")

    assert phone.post(reverse(HOME), {"code": typed}).url == reverse(HOME)
    assert "To reach us" in page(phone)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "A letter or a digit is not right."),
        ("7K3MQ-9XT2H-FD8C", "A letter or a digit is not right."),
        ("ك" * 15, "A letter or a digit is not right."),
        ("<script>", "A letter or a digit is not right."),
        ("x" * 50_000, "A letter or a digit is not right."),
    ],
)
def test_what_is_no_code_is_met_with_a_sentence(db, typed, said):
    phone = Client(headers={"accept-language": "en"})

    answer = phone.post(reverse(HOME), {"code": typed}, follow=True)

    assert said in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace("<script src", "")


def test_a_wrong_code_in_an_address_leads_to_a_clean_address_too(db):
    answer = Client().get("/me/c/7K3MQ-9XT2H-FD8CB/")

    assert answer.status_code == 302
    assert answer.url.partition("?")[0] == reverse(HOME)


def test_a_card_taken_back_says_what_to_do(house, code):
    Card.objects.update(taken_back_at=timezone.now())

    answer = scan(Client(headers={"accept-language": "en"}), code)

    assert answer.url.endswith("said=ended")


def test_the_first_page_costs_the_same_however_many_appointments(
    house, phone, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        page(phone)


# --- out ---


def test_leaving_closes_the_visit_and_a_copied_cookie_opens_nothing(phone):
    copied = phone.cookies[settings.CARD_COOKIE_NAME].value

    answer = phone.post(reverse("own:leave"))

    assert answer.url == reverse("own:closed")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.cookies[settings.CARD_COOKIE_NAME]["max-age"] == 0
    assert not CardVisit.objects.exists()
    thief = Client(headers={"accept-language": "en"})
    thief.cookies[settings.CARD_COOKIE_NAME] = copied
    assert "Write the code of your card" in page(thief)


def test_after_leaving_no_page_is_there_any_more(knowing):
    knowing.post(reverse("own:leave"))

    for name in ("steps", "can_do", "procedures", "agreed", "readers", "ask", "print"):
        assert knowing.get(reverse(f"own:{name}")).url == reverse(HOME), name


def test_the_page_closes_after_five_quiet_minutes(knowing):
    CardVisit.objects.update(seen_at=timezone.now() - timedelta(minutes=6))

    assert knowing.get(reverse("own:steps")).url == reverse(HOME)


def test_each_page_has_a_way_out_and_is_kept_by_no_browser(knowing):
    for name in ("home", "steps", "can_do", "procedures", "agreed", "readers", "ask", "language"):
        answer = knowing.get(reverse(f"own:{name}"))
        assert f'action="{reverse("own:leave")}"' in answer.content.decode(), name
        assert answer.headers["Cache-Control"] == "no-store", name


def test_two_telephones_read_at_once(house, code):
    one, other = Client(), Client()
    scan(one, code)
    scan(other, code)

    one.post(reverse("own:leave"))

    assert "To reach us" in page(other)


# --- never joined with a member ---


def test_a_card_on_the_browser_of_a_member_leaves_their_session_as_it_is(house, enter, code):
    from django.contrib.sessions.models import Session

    browser = enter(house.bram)
    before = list(Session.objects.values())
    scan(browser, code)
    show(browser, PICTURES)
    text = page(browser)

    assert list(Session.objects.values()) == before
    assert "Bram" not in text
    assert browser.get(reverse("file", args=[house.awa.pk])).context["actor"].id == house.bram.pk
    assert str(house.bram.pk) not in str(list(CardVisit.objects.values()))


def test_reading_ones_own_page_is_no_line_of_the_journal(knowing):
    before = Line.objects.count()
    for name in ("home", "steps", "readers"):
        page(knowing, name)

    assert Line.objects.count() == before


# --- the pictures ---


@pytest.mark.parametrize("name", ["steps", "can_do", "procedures", "agreed", "readers", "ask"])
def test_with_the_card_alone_the_rest_asks_for_the_pictures(phone, name):
    assert phone.get(reverse(f"own:{name}")).url == reverse("own:pictures")


def test_the_pictures_open_the_rest(phone):
    answer = show(phone, PICTURES)

    assert answer.url == reverse(HOME)
    assert "Who opened my file" in page(phone)


def test_wrong_pictures_are_said_to_be_and_five_close_the_door(phone):
    for _ in range(4):
        assert "These are not your pictures." in show(phone, ["key"] * 3).content.decode()
    assert "That was five times." in show(phone, ["key"] * 3).content.decode()

    assert show(phone, PICTURES).status_code == 200
    assert phone.get(reverse("own:steps")).url == reverse("own:pictures")


@pytest.mark.parametrize("before", ["x" * 10_000, "key key key key", "é <b>", "\x00"])
def test_whatever_a_form_says_of_the_pictures_before_is_met(phone, before):
    answer = phone.post(reverse("own:pictures"), {"before": before, "picture": "nothing"})

    assert answer.status_code == 200


# --- addresses ---


def test_the_tries_are_counted_by_the_address_of_the_visitor(db, settings):
    from relier.journal import keys
    from relier.privacy import cards

    settings.TRUSTED_PROXIES = frozenset({"127.0.0.1"})
    code = cards.new_code(keys.newest("cards"), b"nobody has this one")
    for last in ("203.0.113.1", "203.0.113.2"):
        other = cards.new_code(keys.newest("cards"), last.encode() + b"0123456789")
        Client(headers={"x-forwarded-for": last}).post(reverse(HOME), {"code": other})
    Client(headers={"x-forwarded-for": "203.0.113.1"}).post(reverse(HOME), {"code": code})

    assert CardTry.objects.count() == 3
    assert CardTry.objects.values("address_mac").distinct().count() == 2
