"""Sharing one thing under secrecy with one colleague who is bound, and ending it."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people import access
from relier.people.models import Person, Sharing
from relier.people.rules.sharing import Conditions, is_a_fair_end, missing


@transaction.atomic
def share(
    thing: models.Model,
    person: Person,
    *,
    kind: str,
    recipient: Member,
    conditions: Conditions,
    until: date,
    by: Actor,
    form_key: UUID | None = None,
) -> Sharing:
    """Let one colleague read one thing about a person, until a day.

    Raises ValidationError, field by field, when a condition is missing.
    """
    access.require(access.may_share(by, thing) and person.centre_id == by.centre)
    today = timezone.localdate()
    wrong = dict(missing(conditions, on=today))
    if not access.possible_recipients(by, person).filter(pk=recipient.pk).exists():
        wrong["recipient"] = _("Choose a colleague of another team who is bound by secrecy.")
    if not is_a_fair_end(until, on=today):
        wrong["until_on"] = _("Choose a day from today on, within one year.")
    if wrong:
        raise ValidationError(wrong)  # type: ignore[arg-type]

    def keep(key: UUID) -> Sharing:
        done = Sharing(
            person=person.root,
            kind=kind,
            thing=thing.pk,
            sharer_id=by.id,
            recipient=recipient,
            same_mission=conditions.same_mission,
            interest=conditions.interest,
            necessary=conditions.necessary,
            informed=conditions.informed,
            informed_on=conditions.informed_on,
            informed_words=conditions.informed_words,
            until_on=until,
            form_key=key,
        )
        done.full_clean(exclude=["form_key"])  # `once` asks the database
        done.save()
        journal.record(
            "people.shared", done, by=by, subject=person.root_id,
            kind_of_thing=kind, recipient=str(recipient.pk),
        )  # fmt: skip
        return done

    said = {"interest": conditions.interest, "recipient_id": recipient.pk}
    return once(Sharing.objects.filter(sharer=by.id), form_key, keep, said=said)


@transaction.atomic
def end_sharing(sharing: Sharing, *, by: Actor) -> Sharing:
    """It is read no more, from now on. Ended twice, it ended once."""
    access.require(access.may_end_sharing(by, sharing))
    stands = Sharing.objects.select_for_update().get(pk=sharing.pk)
    if stands.ended_at is None:
        stands.ended_at = timezone.now()
        stands.save(update_fields=["ended_at"])
        journal.record("people.sharing_ended", stands, by=by, subject=stands.person.root_id)
    return stands
