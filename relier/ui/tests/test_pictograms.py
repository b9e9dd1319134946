"""Each pictogram has a word, and is only a shape that takes the colour around it."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template
from django.utils import translation

from relier.ui import pictograms

NAMES = sorted(pictograms.WORDS)
FILES = sorted(pictograms.FOLDER.glob("*.svg"))


def test_every_drawing_has_a_word_and_every_word_a_drawing():
    assert {file.stem for file in FILES} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_pictogram_is_a_shape_and_nothing_else(name):
    root = ET.fromstring((pictograms.FOLDER / f"{name}.svg").read_text("utf-8"))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    attributes = {attribute for element in root.iter() for attribute in element.attrib}

    assert tags == {"svg", "path"}
    assert not attributes & {"style", "class", "id", "width", "height"}
    assert not any(attribute.startswith("on") for attribute in attributes)
    assert root.get("viewBox")
    assert "currentColor" in (root.get("fill"), root.get("stroke"))


@pytest.mark.parametrize("name", NAMES)
def test_a_pictogram_has_a_french_word_of_its_own(name):
    with translation.override("fr"):
        word = pictograms.word(name)

    assert word
    assert not word.startswith("pictogram")


def test_the_words_are_translated():
    with translation.override("fr"):
        assert pictograms.word("waiting") == "En attente"
        assert pictograms.word("secrecy") == "Sous secret"


@pytest.mark.parametrize("name", NAMES)
def test_the_page_takes_a_pictogram_without_weight(name):
    assert len(pictograms.drawing(name)) < 6000
    assert "xmlns" not in pictograms.drawing(name)


def test_a_pictogram_is_silent_since_its_word_speaks():
    assert 'aria-hidden="true"' in pictograms.drawing("house")


def test_a_slip_in_a_name_is_seen_at_once():
    with pytest.raises(LookupError, match="hosue"):
        pictograms.drawing("hosue")


def test_a_word_given_stands_beside_the_picture_and_is_escaped():
    drawn = Template('{% load ui %}{% pictogram "phone" label %}').render(Context({"label": "a<b"}))

    assert drawn.endswith("<span>a&lt;b</span></span>")


def test_only_what_has_a_direction_turns_round():
    assert 'class="pictogram turns"' in pictograms.drawing("back")
    assert "turns" not in pictograms.drawing("house")


def test_every_pictogram_is_credited():
    credits_ = (pictograms.FOLDER / "CREDITS.md").read_text("utf-8")

    assert set(re.findall(r"^\| ([a-z-]+) \|", credits_, re.M)) - {"here"} == set(NAMES)
    assert len(list(pictograms.FOLDER.glob("LICENCE*"))) == 2
