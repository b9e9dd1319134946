"""Piles of cards, and tablets that are passed around.

A code comes from the key of the form that asked for it and is kept nowhere: the same form sent
twice prints the same cards. Nothing says who drew which.
"""

import secrets
from random import SystemRandom
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import CardBatch, Question, Tablet, VoiceCard
from relier.deliberation.rules import codes
from relier.journal import actions as journal
from relier.journal import keys
from relier.journal.once import once
from relier.lib import keyring


@transaction.atomic
def print_cards(
    question: Question, *, kind: str, count: int, language: str, form_key: UUID, by: Actor
) -> tuple[CardBatch, list[str]]:
    """A pile, and its codes in the order in which they are printed."""
    question = _held(question, by=by)
    key, kept_as = _key_of_form(b"voice form\0", form_key, CardBatch)

    def keep(kept: UUID) -> CardBatch:
        batch = CardBatch(
            question=question, round=question.round, kind=kind, language=language, printed=count,
            made_by=Member.objects.get(pk=by.id), made_on=timezone.localdate(), form_key=kept,
        )  # fmt: skip
        batch.full_clean(exclude=["form_key"])
        batch.save()
        drawn = codes.codes_of(key, form_key.bytes, count)
        # In a drawn order: the table does not say which card is on which page.
        SystemRandom().shuffle(drawn)
        VoiceCard.objects.bulk_create(
            VoiceCard(batch=batch, code_mac=codes.code_mac(key, code)) for code in drawn
        )
        journal.record("deliberation.cards_printed", batch, by=by, count=count, whose=kind)
        return batch

    mine = CardBatch.objects.filter(question=question, made_by=by.id)
    batch = once(mine, kept_as, keep)
    return batch, codes.codes_of(key, form_key.bytes, batch.printed)


@transaction.atomic
def open_tablet(
    question: Question, *, kind: str, most: int, form_key: UUID, by: Actor
) -> tuple[Tablet, str]:
    """A device for so many people, until tonight, and the code that is written on it."""
    question = _held(question, by=by)
    key, kept_as = _key_of_form(b"tablet form\0", form_key, Tablet)
    code = codes.new_code(key, form_key.bytes)

    def keep(kept: UUID) -> Tablet:
        tablet = Tablet(
            question=question, round=question.round, kind=kind, most=most,
            code_mac=codes.code_mac(key, code), ends_on=timezone.localdate(),
            opened_by=Member.objects.get(pk=by.id), form_key=kept,
        )  # fmt: skip
        tablet.full_clean(exclude=["form_key"])
        tablet.save()
        journal.record("deliberation.tablet_opened", tablet, by=by, most=most, whose=kind)
        return tablet

    mine = Tablet.objects.filter(question=question, opened_by=by.id)
    return once(mine, kept_as, keep), code


def next_code(tablet: Tablet) -> str | None:
    """The code of the next one who holds the tablet, drawn now and kept nowhere; None when as many
    as were foreseen have begun, or when its day is past."""
    free = Tablet.objects.filter(
        pk=tablet.pk, taken__lt=F("most"), ends_on__gte=timezone.localdate()
    )
    if not free.update(taken=F("taken") + 1):
        return None
    return codes.new_code(keys.newest(keyring.CARDS), secrets.token_bytes(16))


def _held(question: Question, *, by: Actor) -> Question:
    access.require(access.may_run(by, question))
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.closed_on or question.closes_on < timezone.localdate():
        raise ValidationError(_("No voice is taken any more."))
    return question


def _key_of_form(
    use: bytes, form_key: UUID, model: type[CardBatch] | type[Tablet]
) -> tuple[keyring.Key, UUID]:
    """The key that this form was kept under, if it was, else the newest; and the hash of the form's
    own key, which the row keeps: a copy of the database gives no code."""
    known = [
        (key, UUID(bytes=key.mac(use + form_key.bytes)[:16]))
        for key in reversed(keys.ring().of(keyring.CARDS))
    ]
    for key, kept_as in known:
        if model._base_manager.filter(form_key=kept_as).exists():
            return key, kept_as
    keys.newest(keyring.CARDS)  # says so, where there is none
    return known[0]
