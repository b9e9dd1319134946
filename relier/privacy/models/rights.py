"""What a person asks of what is held about them, with the day by which they are answered; and
what remains of the erased, as a number."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Centre, Member

from .subjects import Subject


class RightsRequestQuerySet(models.QuerySet["RightsRequest"]):
    def open(self) -> Self:
        return self.filter(answered_on=None)


class RightsRequest(models.Model):
    """Asked aloud, on paper or on their own page. Erased with everything else."""

    class What(models.TextChoices):
        HAND_OVER = "hand_over", _("to have all that is held about them")
        CORRECT = "correct", _("to have something put right")
        ERASE = "erase", _("to be erased")

    class Answer(models.TextChoices):
        DONE = "done", _("it is done")
        EXPLAINED = "explained", _("not done, and they were told why")
        TAKEN_BACK = "taken_back", _("they no longer ask for it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="rights_requests")
    centre = models.ForeignKey(
        Centre, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    what = models.CharField(_("what they ask"), max_length=10, choices=What)
    asked_on = models.DateField(_("asked on"))
    answer_by = models.DateField(_("to be answered before"))
    # None where the person asked on their own page.
    heard_by = models.ForeignKey(
        Member, verbose_name=_("who heard it"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("the answer"), max_length=10, choices=Answer, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "what"],
                condition=models.Q(answered_on=None),
                name="privacy_one_open_request_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.asked_on})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.centre_id is None:
            self.centre_id = self.subject.centre_id
        super().save(*args, **kwargs)


class Tally(models.Model):
    """How many rows of a table were erased, by year and by a value of one of its fields. Figures
    add it to what stands, so that an erasure changes none. About nobody."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    # Blank: the rows themselves, whatever they say.
    field = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "model", "year", "field", "value"],
                name="privacy_one_tally_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.year} {self.field}={self.value}: {self.number}"
