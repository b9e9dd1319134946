"""A workshop of a team with a session today, at which someone is expected, its list on paper, and
what was said of it twice: what pages of training are about."""

from datetime import time
from uuid import uuid4

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.training.actions import coming_back, lists, presences, sessions
from relier.training.actions.presences import Took
from relier.training.models import Difference


def plant(person, member, team):
    """Planned by `member`, who is of the team and may name the person."""
    by, today = actor_of(member), timezone.localdate()
    workshop = sessions.open_workshop("Écrire un message", team=team, by=by)
    session = sessions.plan_session(
        workshop.name, day=today, starts_at=time(9), minutes=180, team=team, workshop=workshop,
        place="salle 2", trainers=[member], by=by,
    )  # fmt: skip
    expected = sessions.expect([person], workshop, from_on=today, by=by)
    return {
        "workshop": workshop,
        "training_session": session,
        "participation": expected[0],
        "presence_list": lists.print_list(session, by=by),
        "difference": said_otherwise(session, person, by),
    }


def said_otherwise(session, person, by):
    """Someone was there for an hour, and a device says that they were not."""
    presences.take_presence(session, {person: Took(60)}, by=by)
    said = coming_back.Said(person, Took(0), uuid4())
    coming_back.bring_back(session, [said], source=Difference.Source.DEVICE, by=by)
    return Difference.objects.get(session=session)
