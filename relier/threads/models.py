"""A thread, of one problem, and the ties that lead from one thing to the next.

A tie names its two ends by their kind and their key, since they stand in rooms that do not know one
another; what is gone, or is not its reader's to see, is left out of the page.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.inquiry.models import Problem


class KindOfThing(models.TextChoices):
    TESTIMONY = "testimony", _("a testimony")
    PROBLEM = "problem", _("a problem")
    QUESTION = "question", _("a question")
    DECISION = "decision", _("a decision")
    RESOURCE = "resource", _("a practical sheet")


class Thread(models.Model):
    """Begun with its first tie: the page of a problem without any says what is missing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    problem = models.OneToOneField(Problem, on_delete=models.CASCADE, related_name="+")
    begun_on = models.DateField()
    begun_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["begun_on", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Tie(models.Model):
    """From one thing to what came of it: a testimony to the problem, the problem to a sheet, a
    sheet to the testimony of what it changed."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="ties")
    from_kind = models.CharField(max_length=9, choices=KindOfThing)
    from_id = models.UUIDField()
    to_kind = models.CharField(max_length=9, choices=KindOfThing)
    to_id = models.UUIDField()
    tied_on = models.DateField()
    tied_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["tied_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "from_kind", "from_id", "to_kind", "to_id"],
                name="threads_a_tie_is_made_once",
            ),
            models.CheckConstraint(
                condition=~Q(from_kind=F("to_kind")) | ~Q(from_id=F("to_id")),
                name="threads_nothing_is_tied_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_kind} → {self.to_kind}"
