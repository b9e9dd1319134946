"""The colours are measured in the stylesheet itself."""

import pytest

from relier.ui import tokens

THEMES = tokens.colours()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", tokens.GROUNDS)
@pytest.mark.parametrize("name", tokens.TEXTS)
def test_every_colour_of_writing_reads_at_seven_to_one(theme, ground, name):
    found = THEMES[theme]

    assert tokens.contrast(found[name], found[ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", tokens.GROUNDS)
def test_the_border_of_a_control_is_seen_at_three_to_one(theme, ground):
    found = THEMES[theme]

    assert tokens.contrast(found["line"], found[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_colours_of_the_focus_ring_part_from_each_other_and_from_the_main_button(theme):
    found = THEMES[theme]

    assert tokens.contrast(found["ink"], found["paper"]) >= 7
    assert tokens.contrast(found["paper"], found["teal"]) >= 3


def test_black_on_white_is_twenty_one_to_one():
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_order_of_two_colours_does_not_change_their_contrast():
    assert tokens.contrast("#0a5048", "#fbfaf6") == tokens.contrast("#fbfaf6", "#0a5048")


def test_night_has_a_colour_of_its_own_for_every_colour_of_day():
    day, night = THEMES["light"], THEMES["dark"]

    assert {name for name in day if day[name] == night[name]} == set()
