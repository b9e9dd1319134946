"""The page of patterns shows every piece, in both languages. A browser looks at it in
tests/browser/test_patterns.py."""

import gzip
import re

import pytest
from django.template import engines

from relier.ui import pictograms
from relier.ui.templatetags import ui as tags

FACES = [(lang, path) for lang in ("fr", "en") for path in ("/patterns/", "/patterns/?page=person")]


def test_every_pictogram_stands_on_the_page(page):
    html = page()

    assert [name for name in pictograms.WORDS if f"<small>{name}</small>" not in html] == []


def test_every_tag_is_used_on_a_page_of_patterns():
    own = engines["django"]
    sources = [
        own.get_template(f"ui/{name}.html").template.source
        for name in ("patterns", "patterns_person", "person")
    ]
    used = set(re.findall(r"{% (\w+)", "".join(sources)))

    assert set(tags.register.tags) <= used


@pytest.mark.parametrize(("language", "path"), FACES)
def test_nothing_on_the_page_breaks_the_content_policy(page, language, path):
    html = page(language, path)

    assert not re.search(r"<script|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


def test_french_and_english_show_different_words(page):
    assert "Avant un geste qui compte" in page("fr")
    assert "Before a deed that weighs" in page("en")


def test_no_id_of_the_page_stands_twice(page):
    ids = re.findall(r' id="([^"]+)"', page())

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_question_to_a_person_with_its_style_fits_in_one_breath(page, language):
    html = page(language, "/patterns/?page=person")

    assert len(gzip.compress(html.encode())) <= 10_240
