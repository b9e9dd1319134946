"""The worker's side: a card made with the person, printed, replaced and taken back."""

import io
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from relier.desk.own import actions, languages, papers
from relier.journal.models import Line
from relier.people.access import Refused
from relier.people.actions import merge
from relier.people.models import Person
from relier.privacy import cards
from relier.privacy.actions import knock
from relier.privacy.models import Card
from tests import factories as make

from .own import PICTURES


def url(house, name="card"):
    return reverse(name, args=[house.awa.pk])


def make_one(browser, house, key=None, language="fr"):
    return browser.post(url(house), {"language": language, "form_key": key or uuid4()})


def code_on(answer):
    return cards.read_code(answer.context["code"])


def text_of(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    return " ".join(one.extract_text() for one in reader.pages)


def test_a_card_is_made_and_its_code_is_shown_once(house, enter):
    browser = enter(house.nour)

    code = code_on(make_one(browser, house))

    assert knock(code, address="192.0.2.1").token
    assert cards.in_groups(code) not in browser.get(url(house)).content.decode()


def test_a_form_sent_twice_makes_one_card_and_shows_the_same_code(house, enter):
    browser, key = enter(house.nour), uuid4()

    assert code_on(make_one(browser, house, key)) == code_on(make_one(browser, house, key))
    assert Card.objects.count() == 1


def test_the_form_of_a_card_replaced_since_shows_no_dead_code(house, enter):
    browser, key = enter(house.nour), uuid4()
    make_one(browser, house, key)
    make_one(browser, house)

    assert make_one(browser, house, key).status_code == 302
    assert Card.objects.standing().count() == 1


def test_the_paper_bears_the_code_and_no_name(house, enter):
    browser, key = enter(house.nour), uuid4()
    code = code_on(make_one(browser, house, key))

    answer = browser.post(url(house, "card_paper"), {"language": "fr", "form_key": key})

    text = text_of(answer.content)
    assert all(group in text for group in cards.in_groups(code).split("-"))
    assert "Awa" not in text + answer.headers["Content-Disposition"]
    assert "Diallo" not in text
    assert "/me/" in text
    # The address that holds the code is in the square only, never in letters.
    assert "/me/c/" not in text


@pytest.mark.parametrize("code", ["AKYY54DDYYZGYYW", "7YAYVVY2NQ9TYVG", "JQA27K7B7777D6G"])
def test_letters_that_lean_on_each_other_are_still_one_group(house, code):
    with translation.override("fr"):
        pdf = papers.card_sheet(
            house.awa, code, address="https://relier.example.be/me/c/7K3MQ9XT2HFD8CB/",
            door="https://relier.example.be/me/", until=make.timezone.localdate(), language="fr",
        )  # fmt: skip

    # A day or a year may be made of letters of the code: groups are longer.
    words = [word for word in text_of(pdf).split() if word in code and len(word) > 4]
    assert cards.in_groups(code).split("-") == words


@pytest.mark.parametrize("language", languages.NAMES)
def test_the_paper_speaks_each_language_with_its_own_face(house, language):
    with translation.override(language):
        pdf = papers.card_sheet(
            house.awa, "7K3MQ9XT2HFD8CB", address="https://relier.example.be/me/c/7K3MQ9XT2HFD8CB/",
            door="https://relier.example.be/me/", until=make.timezone.localdate(),
            language=language,
        )  # fmt: skip
    reader = PdfReader(io.BytesIO(pdf))
    faces = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for one in reader.pages
        for font in one["/Resources"]["/Font"].values()
    }

    assert reader.root_object["/Lang"].startswith(language)
    assert any(face.startswith("AtkinsonHyperlegible") for face in faces)
    assert any("Andika" in face for face in faces) == (language in {"uk", "tr"} & needs_andika())
    assert any("Naskh" in face for face in faces) == (language == "ar")


def needs_andika():
    """The languages whose letters the Latin face lacks."""
    from relier.paper import faces

    letters = {"uk": "ж", "tr": "ı"}
    return {name for name, one in letters.items() if ord(one) not in faces.drawn_by(faces.LATIN)}


def test_the_square_holds_the_address():
    rows = papers.modules("https://relier.example.be/me/c/7K3MQ9XT2HFD8CB/")

    assert len(rows) == len(rows[0])
    assert {letter for row in rows for letter in row} == {"0", "1"}


def test_a_card_is_taken_back_in_one_gesture(house, enter):
    browser = enter(house.nour)
    code = code_on(make_one(browser, house))

    browser.post(url(house), {"do": "take_back"})

    assert knock(code, address="192.0.2.1").knock == "ended"
    assert "The card they have" not in browser.get(url(house)).content.decode()


def press(browser, house, pictures, **more):
    before = ""
    for picture in pictures:
        answer = browser.post(url(house, "card_pictures"), {"before": before, "picture": picture})
        before = f"{before} {picture}".strip()
    if more:
        answer = browser.post(url(house, "card_pictures"), {"before": before, **more})
    return answer


def test_the_pictures_are_chosen_on_a_page_turned_towards_the_person(house, enter):
    browser = enter(house.nour)
    make_one(browser, house, language="en")

    last = press(browser, house, PICTURES).content.decode()
    assert "These are your three pictures" in last
    assert not Card.objects.get().has_pictures

    press(browser, house, PICTURES, keep="1")
    assert Card.objects.get().has_pictures
    assert Card.objects.get().chosen_with_bound
    assert "key" not in str(Line.objects.get(kind="privacy.card_pictures_chosen").details)


def test_without_a_card_there_are_no_pictures_to_choose(house, enter):
    assert enter(house.nour).get(url(house, "card_pictures")).url == url(house)


def test_nobody_else_makes_a_card(house, enter):
    for stranger in (house.zoe, house.reception, house.coordinator):
        assert enter(stranger).get(url(house)).status_code == 404
        with pytest.raises(Refused):
            actions.give_card(house.awa, language="fr", form_key=uuid4(), by=make.actor(stranger))


def test_of_two_files_joined_a_new_card_replaces_both(house, enter):
    twin = make.PersonFactory(centre=house.centre, call_name="Awa", followed_by=house.team)
    nour = make.actor(house.nour)
    _card, old = actions.give_card(house.awa, language="fr", form_key=uuid4(), by=nour)
    _card, other = actions.give_card(twin, language="fr", form_key=uuid4(), by=nour)
    merge(twin, gone=house.awa, by=nour)
    assert knock(old, address="192.0.2.1").token

    kept = Person.objects.get(pk=twin.pk)
    _card, new = actions.give_card(kept, language="fr", form_key=uuid4(), by=nour)

    assert {knock(code, address="192.0.2.1").knock for code in (old, other)} == {"ended"}
    assert knock(new, address="192.0.2.1").token


@pytest.mark.parametrize("language", ["", "xx", "fr\x00", "é" * 500])
def test_a_language_that_we_do_not_speak_makes_no_card(house, enter, language):
    answer = enter(house.nour).post(url(house), {"language": language, "form_key": uuid4()})

    assert answer.status_code == 200
    assert not Card.objects.exists()
