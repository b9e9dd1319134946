"""Which team follows a person, and who in it is their worker.

Files merged into one another are followed as one: what is decided about a team holds for each of
its followings in the file.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member, Team
from relier.journal import actions as journal
from relier.people import access
from relier.people.models import Following, Person

from .meanwhile import ChangedMeanwhile


@transaction.atomic
def follow(person: Person, *, team: Team, by: Actor, worker: Member | None = None) -> Following:
    """A team begins to follow someone. When it does already, nothing is added."""
    person = person.root
    known = Following.objects.open().filter(person=person, team=team).first()
    if known is not None and access.may_manage_following(by, known):
        return known
    access.require(access.may_give_to_team(by, person, team))
    if team.closed_on is not None:
        raise ValidationError(_("%(team)s is closed.") % {"team": team.name})
    check_worker(worker, team)
    following = Following(person=person, centre_id=person.centre_id, team=team, worker=worker)
    following.full_clean()
    following.save()
    journal.record("people.following_begun", following, by=by, subject=person.pk, team=team.pk)
    return following


@transaction.atomic
def stop_following(following: Following, *, by: Actor) -> Following:
    """The team no longer follows the person, in none of the files merged into theirs."""
    access.require(access.may_manage_following(by, following))
    today = timezone.localdate()
    stopped = _same_team(following).update(ended_on=today)
    following.refresh_from_db()
    if stopped:
        _record("people.following_ended", following, by=by)
    return following


@transaction.atomic
def hand_to_team(following: Following, *, team: Team, by: Actor) -> Following:
    """Another team follows the person instead of this one, from today."""
    access.require(access.may_steer(by) and access.may_manage_following(by, following))
    taken = follow(following.person, team=team, by=by)
    stop_following(following, by=by)
    return taken


@transaction.atomic
def set_worker(
    following: Following, *, worker: Member | None, by: Actor, shown: UUID | str | None = None
) -> Following:
    """Say who, in the team, is the person's worker; None: nobody for now.

    `shown`: the id of the worker that the page showed ("" for nobody). Where it is someone else
    by now, `ChangedMeanwhile` is raised and nothing changes; None asks for no such check.
    """
    following = Following.objects.select_for_update().get(pk=following.pk)
    access.require(access.may_manage_following(by, following))
    access.require(following.ended_on is None)
    check_worker(worker, following.team)
    if shown is not None and str(shown) != str(following.worker_id or ""):
        raise ChangedMeanwhile({"worker": following.worker})
    if following.worker_id != (worker.pk if worker else None):
        _same_team(following).update(worker=worker)
        following.refresh_from_db()
        _record("people.worker_set", following, by=by, worker=str(following.worker_id or ""))
    return following


def check_worker(worker: Member | None, team: Team) -> None:
    """A worker is an active member of the team that follows, or joins it for a time."""
    if worker is None:
        return
    if not access.working_in([team.pk]).filter(pk=worker.pk).exists():
        raise ValidationError(
            {"worker": _("%(name)s is not in this team.") % {"name": worker.name}}
        )


def _same_team(following: Following) -> QuerySet[Following]:
    """This team's open followings of the person, in every file of theirs."""
    root = following.person.root_id
    return Following.objects.open().filter(person__root=root, team=following.team_id)


def _record(kind: str, following: Following, *, by: Actor, **codes: Any) -> None:
    subject = following.person.root_id
    journal.record(kind, following, by=by, subject=subject, team=following.team_id, **codes)
