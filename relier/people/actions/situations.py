"""Keeping what someone told of their situation: a dated addition, never a replacement."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import SentAgain, once
from relier.people import access, rules
from relier.people.models import Fact, Person, Situation
from relier.people.models.situation import SECRET_FACETS


class Said(NamedTuple):
    """What was told of one facet: answers to its questions, and words."""

    choices: Mapping[str, Any]
    words: str = ""


def record_situation(
    person: Person,
    facts: Mapping[str, Said],
    *,
    on: date,
    by: Actor,
    told: str = Situation.Told.BY_PERSON,
    form_key: UUID | None = None,
) -> Situation:
    """Keep what was told that day: facet -> what was said of it, only where it changed.

    An empty `Said` takes a facet back. Words about what is private, by someone who is not bound,
    are handed over: they add to what those bound wrote, and their author reads neither.
    """
    person = person.root
    access.require(access.may_open_file(by, person))

    def keep(key: UUID) -> Situation:
        situation = Situation(
            person=person, centre_id=person.centre_id, on=on, told=told, author_id=by.id,
            form_key=key,
        )  # fmt: skip
        situation.full_clean()
        situation.save()
        for facet, said in facts.items():
            _keep_fact(situation, facet, said, by=by)
        # Which facets would say that something secret was told: the line keeps none.
        journal.record("people.situation_told", situation, by=by, subject=person.pk)
        return situation

    kept = once(Situation.objects.filter(author=by.id), form_key, keep)
    words = sorted(said.words for said in facts.values() if said.words)
    if form_key and words != sorted(fact.words for fact in kept.facts.all() if fact.words):
        raise SentAgain(words)
    return kept


def _keep_fact(situation: Situation, facet: str, said: Said, *, by: Actor) -> None:
    choices: dict[str, Any] = rules.clean(facet, said.choices)
    if facet in SECRET_FACETS and not by.bound:
        access.require(facet == rules.PRIVATE and bool(said.words))
        choices = {rules.HANDED_OVER: "yes"}
    fact = Fact(
        situation=situation,
        person=situation.person,
        centre_id=situation.centre_id,
        facet=facet,
        choices=choices,
        words=said.words,
        under_secrecy=facet in SECRET_FACETS,
    )
    fact.full_clean()
    fact.save()
