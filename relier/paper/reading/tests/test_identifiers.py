"""The identifier of a page: whole or nothing."""

import pytest
import segno

from relier.paper.reading import identifiers
from relier.paper.reading.identifiers import Seen


def test_it_comes_back_from_either_corner():
    one = identifiers.new_identifier()

    assert identifiers.read_payload(identifiers.payload(one, "A")) == Seen(one, "A")
    assert identifiers.read_payload(identifiers.payload(one, "B")) == Seen(one, "B")


def test_it_fits_the_smallest_code_at_a_quarter_of_correction():
    payload = identifiers.payload(identifiers.new_identifier(), "A")
    code = segno.make(payload, error="q", boost_error=False, micro=False)

    assert (code.version, code.error, code.mode) == (1, "Q", "alphanumeric")


@pytest.mark.parametrize(
    "text",
    ["", "HTTPS://AILLEURS", "2" + "0" * 15, "1" + "0" * 14 + "C", "1" * 16, "é" * 16, "1" * 5000],
)
def test_the_code_of_another_house_says_nothing(text):
    assert identifiers.read_payload(text) is None


def test_a_hand_copies_eight_letters():
    one = identifiers.new_identifier()
    short = identifiers.by_hand(one)

    assert identifiers.read_by_hand(identifiers.as_printed(short).lower()) == short
    assert short[:-1] == one[:7]
    assert identifiers.read_by_hand(short[::-1] + "A") is None
