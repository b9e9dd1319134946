"""Whoever holds a card and floods the room, holds none and guesses one, or uses one where it is of
no use: it is said so, and nothing moves.
"""

from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.deliberation.actions import (
    cards,
    doors,
    places,
    proposals,
    questions,
    reviews,
    statements,
    voices,
)
from relier.deliberation.models import (
    Ballot,
    Objection,
    Sentence,
    Statement,
    VoiceTry,
    WritingPlace,
)
from relier.deliberation.rules import codes
from relier.deliberation.tests.stories import (
    STATEMENTS,
    as_it_lies,
    opened,
    pile,
    telephone,
    tickets,
)
from relier.journal import keys
from relier.lib import keyring
from tests import factories as make

from .wrong_words import is_told, proposing, saying


@pytest.fixture
def question(house):
    return opened(house.nour)


@pytest.fixture
def client(house, question):
    return telephone(pile(question, house.nour)[0])


# --- floods ---------------------------------------------------------------------------------------


def test_a_card_writes_so_much_and_no_more_whatever_its_browser_forgets(
    house, question, monkeypatch
):
    monkeypatch.setattr(places, "MOST_FROM_ONE", 3)
    code, other = pile(question, house.nour)[:2]

    answers = [proposing(telephone(code), f"Idée {n}") for n in range(2)]
    answers += [saying(telephone(code), f"Phrase {n}") for n in range(3)]
    answers += [proposing(telephone(code), "Encore une")]

    assert [one.status_code for one in answers] == [302] * 3 + [200] * 3
    assert is_told(answers[3], "You have written a lot")
    assert is_told(answers[5], "You have proposed a lot")
    # The words are there to be copied, and what waits is what was taken.
    assert "Phrase 1" in answers[3].content.decode()
    assert Statement.objects.filter(state="waiting").count() == 2
    assert Sentence.objects.count() == 1
    # Others write, and this card still answers.
    assert proposing(telephone(other), "Une autre").status_code == 302
    client = telephone(code)
    client.post("/voice/s/1/", {"answer": "agree"})
    assert client.post("/voice/review/").url == "/voice/given/"


def test_a_card_that_wrote_all_it_may_objects_no_more(house, question, monkeypatch):
    monkeypatch.setattr(places, "MOST_FROM_ONE", 1)
    code, other = pile(question, house.nour)[:2]
    by = make.actor(house.nour)
    saying(telephone(code), "On a froid.")
    put = proposals.put(questions.close(question, by=by), "A second computer.", by=by)
    address = reverse("voice:object", args=[put.pk])

    def objecting(one):
        return telephone(one).post(address, {"words": "It is noisy.", "form_key": str(uuid4())})

    assert is_told(objecting(code), "You have written a lot")
    assert not Objection.objects.exists()
    assert objecting(other).url == "/voice/thanks/objection/"


def test_the_same_words_sent_again_take_no_other_place(house, question):
    code, key = pile(question, house.nour)[0], str(uuid4())
    for _time in range(4):
        saying(telephone(code), "On a froid.")
        telephone(code).post("/voice/propose/", {"words": "Un ordinateur", "form_key": key})

    assert WritingPlace.objects.count() == 2


def test_with_the_next_round_places_are_free_and_no_mark_of_the_last_one_stays(house, question):
    saying(telephone(pile(question, house.nour)[0]), "On a froid.")
    by = make.actor(house.nour)
    questions.close(question, by=by)

    question = reviews.ask_again(question, timezone.localdate() + timedelta(days=9), by=by)

    assert not WritingPlace.objects.exists()
    assert saying(telephone(pile(question, house.nour)[0]), "On a chaud.").status_code == 302


def test_without_its_code_no_place_is_told_to_be_of_a_card(house, question):
    """Each value of the tables of cards, as a code: none gives a mark that was kept."""
    code = pile(question, house.nour)[0]
    saying(telephone(code), "On a froid.")
    key, kept = keys.newest(keyring.CARDS), set(WritingPlace.objects.values_list("mac", flat=True))

    assert kept == {codes.place_mac(key, code, 0)}  # with it, as said
    for model in (Sentence, Statement, Ballot, WritingPlace, *cards_of_all()):
        for row in model._base_manager.values():
            for value in filter(str.isascii, map(str, row.values())):
                made = {codes.place_mac(key, value, number) for number in range(20)}
                assert not made & kept, value


def cards_of_all():
    names = ("VoiceCard", "CardBatch", "Tablet", "VoiceTry", "Question")
    return [apps.get_model("deliberation", name) for name in names]


def test_places_do_not_lie_in_the_order_in_which_they_were_taken(house):
    spots = []
    for _turn in range(20):
        question = opened(house.nour)
        given = tickets(question, house.nour, count=5)
        for number, ticket in enumerate(given):
            voices.give_sentence(
                ticket, f"Mot {number}", aspect="try", language="fr", may_be_published=False
            )
        mine = set(WritingPlace.objects.of(question).values_list("mac", flat=True))
        lies = [mac for mac in as_it_lies(WritingPlace, "mac") if mac in mine]
        spots.append(lies.index(given[-1].places(1)[0]))

    assert len(set(spots)) >= 3
    assert spots.count(4) < 15


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
def test_on_postgresql_no_transaction_ties_a_place_to_a_sentence(house, question):
    for number, ticket in enumerate(tickets(question, house.nour, count=5)):
        voices.give_sentence(
            ticket, f"Mot {number}", aspect="try", language="fr", may_be_published=False
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM deliberation_writingplace")
        assert len(set(cursor.fetchall())) == 1


def test_a_flood_from_many_cards_stops_where_nobody_would_read_it(house, question, monkeypatch):
    monkeypatch.setattr(statements, "MOST_WAITING", 4)
    monkeypatch.setattr(voices, "MOST_SENTENCES", 4)
    telephones = [telephone(code) for code in pile(question, house.nour)[:6]]

    ideas = [proposing(one, f"Idée {n}") for n, one in enumerate(telephones)]
    said = [saying(one, f"Phrase {n}") for n, one in enumerate(telephones)]

    assert [one.status_code for one in (*ideas, *said)] == ([302] * 4 + [200] * 2) * 2
    assert is_told(ideas[-1], "Many ideas wait to be read")
    assert is_told(said[-1], "Many sentences wait to be read")
    assert "Idée 5" in ideas[-1].content.decode()
    assert "Phrase 5" in said[-1].content.decode()
    # A flood that was refused takes no place of the card that sent it.
    assert WritingPlace.objects.count() == 8
    assert question.statements.shown().count() == len(STATEMENTS)


# --- codes ----------------------------------------------------------------------------------------


def test_guesses_are_slowed_and_it_is_said_and_a_true_card_opens_elsewhere(
    house, question, monkeypatch
):
    monkeypatch.setattr(doors, "MOST_AN_HOUR_BY_ADDRESS", 5)
    code, key = pile(question, house.nour)[0], keys.newest(keyring.CARDS)
    stranger, said = Client(headers={"accept-language": "en"}), []
    for number in range(8):
        guess = codes.new_code(key, b"%16d" % number)
        said.append(stranger.post("/voice/", {"code": guess}, follow=True).content.decode())

    assert all("We do not know this code" in page for page in said[:5])
    assert all("Many codes were tried. Wait an hour" in page for page in said[5:])
    assert VoiceTry.objects.count() == 5
    elsewhere = Client(REMOTE_ADDR="10.1.2.3", headers={"accept-language": "en"})
    elsewhere.post("/voice/", {"code": code})
    assert question.words in elsewhere.get("/voice/").content.decode()


@pytest.mark.parametrize("torn", [slice(0, 9), slice(4, 15), slice(0, 14), slice(0, 0)])
def test_a_torn_code_says_to_look_at_the_card_again_and_tries_nothing(house, question, torn):
    code = pile(question, house.nour)[0][torn]
    stranger = Client(headers={"accept-language": "en"})
    scanned = f"/voice/c/{quote(code)}/" if code else "/voice/c/%20/"

    page = stranger.get(scanned, follow=True)

    assert is_told(page, "A letter or a digit is not right")
    assert not VoiceTry.objects.exists()
    assert not any(cookie.value for name, cookie in stranger.cookies.items() if "voice" in name)


@pytest.mark.parametrize("code", ["%00", "%F0%9F%98%80", "..%2F..%2Fetc", "x" * 5000, "%ED%A0%BD"])
def test_a_code_that_is_none_opens_nothing(question, code):
    stranger = Client(headers={"accept-language": "en"}, raise_request_exception=False)

    assert stranger.get(f"/voice/c/{code}/").status_code in {302, 400, 404}
    assert not VoiceTry.objects.exists()


def test_a_card_used_after_the_close_is_told_so_and_nothing_moves(house, question):
    ticket_code, late_code = pile(question, house.nour)[:2]
    early = telephone(ticket_code)
    early.post("/voice/s/1/", {"answer": "agree"})
    early.post("/voice/review/")
    early.post("/voice/s/2/", {"answer": "agree"})
    questions.close(question, by=make.actor(house.nour))
    before = list(Ballot.objects.values())

    for client in (early, telephone(late_code)):
        for address in ("/voice/s/1/", "/voice/review/", "/voice/all/", "/voice/aloud/again/"):
            answer = client.post(address, {"answer": "agree", "s1": "agree"})
            assert answer.url == "/voice/"
        assert proposing(client, "Trop tard").url == "/voice/"
        assert saying(client, "Trop tard").url == "/voice/"
        assert "It is over." in client.get("/voice/").content.decode()

    assert list(Ballot.objects.values()) == before
    assert not Sentence.objects.exists()
    assert question.statements.count() == len(STATEMENTS)


def test_a_card_of_another_round_opens_nothing_and_what_it_held_gives_nothing(house, question):
    code = pile(question, house.nour)[0]
    held = telephone(code)
    held.post("/voice/s/1/", {"answer": "agree"})
    by = make.actor(house.nour)
    questions.close(question, by=by)
    question = reviews.ask_again(question, timezone.localdate() + timedelta(days=9), by=by)

    again = Client(headers={"accept-language": "en"})
    assert is_told(again.get(f"/voice/c/{code}/", follow=True), "This card is of another time")
    assert held.post("/voice/review/").url == "/voice/"
    assert proposing(held, "Une idée").url == "/voice/"
    assert not Ballot.objects.exists()
    assert question.statements.count() == len(STATEMENTS)


def test_a_card_of_another_question_answers_its_own_and_no_other(house, question):
    other = opened(house.nour, words=("Une autre phrase.",))
    client = telephone(pile(other, house.nour)[0])
    client.post("/voice/s/1/", {"answer": "agree"})
    assert client.get("/voice/s/2/").status_code == 404
    client.post("/voice/all/", {"s1": "agree", "s2": "agree"})
    client.post("/voice/review/")

    assert Ballot.objects.get().question == other
    assert Ballot.objects.get().answers == {"1": 1}


def test_the_code_of_a_tablet_on_two_tablets_counts_once_for_both(house, question):
    _tablet, code = cards.open_tablet(
        question, kind="accompanied", most=5, form_key=uuid4(), by=make.actor(house.nour)
    )
    devices = [telephone(code), telephone(code)]
    begun = 0
    for turn in range(8):
        device = devices[turn % 2]
        begun += device.post("/voice/begin/").url == "/voice/next/"
        device.post("/voice/s/1/", {"answer": "agree"})
        device.post("/voice/review/")
        device.post("/voice/leave/")
        device.get("/voice/")

    assert begun == 5
    assert Ballot.objects.count() == 5
    for device in devices:
        if "relier_voice" in device.cookies and device.cookies["relier_voice"].value:
            page = device.get("/voice/").content.decode()
            assert "Everyone has had their turn" in page


def test_a_signed_cookie_that_was_changed_is_nobodys(house, question, client):
    client.post("/voice/s/1/", {"answer": "agree"})
    for name in ("relier_voice", "relier_answers"):
        broken = Client(headers={"accept-language": "en"})
        for other, morsel in client.cookies.items():
            broken.cookies[other] = morsel.value
        value = client.cookies[name].value
        broken.cookies[name] = value[:-2] + ("AA" if value[-2:] != "AA" else "BB")
        assert broken.post("/voice/review/").url in {"/voice/", "/voice/review/"}

    assert not Ballot.objects.exists()
