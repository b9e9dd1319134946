"""The visit of the inspection, rehearsed: what a draw said, and the calendar it draws from.

A draw that is kept holds no name and no id of anyone: its seed draws the same again, and its
figures say what stood that day. So an erasure has nothing to find here (docs/decisions/021).
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member

from .tracks import OfCentre, OfCentreQuerySet

# A seed that one reads aloud; the command takes any of 64 bits.
LARGEST_SEED = 999_999


class CalendarChange(OfCentre):
    """What the centre says of some days otherwise than the calendar that comes with Relier: that
    schools were closed, or open. Rows are only added; the latest that names a day counts."""

    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    is_holiday = models.BooleanField(_("school holidays"))
    source = models.CharField(_("where it comes from"), max_length=300)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="training_holidays_end_after_they_begin",
                violation_error_message=_("The end is before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_on} {self.last_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A calendar is never rewritten: another row is added.")
        super().save(*args, **kwargs)


class Rehearsal(OfCentre):
    """A draw that was kept: of which year, under which seed, and what it said on the day it was
    made. `irregular` of `minutes` is its rate; `low` and `high` are the interval of a random
    sample, None where none was drawn; `recovery` is in minutes; `fingerprint` says whether the
    facts are still the same."""

    year = models.PositiveSmallIntegerField(_("year"))
    seed = models.PositiveIntegerField(
        _("number of the draw"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_SEED)]
    )
    weeks = models.JSONField(default=list)
    minutes = models.PositiveIntegerField()
    irregular = models.PositiveIntegerField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    recovery = models.PositiveIntegerField()
    to_mend = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["centre", "-made_at"], name="training_rehearsals_of_centre")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.seed}"
