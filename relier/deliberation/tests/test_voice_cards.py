"""Piles of cards and tablets, and the door that their codes open."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from relier.deliberation.actions import cards, doors, questions
from relier.deliberation.actions.doors import Knock, knock
from relier.deliberation.models import CardBatch, Tablet, VoiceCard, VoiceTry
from relier.deliberation.rules import codes
from relier.journal import keys
from relier.lib import keyring
from tests import factories as make

from .stories import as_it_lies, opened, pile, telephone

NOON = timezone.now()


def printed(house, enter, question, **more):
    given = {"kind": "accompanied", "count": 10, "language": "fr", "form_key": str(uuid4()), **more}
    return enter(house.nour).post(reverse("deliberation:cards", args=[question.pk]), given), given


def test_a_pile_is_printed_six_cards_on_a_page_with_what_is_needed(house, enter):
    question = opened(house.nour)
    answer, _given = printed(house, enter, question)

    read = PdfReader(io.BytesIO(answer.content))
    words = " ".join(page.extract_text() for page in read.pages)
    assert answer["Content-Type"] == "application/pdf"
    assert read.root_object["/MarkInfo"]["/Marked"]
    assert len(read.pages) == 2
    assert question.words in words.replace("\n", " ")
    assert words.count("Personne ne sait quelle carte est la vôtre") == 10
    assert house.nour.name not in words


def test_the_same_form_prints_the_same_cards(house, enter):
    question = opened(house.nour)
    first, given = printed(house, enter, question)
    again, _given = printed(house, enter, question, **given)

    def said(answer):
        return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]

    assert said(first) == said(again)
    assert CardBatch.objects.count() == 1
    assert VoiceCard.objects.count() == 10


def test_the_same_form_prints_the_same_cards_after_the_keys_have_turned(house, settings, tmp_path):
    question, form_key = opened(house.nour), uuid4()
    asked = {"kind": "worker", "count": 5, "language": "fr", "form_key": form_key}
    _batch, before = cards.print_cards(question, by=make.actor(house.nour), **asked)
    ring = keys.ring().with_new(keyring.CARDS, at=NOON)
    settings.KEYS_FILE = tmp_path / "keys.json"
    keyring.write(ring, settings.KEYS_FILE)

    _batch, after = cards.print_cards(question, by=make.actor(house.nour), **asked)

    assert before == after
    assert knock(before[0], address="1.2.3.4").knock is Knock.OPEN


def test_a_pile_has_five_cards_at_least(house, enter):
    question = opened(house.nour)

    answer, _given = printed(house, enter, question, count=4)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    with pytest.raises(ValidationError):
        pile(question, house.nour, count=4)
    assert not VoiceCard.objects.exists()


def test_nothing_that_is_kept_gives_a_code(house):
    question = opened(house.nour)
    drawn = pile(question, house.nour)

    kept = str(list(VoiceCard.objects.values())) + str(list(CardBatch.objects.values()))

    assert not any(code in kept for code in drawn)


def test_the_order_of_the_table_is_not_the_order_of_the_pages(house):
    question = opened(house.nour)
    drawn = pile(question, house.nour, count=60)
    key = keys.newest(keyring.CARDS)

    assert as_it_lies(VoiceCard, "code_mac") != [codes.code_mac(key, code) for code in drawn]


def test_a_card_opens_the_question_and_leaves_no_trace(house):
    question = opened(house.nour)
    before = list(VoiceCard.objects.values())
    code = pile(question, house.nour)[0]
    before = list(VoiceCard.objects.values())

    answer = knock(codes.in_groups(code), address="1.2.3.4")

    assert answer.knock is Knock.OPEN
    assert answer.ticket.question == question.pk
    assert list(VoiceCard.objects.values()) == before
    assert not VoiceTry.objects.exists()


def test_a_slip_and_a_forged_code_never_reach_the_table(house, monkeypatch):
    code = pile(opened(house.nour), house.nour)[0]
    monkeypatch.setattr(doors, "_evaluate", lambda _mac: pytest.fail("it was looked for"))
    other = keyring.new_key(keyring.CARDS, at=NOON)

    assert knock(code[:-1], address="a").knock is Knock.UNREADABLE
    assert knock("<script>", address="a").knock is Knock.UNREADABLE
    assert knock(codes.new_code(other, bytes(16)), address="a").knock is Knock.UNKNOWN


def test_guesses_are_met_as_those_of_other_cards_are(house, monkeypatch):
    code, key = pile(opened(house.nour), house.nour)[0], keys.newest(keyring.CARDS)
    monkeypatch.setattr(doors, "MOST_AN_HOUR_BY_ADDRESS", 3)
    guesses = [codes.new_code(key, b"%16d" % number) for number in range(5)]

    said = [knock(guess, address="a", at=NOON).knock for guess in guesses]

    assert said == [Knock.UNKNOWN] * 3 + [Knock.WAIT] * 2
    assert knock(guesses[0], address="a", at=NOON).knock is Knock.UNKNOWN
    assert VoiceTry.objects.count() == 3
    # Whoever holds a card comes in at the first try, from elsewhere, under attack.
    assert knock(code, address="b", at=NOON).knock is Knock.OPEN
    later = NOON + timedelta(hours=1, minutes=1)
    assert knock(guesses[4], address="a", at=later).knock is Knock.UNKNOWN


def test_a_card_of_an_earlier_time_is_told_so(house):
    question = opened(house.nour)
    code = pile(question, house.nour)[0]
    question.round = 2
    question.save()

    assert knock(code, address="a").knock is Knock.ENDED
    assert b"of another time" in telephone(code).get("/voice/?said=ended").content


def test_a_tablet_goes_round_as_many_times_as_was_said(house, enter):
    question = opened(house.nour)
    given = {"kind": "accompanied", "most": 5, "form_key": str(uuid4())}
    address = reverse("deliberation:tablet", args=[question.pk])
    page = enter(house.nour).post(address, given).content.decode()
    code = page.split('<p class="code">')[1].split("<")[0]

    tablet = telephone(code)
    receipts = set()
    for _turn in range(5):
        assert b"It is my turn" in tablet.get("/voice/").content
        tablet.post("/voice/begin/")
        tablet.post("/voice/s/1/", {"answer": "agree"})
        tablet.post("/voice/review/")
        receipts.add(tablet.get("/voice/given/").content.decode().split('class="code">')[1][:11])
        assert tablet.post("/voice/leave/").url == "/voice/"

    assert len(receipts) == 5
    assert question.ballots.count() == 5
    assert Tablet.objects.get().taken == 5
    assert b"Everyone has had their turn" in tablet.get("/voice/").content
    assert tablet.post("/voice/begin/").url == "/voice/"
    assert tablet.post("/voice/leave/").url == "/voice/closed/"


def test_a_tablet_shows_nothing_of_whoever_held_it_before(house):
    question = opened(house.nour)
    _tablet, code = cards.open_tablet(
        question, kind="worker", most=5, form_key=uuid4(), by=make.actor(house.nour)
    )
    tablet = telephone(code)
    tablet.post("/voice/begin/")
    tablet.post("/voice/s/1/", {"answer": "agree"})
    tablet.post("/voice/leave/")
    tablet.post("/voice/begin/")

    assert b"answered nothing" in tablet.get("/voice/review/").content


def test_a_tablet_of_another_day_opens_nothing(house):
    question = opened(house.nour)
    _tablet, code = cards.open_tablet(
        question, kind="worker", most=5, form_key=uuid4(), by=make.actor(house.nour)
    )
    Tablet.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert knock(code, address="a").knock is Knock.ENDED
    assert cards.next_code(Tablet.objects.get()) is None


def test_no_card_is_printed_once_a_question_is_closed(house):
    question = questions.close(opened(house.nour), by=make.actor(house.nour))

    with pytest.raises(ValidationError):
        pile(question, house.nour)
