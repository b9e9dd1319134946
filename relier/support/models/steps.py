"""Agreed steps: a short plan in the person's words, each with who does it and when.

Words that change are a new row that replaces the other, so that what was agreed before stays
readable. Whether a step is done, and its place in the list, are marks on the row that stands."""

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.people.models import AboutPerson, Person, WordsQuerySet

# The pictures a step may carry: what one does, or where one goes.
PICTOGRAMS = (
    "appointment",
    "phone",
    "letter",
    "message",
    "email",
    "computer",
    "smartphone",
    "procedure",
    "institution",
    "transport",
    "money",
    "work",
    "training",
    "child",
    "health",
    "house",
    "helper",
)


class AgreedStepQuerySet(WordsQuerySet):
    open_rows = models.Q()

    def current(self) -> Self:
        """Without those whose words were changed since."""
        return self.filter(correction=None)

    def standing(self) -> Self:
        """Neither done, nor left aside, nor replaced."""
        return self.current().filter(done_on=None, left_on=None)

    def versions_of(self, step: "AgreedStep") -> Self:
        """A step and all that it said before or says since, the first one first."""
        first = step.first_id or step.pk
        return self.filter(models.Q(pk=first) | models.Q(first=first)).order_by("recorded_at", "pk")

    def of_file(self, person: Person) -> Self:
        return self.filter(person__in=person.file_ids)

    def signed(self) -> Self:
        """With the name of whoever wrote it, in the same query."""
        return self.select_related("author__user")


class AgreedStep(AboutPerson):
    class Who(models.TextChoices):
        PERSON = "person", _("the person")
        WORKER = "worker", _("the worker")
        TOGETHER = "together", _("both together")
        OTHER = "other", _("someone else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField(_("the step, in the person's words"), max_length=200)
    who = models.CharField(_("who does it"), max_length=10, choices=Who, default=Who.TOGETHER)
    who_words = models.CharField(_("who, by name"), max_length=80, blank=True)
    when_on = models.DateField(_("by which day"), null=True, blank=True)
    when_words = models.CharField(_("or when, in words"), max_length=80, blank=True)
    pictogram = models.CharField(max_length=32, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(_("agreed on"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    done_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    # The very first version, so that one query finds them all; none on the first itself.
    first = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # The key of the advice it was accepted from, so that it is not proposed again meanwhile.
    # Advice that was left has no such trace, anywhere.
    advice = models.CharField(max_length=64, blank=True, editable=False)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = AgreedStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "agreed_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None) | models.Q(left_on=None),
                name="support_step_done_or_left_aside",
                violation_error_message=_("A step is done, or left aside: not both."),
            )
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if self.pictogram and self.pictogram not in PICTOGRAMS:
            raise ValidationError({"pictogram": _("Choose a picture of the list.")})
