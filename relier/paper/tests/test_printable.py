"""Any text becomes something our faces can draw, and nothing is changed without need."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.paper import faces
from relier.paper.printable import beyond_latin, printable

from .samples import document


@pytest.mark.parametrize(
    "text",
    [
        "#import *x* $y$ <b>",
        "Élodie d’Œil",
        "Шевченко",
        "محمد",
        "👨\u200d👩\u200d👧 ☎\ufe0f",
        "a\nb",
        "",
    ],
)
def test_what_can_be_drawn_is_left_as_it_is(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("12\u202f€", "12\u00a0€"),
        ("e-mail\u2011ci", "e-mail\u2060-\u2060ci"),
        ("☐ payer", "◻ payer"),
        ("e\u0301", "é"),
        ("\ufeffAwa\x00\x07", "Awa"),
        ("漢字", "��"),
        ("Awa\ud800", "Awa�"),
        ("\u0301Awa", "�Awa"),
    ],
)
def test_what_cannot_is_changed_and_shows_it(written, drawn):
    assert printable(written) == drawn


def test_marks_that_turn_a_line_round_are_dropped():
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"

    assert printable(f"le 24{turning} mars") == "le 24 mars"


def test_a_mark_that_the_face_of_its_letter_lacks_is_replaced():
    assert printable("😀\u0301") == "😀�"


def test_letters_beyond_the_latin_face_are_found_once_in_order():
    assert beyond_latin("Ян, Янь et Zoé") == "Янь"


@given(st.text())
def test_all_that_is_left_is_drawn_or_obeyed(text):
    obeyed = "\n\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f"

    assert all(ord(char) in faces.drawn() or char in obeyed for char in printable(text))


@given(st.text())
def test_it_is_done_once_and_for_all(text):
    once = printable(text)

    assert printable(once) == once
    assert unicodedata.is_normalized("NFC", once)


SCRIPTS = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F),
        st.sampled_from("\u0301\u0323\u20e3\u200d\ufe0f\u00ad🏽🇧🇪😀👩1#*"),
        st.characters(min_codepoint=0x300, max_codepoint=0x77F),
        st.characters(),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(SCRIPTS)
def test_no_text_at_all_stops_a_page(text):
    assert document(paragraphs=[text, {"points": [text]}]).startswith(b"%PDF")
