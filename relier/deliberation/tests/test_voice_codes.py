"""The code of a voice card: whole, unguessable, of its key, and leading to its receipt alone."""

import pytest

from relier.deliberation.rules import codes
from relier.lib.keyring import CARDS, Key
from relier.privacy import cards as of_people

KEY = Key(CARDS, "00000001", "2026-11-26T12:00:00+00:00", bytes(range(32)))
OTHER = Key(CARDS, "00000002", "2026-11-26T12:00:00+00:00", bytes(32))
SEED = bytes(range(16))


def test_a_seed_gives_the_same_codes_again_and_another_seed_others():
    once, again = (codes.codes_of(KEY, SEED, 40) for _ in range(2))

    assert once == again
    assert len(set(once)) == 40
    assert not set(once) & set(codes.codes_of(KEY, bytes(16), 40))
    assert not set(once) & set(codes.codes_of(OTHER, SEED, 40))


def test_a_code_is_read_as_a_hand_writes_it():
    code = codes.new_code(KEY, SEED)

    assert codes.read_code(codes.in_groups(code).lower()) == code
    assert codes.read_code(code.replace("0", "O").replace("1", "l")) == code
    assert codes.read_code(code[:-1]) is None


def test_the_key_that_made_a_code_is_found_when_keys_have_turned():
    code = codes.new_code(KEY, SEED)

    assert codes.key_of(code, [OTHER, KEY]) is KEY
    assert codes.key_of(code, [OTHER]) is None


def test_a_seed_is_long_enough():
    with pytest.raises(ValueError, match="16"):
        codes.new_code(KEY, b"short")


def test_a_code_has_55_drawn_bits_and_its_receipt_50():
    assert codes.BITS == 55
    assert len(codes.receipt_of(KEY, codes.new_code(KEY, SEED))) == 10


def test_a_card_of_a_person_opens_no_question_and_the_other_way_round():
    of_a_person = of_people.new_code(KEY, SEED)
    of_a_voice = codes.new_code(KEY, SEED)

    assert of_a_person != of_a_voice
    assert codes.key_of(of_a_person, [KEY]) is None
    assert of_people.key_of(of_a_voice, [KEY]) is None
    assert codes.code_mac(KEY, of_a_voice) != of_people.code_mac(KEY, of_a_voice)


def test_a_receipt_is_no_part_of_what_the_table_of_cards_holds():
    code = codes.new_code(KEY, SEED)

    assert codes.receipt_of(KEY, code) not in codes.code_mac(KEY, code).upper()
    assert codes.receipt_of(KEY, code) not in code
