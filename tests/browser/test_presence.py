"""Presence of a session in a noisy room: twelve people, on the smallest telephone, without any
script, and with the keyboard alone."""

from datetime import time

import pytest
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import pgettext

from relier.training.actions import sessions
from relier.training.models import LedgerEntry, Presence
from relier.training.tests import stories

from .hands import Hands, Keyboard

pytestmark = pytest.mark.browser

# Whoever reads the name of someone, looks up, and touches a screen takes about six seconds; an hour
# that is typed is one gesture of them.
SECONDS_A_GESTURE = 6
AT_MOST = 90
NAMES = [
    "Abdou", "Bintou", "Cem", "Dina", "Elif", "Fatou", "Goran", "Hawa", "Ivana", "Jean", "Kadija",
    "Lino",
]  # fmt: skip


@pytest.fixture
def twelve(house):
    """Twelve people of a track, expected at a session of six hours today."""
    training = stories.begin(house)
    people = [training.another().person for _name in NAMES]
    for person, name in zip(people, NAMES, strict=True):
        person.call_name, person.family_name = name, ""
        person.save()
    training.planned = sessions.plan_session(
        "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=360, by=training.bram,
        team=house.team, track=training.track,
    )  # fmt: skip
    sessions.expect(people, training.planned, from_on=training.planned.day, by=training.bram)
    return training


def says(hands: Hands, name: str, how: str) -> None:
    """One of the four choices of someone's line."""
    line = hands.page.get_by_role("radiogroup", name=name, exact=True)
    with translation.override(hands.language):
        said = pgettext("presence", how)
    choice = line.get_by_label(capfirst(said), exact=True)
    hands.gestures += 1
    hands.tick(choice)


def lasts(hands: Hands, name: str, hours: str) -> None:
    """Their own hours, written in the field that holds the length of the session."""
    hands.gestures += 1
    hands.type(hands.page.get_by_label(f"{hands.say('How long')} {name}", exact=True), hours)


def takes_presence_of_twelve(hands: Hands) -> None:
    """14 gestures: the page is opened (1); 3 are at a distance, 2 both, 2 not here, 1 here for a
    part (8); 4 have their own hours (4); one button keeps all that, and the 4 others as here
    for the whole session (1). At six seconds each, 84 seconds."""
    hands.follow("Take presence")
    says(hands, "Abdou", "at a distance")
    lasts(hands, "Abdou", "1h30")
    says(hands, "Cem", "at a distance")
    says(hands, "Dina", "at a distance")
    lasts(hands, "Dina", "4:00")
    says(hands, "Elif", "both")
    says(hands, "Goran", "both")
    lasts(hands, "Goran", "90")
    says(hands, "Hawa", "not here")
    says(hands, "Ivana", "not here")
    says(hands, "Lino", "here")
    lasts(hands, "Lino", "3")
    hands.press("Keep, and the others were here")


EXPECTED = {
    "Abdou": ("remote", 90, 0), "Bintou": ("in_person", 360, 0), "Cem": ("remote", 360, 0),
    "Dina": ("remote", 240, 0), "Elif": ("hybrid", 360, 0), "Fatou": ("in_person", 360, 0),
    "Goran": ("hybrid", 90, 0), "Hawa": ("in_person", 0, 360), "Ivana": ("in_person", 0, 360),
    "Jean": ("in_person", 360, 0), "Kadija": ("in_person", 360, 0), "Lino": ("in_person", 180, 0),
}  # fmt: skip


def kept(session):
    rows = Presence.objects.current().filter(session=session).select_related("person")
    return {row.person.call_name: (row.modality, row.minutes, row.missed) for row in rows}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("hands", [Hands, Keyboard])
def test_twelve_people_are_written_down_in_ninety_seconds_on_the_smallest_telephone(
    house, twelve, window_of, language, hands
):
    window = window_of(house.bram, language, width=320, java_script_enabled=False)
    bram = hands(window, language)
    bram.page.goto(f"/training/sessions/{twelve.planned.pk}/")

    takes_presence_of_twelve(bram)

    assert kept(twelve.planned) == EXPECTED
    assert bram.gestures * SECONDS_A_GESTURE <= AT_MOST, bram.gestures
    bram.sees("Put back as before")
    followed = sum(minutes for _how, minutes, _missed in EXPECTED.values())
    assert sum(row.minutes for row in LedgerEntry.objects.filter(account=1)) == followed


def test_everybody_was_here_is_one_touch_and_is_put_back_in_one(house, twelve, window_of):
    window = window_of(house.bram, "fr", width=320, java_script_enabled=False)
    bram = Hands(window, "fr")
    bram.page.goto(f"/training/sessions/{twelve.planned.pk}/presence/")

    bram.press("Everybody was here")
    assert set(kept(twelve.planned).values()) == {("in_person", 360, 0)}
    bram.press("Put back as before")

    assert set(kept(twelve.planned).values()) == {("in_person", 0, 0)}
    assert bram.gestures == 2


def test_someone_who_was_not_expected_is_added_and_nothing_that_was_typed_is_lost(
    house, twelve, window_of
):
    window = window_of(house.bram, "fr", width=320, java_script_enabled=False)
    bram = Hands(window, "fr")
    bram.page.goto(f"/training/sessions/{twelve.planned.pk}/presence/")

    says(bram, "Abdou", "at a distance")
    bram.unfold("Someone else came")
    bram.write("Their name", "Awa")
    bram.press("Find")
    bram.press("Add %(name)s", name="Awa Diallo")
    says(bram, "Awa Diallo", "here")
    bram.press("Keep")

    assert kept(twelve.planned) == {"Abdou": ("remote", 360, 0), "Awa": ("in_person", 360, 0)}
