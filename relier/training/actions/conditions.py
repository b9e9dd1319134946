"""What shows the condition of entry of Digistart: said once, put right by another row."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.training import access
from relier.training.models import Enrolment, EntryCondition, Track

from .versions import new_version


@transaction.atomic
def say_condition(
    enrolment: Enrolment, shown_by: str, *, on: date, by: Actor, form_key: UUID | None = None
) -> EntryCondition:
    """Nothing of what a positioning found is asked or kept: only that something shows it."""
    access.require(access.may_open_file(by, enrolment.person))
    if enrolment.track.scheme != Track.Scheme.DIGISTART:
        raise ValidationError(_("Only Digistart asks for this condition."))
    here = EntryCondition.objects.current().filter(enrolment=enrolment).first()
    said = {"shown_by": shown_by, "on": on}
    subject = enrolment.person.root_id
    if here:
        key = form_key or here.pk
        new = new_version(here, said, form_key=key, by=by)
        if new:
            journal.record("training.condition_said", new, by=by, subject=subject)
        return new or EntryCondition.objects.current().get(enrolment=enrolment)

    def keep(key: UUID) -> EntryCondition:
        row = EntryCondition(enrolment=enrolment, author_id=by.id, form_key=key, **said)
        row.full_clean(exclude=["form_key"])
        row.save()
        journal.record("training.condition_said", row, by=by, subject=subject)
        return row

    return once(EntryCondition.objects.filter(author=by.id), form_key, keep, said=said)
