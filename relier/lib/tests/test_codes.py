"""Codes that a hand copies: read as they were meant, and a slip known as one."""

from itertools import pairwise

import pytest

from relier.lib import codes
from relier.lib.keyring import ALPHABET


def test_a_code_is_read_as_it_was_meant():
    code = codes.with_check("10VQK3M")
    typed = codes.in_groups(code, 4).lower().replace("1", "l").replace("0", "o")

    assert codes.read(f"  {typed} ", 8) == code


@pytest.mark.parametrize("text", ["", "é", "7K3M", "7K3M-Q9XT-1", "*" * 8, "x" * 1000, "\x00" * 8])
def test_what_cannot_be_a_code_is_none(text):
    assert codes.read(text, 8) is None


def test_any_letter_read_wrong_is_known():
    code = codes.with_check(codes.draw(13))

    for place in range(len(code)):
        for letter in ALPHABET.replace(code[place], ""):
            assert not codes.is_whole(code[:place] + letter + code[place + 1 :])


def test_two_letters_that_changed_places_are_known():
    code = codes.with_check("7K3MQ9XT2HFD8")

    for first, second in pairwise(range(len(code))):
        swapped = list(code)
        swapped[first], swapped[second] = code[second], code[first]
        assert codes.is_whole("".join(swapped)) == (code[first] == code[second])
