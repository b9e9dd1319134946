"""Closing a month: its statements leave, and what is posted in it later says so."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.training import access
from relier.training.models import MonthClosing
from relier.training.posting import wait_for_postings


@transaction.atomic
def close_month(month: int, *, by: Actor) -> MonthClosing:
    """`month`: year and month, as 202611. Closed twice, it is once."""
    access.require(access.may_steer(by))
    if not (200001 <= month <= 999912 and 1 <= month % 100 <= 12):
        raise ValidationError(_("There is no such month."))
    wait_for_postings(by.own_centre)
    closed = MonthClosing.objects.filter(centre=by.own_centre, month=month).first()
    if closed is None:
        closed = MonthClosing.objects.create(centre_id=by.own_centre, month=month, author_id=by.id)
        journal.record("training.month_closed", closed, by=by, month=month)
    return closed
