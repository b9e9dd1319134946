"""The five languages of the own page, and the mark of those that nobody has read yet."""

import pytest

from relier.desk.own import languages
from tools import own_page
from tools.catalogues import own_page_catalogue, read
from tools.messages import ROOT


@pytest.fixture
def signed(tmp_path, monkeypatch):
    """Sign for one language as `reviews.toml` would: `signed("nl", texts)`."""

    def sign(language, texts):
        file = tmp_path / "reviews.toml"
        file.write_text(
            f'[[review]]\nlanguage = "{language}"\nwho = "Mieke"\non = 2026-11-26\n'
            f'texts = "{texts}"\n',
            encoding="utf-8",
        )
        monkeypatch.setattr(languages, "REVIEWS", file)
        languages.is_reviewed.cache_clear()

    yield sign
    languages.is_reviewed.cache_clear()


def test_the_page_speaks_what_the_catalogues_hold():
    assert set(own_page.LANGUAGES) == set(languages.TO_REVIEW)
    assert set(languages.NAMES) == {"fr", "en", *languages.TO_REVIEW}


@pytest.mark.parametrize("language", languages.TO_REVIEW)
def test_the_fingerprint_of_the_tool_is_that_of_the_page(language):
    catalogue = read(own_page_catalogue(ROOT, language))

    assert languages.compiled(language).exists(), "python tools/messages.py compile"
    assert languages.fingerprint(language) == own_page.fingerprint(catalogue)


@pytest.mark.parametrize("language", languages.TO_REVIEW)
def test_a_language_is_reviewed_when_someone_signed_for_these_very_texts(signed, language):
    signed(language, languages.fingerprint(language))
    assert languages.is_reviewed(language)

    signed(language, "0123456789abcdef")
    assert not languages.is_reviewed(language)


def test_french_and_english_are_ours_and_carry_no_mark():
    assert languages.is_reviewed("fr")
    assert languages.is_reviewed("en")


def test_one_text_changed_since_brings_the_mark_back(signed):
    catalogue = read(own_page_catalogue(ROOT, "nl"))
    catalogue[0].msgstr += "!"

    signed("nl", own_page.fingerprint(catalogue))

    assert not languages.is_reviewed("nl")


@pytest.mark.parametrize("language", languages.NAMES)
def test_the_mark_shows_exactly_where_nobody_has_signed(client, db, signed, language):
    client.cookies[languages.COOKIE] = language
    mark = {entry.msgid: entry.msgstr for entry in read(own_page_catalogue(ROOT, language))}.get(
        "No native speaker has checked this page yet.", "No native speaker"
    )

    signed(language, "")
    marked = mark in client.get("/me/").content.decode()
    assert marked == (language in languages.TO_REVIEW)

    signed(language, languages.fingerprint(language))
    assert mark not in client.get("/me/").content.decode()
