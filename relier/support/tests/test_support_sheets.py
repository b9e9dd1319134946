"""The sheets of the daily work: what comes back is what the screen keeps, whatever the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.paper import sheets
from relier.paper.models.walls import Wall, _walls
from relier.paper.sheets import NotASheet
from relier.people.models import Person
from relier.support.lists import offered
from relier.support.mandates import offer_for
from relier.support.models import AgreedStep, HelpRequest, Mandate, MandateScope
from relier.support.sheets import MANDATE, REQUEST, STEPS, mandate_occasion
from tests import factories as make
from tests.answering import CHANNELS, answered, kept_by, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WORDS = "I want to send photos to my son."


@pytest.fixture
def in_english():
    from django.utils.translation import override

    with override("en"):
        yield


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


# --- a request -----------------------------------------------------------------------------------


def test_a_request_is_the_same_on_the_page_and_by_the_three_ways(house, nour, enter):
    yesterday = timezone.localdate() - timedelta(days=1)
    client = enter(house.nour)
    address = reverse("support:request_new") + f"?person={house.awa.pk}"
    page = kept_by(
        lambda: client.post(
            address,
            {
                "words": WORDS,
                "received_on": f"{yesterday}",
                "followed_by": f"{house.nour.pk}",
                "team": f"{house.team.pk}",
                "form_key": f"{uuid4()}",
            },
        ),
        [HelpRequest],
    )

    assert len(page.rows) == 1
    for channel in CHANNELS:
        given = {"words": WORDS, "on": f"{yesterday}"}
        one = answered(REQUEST, given, channel=channel, person=house.awa)
        assert kept_by(received(one, nour), [HelpRequest]) == page


@pytest.mark.parametrize("channel", CHANNELS)
def test_how_to_answer_is_kept_in_the_file(house, nour, channel):
    given = {"words": WORDS, "reply": "letter"}
    one = answered(REQUEST, given, channel=channel, person=house.awa)

    kept = kept_by(received(one, nour), [HelpRequest, Person])

    assert kept.rows[-1]["reach"] == "letter"
    assert kept.deeds == ["support.request_taken", "people.person_changed"]


def test_what_one_would_rather_not_say_is_no_answer(house, nour):
    before = house.awa.reach
    rather_not = answered(REQUEST, {"words": WORDS, "reply": "rather_not"}, person=house.awa)
    blank = answered(REQUEST, {"words": WORDS}, person=house.awa)

    one, other = (kept_by(received(a, nour), [HelpRequest, Person]) for a in (rather_not, blank))

    assert one == other
    assert one.rows[-1]["reach"] == before


def test_a_request_of_nobody_yet_is_kept_and_a_reply_asks_whose_it_is(nour):
    sheets.receive(answered(REQUEST, {"words": WORDS}), by=nour)

    assert HelpRequest.objects.get().person is None
    with pytest.raises(ValidationError, match="Say first whose sheet this is"):
        sheets.receive(answered(REQUEST, {"words": WORDS, "reply": "phone"}), by=nour)
    assert HelpRequest.objects.count() == 1


def test_sent_twice_it_is_kept_once(house, nour):
    one = answered(REQUEST, {"words": WORDS}, person=house.awa, form_key=uuid4())

    assert sheets.receive(one, by=nour) == sheets.receive(one, by=nour)
    assert Line.objects.filter(kind="support.request_taken").count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Nothing is asked on this sheet"),
        ({"words": WORDS, "on": "2999-01-01"}, "This day is still to come"),
    ],
)
def test_what_cannot_be_a_request_is_refused_in_a_sentence(house, nour, given, sentence):
    with pytest.raises(ValidationError, match=sentence):
        sheets.receive(answered(REQUEST, given, person=house.awa), by=nour)
    assert not HelpRequest.objects.exists()


def test_someone_of_another_centre_is_not_found(house):
    one = answered(REQUEST, {"words": WORDS}, person=house.awa)

    with pytest.raises(ValidationError, match="is not found"):
        sheets.receive(one, by=make.actor(house.zoe))


# --- a mandate -----------------------------------------------------------------------------------


@pytest.fixture
def terms(house):
    rows = offered("families", house.centre.pk, on=timezone.localdate())[:2]
    return mandate_occasion(house.centre, rows, "six_months", timezone.localdate()).values


def mandate_on_the_page(house, client):
    """As someone does on screen: the text, its fingerprint, and yes."""
    today = timezone.localdate()
    rows = offered("families", house.centre.pk, on=today)[:2]
    offer = offer_for(house.centre, rows, "six_months", today, language="en")
    keys = "&".join(f"families={row.key}" for row in rows)
    address = reverse("support:mandate_text", args=[house.awa.pk])
    asked = f"?{keys}&duration=six_months&starts_on={today}&language=en"
    return client.post(
        address + asked,
        {"answer": "yes", "shown": offer.text.fingerprint, "how": "paper", "form_key": uuid4()},
    )


def test_a_mandate_has_the_same_words_on_the_page_and_by_the_three_ways(house, nour, enter, terms):
    client, tables = enter(house.nour), [Mandate, MandateScope]
    page = kept_by(lambda: mandate_on_the_page(house, client), tables)

    assert len(page.rows) == 3
    for channel, how in zip(CHANNELS, ("screen", "paper", "orally"), strict=True):
        signed = {"signed": "signed"}
        one = answered(MANDATE, signed, channel=channel, person=house.awa, occasion=terms)
        kept = kept_by(received(one, nour), tables)
        assert kept.without("how") == page.without("how")
        assert kept.rows[0]["how"] == how


def test_what_was_signed_keeps_its_words_when_the_list_and_the_centre_change(house, nour, terms):
    printed = answered(MANDATE, {"signed": "signed"}, person=house.awa, occasion=terms)
    house.centre.name = "Another name"
    house.centre.save()

    mandate = sheets.receive(printed, by=nour)

    assert "Les Passerelles" in mandate.text
    assert "Another name" not in mandate.text


def test_a_mandate_that_is_not_signed_leaves_no_trace(house, nour, terms):
    one = answered(MANDATE, {"on": "2026-01-05"}, person=house.awa, occasion=terms)

    with pytest.raises(ValidationError, match="Nobody signed"):
        sheets.receive(one, by=nour)

    assert not Mandate.objects.exists()
    assert not Line.objects.filter(kind__startswith="support.mandate").exists()


def test_a_mandate_is_nobodys_before_someone_says_whose_it_is(nour, terms):
    with pytest.raises(ValidationError, match="Say first whose sheet this is"):
        sheets.receive(answered(MANDATE, {"signed": "signed"}, occasion=terms), by=nour)


@pytest.mark.parametrize(
    "wrong",
    [
        {"duration": "ever"},
        {"starts_on": "tomorrow"},
        {"version": "1999"},
        {"families": "tax"},
        {"words_fr": "", "words_en": ""},
    ],
)
def test_a_mandate_that_says_too_little_is_not_printed(terms, wrong):
    with pytest.raises(NotASheet, match="A mandate is printed with"):
        sheets.build(MANDATE, {**terms, **wrong})


def test_the_mandates_offered_say_nothing_of_those_that_are_secret(house, terms):
    make.MandateFactory(
        person=house.awa,
        ends_on=timezone.localdate() + timedelta(days=3),
        ask_again_on=timezone.localdate(),
    )
    offered_to = [
        sheets.entry(MANDATE).occasions(make.actor(member), house.awa.pk)
        for member in (house.nour, house.bram)
    ]

    assert offered_to[0][1:] == offered_to[1]


# --- agreed steps --------------------------------------------------------------------------------


def test_steps_are_the_same_on_the_page_and_by_the_three_ways(house, nour, enter):
    client, key = enter(house.nour), reverse("support:steps", args=[house.awa.pk])
    day = timezone.localdate() + timedelta(days=9)

    def on_the_page():
        for typed in (
            {"words": "Call the town", "who": "person", "when_on": f"{day}"},
            {"words": "Look at the letter together"},
        ):
            client.post(key, {**typed, "form_key": uuid4()})

    page = kept_by(on_the_page, [AgreedStep])
    given = {
        "step_1": "Call the town",
        "who_1": "person",
        "day_1": f"{day}",
        "step_3": "Look at the letter together",
    }

    assert len(page.rows) == 2
    for channel in CHANNELS:
        one = answered(STEPS, given, channel=channel, person=house.awa)
        assert kept_by(received(one, nour), [AgreedStep]) == page


def test_steps_sent_twice_are_kept_once(house, nour):
    given = {"step_1": "Call the town", "step_2": "Write to the school"}
    one = answered(STEPS, given, person=house.awa, form_key=uuid4())

    assert sheets.receive(one, by=nour) == sheets.receive(one, by=nour)
    assert AgreedStep.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({}, "No step is written"), ({"step_1": "Call", "who_2": "worker"}, "Step 2 has no words")],
)
def test_steps_without_words_are_refused_and_nothing_is_kept(house, nour, given, sentence):
    with pytest.raises(ValidationError, match=sentence):
        sheets.receive(answered(STEPS, given, person=house.awa), by=nour)
    assert not AgreedStep.objects.exists()


# --- the walls -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [MANDATE, STEPS])
def test_whoever_does_not_follow_the_person_gives_nothing(house, terms, name):
    given = {"signed": "signed", "step_1": "Call"}
    occasion = terms if name == MANDATE else None
    one = answered(name, given, person=house.awa, occasion=occasion)

    with pytest.raises(Http404):
        sheets.receive(one, by=make.actor(house.coordinator))


def test_the_walls_of_these_sheets_are_those_of_the_screen():
    said = {name: _walls[name] for name in (REQUEST, MANDATE, STEPS)}

    assert said == {REQUEST: Wall.TEAM, MANDATE: Wall.SECRECY, STEPS: Wall.TEAM}
