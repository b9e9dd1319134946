"""What every room asks of a sheet that comes back: whose it is, and of which day.

person = whose(answered, by)   # or a ValidationError, in a sentence for whoever closes it
on = day_said(answered.answers["on"])
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.paper.sheets import Answered

from .models import Person


def whose(answered: Answered, by: Actor) -> Person:
    """The file of whom it is, of those whose name this member may see. Raises ValidationError."""
    person = whose_or_nobodys(answered, by)
    if person is None:
        raise ValidationError(_("Say first whose sheet this is."), code="nobodys")
    return person


def whose_or_nobodys(answered: Answered, by: Actor) -> Person | None:
    """None: nobody said yet whose it is. Raises ValidationError."""
    if answered.subject is None:
        return None
    people = Person.objects.named_to(by).select_related("root__centre", "root__subject")
    person = people.filter(pk=answered.subject).first()
    if person is None:
        raise ValidationError(_("The person of this sheet is not found."), code="gone")
    return person.root


def day_said(said: date | None) -> date:
    """Left blank, it is today. A day to come is refused, as on screen: ValidationError."""
    today = timezone.localdate()
    if said is not None and said > today:
        raise ValidationError(
            _("This day is still to come. Write the day on which it happened."), code="to_come"
        )
    return said or today


def read_in(answered: Answered) -> str:
    """The language in which the sheet was read: "fr", "en"…"""
    return (answered.language or get_language() or "en")[:2]
