"""Cards: given, replaced, taken back; the door under attack; the pictures; visits that end."""

import secrets
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from relier.accounts.actors import Actor, Kind
from relier.journal import keys
from relier.journal.models import Line
from relier.journal.registry import holdings
from relier.lib import keyring
from relier.privacy import actions, cards
from relier.privacy.actions import cards as deeds
from relier.privacy.models import Card, CardTry, CardVisit
from tests import factories as make

NOON = timezone.now()
PICTURES = ["sun", "key", "boat"]


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


@pytest.fixture
def herself(house):
    return Actor(kind=Kind.PERSON, id=house.awa.pk, centre=house.centre.pk)


@pytest.fixture
def given(house, nour):
    """Awa's card and its code."""
    return actions.make_card(house.awa.subject, language="fr", form_key=uuid4(), by=nour)


def knock(code, address="192.0.2.1", at=NOON):
    return actions.knock(code, address=address, at=at)


def forged_with_the_key(seed: int = 0) -> str:
    """A code that only whoever stole the key could make, and that no card bears."""
    return cards.new_code(keys.newest(keyring.CARDS), b"%16d" % seed)


# --- given and taken back ---


def test_a_card_opens_and_the_database_does_not_hold_its_code(given):
    card, code = given

    assert knock(code).knock is deeds.Knock.OPEN
    assert code not in str(Card.objects.filter(pk=card.pk).values().get())
    assert Line.objects.get(kind="privacy.card_made").subject == card.subject_id


def test_the_same_form_sent_twice_gives_the_same_card_and_the_same_code(house, nour):
    key = uuid4()
    once = actions.make_card(house.awa.subject, language="fr", form_key=key, by=nour)
    twice = actions.make_card(house.awa.subject, language="fr", form_key=key, by=nour)

    assert once == twice
    assert Card.objects.get().form_key != key


def test_a_new_card_replaces_the_other_and_keeps_the_pictures(house, nour, given):
    old, old_code = given
    actions.choose_pictures(old, PICTURES, by=nour)
    new, code = actions.make_card(house.awa.subject, language="nl", form_key=uuid4(), by=nour)

    assert knock(old_code).knock is deeds.Knock.ENDED
    visit = actions.find_visit(knock(code).token, at=NOON)
    assert visit.card == new
    assert new.has_pictures
    assert new.chosen_with_bound


def test_a_card_taken_back_opens_nothing_and_closes_what_it_had_opened(given, nour):
    card, code = given
    token = knock(code).token

    actions.take_back_card(card, by=nour)
    actions.take_back_card(card, by=nour)

    assert actions.find_visit(token, at=NOON) is None
    assert knock(code).knock is deeds.Knock.ENDED
    assert Line.objects.filter(kind="privacy.card_taken_back").count() == 1


def test_a_card_that_is_too_old_opens_nothing(given):
    _card, code = given
    later = NOON + timedelta(days=367)

    assert knock(code, at=later).knock is deeds.Knock.ENDED


def test_a_card_made_under_an_older_key_still_opens(given, settings, tmp_path):
    ring = keys.ring().with_new(keyring.CARDS, at=NOON)
    settings.KEYS_FILE = tmp_path / "keys.json"
    keyring.write(ring, settings.KEYS_FILE)

    assert knock(given[1]).knock is deeds.Knock.OPEN


def test_erasing_someone_takes_their_card_and_what_it_had_opened(house, nour, given):
    token = knock(given[1]).token

    actions.erase([house.awa.pk], by=nour)

    assert not Card.objects.exists()
    assert actions.find_visit(token, at=NOON) is None
    assert knock(given[1]).knock is deeds.Knock.UNKNOWN


def test_what_is_handed_over_says_that_there_is_a_card_and_hides_what_proves_it(house, nour, given):
    card = given[0]
    actions.choose_pictures(card, PICTURES, by=nour)
    knock(given[1])
    card.refresh_from_db()

    held = actions.hand_over([house.awa.pk], by=nour)

    assert held["privacy.Card"]["rows"][0]["ends_on"] == card.ends_on
    for secret in (card.code_mac, card.pictures, CardVisit.objects.get().token_hash):
        assert secret not in str(held)
    assert {"privacy.Card", "privacy.CardVisit"} <= {h.model for h in holdings(about="person")}


# --- the door ---


@pytest.mark.parametrize("typed", ["", "wrong", "A" * 10_000, "ك" * 15, "\x00", "'; drop table"])
def test_what_is_no_code_is_a_slip_and_asks_nothing_of_the_database(
    typed, given, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert knock(typed).knock is deeds.Knock.UNREADABLE


def test_a_forged_code_asks_nothing_of_the_database(given, django_assert_num_queries):
    other = keyring.new_key(keyring.CARDS, at=NOON)
    code = cards.new_code(other, b"0123456789abcdef")
    if cards.key_of(code, keys.ring().of(keyring.CARDS)):
        code = cards.new_code(other, b"another seed of 16")

    with django_assert_num_queries(0):
        assert knock(code).knock is deeds.Knock.UNKNOWN


@pytest.fixture
def evaluated(monkeypatch):
    """How many codes met those that exist, from each address."""
    seen = Counter()
    really = deeds._evaluate
    monkeypatch.setattr(deeds, "_evaluate", lambda mac: seen.update(["all"]) or really(mac))
    return seen


def test_a_hundred_thousand_guesses_from_a_thousand_addresses_do_not_keep_the_holder_out(
    given, evaluated
):
    """The guesser knows everything but the key: each guess has the right check character."""
    stranger = keyring.new_key(keyring.CARDS, at=NOON)
    by_address = Counter()
    for guess in range(100_000):
        address = f"198.51.{guess % 1000 // 250}.{guess % 250}"
        before = evaluated["all"]
        answer = knock(
            cards.new_code(stranger, secrets.token_bytes(16)),
            address=address,
            at=NOON + timedelta(milliseconds=36 * guess),
        )
        assert answer.knock in {deeds.Knock.UNKNOWN, deeds.Knock.WAIT}
        by_address[address] += evaluated["all"] - before
        if guess == 50_000:
            # In the middle of it, at the first try, from an address that guesses too.
            midway = NOON + timedelta(minutes=30)
            assert knock(given[1], address="198.51.0.7", at=midway).token

    assert len({*by_address}) == 1000
    assert max(by_address.values()) <= 100
    assert evaluated["all"] <= 1000
    assert knock(given[1], at=NOON + timedelta(hours=1)).token


def test_whoever_has_stolen_the_key_still_meets_the_limits(given, evaluated):
    """Codes that all pass the tag, from one address, then from thirty."""
    one_address = [knock(forged_with_the_key(n)).knock for n in range(150)]
    assert one_address.count(deeds.Knock.UNKNOWN) == 100
    assert one_address.count(deeds.Knock.WAIT) == 50
    assert knock(given[1], address="192.0.2.2").token

    for n in range(1000, 2200):
        knock(forged_with_the_key(n), address=f"203.0.113.{n % 30}")
    # The one that was found is no guess.
    assert evaluated["all"] == 1000 + 1
    assert knock(given[1], at=NOON + timedelta(minutes=61)).token
    assert CardTry.objects.count() == 0


def test_a_code_looked_for_in_vain_is_not_looked_for_again(given, evaluated):
    code = forged_with_the_key()
    for n in range(500):
        assert knock(code, address=f"203.0.113.{n % 250}").knock is deeds.Knock.UNKNOWN

    assert evaluated["all"] == 1


def test_entering_again_and_again_with_ones_own_card_uses_up_nothing(given):
    for _ in range(150):
        assert knock(given[1]).token

    assert CardTry.objects.count() == 0
    assert CardVisit.objects.count() == deeds.MOST_VISITS


def test_what_is_kept_of_a_try_is_neither_the_code_nor_the_address(given):
    code = forged_with_the_key()
    knock(code)

    kept = str(CardTry.objects.values().get())
    assert code not in kept
    assert "192.0.2.1" not in kept


# --- a visit ---


def test_a_visit_ends_after_five_quiet_minutes(given):
    token = knock(given[1]).token

    assert actions.find_visit(token, at=NOON + timedelta(minutes=4))
    assert actions.find_visit(token, at=NOON + timedelta(minutes=8))
    assert actions.find_visit(token, at=NOON + timedelta(minutes=14)) is None
    assert actions.find_visit(token, at=NOON + timedelta(minutes=14)) is None


def test_two_telephones_read_at_once_and_leaving_one_leaves_the_other(given):
    first, second = knock(given[1]).token, knock(given[1]).token

    actions.leave(actions.find_visit(first, at=NOON))

    assert actions.find_visit(first, at=NOON) is None
    assert actions.find_visit(second, at=NOON)


def test_a_visit_says_when_the_page_had_been_opened_before(given):
    knock(given[1])
    token = knock(given[1], at=NOON + timedelta(hours=2)).token

    assert actions.find_visit(token, at=NOON + timedelta(hours=2)).before_at == NOON


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "é"])
def test_a_cookie_of_ones_own_making_opens_nothing(given, token):
    assert actions.find_visit(token) is None


# --- the pictures ---


@pytest.fixture
def visit(given, nour):
    actions.choose_pictures(given[0], PICTURES, by=nour)
    return actions.find_visit(knock(given[1]).token, at=NOON)


def test_the_right_pictures_in_the_right_order_open_the_rest(visit, herself):
    assert not actions.show_pictures(visit, PICTURES[::-1], by=herself)
    assert not visit.knows
    assert actions.show_pictures(visit, PICTURES, by=herself)
    assert CardVisit.objects.get().knows
    assert Card.objects.get().picture_tries == 0


def test_after_five_wrong_tries_the_right_ones_open_nothing_until_chosen_again(
    visit, herself, nour
):
    for _ in range(5):
        assert not actions.show_pictures(visit, ["key", "key", "key"], by=herself)

    assert not actions.show_pictures(visit, PICTURES, by=herself)
    assert Line.objects.filter(kind="privacy.card_pictures_closed").count() == 1
    actions.choose_pictures(Card.objects.get(), PICTURES, by=nour)
    assert actions.show_pictures(visit, PICTURES, by=herself)


def test_pictures_chosen_again_close_what_the_others_had_opened(visit, herself, nour):
    actions.show_pictures(visit, PICTURES, by=herself)
    actions.choose_pictures(visit.card, ["a", "b", "c"], by=nour)

    assert not CardVisit.objects.get().knows


def test_without_pictures_there_is_nothing_to_show(given, herself):
    visit = actions.find_visit(knock(given[1]).token, at=NOON)

    assert not actions.show_pictures(visit, [], by=herself)


def test_pictures_are_kept_as_a_slow_hash_under_the_key(visit):
    kept = Card.objects.get().pictures

    assert not any(picture in kept for picture in PICTURES)
    assert kept.split("$")[0] == keys.newest(keyring.CARDS).id
    assert deeds.SCRYPT["n"] >= 2**14


def test_chosen_with_someone_not_bound_the_pictures_open_nothing_under_secrecy(house, given):
    actions.choose_pictures(given[0], PICTURES, by=make.actor(house.bram))

    assert not Card.objects.get().chosen_with_bound
