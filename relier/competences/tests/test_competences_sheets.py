"""The sheet of a positioning: what comes back is what a page noted together keeps."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from relier.competences import banks, standing
from relier.competences.models import Answer, Positioning
from relier.competences.sheets import POSITIONING, key_of
from relier.paper import sheets
from relier.paper.models.walls import Wall, _walls
from relier.paper.sheets import LANGUAGES, NotASheet, worded
from tests import factories as make
from tests.answering import CHANNELS, answered, kept_by, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]

BANK = standing.bank_for_people()
FIRST, SECOND, THIRD, FOURTH = BANK.items[:4]
OCCASION = {"bank": BANK.id, "version": BANK.version, "parts": "access"}
SAID = {FIRST.id: "yes", SECOND.id: "could_learn", THIRD.id: "no_need", FOURTH.id: "unclear"}
TABLES = [Positioning, Answer]


@pytest.fixture
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


def given(said=SAID, **more):
    return {**{key_of(BANK.item(item)): says for item, says in said.items()}, **more}


def on_paper(house, said=SAID, occasion=OCCASION, **how):
    return answered(POSITIONING, given(said), person=house.awa, occasion=occasion, **how)


def test_a_positioning_is_the_same_on_one_page_and_by_the_three_ways(house, nour, enter):
    client, yesterday = enter(house.nour), f"{timezone.localdate() - timedelta(days=1)}"
    address = reverse("positioning:begin", args=[house.awa.pk])
    address += "?how=page&parts=access&language=en"
    typed = {f"item-{item}": says for item, says in SAID.items()}
    page = kept_by(
        lambda: client.post(address, {**typed, "on": yesterday, "form_key": uuid4()}), TABLES
    )

    assert len(page.rows) == 5
    for channel in CHANNELS:
        one = answered(
            POSITIONING, given(on=yesterday), channel=channel, person=house.awa, occasion=OCCASION
        )
        kept = kept_by(received(one, nour), TABLES)
        assert kept.without("channel", "read_back_at") == page.without("channel", "read_back_at")
        assert kept.rows[0]["channel"] == channel
        assert bool(kept.rows[0]["read_back_at"]) == (channel == "voice")


def test_the_result_is_the_same_as_when_it_is_asked_one_by_one(house, nour):
    from relier.competences.actions import positionings as asking

    begun = asking.begin(house.awa, channel="screen", language="en", parts=["access"], by=nour)
    for item, says in SAID.items():
        begun = asking.answer(begun, item, says, by=nour)
    paper = sheets.receive(on_paper(house), by=nour)

    results = [standing.result_of(one, one.answers.all().standing()) for one in (begun, paper)]
    assert results[0] == results[1]
    assert results[0].said


def test_what_is_left_blank_and_what_one_would_rather_not_say_are_no_answers(house, nour):
    said = {FIRST.id: "yes", SECOND.id: "rather_not"}

    kept = sheets.receive(on_paper(house, said), by=nour)

    assert kept.answers.all().standing() == {FIRST.id: "yes"}


def test_items_that_were_chosen_are_asked_alone_and_name_their_parts(house, nour):
    last = BANK.items[-1]
    occasion = {"bank": BANK.id, "version": BANK.version, "items": f"{last.id},{FIRST.id}"}
    sheet = sheets.build(POSITIONING, occasion)
    one = answered(POSITIONING, given({last.id: "yes"}), person=house.awa, occasion=occasion)

    kept = sheets.receive(one, by=nour)

    assert [one.key for one in sheet.questions] == [key_of(FIRST), key_of(last), "on"]
    assert kept.parts == sorted({FIRST.part, last.part})


def test_what_was_printed_with_an_older_bank_is_received_with_it(house, nour, monkeypatch):
    gone = replace(FIRST, id="wind-up", deed=replace(FIRST.deed, en="wind up a gramophone"))
    older = replace(BANK, version="0", items=(gone, *BANK.items[1:]), needs=())
    occasion = {**OCCASION, "version": "0"}
    monkeypatch.setattr(banks, "earlier", lambda: (older,))
    sheet = sheets.build(POSITIONING, occasion)
    answers = {"i_wind_up": "yes", key_of(SECOND): "could_learn"}
    one = answered(POSITIONING, answers, person=house.awa, occasion=occasion)

    kept = sheets.receive(one, by=nour)

    assert worded(sheet, "en").questions[0].wording == "I can wind up a gramophone."
    assert (kept.bank, kept.bank_version) == (BANK.id, "0")
    assert kept.answers.all().standing() == {"wind-up": "yes", SECOND.id: "could_learn"}
    result = standing.result_of(kept, kept.answers.all().standing())
    assert [item.id for item in result.said] == ["wind-up"]


def test_sent_twice_it_is_kept_once(house, nour):
    one = on_paper(house, form_key=uuid4())

    assert sheets.receive(one, by=nour) == sheets.receive(one, by=nour)
    assert Positioning.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "more", "sentence"),
    [({}, {}, "Nothing is answered"), (SAID, {"on": "2999-01-01"}, "still to come")],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(house, nour, said, more, sentence):
    one = answered(POSITIONING, given(said, **more), person=house.awa, occasion=OCCASION)

    with pytest.raises(ValidationError, match=sentence):
        sheets.receive(one, by=nour)
    assert not Positioning.objects.exists()


def test_a_sheet_of_nobody_is_not_taken_for_ones_own_craft(nour):
    one = answered(POSITIONING, given(), occasion=OCCASION)

    with pytest.raises(ValidationError, match="Say first whose sheet this is"):
        sheets.receive(one, by=nour)
    assert not Positioning.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"bank": "craft"}, {"version": "1999"}, {"parts": "nowhere"}, {"items": "nothing"}],
)
def test_what_the_bank_does_not_hold_is_not_printed(wrong):
    with pytest.raises(NotASheet):
        sheets.build(POSITIONING, {**OCCASION, **wrong})


def test_every_part_is_offered_then_all_of_it(nour):
    offered = sheets.entry(POSITIONING).occasions(nour, None)

    assert [one.values.get("parts") for one in offered] == [*(p.id for p in BANK.parts), None]
    assert len(sheets.build(POSITIONING, offered[-1].values).questions) == len(BANK.items) + 1


def test_a_positioning_on_an_arabic_page_speaks_one_language(house, nour):
    sheet = sheets.build(POSITIONING, OCCASION)

    assert "ar" in LANGUAGES
    assert worded(sheet, "ar").questions[0].wording == worded(sheet, "fr").questions[0].wording
    assert sheets.receive(on_paper(house, language="ar"), by=nour).language == "fr"


def test_only_whoever_follows_the_person_may_receive_it_and_only_the_printer_sees_it(house):
    with pytest.raises(Http404):
        sheets.receive(on_paper(house), by=make.actor(house.coordinator))
    assert _walls[POSITIONING] == Wall.PRINTER
