"""Adding a person, and changing their name or how they are reached."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member, Team
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people import access, rules
from relier.people.models import EarlierValue, Fact, Following, Person, Situation
from relier.people.search import rebuild_name_keys
from relier.privacy.models import Subject, terms_of
from relier.privacy.rules.terms import EARLIER

from .followings import check_worker
from .meanwhile import ChangedMeanwhile

NAMES = frozenset({"call_name", "family_name"})
CHANGEABLE = (*sorted(NAMES), "born_on", "reach", "phone", "address", "reach_words")


def add_person(
    call_name: str,
    family_name: str = "",
    *,
    by: Actor,
    team: Team | None = None,
    worker: Member | None = None,
    born_on: date | None = None,
    reach: str = "",
    phone: str = "",
    address: str = "",
    reach_words: str = "",
    languages: Mapping[str, Any] | None = None,
    form_key: UUID | None = None,
) -> Person:
    """Keep someone new, in the centre of the author. A name to call them by is enough.

    `team` follows them at once, so that the author can work; without it, the author's only team
    does. Someone in no team, or in several, may leave it to the coordinator. `languages`: answers
    to the questions of rules.LANGUAGES, kept as the first thing known of their situation.
    """
    access.require(access.may_write_names(by))
    centre = Centre.objects.get(pk=by.centre or "")

    def keep(key: UUID) -> Person:
        person = Person(
            subject=Subject.objects.create(centre=centre),
            centre=centre,
            call_name=call_name,
            family_name=family_name,
            born_on=born_on,
            reach=reach,
            phone=phone,
            address=address,
            reach_words=reach_words,
            form_key=key,
        )
        # `root` is the person itself, set as it is saved.
        person.full_clean(exclude=["root"])
        person.save()
        rebuild_name_keys([person])
        _first_following(person, team, worker, by=by)
        _first_languages(person, languages or {}, by=by)
        journal.record("people.person_added", person, by=by, subject=person.pk)
        return person

    said = {"call_name": call_name, "family_name": family_name, "phone": phone}
    return once(Person.objects.named_to(by), form_key, keep, said=said)


@transaction.atomic
def change_person(
    person: Person, changes: Mapping[str, Any], *, by: Actor, shown: Mapping[str, Any] | None = None
) -> Person:
    """Change some of `CHANGEABLE`: field -> new value. What is not named stays as it is.

    `shown`: what the author saw in these fields. Where someone else changed one of them since,
    `ChangedMeanwhile` is raised and nothing is kept. The journal keeps the fields, not the values;
    what they said is kept a short while, to mend a mistake (`EarlierValue`).
    """
    person = Person.objects.select_for_update().get(pk=person.root_id)
    access.require(access.may_change_person(by, person))
    if unknown := changes.keys() - set(CHANGEABLE):
        raise ValueError(f"Not to be changed here: {sorted(unknown)}")
    now = {name: getattr(person, name) for name in changes}
    changes = {name: value for name, value in changes.items() if value != now[name]}
    overtaken = {n: now[n] for n in changes if shown is not None and shown.get(n) != now[n]}
    if overtaken:
        raise ChangedMeanwhile(overtaken)
    if not changes:
        return person
    for name, value in changes.items():
        setattr(person, name, value)
        EarlierValue.objects.create(
            person=person, field=name, said=str(now[name] or ""), by_id=by.id
        )
    person.full_clean(exclude=["root"])
    person.save(update_fields=sorted(changes))
    if NAMES & changes.keys():
        rebuild_name_keys([person])
    fields = sorted(changes)
    journal.record("people.person_changed", person, by=by, subject=person.pk, fields=fields)
    return person


@transaction.atomic
def forget_earlier_values(*, by: Actor, on: date) -> int:
    """Drop what was put right longer ago than each centre says. Returns how many values went."""
    gone = 0
    for centre in Centre.objects.order_by("pk"):
        since = terms_of(centre.pk, on=on)[EARLIER].before(on)
        moment = timezone.make_aware(datetime.combine(since, time.min))
        gone += EarlierValue.objects.filter(centre=centre).older_than(moment).delete()[0]
    return gone


def _first_following(
    person: Person, team: Team | None, worker: Member | None, *, by: Actor
) -> None:
    if team is None and len(by.teams) == 1:
        team = Team.objects.filter(centre=by.centre, pk__in=by.teams).first()
    if team is None:
        return
    access.require(access.may_give_to_team(by, person, team))
    check_worker(worker, team)
    Following.objects.create(person=person, team=team, worker=worker)


def _first_languages(person: Person, languages: Mapping[str, Any], *, by: Actor) -> None:
    """Languages are one fact of the situation, whoever hears them first (reception, often)."""
    choices = rules.clean(rules.LANGUAGES, languages)
    if not choices:
        return
    situation = Situation.objects.create(
        person=person, on=timezone.localdate(), told=Situation.Told.BY_PERSON, author_id=by.id
    )
    Fact.objects.create(
        situation=situation,
        person=person,
        facet=rules.LANGUAGES,
        choices=choices,
        under_secrecy=False,
    )
