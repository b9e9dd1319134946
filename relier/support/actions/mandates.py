"""Giving a mandate, revoking it whole or one family at a time, letting it end, opening it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people.models import Person
from relier.privacy.actions import NotReviewed
from relier.privacy.models.terms import terms_of
from relier.privacy.rules import ask_again_from
from relier.privacy.texts import review_of
from relier.support import access
from relier.support.mandates import Offer, covering
from relier.support.models import Acted, Mandate, MandateScope


@transaction.atomic
def give_mandate(
    person: Person,
    offer: Offer,
    *,
    how: str,
    on: date,
    by: Actor,
    helper: str = "",
    form_key: UUID | None = None,
) -> Mandate:
    """Keep that the person allowed the centre to act for them, with the very words they heard.
    Under secrecy at first: by someone who is not bound, it is thereby handed over.

    There is no such deed for a no: it is not kept, and closes no door. Raises NotReviewed.
    """
    access.require(access.may_open_file(by, person))
    if review_of(offer.template) is None:
        raise NotReviewed(offer.template.name)

    def keep(key: UUID) -> Mandate:
        mandate = Mandate(
            person=person.root,
            duration=offer.duration,
            starts_on=offer.starts_on,
            ends_on=offer.ends_on,
            ask_again_on=_ask_again(offer, person.centre_id),
            text=offer.text.words,
            text_hash=offer.text.fingerprint,
            text_version=offer.text.version,
            language=offer.text.language,
            how=how,
            helper=helper,
            received_by_id=by.id,
            given_on=on,
            form_key=key,
        )
        mandate.full_clean(exclude=["form_key"])  # `once` asks the database
        mandate.save()
        for row in offer.families:
            words = row.in_language(offer.text.language)
            MandateScope(mandate=mandate, family=row.key, words=words).save()
        journal.record(
            "support.mandate_given",
            mandate,
            by=by,
            subject=mandate.person_id,
            duration=offer.duration,
        )
        return mandate

    said = {"text_hash": offer.text.fingerprint, "how": how, "helper": helper, "given_on": on}
    return once(Mandate.objects.filter(received_by=by.id), form_key, keep, said=said)


def _ask_again(offer: Offer, centre: UUID) -> date | None:
    """Nobody is reminded of a mandate of a day: it has ended by the time."""
    if offer.ends_on == offer.starts_on:
        return None
    days = terms_of(centre, on=timezone.localdate())["remind"]
    return ask_again_from(offer.starts_on, offer.ends_on, days=days)


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by: Actor, family: str = "") -> Mandate:
    """The person takes it back, whole or for one family: told to the team, or by themselves on
    their own page. Two at once: one line each for what was still left."""
    access.require(access.may_revoke(by, mandate))
    left = MandateScope.objects.filter(mandate=mandate, revoked_at=None)
    wanted = left.filter(family=family) if family else left
    if wanted.update(revoked_at=timezone.now()):
        whole = not MandateScope.objects.filter(mandate=mandate, revoked_at=None).exists()
        journal.record(
            "support.mandate_revoked", mandate, by=by, subject=mandate.person_id, whole=whole
        )
    return mandate


@transaction.atomic
def let_mandate_end(mandate: Mandate, *, by: Actor) -> Mandate:
    """Nobody asks again: it runs until its last day, then ends by itself."""
    access.require(access.may_see(by, mandate))
    rows = Mandate.objects.filter(pk=mandate.pk, left_to_end_at=None)
    if rows.update(left_to_end_at=timezone.now()):
        journal.record("support.mandate_left_to_end", mandate, by=by, subject=mandate.person_id)
    return mandate


@transaction.atomic
def open_mandate(mandate: Mandate, *, by: Actor) -> Mandate:
    """Lift the secrecy, on purpose: the whole team then reads it."""
    access.require(access.may_open_to_team(by, mandate))
    return _set_open(mandate, True, by=by, deed="support.mandate_opened")


@transaction.atomic
def close_mandate(mandate: Mandate, *, by: Actor) -> Mandate:
    """Under secrecy again. Whoever sees it may close it, and may thereby lose sight of it."""
    access.require(access.may_see(by, mandate))
    return _set_open(mandate, False, by=by, deed="support.mandate_closed")


def _set_open(mandate: Mandate, wanted: bool, *, by: Actor, deed: str) -> Mandate:
    rows = Mandate.objects.filter(pk=mandate.pk, open_to_team=not wanted)
    if rows.update(open_to_team=wanted):
        journal.record(deed, mandate, by=by, subject=mandate.person_id)
    mandate.open_to_team = wanted
    return mandate


def done_online(person: Person | None, *, acted: str, family: str, on: date) -> dict[str, Any]:
    """The columns of a row of work that say in whose name something was done online. Nothing is
    refused: what no mandate covers is kept without one, and the page says so."""
    if person is None or acted != Acted.FOR_PERSON:
        return {"acted": acted if person else "", "family": "", "covered_by": None}
    scope = covering(person, family, on=on) if family else None
    return {"acted": acted, "family": family, "covered_by": scope}
