"""Logging and correcting an intervention; asking for a moment apart, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Member, Team
from relier.journal import actions as journal
from relier.journal.once import as_said, once
from relier.people.actions import usual_audience
from relier.people.models import Audience, Person
from relier.support import access
from relier.support.models import Intervention, MomentApart
from relier.support.rules.changes import compare, joined, my_words

from .mandates import done_online


@transaction.atomic
def log_intervention(
    person: Person | None,
    *,
    words: str,
    by: Actor,
    on: date,
    audience: str = "",
    kind: str = "",
    channel: str = "",
    minutes: int | None = None,
    themes: list[str] | None = None,
    redirected_to: str = "",
    acted: str = "",
    family: str = "",
    form_key: UUID | None = None,
) -> Intervention:
    """Keep what was done, with someone or behind the scenes (`person` is None). `acted` and
    `family`: in whose name something was done online, and for what (see `done_online`)."""
    access.require(access.is_member(by))
    root = _writable(person, by)
    details = {
        "audience": _audience(root, audience, by),
        "on": on,
        "kind": kind,
        "channel": channel,
        "minutes": minutes,
        "themes": themes or [],
        "redirected_to": redirected_to,
        "words": words,
        **done_online(root, acted=acted, family=family, on=on),
    }

    def keep(key: UUID) -> Intervention:
        done = Intervention(**details, person=root, author_id=by.id, form_key=key)
        done.full_clean(exclude=["form_key"])  # `once` asks the database
        done.save()
        journal.record("support.intervention_logged", done, by=by, subject=done.person_id)
        return done

    return once(Intervention.objects.filter(author=by.id), form_key, keep, said={"words": words})


def _writable(person: Person | None, by: Actor) -> Person | None:
    """The file to write in: the one that is kept, if two were merged."""
    if person is None:
        return None
    access.require(access.may_open_file(by, person))
    return person.root


def _audience(person: Person | None, asked: str, by: Actor) -> str:
    """Nobody but its author reads what is about nobody; secrecy is the default of those bound."""
    if person is None:
        return ""
    return asked or usual_audience(by)


@dataclass(frozen=True)
class Corrected:
    """The correction, and what a colleague had corrected meanwhile (fields both had changed)."""

    intervention: Intervention
    meanwhile: Intervention | None = None
    both: frozenset[str] = field(default_factory=frozenset)


@transaction.atomic
def correct_intervention(
    intervention: Intervention,
    *,
    typed: Mapping[str, Any],
    shown: Mapping[str, Any],
    by: Actor,
    form_key: UUID,
) -> Corrected:
    """Keep a new version beside the others. What a colleague corrected meanwhile is kept too:
    their fields stand where this correction left them alone, their version stays in the history.
    """
    access.require(access.may_see(by, intervention))
    chain = _chain(intervention)
    known = next((version for version in chain if version.form_key == form_key), None)
    if known is not None:
        return Corrected(as_said(known, my_words(shown, typed)))
    last = chain[-1]
    access.require(access.may_see(by, last))
    here = {name: getattr(last, name) for name in typed}
    changes = compare(shown, typed, here)
    kept = joined(changes, typed, here)
    if "audience" in changes.both and Audience.SECRECY in (typed["audience"], here["audience"]):
        kept["audience"] = Audience.SECRECY
    if changes.mine:
        last = _replace(chain, kept, by=by, form_key=form_key, fields=changes.mine)
    # What stood above the version they were shown was written while they were writing.
    seen = chain.index(intervention)
    meanwhile = chain[-1] if chain[-1] != chain[seen] else None
    return Corrected(last, meanwhile, changes.both)


def _chain(intervention: Intervention) -> list[Intervention]:
    """Every version, the first one first. The first is locked, so that two corrections come in
    turn, and only then are the others looked for."""
    first = intervention.first_id or intervention.pk
    Intervention.objects.select_for_update().get(pk=first)
    return list(Intervention.objects.versions_of(intervention).select_related("person"))


def _replace(
    chain: list[Intervention],
    kept: dict[str, Any],
    *,
    by: Actor,
    form_key: UUID,
    fields: frozenset[str],
) -> Intervention:
    last = chain[-1]
    # Who wrote in a file before may go on correcting there; a new file must be theirs to write in.
    person = last.person if kept["person"] == last.person else _writable(kept["person"], by)
    audience = _audience(person, kept["audience"], by)
    done = done_online(person, acted=kept["acted"], family=kept["family"], on=kept["on"])
    new = Intervention(
        **{**kept, **done, "person": person, "audience": audience},
        author_id=by.id,
        replaces=last,
        first=chain[0],
        form_key=form_key,
    )
    new.full_clean()
    new.save()
    _take_along(chain, new, by=by)
    journal.record(
        "support.intervention_corrected", new, by=by, subject=new.person_id, fields=sorted(fields)
    )
    return new


def _take_along(chain: list[Intervention], new: Intervention, *, by: Actor) -> None:
    """Closing closes the earlier versions too. And what was logged on the wrong person leaves
    that file altogether: else it would be handed over, one day, to someone it was never about.
    """
    earlier = Intervention.objects.filter(pk__in=[version.pk for version in chain])
    before = chain[-1].person_id
    if new.person_id != before:
        earlier.update(person=new.person_id, audience=Audience.SECRECY if new.person_id else "")
        journal.record("support.intervention_moved", new, by=by, subject=before)
    elif new.audience == Audience.SECRECY:
        earlier.update(audience=Audience.SECRECY)


# --- a moment apart ----------------------------------------------------------------------------


SAME_GESTURE = timedelta(minutes=1)


def ask_moment(*, by: Actor, form_key: UUID | None = None) -> MomentApart:
    """Ask now, for the author's first team; without a team, for the whole centre.

    A button without a key (a page kept open since before) may be pressed twice: asked again
    within a minute, it is the same moment.
    """
    access.require(access.is_member(by))
    if form_key is None:
        just_asked = MomentApart.objects.open().filter(
            asked_by=by.id, asked_at__gt=timezone.now() - SAME_GESTURE
        )
        if moment := just_asked.first():
            return moment

    def keep(key: UUID) -> MomentApart:
        moment = MomentApart(
            centre_id=by.centre,  # type: ignore[misc]  # a member of a centre, asked above
            team=Team.objects.filter(pk__in=by.teams).first(),
            asked_by_id=by.id,
            asked_at=timezone.now(),
            form_key=key,
        )
        moment.save()
        journal.record("support.moment_asked", moment, by=by)
        return moment

    with transaction.atomic():
        return once(MomentApart.objects.filter(asked_by=by.id), form_key, keep)


@transaction.atomic
def name_moment(moment: MomentApart, person: Person, *, by: Actor) -> MomentApart:
    """Say for whom: whoever asked, or someone bound. The one who is not bound hands it over."""
    access.require(access.may_see(by, moment) and (by.bound or moment.asked_by_id == by.id))
    access.require(access.may_open_file(by, person))
    moment.person_id = person.root_id
    moment.save(update_fields=["person"])
    journal.record("support.moment_named", moment, by=by, subject=person.root_id)
    return moment


@transaction.atomic
def move_moment(moment: MomentApart, team: Team, *, by: Actor) -> MomentApart:
    """Ask another of one's own teams."""
    access.require(access.may_see(by, moment) and moment.asked_by_id == by.id)
    access.require(team.pk in by.teams)
    moment.team = team
    moment.save(update_fields=["team"])
    journal.record("support.moment_moved", moment, by=by)
    return moment


@transaction.atomic
def take_moment(moment: MomentApart, *, by: Actor) -> MomentApart:
    """Take over. Two at once: the first has it, and the second finds who, in what comes back."""
    access.require(by.bound and access.may_see(by, moment))
    taken = MomentApart.objects.filter(pk=moment.pk, taken_at=None).update(
        taken_by=by.id, taken_at=timezone.now()
    )
    moment.refresh_from_db()
    if taken:
        journal.record("support.moment_taken", moment, by=by, subject=moment.person_id)
    return moment


@transaction.atomic
def give_moment_back(moment: MomentApart, *, by: Actor) -> MomentApart:
    """Nobody has it any more: anyone bound may give it back, should a colleague be away; and the
    coordinator, when the colleague has left."""
    bound = by.bound and access.may_see(by, moment)
    access.require(bound or (access.may_steer(by) and _was_left(moment, by)))
    if moment.taken_at:
        moment.taken_by, moment.taken_at = None, None
        moment.save(update_fields=["taken_by", "taken_at"])
        journal.record("support.moment_given_back", moment, by=by, subject=moment.person_id)
    return moment


def _was_left(moment: MomentApart, by: Actor) -> bool:
    if moment.taken_by_id is None or moment.centre_id != by.centre:
        return False
    return not Member.objects.active().filter(pk=moment.taken_by_id).exists()


@transaction.atomic
def end_moment(moment: MomentApart, *, by: Actor) -> MomentApart:
    """It has taken place. Whoever sees it may say so: no change of role leaves it open."""
    access.require(access.may_see(by, moment))
    if moment.ended_at is None:
        moment.ended_at = timezone.now()
        moment.save(update_fields=["ended_at"])
        journal.record("support.moment_ended", moment, by=by, subject=moment.person_id)
    return moment


@transaction.atomic
def reopen_moment(moment: MomentApart, *, by: Actor) -> MomentApart:
    """It was not over after all."""
    access.require(access.may_see(by, moment))
    if moment.ended_at:
        moment.ended_at = None
        moment.save(update_fields=["ended_at"])
        journal.record("support.moment_reopened", moment, by=by, subject=moment.person_id)
    return moment
