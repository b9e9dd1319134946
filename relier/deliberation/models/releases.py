"""What may be told of voices, batch after batch. Figures move only here."""

from django.db import models

from .questions import Question


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of(self, question: Question) -> "ReleaseQuerySet":
        """Of the round that is asked now, the latest last."""
        return self.filter(question=question, round=question.round).order_by("number")


class Release(models.Model):
    """One publication. It bears a number and no hour: figures that carry the time of a batch would
    tell when five people spoke.

    `document`: what the engine found (docs/opinions.md). `counts`: number of a statement -> how
    many agree, disagree, do not know, do not understand. `receipts`: those counted, sorted.
    `by_kind`: at the end of a round, the totals of each kind, where both have at least five.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="releases")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    is_final = models.BooleanField(default=False)
    voices = models.PositiveIntegerField()
    document = models.JSONField()
    counts = models.JSONField()
    receipts = models.JSONField()
    by_kind = models.JSONField(null=True, default=None)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["question", "round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "round", "number"], name="deliberation_releases_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}.{self.number}"
