"""The texts that people agree to: who answers for their very words, and in which languages."""

from datetime import date

import pytest

from relier.privacy import texts
from relier.privacy.actions import NotReviewed, receive_consent
from relier.privacy.models import Consent
from relier.privacy.texts import ConsentText
from tests import factories as make


def test_every_text_to_sign_was_read_again_in_its_very_words():
    for text in texts.texts():
        assert (texts.review_of(text) is not None) == (text.language in texts.ORIGINALS), text.name


def test_a_review_says_who_and_that_no_jurist_has():
    for review in texts.reviews().values():
        assert "not by a jurist" in review.by["en"]
        assert "pas par un juriste" in review.by["fr"]
        assert review.doubt.keys() == {"fr", "en"}


def test_a_review_holds_for_its_words_only():
    text = texts.latest("file", "fr")
    changed = ConsentText(text.purpose, text.version, text.language, text.words + "\nEt plus.")

    assert texts.review_of(text)
    assert texts.review_of(changed) is None


def test_no_review_is_of_a_text_that_is_not_there():
    assert set(texts.reviews()) <= {text.name for text in texts.texts()}


def test_what_is_read_in_another_language_is_signed_in_one_that_was_reviewed():
    dutch = texts.latest("file", "nl")

    assert texts.original_of(dutch).language == "fr"
    assert texts.original_of(texts.latest("file", "en")).language == "en"


def test_a_text_that_nobody_answers_for_cannot_be_agreed_to(house):
    dutch = texts.latest("file", "nl")

    with pytest.raises(NotReviewed):
        receive_consent(
            house.awa.subject, dutch, how="paper", on=date(2026, 11, 23), by=make.actor(house.nour)
        )

    assert not Consent.objects.exists()


def test_gaps_are_filled_before_the_words_are_hashed():
    text = ConsentText("x", "1", "en", "We act for %(families)s.")

    filled = text.filled({"families": "– tax"})

    assert filled.words == "We act for – tax."
    assert filled.fingerprint == Consent.hash_of("We act for – tax.")


@pytest.mark.parametrize("purpose", ["mandate", "bcss"])
def test_a_text_has_the_same_gaps_in_each_language(purpose):
    import re

    found = {
        text.language: set(re.findall(r"%\((\w+)\)s", text.words))
        for text in texts.texts()
        if text.purpose == purpose
    }

    assert found["fr"] == found["en"] != set()
