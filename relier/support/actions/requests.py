"""Taking a request, correcting it, saying who it is from, passing it on, ending it.

The journal keeps codes and names of fields: the words of a request stay in the request, and
nothing in a line says whether it was urgent.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor, Kind
from relier.centres.models import Member, Team
from relier.centres.reach import reach_of
from relier.journal import actions as journal
from relier.journal.once import as_said, once
from relier.people.access import may_manage_following
from relier.people.actions import set_worker, stop_following
from relier.people.models import Following, Person
from relier.support import access
from relier.support.models import EarlierWords, HelpRequest, Reply
from relier.support.placing import open_followings
from relier.support.rules.changes import Changes, compare, my_words


class Overtaken(Exception):  # noqa: N818 — a word for what happened, not a fault
    """Someone else changed it while the page was open: nothing was kept, look again."""


def take(
    words: str,
    *,
    received_on: date,
    by: Actor,
    person: Person | None = None,
    team: Team | None = None,
    followed_by: Member | None = None,
    urgent: bool = False,
    form_key: UUID | None = None,
) -> HelpRequest:
    """Keep what someone asks. Who it is may be said later."""
    access.require(by.centre is not None and access.may_write_names(by))
    if person is not None:
        access.require(Person.objects.named_to(by).filter(pk=person.pk).exists())

    def keep(key: UUID) -> HelpRequest:
        request = HelpRequest(
            centre_id=by.centre,  # type: ignore[misc]  # asked just above
            words=words,
            team=team,
            followed_by=followed_by,
            urgent=urgent,
            heard_by_id=by.id,
            received_on=received_on,
            form_key=key,
        )
        if person is not None:
            _give(request, person.root, by=by)
        check_place(request, by=by)
        request.full_clean()
        request.save()
        journal.record("support.request_taken", request, by=by, subject=request.person_id)
        return request

    return once(HelpRequest.objects.filter(heard_by=by.id), form_key, keep, said={"words": words})


@transaction.atomic
def ask(person: Person, words: str, *, form_key: UUID, by: Actor) -> HelpRequest:
    """The person asks on their own page. It goes where what they ask always goes: to a team that
    follows them and to their worker; where there is none, it waits for the coordinator."""
    access.require(by.kind is Kind.PERSON and by.id in person.file_ids)

    def keep(key: UUID) -> HelpRequest:
        following = open_followings(person).order_by("started_on", "pk").first()
        worker = following.worker if following else None
        request = HelpRequest(
            centre_id=person.centre_id,
            person=person,
            words=words,
            team=following.team if following else None,
            followed_by=worker if worker and worker.left_on is None else None,
            received_on=timezone.localdate(),
            form_key=key,
        )
        request.full_clean()
        request.save()
        journal.record("support.request_asked", request, by=by, subject=person.pk)
        return request

    own = HelpRequest.objects.of_file(person).filter(heard_by=None)
    return once(own, form_key, keep, said={"words": words})


@transaction.atomic
def reply(request: HelpRequest, words: str, *, form_key: UUID, by: Actor) -> Reply:
    """Answer the person, on their own page. The request goes on until someone ends it."""
    access.require(access.may_see(by, request) and request.person_id is not None)

    def keep(key: UUID) -> Reply:
        said = Reply(request=request, words=words, author_id=by.id, form_key=key)
        said.full_clean()
        said.save()
        journal.record("support.request_replied", said, by=by, subject=request.person_id)
        return said

    own = Reply.objects.filter(request=request, author=by.id)
    return once(own, form_key, keep, said={"words": words})


@transaction.atomic
def attach(
    request: HelpRequest,
    *,
    to: Person,
    by: Actor,
    shown: UUID | None = None,
    end_following: bool = False,
) -> HelpRequest:
    """Say whose request it is, or that it is someone else's than was thought.

    `shown` is the person the page showed (None: nobody yet). `end_following` ends the following
    that naming the wrong person had begun.
    """
    request = _locked(request)
    access.require(access.may_see(by, request))
    # What someone wrote on their own page is nobody else's.
    access.require(request.heard_by_id is not None)
    access.require(Person.objects.named_to(by).filter(pk=to.pk).exists())
    if request.person and request.person.root_id == to.root_id:
        return request
    if request.person_id != shown:
        raise Overtaken
    before = request.person_id
    if before:
        journal.record("support.request_detached", request, by=by, subject=before)
        if end_following and request.began_following:
            stop_following(request.began_following, by=by)
        request.began_following = None
    _give(request, to.root, by=by)
    request.full_clean()
    request.save()
    journal.record("support.request_attached", request, by=by, subject=to.root_id)
    return request


@transaction.atomic
def correct(
    request: HelpRequest,
    *,
    typed: Mapping[str, Any],
    shown: Mapping[str, Any],
    by: Actor,
    form_key: UUID,
) -> Changes:
    """Say its words otherwise; what it said before stays readable behind it. Where someone else
    corrected them meanwhile, nothing is kept, and `both` says so."""
    request = _locked(request)
    access.require(access.may_see(by, request))
    before = EarlierWords.objects.filter(request=request, corrected_by=by.id, form_key=form_key)
    changes = compare(shown, typed, {"words": request.words})
    if before.exists():  # sent twice
        as_said(request, my_words(shown, typed))
        return replace(changes, both=frozenset())
    if changes.both or typed["words"] == request.words:
        return changes
    earlier = EarlierWords(
        request=request, words=request.words, corrected_by_id=by.id, form_key=form_key
    )
    earlier.full_clean()
    earlier.save()
    request.words = typed["words"]
    request.full_clean()
    request.save(update_fields=["words"])
    journal.record("support.request_corrected", request, by=by, subject=request.person_id)
    return changes


@transaction.atomic
def follow(
    request: HelpRequest, *, worker: Member | None, by: Actor, shown: UUID | None
) -> HelpRequest:
    """Say who follows it. Nobody: it waits for a worker again. `shown` is who did, on the page."""
    request = _locked(request)
    access.require(access.may_see(by, request))
    chosen = worker.pk if worker else None
    if request.followed_by_id == chosen:
        return request
    if request.followed_by_id != shown:
        raise Overtaken
    request.followed_by = worker
    check_place(request, by=by)
    request.save(update_fields=["followed_by"])
    journal.record(
        "support.request_passed_on", request, by=by, subject=request.person_id,
        worker=str(chosen or ""),
    )  # fmt: skip
    return request


@transaction.atomic
def let_wait(request: HelpRequest, *, by: Actor) -> HelpRequest:
    """The coordinator frees a request from someone who has left: it waits for a worker again.
    Nothing of what is asked is read."""
    access.require(access.may_steer(by) and request.centre_id == by.centre)
    request = _locked(request)
    follower = request.followed_by
    if follower is None or request.closed_on:
        raise Overtaken
    access.require(not Member.objects.active().filter(pk=follower.pk).exists())
    request.followed_by = None
    request.save(update_fields=["followed_by"])
    journal.record("support.request_waits_again", request, by=by, subject=request.person_id)
    return request


@transaction.atomic
def say_urgent(request: HelpRequest, *, urgent: bool, by: Actor) -> HelpRequest:
    """Those not bound may hand it over as urgent; only those bound know whether it is, and
    may say that it no longer is."""
    request = _locked(request)
    access.require(access.may_see(by, request))
    access.require(urgent or by.bound)
    HelpRequest.objects.filter(pk=request.pk).update(urgent=urgent)
    journal.record("support.request_urgency_said", request, by=by, subject=request.person_id)
    return request


@transaction.atomic
def close(request: HelpRequest, *, outcome: str, by: Actor) -> HelpRequest:
    """End it, with how it ended if someone wishes to say. Sent twice, it ends once."""
    request = _locked(request)
    access.require(access.may_see(by, request))
    if request.closed_on:
        if outcome in ("", request.outcome):
            return request
        raise Overtaken
    request.closed_on, request.outcome = timezone.localdate(), outcome
    request.full_clean()
    request.save(update_fields=["closed_on", "outcome"])
    journal.record("support.request_closed", request, by=by, subject=request.person_id)
    return request


@transaction.atomic
def reopen(request: HelpRequest, *, by: Actor) -> HelpRequest:
    """It goes on after all. How it had ended is kept, to be said again or differently."""
    request = _locked(request)
    access.require(access.may_see(by, request))
    if request.closed_on:
        request.closed_on = None
        request.save(update_fields=["closed_on"])
        journal.record("support.request_reopened", request, by=by, subject=request.person_id)
    return request


@transaction.atomic
def assign(request: HelpRequest, *, team: Team, worker: Member | None, by: Actor) -> HelpRequest:
    """The coordinator gives a waiting request to a team, and to a worker if there is one. The
    team then follows the person. Nothing of what is asked is read."""
    access.require(access.may_steer(by) and request.centre_id == by.centre)
    request = _locked(request)
    if request.closed_on or request.followed_by_id:
        raise Overtaken
    request.team, request.followed_by = team, worker
    if request.person:
        begun = _begin(request.person.root, team, worker, by=by)
        request.began_following = begun or request.began_following
    check_place(request, by=by)
    request.save(update_fields=["team", "followed_by", "began_following"])
    journal.record(
        "support.request_assigned", request, by=by, subject=request.person_id,
        team=team.pk, worker=str(worker.pk if worker else ""),
    )  # fmt: skip
    return request


# --- whom it goes to ---------------------------------------------------------------------------


def check_place(request: HelpRequest, *, by: Actor) -> None:
    """The team is of this centre, and the worker will be able to read what they follow."""
    if request.team and request.team.centre_id != by.centre:
        raise ValidationError(_("This team is not of your centre."))
    worker = request.followed_by
    if worker is None:
        return
    heard_it = worker.pk == by.id and request.person is None
    if worker.centre_id != by.centre or not (works_in(worker, readers(request)) or heard_it):
        raise ValidationError(
            _("%(name)s works in no team that would read this request.") % {"name": worker.name}
        )


def readers(request: HelpRequest) -> set[int | None]:
    """The teams that read a request: those that follow its person, or its own until then."""
    if request.person is None:
        return {request.team_id}
    return {following.team_id for following in open_followings(request.person)}


def works_in(worker: Member, teams: set[int | None]) -> bool:
    return bool(reach_of(worker.pk).teams & teams)


def _give(request: HelpRequest, person: Person, *, by: Actor) -> None:
    """The request becomes this person's. Where nobody follows them, its team begins to. Where
    others do, they read it; another team stays named on it, for the coordinator to decide."""
    request.person = person
    team = request.team
    if team and access.may_begin_following(by, person, team):
        request.began_following = _begin(person, team, request.followed_by, by=by)
    if request.followed_by and not works_in(request.followed_by, readers(request)):
        # They could not read it: it waits for someone who can, and the page says so.
        request.followed_by = None


def _begin(person: Person, team: Team, worker: Member | None, *, by: Actor) -> Following | None:
    """The team follows the person from today, with this worker if it is theirs; None if it
    already did."""
    mine = worker if worker and works_in(worker, {team.pk}) else None
    # Two requests named at the same moment: the second waits, and finds the following.
    Person.objects.select_for_update().get(pk=person.pk)
    known = Following.objects.open().filter(person=person, team=team).first()
    if known is None:
        following = Following(person=person, centre_id=person.centre_id, team=team, worker=mine)
        following.full_clean()
        following.save()
        journal.record("people.following_begun", following, by=by, subject=person.pk, team=team.pk)
        return following
    if mine and known.worker_id is None and may_manage_following(by, known):
        set_worker(known, worker=mine, by=by)
    return None


def _locked(request: HelpRequest) -> HelpRequest:
    """The row as it is now, held until the end of the deed."""
    return HelpRequest.objects.select_for_update().get(pk=request.pk)
