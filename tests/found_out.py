"""Positionings to walk by: one of each kind, made by the deeds that the pages do."""

from datetime import timedelta

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.competences.actions import positionings as actions
from relier.competences.models import Positioning
from relier.people.models import Person

SAID = ["yes", "could_learn", "no_need", "yes", "unclear", "rather_not"]
# What stands in them and nowhere else, for the tests that look for it.
HELPER, SEEN = "helper-of-a-positioning", "seen-in-a-positioning"


def plant(person: Person, member: Member, *, language: str = "fr") -> dict[str, Positioning]:
    """`positioning` on the screen, to go on with and shared; `spoken`, not read back yet; `noted`
    afterwards, a week before."""
    by = actor_of(member)
    on_screen = actions.begin(person, channel="screen", language=language, by=by)
    for says in SAID:
        on_screen = actions.answer(on_screen, on_screen.next_item, says, by=by)
    spoken = actions.begin(person, channel="voice", language=language, helper=HELPER, by=by)
    spoken = actions.answer(spoken, spoken.next_item, "yes", by=by)
    noted = actions.note_on_a_page(
        person,
        {"send-photo": "yes", "call": "could_learn"},
        channel="afterwards",
        evidence="observed",
        language=language,
        on=timezone.localdate() - timedelta(days=7),
        seen=SEEN,
        by=by,
    )
    return {
        "positioning": actions.share(on_screen, by=by),
        "spoken": spoken,
        "noted": noted,
    }
