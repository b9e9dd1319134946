"""Two sworn counters of a round: named before anyone speaks, they alone may see the table of the
voices, together, once it is over, and say whether what is published agrees with it."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member

from .questions import Question

LONGEST_SAID = 400


class SwornCounterQuerySet(models.QuerySet["SwornCounter"]):
    def of(self, question: Question) -> Self:
        """Of the round that is asked now: two, or none."""
        return self.filter(question=question, round=question.round)

    def looking(self, *, at: datetime) -> Self:
        """Those who opened the table a short while ago."""
        return self.filter(opened_at__gt=at - SwornCounter.TOGETHER, opened_at__lte=at)


class SwornCounter(models.Model):
    TOGETHER = timedelta(minutes=30)

    class Said(models.TextChoices):
        AGREES = "agrees", _("it agrees")
        DIFFERS = "differs", _("it does not agree")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="counters")
    round = models.PositiveSmallIntegerField()
    member = models.ForeignKey(
        Member, verbose_name=_("who counts"), on_delete=models.PROTECT, related_name="+"
    )
    named_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField()
    # When this one opened the table last: both must have, within half an hour.
    opened_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(_("what they found"), max_length=7, choices=Said, blank=True)
    words = models.CharField(_("in a few words"), max_length=LONGEST_SAID, blank=True)
    said_on = models.DateField(null=True, blank=True)

    objects = SwornCounterQuerySet.as_manager()

    class Meta:
        ordering = ["question", "round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "round", "member"], name="deliberation_a_counter_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(said="") | Q(said_on__isnull=False),
                name="deliberation_what_a_counter_said_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.round}"
