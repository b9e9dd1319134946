"""Writing a draft, giving a testimony, taking it back.

A draft has no line of the journal: nobody but its author knows that there is one. An unsigned
testimony has one, by Relier and not by whoever gave it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import SYSTEM, Actor
from relier.inquiry import access, taking_back
from relier.inquiry.models import Draft, Testimony, Whose
from relier.journal import actions as journal
from relier.journal.once import once


@transaction.atomic
def begin(words: str, *, whose: str, form_key: UUID | None = None, by: Actor) -> Draft:
    """A draft, read by its author alone."""
    access.require(access.is_member(by))

    def keep(key: UUID) -> Draft:
        draft = Draft(
            author_id=by.id, words=words, whose=whose, begun_on=timezone.localdate(), form_key=key
        )
        draft.full_clean(exclude=["form_key"])
        draft.save()
        return draft

    said = {"words": words, "whose": whose}
    return once(Draft.objects.visible_to(by), form_key, keep, said=said)


@transaction.atomic
def change(draft: Draft, said: Mapping[str, Any], *, by: Actor) -> Draft:
    access.require(access.may_give(by, draft))
    draft.words, draft.whose = said["words"], said["whose"]
    draft.full_clean(exclude=["form_key"])
    draft.save(update_fields=["words", "whose"])
    return draft


@transaction.atomic
def throw_away(draft: Draft, *, by: Actor) -> None:
    access.require(access.may_give(by, draft))
    draft.delete()


@transaction.atomic
def give(
    draft: Draft, *, sign: bool, heard_back: bool, form_key: UUID | None = None, by: Actor
) -> Testimony:
    """From now on the centre reads it; the draft goes, and with it the name of its author."""
    access.require(access.may_give(by, draft))
    given = give_words(
        draft.words, whose=draft.whose, sign=sign, heard_back=heard_back, form_key=form_key, by=by
    )
    draft.delete()
    return given


@transaction.atomic
def give_words(
    words: str,
    *,
    whose: str,
    sign: bool = False,
    heard_back: bool = False,
    form_key: UUID | None = None,
    by: Actor,
) -> Testimony:
    """Without a draft: from a sheet, or from whoever wrote it already."""
    access.require(access.is_member(by))
    if sign and whose == Whose.ACCOMPANIED:
        raise ValidationError(_("These are the words of someone accompanied: nobody signs them."))

    def keep(key: UUID) -> Testimony:
        given = Testimony(
            centre_id=by.own_centre,
            words=words,
            whose=whose,
            heard_back=heard_back,
            signed_by_id=by.id if sign else None,
            given_on=timezone.localdate(),
            form_key=key,
        )
        given.full_clean(exclude=["form_key"])
        given.save()
        _record_given(given, by if sign else SYSTEM)
        return given

    return once(Testimony.objects.visible_to(by), form_key, keep, said={"words": words})


def _record_given(given: Testimony, by: Actor) -> None:
    journal.record("inquiry.testimony_given", given, by=by, centre=given.centre_id)


@transaction.atomic
def withdraw(testimony: Testimony, code: str = "", *, by: Actor) -> Testimony:
    """By whoever signed it, or whoever holds its code. Its words go, for ever; that there was one
    stays, so that a problem says what it was founded on."""
    access.require(by.in_a_centre and by.centre == testimony.centre_id)
    testimony = Testimony.objects.select_for_update(of=("self",)).get(pk=testimony.pk)
    if testimony.is_withdrawn:
        return testimony
    is_signed = access.signed(by, testimony)
    if not is_signed and not taking_back.opens(code, testimony.pk):
        raise ValidationError(_("This is not the code of this testimony. Look at each sign again."))
    testimony.words, testimony.withdrawn_on = "", timezone.localdate()
    testimony.save(update_fields=["words", "withdrawn_on"])
    journal.record(
        "inquiry.testimony_withdrawn",
        testimony,
        by=by if is_signed else SYSTEM,
        centre=testimony.centre_id,
    )
    return testimony
