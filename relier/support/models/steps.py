"""Agreed steps: a short plan in the person's words, each with who does it and when."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.people.models import Person, visible_words


class AgreedStepQuerySet(models.QuerySet["AgreedStep"]):
    def visible_to(self, actor: Actor | None) -> Self:
        return visible_words(self, actor, open_rows=models.Q())

    def standing(self) -> Self:
        """Neither done nor left aside."""
        return self.filter(done_on=None, left_on=None)


class AgreedStep(models.Model):
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
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = AgreedStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "agreed_on", "recorded_at", "pk"]

    def __str__(self) -> str:
        return self.words
