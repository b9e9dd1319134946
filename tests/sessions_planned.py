"""A workshop of a team with a session today, at which someone is expected: what pages of training
are about."""

from datetime import time

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.training.actions import sessions


def plant(person, member, team):
    """Planned by `member`, who is of the team and may name the person."""
    by, today = actor_of(member), timezone.localdate()
    workshop = sessions.open_workshop("Écrire un message", team=team, by=by)
    session = sessions.plan_session(
        workshop.name, day=today, starts_at=time(9), minutes=180, team=team, workshop=workshop,
        place="salle 2", trainers=[member], by=by,
    )  # fmt: skip
    expected = sessions.expect([person], workshop, from_on=today, by=by)
    return {"workshop": workshop, "training_session": session, "participation": expected[0]}
