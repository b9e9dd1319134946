"""The ledger of hours: two accounts, effective and assimilated, to which entries are only added.

An entry names nobody: `trainee` is the `ledger_key` of an enrolment, and no foreign key leads to
it. It says how many minutes more, or fewer, count from now on, of which day, in which account, on
which ground, and what it comes from (`source`: a presence or an enrolment). What brought it is on
its `Posting`: what happened, by whom, when.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.access import may_steer
from relier.centres.models import Centre, Member
from relier.journal import append_only

from .enrolments import Enrolment
from .tracks import Track


class Cause(models.TextChoices):
    PRESENCE = "presence", _("presence was taken")
    CORRECTION = "correction", _("a presence was corrected")
    SESSION = "session", _("a session was moved or called off")
    ABSENCE = "absence", _("an absence was accounted for")
    PROOF = "proof", _("a proof came")
    ENDING = "ending", _("the training ended")
    DROPPED = "dropped", _("someone dropped out")
    ENTRY = "entry", _("the entry or the plan changed")
    RULE = "rule", _("a rule changed")
    IMPORT = "import", _("an import")


class Posting(models.Model):
    """One deed that moved hours; its author is named by an opaque id, as in the journal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(_("why"), max_length=10, choices=Cause)
    author_kind = models.CharField(max_length=8)
    author = models.UUIDField(_("by whom"))
    at = models.DateTimeField(_("on"))

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.cause}"


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """The hours of those whom a team of the member follows; all, for the coordinator. On which
        ground: only whoever `may_see_grounds` (relier/training/access.py)."""
        if actor is None or not actor.in_a_centre:
            return self.none()
        if may_steer(actor):
            return self.filter(centre=actor.centre)
        near = Enrolment.objects.visible_to(actor).order_by().values("ledger_key")
        return self.filter(centre=actor.centre, trainee__in=near)

    def of(self, enrolments: Iterable[Enrolment]) -> Self:
        return self.filter(trainee__in=[one.ledger_key for one in enrolments])

    def between(self, start: date, end: date) -> Self:
        return self.filter(day__range=(start, end))


class LedgerEntry(models.Model):
    class Account(models.IntegerChoices):
        EFFECTIVE = 1, _("effective")
        ASSIMILATED = 2, _("assimilated")

    id = models.BigAutoField(primary_key=True)
    # Indexed with the month, below.
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", db_index=False)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+", db_index=False)
    trainee = models.UUIDField()
    source = models.UUIDField()
    day = models.DateField(_("day"))
    # Year and month of the day, as 202611: what every statement adds up by.
    month = models.PositiveIntegerField()
    account = models.PositiveSmallIntegerField(_("account"), choices=Account)
    ground = models.PositiveSmallIntegerField(_("ground"))
    carrier = models.PositiveSmallIntegerField()
    minutes = models.IntegerField(_("minutes"))
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries")
    # Written after its month was closed.
    is_late = models.BooleanField(_("after the month was closed"))

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        indexes = [
            # All that a return adds up: the table itself is not read.
            models.Index(
                fields=["centre", "month", "track", "account", "carrier", "minutes"],
                name="training_ledger_adds_up",
            ),
            models.Index(fields=["trainee", "day"], name="training_ledger_of_trainee"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(minutes=0), name="training_an_entry_moves_hours"),
            models.CheckConstraint(
                condition=Q(account=1, ground=0, carrier__gte=1)
                | Q(account=2, ground__gte=1, carrier=0),
                name="training_an_assimilated_hour_names_its_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.minutes:+}"


class MonthClosing(models.Model):
    """A month whose statements left. What is posted later in it says so (`is_late`)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.PositiveIntegerField(_("month"))
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "month"], name="training_a_month_is_closed_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.month)


append_only.declare(Posting, keeps_its_shape=True)
append_only.declare(LedgerEntry, keeps_its_shape=True)
append_only.declare(MonthClosing, keeps_its_shape=True)


def month_of(day: date) -> int:
    return day.year * 100 + day.month
