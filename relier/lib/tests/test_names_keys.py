"""What is stored so that a name is found by any piece of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.lib.names import LONGEST_KEY, fragments, prefix_range, query_words, sound_keys
from relier.lib.names.keys import MOST_FRAGMENTS, MOST_QUERY_WORDS, MOST_SOUNDS
from relier.lib.tests.strategies import names, plain_names

ENDLESS = ["a" * 100_000, "ab " * 50_000, "王" * 100_000, "zhchkh" * 20_000, "\x00" * 100_000]


def found(typed: str, name: str) -> bool:
    """Whether a search for `typed` finds `name`, as the database would do it."""
    keys = [fragment.encode() for fragment in fragments(name)]
    ranges = [prefix_range(word) for word in query_words(typed)]
    return all(any(first <= key < end for key in keys) for first, end in ranges)


def test_fragments_are_the_endings_of_each_word():
    assert fragments("Aïcha Sy") == {"aicha", "icha", "cha", "ha", "sy"}


def test_a_name_of_one_letter_can_be_found():
    assert fragments("Ô") == {"o"}


def test_a_name_without_a_letter_has_no_keys():
    assert fragments(" -’\x00") == set()
    assert sound_keys(" -’\x00") == set()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("aic", "Aïcha Benali"),
        ("BENALI aïcha", "Aïcha Benali"),
        ("berg", "Jan van den Berghe"),
        ("vandenberghe", "Jan van den Berghe"),
        ("van den berghe", "Jan Vandenberghe"),
        ("benali", "Aïcha Ben Ali"),
        ("elamr", "Karim El Amrani"),
        ("ндіа", "Awa N'Diaye"),
        ("олен", "Olena Kovalenko"),
        ("olena", "Олена Коваленко"),
        ("محمد", "Mohamed Diallo"),
        ("d", "Awa Diallo"),
    ],
)
def test_a_piece_of_a_name_finds_it(typed, name):
    assert found(typed, name)


@pytest.mark.parametrize("typed", ["awb", "awa traoré", "allod", "diallo2"])
def test_what_is_not_in_the_name_does_not_find_it(typed):
    assert not found(typed, "Awa Diallo")


@settings(deadline=None)
@given(plain_names, st.data())
def test_any_piece_of_any_word_finds_the_name(name, data):
    word = data.draw(st.sampled_from(name.split()))
    start = data.draw(st.integers(0, len(word) - 2))
    end = data.draw(st.integers(start + 1, len(word)))

    assert found(word[start:end], name)


@settings(deadline=None)
@given(names, names)
def test_the_range_of_a_word_holds_what_begins_with_it_and_nothing_else(name, typed):
    for word in query_words(typed):
        first, end = prefix_range(word)
        for key in fragments(name):
            assert (first <= key.encode() < end) == key.startswith(word)


def test_an_empty_word_has_no_range():
    with pytest.raises(ValueError, match="empty"):
        prefix_range("")


def test_nothing_typed_is_nothing_to_look_for():
    assert query_words(" ' \u200b ") == []


def test_a_word_typed_twice_is_looked_for_once():
    assert query_words("Awa awa AWA diallo") == ["awa", "diallo"]


@settings(deadline=None)
@given(names)
def test_keys_fit_where_they_are_stored(name):
    for key in fragments(name) | sound_keys(name) | set(query_words(name)):
        assert 0 < len(key.encode()) <= LONGEST_KEY


@pytest.mark.parametrize("text", ENDLESS)
def test_an_endless_name_has_few_keys(text):
    assert len(fragments(text)) <= MOST_FRAGMENTS
    assert len(query_words(text)) <= MOST_QUERY_WORDS
    assert len(sound_keys(text)) <= MOST_SOUNDS


@settings(deadline=None)
@given(names)
def test_a_name_has_keys_if_and_only_if_it_has_words(name):
    assert bool(fragments(name)) == bool(query_words(name))
