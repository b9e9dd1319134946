"""Accepting advice: it becomes an agreed step. Leaving it is no deed: nothing is done, nothing is
written. And what a centre changes in the rules and their numbers."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import as_said, once
from relier.people.models import Person
from relier.support import access
from relier.support.advice import advice_for
from relier.support.models import AgreedStep
from relier.support.models.advice import AdviceNumberChange, AdviceRuleChange
from relier.support.models.steps import PICTOGRAMS
from relier.support.rules.advice_pieces import Piece

from .steps import agree_step

WHO = {
    "together": AgreedStep.Who.TOGETHER,
    "worker": AgreedStep.Who.WORKER,
    "person": AgreedStep.Who.PERSON,
}


@transaction.atomic
def accept_advice(
    person: Person,
    key: str,
    *,
    by: Actor,
    on: date,
    form_key: UUID,
    said: Mapping[str, Any] | None = None,
) -> AgreedStep | None:
    """Make a step of a piece of advice, once, whoever asks how often; None when it no longer
    stands (it is in the plan already, or what it leaned on has changed).

    `said`: what was adapted of the step, field by field as `agree_step` takes them.
    """
    access.require(access.may_open_file(by, person))
    # Two hands on the same piece come in turn: the second finds the step of the first.
    Person.objects.select_for_update(of=("self",)).get(pk=person.root_id)
    known = AgreedStep.objects.filter(author=by.id, form_key=form_key).first()
    if known is not None:
        return as_said(known, {"words": said["words"]} if said else {})
    piece = find(advice_for(person, by=by, on=on), key)
    if piece is None:
        return None
    words = {**as_step(piece), **(said or {})}
    return agree_step(person, **words, by=by, on=on, advice=piece.key, form_key=form_key)


def find(pieces: list[Piece], key: str) -> Piece | None:
    return next((piece for piece in pieces if piece.key == key), None)


def as_step(piece: Piece) -> dict[str, Any]:
    """What the plan says of a piece once it is accepted, before anyone adapts it."""
    secret_picture = "" if piece.secret else piece.pictogram
    return {
        "words": shortened(piece.step, AgreedStep._meta.get_field("words").max_length or 200),
        "who": WHO[piece.who],
        "pictogram": secret_picture if secret_picture in PICTOGRAMS else "",
    }


def shortened(text: str, most: int) -> str:
    """Whole words, and a sign that there was more."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"


# --- what a centre changes -----------------------------------------------------------------------


@transaction.atomic
def change_rule(
    rule: str,
    *,
    by: Actor,
    form_key: UUID,
    on: bool = True,
    words_fr: str = "",
    words_en: str = "",
    why: str = "",
) -> AdviceRuleChange:
    """Switch a rule off, say it otherwise, or take it back as it came (the defaults)."""
    access.require(access.may_set(by))

    def keep(key: UUID) -> AdviceRuleChange:
        change = AdviceRuleChange(
            centre_id=by.own_centre,
            rule=rule,
            on=on,
            words_fr=words_fr,
            words_en=words_en,
            why=why,
            author_id=by.id,
            form_key=key,
        )
        change.full_clean(exclude=["form_key"])  # `once` asks the database
        change.save()
        state = "shipped" if change.as_shipped else "reworded" if on else "off"
        journal.record("support.advice_rule_changed", change, by=by, rule=rule, state=state)
        return change

    said = {"on": on, "words_fr": words_fr, "words_en": words_en, "why": why}
    return once(AdviceRuleChange.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def change_number(
    number: str,
    *,
    by: Actor,
    form_key: UUID,
    from_on: date,
    value: int | None = None,
    source: str = "",
    doubt: str = "",
) -> AdviceNumberChange:
    """Give a number that rules count with, from a day on; without a value, the one that came."""
    access.require(access.may_set(by))

    def keep(key: UUID) -> AdviceNumberChange:
        change = AdviceNumberChange(
            centre_id=by.own_centre,
            number=number,
            value=value,
            from_on=from_on,
            source=source,
            doubt=doubt,
            author_id=by.id,
            form_key=key,
        )
        change.full_clean(exclude=["form_key"])
        change.save()
        journal.record("support.advice_number_changed", change, by=by, number=number)
        return change

    said = {"value": value, "from_on": from_on, "source": source, "doubt": doubt}
    return once(AdviceNumberChange.objects.filter(author=by.id), form_key, keep, said=said)
