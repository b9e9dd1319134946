"""What was agreed to, with the very text; what is handed over, what is erased."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from relier.journal.models import Line
from relier.privacy import texts
from relier.privacy.actions import erase, hand_over, receive_consent, withdraw_consent
from relier.privacy.models import Consent, Subject
from tests import factories as make

DAY = date(2026, 11, 23)
# This room stands below `people` and does not import it, in its tests either.
Person = make.PersonFactory._meta.model


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


def given(house, by, purpose="file"):
    text = texts.latest(purpose, "fr")
    return receive_consent(house.awa.subject, text, how="orally", on=DAY, by=by)


# --- the texts ---


def test_each_purpose_has_its_text_in_each_language_of_the_pages(settings):
    for purpose in Consent.Purpose:
        for language, _ in settings.LANGUAGES:
            assert texts.latest(purpose, language).words


def test_a_text_that_was_never_written_is_an_error_and_not_a_blank_page():
    with pytest.raises(LookupError, match="eo"):
        texts.latest("file", "eo")


def test_each_sentence_can_be_said_in_one_breath():
    for text in texts.texts():
        for sentence in text.words.split("\n"):
            assert len(sentence.split()) <= 15, sentence


NO = {"fr": "Vous pouvez dire non", "en": "You can say no", "nl": "U kunt nee zeggen"}


def test_a_text_says_that_no_is_an_answer():
    for text in texts.texts():
        assert NO[text.language] in text.words


def test_a_text_is_known_again_by_its_fingerprint():
    text = texts.latest("contact", "fr")

    assert texts.known("contact", text.fingerprint) == text
    assert texts.known("file", text.fingerprint) is None
    assert text.fingerprint == Consent.hash_of(text.words)


# --- receiving and withdrawing ---


def test_the_very_text_is_kept_with_its_fingerprint(house, nour):
    consent = given(house, nour)

    assert consent.text == texts.latest("file", "fr").words
    assert Consent.hash_of(consent.text) == consent.text_hash


def test_given_again_while_it_stands_it_is_kept_once(house, nour):
    assert given(house, nour) == given(house, nour)
    assert Line.objects.filter(kind="privacy.consent_given").count() == 1


def test_the_database_refuses_a_second_standing_one(house, nour):
    consent = given(house, nour)
    consent.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        consent.save(force_insert=True)


def test_withdrawn_it_is_still_known_that_it_was_given(house, nour):
    consent = withdraw_consent(given(house, nour), by=nour)
    moment = consent.withdrawn_at

    assert withdraw_consent(consent, by=nour).withdrawn_at == moment
    assert Line.objects.filter(kind="privacy.consent_withdrawn").count() == 1
    assert given(house, nour) != consent


# --- handing over and erasing ---


def test_all_that_is_held_is_handed_over_with_the_reason(house, nour):
    given(house, nour)
    make.NoteFactory(person=house.awa, author=house.nour, words="She told me.")

    held = hand_over([house.awa.pk], by=nour)

    assert held["people.Person"]["rows"][0]["call_name"] == "Awa"
    assert held["people.Note"]["rows"][0]["words"] == "She told me."
    assert all(table["why"] for table in held.values())
    assert Line.objects.filter(kind="privacy.handed_over", subject=house.awa.pk).exists()


def test_what_is_held_about_others_is_not_handed_over(house, nour):
    make.NoteFactory(person=make.PersonFactory(centre=house.centre), author=house.nour)

    assert hand_over([house.awa.pk], by=nour)["people.Note"]["rows"] == []


def test_erased_nothing_about_the_person_is_left_and_the_journal_says_who_did_it(house, nour):
    given(house, nour)
    make.NoteFactory(person=house.awa, author=house.nour)
    make.AppointmentFactory(person=house.awa, with_member=house.nour)
    awa = house.awa.pk

    erase([awa], by=nour)

    assert not Person.objects.filter(pk=awa).exists()
    assert not Subject.objects.filter(pk=awa).exists()
    assert not Consent.objects.filter(subject=awa).exists()
    line = Line.objects.get(kind="privacy.erased", subject=awa)
    assert line.actor == nour.id


def test_erasing_one_person_leaves_the_others(house, nour):
    lina = make.PersonFactory(centre=house.centre, call_name="Lina", followed_by=house.team)
    note = make.NoteFactory(person=lina, author=house.nour)

    erase([house.awa.pk], by=nour)

    lina.refresh_from_db()
    note.refresh_from_db()
    assert lina.team_names == ["Accueil social"]
