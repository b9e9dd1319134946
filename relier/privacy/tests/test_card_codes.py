"""The code of a card, as plain values: how it is made, copied, misread and forged."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relier.lib.keyring import ALPHABET, CARDS, Key
from relier.privacy import cards

KEY = Key(CARDS, "00000001", "2026-11-26T12:00:00+00:00", bytes(range(32)))
OTHER_KEY = Key(CARDS, "00000002", "2026-11-26T12:00:00+00:00", bytes(32))
CODE = cards.new_code(KEY, b"0123456789abcdef")


def test_a_code_holds_more_than_fifty_bits_that_nobody_can_guess():
    drawn = {cards.new_code(KEY, secrets.token_bytes(16))[: cards.RANDOM] for _ in range(2000)}

    assert cards.BITS >= 50
    assert len(drawn) == 2000
    for place in range(cards.RANDOM):
        assert {one[place] for one in drawn} == set(ALPHABET)


def test_the_same_seed_gives_the_same_code_and_another_key_another_one():
    seed = b"0123456789abcdef"

    assert cards.new_code(KEY, seed) == CODE
    assert cards.new_code(OTHER_KEY, seed) != CODE


def test_a_seed_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match="16"):
        cards.new_code(KEY, b"short")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        cards.in_groups(CODE),
        CODE.lower(),
        f"  {cards.in_groups(CODE).replace('-', ' ')}\n",
        CODE.replace("0", "O").replace("1", "l"),
        CODE.replace("0", "o").replace("1", "I").replace("V", "u"),
        "".join(chr(ord(letter) + 0xFEE0) for letter in CODE),
        cards.in_groups(CODE).replace("-", "–"),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed):
    assert cards.read_code(typed) == CODE


@given(place=st.integers(0, cards.LENGTH - 1), other=st.sampled_from(ALPHABET))
def test_one_letter_read_wrong_is_known_as_a_slip(place, other):
    wrong = CODE[:place] + other + CODE[place + 1 :]

    assert (cards.read_code(wrong) is None) == (wrong != CODE)


@given(one=st.integers(0, cards.LENGTH - 2), other=st.integers(0, cards.LENGTH - 2))
def test_two_letters_that_changed_places_are_known_as_a_slip(one, other):
    letters = list(CODE)
    letters[one], letters[other] = letters[other], letters[one]
    swapped = "".join(letters)

    assert (cards.read_code(swapped) is None) == (swapped != CODE)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_and_never_breaks(typed):
    read = cards.read_code(typed)

    assert read is None or (len(read) == cards.LENGTH and set(read) <= set(ALPHABET))


@pytest.mark.parametrize("typed", ["", "A" * 100_000, "١٢٣٤٥٦٧٨٩٠١٢٣٤٥", "\x00" * 15, "😀" * 15])
def test_what_is_no_code_is_not_read(typed):
    assert cards.read_code(typed) is None


def test_a_code_is_known_under_the_key_that_made_it_and_under_no_other():
    assert cards.key_of(CODE, [OTHER_KEY, KEY]) is KEY
    assert cards.key_of(CODE, []) is None


def test_a_forged_code_passes_once_in_thirty_thousand():
    forged = [cards.new_code(OTHER_KEY, secrets.token_bytes(16)) for _ in range(60_000)]

    passed = sum(cards.key_of(code, [KEY]) is not None for code in forged)

    # Two are expected; twenty would come once in ten thousand million million runs.
    assert passed < 20


def test_what_the_database_holds_says_nothing_of_the_code():
    assert CODE not in cards.code_mac(KEY, CODE)
    assert cards.code_mac(KEY, CODE) != cards.code_mac(OTHER_KEY, CODE)
