"""Piles of ballots on paper. Which sheet says what is read by `paper`, and forgotten as it closes
the count; here stands only that a pile is out, and for how long the end of the round waits for it.
"""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relier.centres.models import Member

from .cards import FEWEST, MOST, KindOfVoice
from .questions import Question

# Days after the last one: to bring the box back, scan it, and look at what could not be told.
WAITS = timedelta(days=14)


class PaperPileQuerySet(models.QuerySet["PaperPile"]):
    def of(self, question: Question) -> "PaperPileQuerySet":
        return self.filter(question=question, round=question.round)

    def awaited(self, question: Question, *, on: date) -> "PaperPileQuerySet":
        """Those whose voices may still come that day."""
        over_since = question.closed_on or question.closes_on
        here = self.of(question).filter(state=PaperPile.State.OUT)
        return here if on <= over_since + WAITS else here.none()


class PaperPile(models.Model):
    class State(models.TextChoices):
        OUT = "out", _("printed; not counted yet")
        COUNTED = "counted", pgettext_lazy("sheets of paper", "counted")
        GIVEN_UP = "given_up", pgettext_lazy("sheets of paper", "given up")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="papers")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("for whom"), max_length=11, choices=KindOfVoice)
    printed = models.PositiveSmallIntegerField(
        _("how many sheets"), validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)]
    )
    # Of `paper`: where it is read. No key: no path leads through it.
    count = models.UUIDField(unique=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.OUT)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()

    objects = PaperPileQuerySet.as_manager()

    class Meta:
        ordering = ["question", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.printed}"
