"""The sheets about a person: what comes back is what the screen keeps, whatever the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from relier.journal.models import Line
from relier.paper import sheets
from relier.paper.models.walls import Wall, _walls
from relier.paper.sheets import LANGUAGES, NotASheet, worded
from relier.people import actions, rules
from relier.people.models import Fact, Situation
from relier.people.sheets import CHOSEN, CONSENT, SITUATION, SPOKEN
from relier.privacy import texts
from relier.privacy.models import Consent
from tests import factories as make
from tests.answering import CHANNELS, answered, kept_by, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]

OCCASION = {"purpose": "file", "version": "2026-11"}
SIGNED = {"signed": "signed"}


@pytest.fixture
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


# --- the situation -------------------------------------------------------------------------------

GIVEN = {
    "has": ["smartphone", "tablet"],
    "internet": "mobile",
    "spoken": ["fr", "ti"],
    "reading": "effort",
    "interpreter": "yes",
    "other_language": "Saho",
    "wishes": "Send photos to my son.",
}


def typed_on_the_page(**more):
    return {
        "equipment-has": ["smartphone", "tablet"],
        "connection-kind": "mobile",
        "languages-spoken_1": "fr",
        "languages-spoken_2": "ti",
        "languages-reading": "effort",
        "languages-interpreter": "yes",
        "languages-words": "Saho",
        "wishes-words": "Send photos to my son.",
        "form_key": f"{uuid4()}",
        **more,
    }


def test_a_situation_is_the_same_on_the_page_and_by_the_three_ways(house, nour, enter):
    yesterday = f"{timezone.localdate() - timedelta(days=1)}"
    client, address = enter(house.nour), reverse("people:situation", args=[house.awa.pk])
    page = kept_by(lambda: client.post(address, typed_on_the_page(on=yesterday)), [Situation, Fact])

    assert [row["facet"] for row in page.rows[1:]] == [
        rules.EQUIPMENT, rules.CONNECTION, rules.LANGUAGES, rules.WISHES,
    ]  # fmt: skip
    for channel in CHANNELS:
        given = {**GIVEN, "on": yesterday}
        one = answered(SITUATION, given, channel=channel, person=house.awa)
        assert kept_by(received(one, nour), [Situation, Fact]) == page


def test_what_was_known_and_is_left_blank_stays(house, nour):
    known = {"has": ["computer"], "works": "badly", "shared": "family"}
    said = {rules.EQUIPMENT: actions.Said(known, "It is old.")}
    actions.record_situation(house.awa, said, on=timezone.localdate(), by=nour)

    sheets.receive(answered(SITUATION, {"has": ["tablet"]}, person=house.awa), by=nour)

    now = rules.current(Fact.objects.of_file(house.awa))[rules.EQUIPMENT]
    assert now.choices == {**known, "has": ["tablet"]}
    assert now.words == "It is old."


def test_what_one_would_rather_not_say_is_no_answer(house, nour):
    silent = {"has": "rather_not", "reading": "rather_not", "wishes": "To write."}
    rather_not = answered(SITUATION, silent, person=house.awa)
    blank = answered(SITUATION, {"wishes": "To write."}, person=house.awa)

    one, other = (kept_by(received(a, nour), [Situation, Fact]) for a in (rather_not, blank))

    assert one == other
    assert [row["facet"] for row in one.rows[1:]] == [rules.WISHES]


def test_the_same_said_again_adds_nothing(house, nour):
    one = answered(SITUATION, GIVEN, person=house.awa)
    sheets.receive(one, by=nour)

    assert sheets.receive(one, by=nour) is None
    assert Situation.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Nothing is answered"),
        ({"on": "2020-01-01"}, "Nothing is answered"),
        ({"has": ["none", "tablet"]}, "both ticked"),
        ({"spoken": list(SPOKEN[:4])}, "three languages at most"),
        ({"wishes": "To write.", "on": "2999-01-01"}, "still to come"),
    ],
)
def test_what_the_page_would_refuse_is_refused_in_a_sentence(house, nour, given, sentence):
    with pytest.raises(ValidationError, match=sentence):
        sheets.receive(answered(SITUATION, given, person=house.awa), by=nour)
    assert not Situation.objects.exists()


def test_the_answers_of_the_sheet_are_those_of_the_situation():
    sheet = sheets.build(SITUATION)
    for key, (facet, name) in CHOSEN.items():
        question = next(one for one in rules.QUESTIONS[facet] if one.name == name)
        assert {choice.key for choice in sheet.question(key).choices} <= set(question.options)


# --- an agreement --------------------------------------------------------------------------------


def test_an_agreement_is_the_same_on_the_page_and_by_the_three_ways(house, nour, enter):
    client = enter(house.nour)
    address = reverse("people:consent_new", args=[house.awa.pk, "file"]) + "?language=en"
    shown = texts.latest("file", "en").fingerprint
    typed = {"answer": "yes", "shown": shown, "how": "paper", "form_key": uuid4()}
    page = kept_by(lambda: client.post(address, typed), [Consent])

    assert len(page.rows) == 1
    assert page.deeds == ["privacy.consent_given"]
    for channel, how in zip(CHANNELS, ("screen", "paper", "orally"), strict=True):
        one = answered(CONSENT, SIGNED, channel=channel, person=house.awa, occasion=OCCASION)
        kept = kept_by(received(one, nour), [Consent])
        assert kept.without("how") == page.without("how")
        assert kept.rows[0]["how"] == how


@pytest.mark.parametrize(("language", "signed_in"), [("fr", "fr"), ("en", "en"), ("ar", "fr")])
def test_what_is_kept_is_what_was_printed(house, nour, language, signed_in):
    printed = worded(sheets.build(CONSENT, OCCASION), language).introduction
    one = answered(CONSENT, SIGNED, person=house.awa, occasion=OCCASION, language=language)

    consent = sheets.receive(one, by=nour)

    assert consent.language == signed_in
    assert "\n".join(printed) == consent.text.replace("\n\n", "\n")


def test_a_page_that_is_not_signed_leaves_no_trace(house, nour):
    one = answered(CONSENT, {"on": "2026-01-05"}, person=house.awa, occasion=OCCASION)

    with pytest.raises(ValidationError, match="Nobody signed"):
        sheets.receive(one, by=nour)

    assert not Consent.objects.exists()
    assert not Line.objects.filter(kind__startswith="privacy.consent").exists()


def test_words_that_nobody_answers_for_any_more_are_not_agreed_to(house, nour, monkeypatch):
    monkeypatch.setattr("relier.privacy.texts.reviews", dict)
    one = answered(CONSENT, SIGNED, person=house.awa, occasion=OCCASION)

    with pytest.raises(ValidationError, match="Nobody answers for these words"):
        sheets.receive(one, by=nour)
    assert sheets.entry(CONSENT).occasions(nour, None) == []


def test_every_agreement_offered_is_printed_with_its_whole_text(nour):
    offered = sheets.entry(CONSENT).occasions(nour, None)

    assert [one.values["purpose"] for one in offered] == Consent.Purpose.values
    for one in offered:
        sheet = sheets.build(CONSENT, one.values)
        for language in LANGUAGES:
            text = texts.of_version(one.values["purpose"], one.values["version"], language)
            told = "\n".join(worded(sheet, language).introduction)
            assert told == text.words.replace("\n\n", "\n")


@pytest.mark.parametrize("wrong", [{"purpose": "soul"}, {"version": "1999"}])
def test_a_text_that_does_not_exist_is_not_printed(wrong):
    with pytest.raises(NotASheet):
        sheets.build(CONSENT, {**OCCASION, **wrong})


# --- the walls -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given", "occasion"),
    [(SITUATION, {"wishes": "To write."}, None), (CONSENT, SIGNED, OCCASION)],
)
def test_only_whoever_follows_the_person_may_receive_it(house, nour, name, given, occasion):
    one = answered(name, given, person=house.awa, occasion=occasion)
    nobodys = answered(name, given, occasion=occasion)

    with pytest.raises(Http404):
        sheets.receive(one, by=make.actor(house.coordinator))
    with pytest.raises(ValidationError, match="is not found"):
        sheets.receive(one, by=make.actor(house.zoe))
    with pytest.raises(ValidationError, match="Say first whose sheet this is"):
        sheets.receive(nobodys, by=nour)


def test_the_walls_of_these_sheets_are_those_of_the_screen():
    assert {name: _walls[name] for name in (SITUATION, CONSENT)} == {
        SITUATION: Wall.TEAM,
        CONSENT: Wall.TEAM,
    }
