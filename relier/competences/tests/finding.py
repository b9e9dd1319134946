"""Positionings to test with: begun, answered, kept. Words are those of the actions."""

from datetime import date

from relier.competences.actions import positionings as actions
from relier.competences.models import Positioning
from tests import factories as make

ON = date(2026, 11, 20)


def begun(person, member, **more):
    """Asking has begun, on the screen, in English."""
    given = {"channel": "screen", "language": "en", "by": make.actor(member), **more}
    return actions.begin(person, **given)


def say(positioning, item, says, member=None):
    author = make.actor(member or positioning.author)
    return actions.answer(positioning, item, says, by=author)


def kept(person, member, said=None, **more):
    """Noted on one page and kept: `said` is item -> answer."""
    given = {
        "channel": "page", "evidence": "felt", "language": "en", "on": ON,
        "by": make.actor(member), **more,
    }  # fmt: skip
    said = {"send-message": "yes", "send-photo": "could_learn"} if said is None else said
    return actions.note_on_a_page(person, said, **given)


def shared(person, member, said=None, **more):
    return actions.share(kept(person, member, said, **more), by=make.actor(member))


def answers(positioning):
    return Positioning.objects.get(pk=positioning.pk).answers.all().standing()
