"""What a centre changed in the rules of advice, and in the numbers they count with.

Rows are only added: the latest stands, the others stay readable with their author and their day.
Nothing of what was proposed to anyone, nor of what they left, is kept anywhere.
"""

import uuid
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.support.rules.advice import NUMBERS, RULES


class OfCentreQuerySet(models.QuerySet[Any]):
    """Changes of one's own centre; every member reads them."""

    def visible_to(self, actor: Actor | None) -> Self:
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)

    def signed(self) -> Self:
        """With the name of whoever made it, in the same query."""
        return self.select_related("author__user")


class OfCentre(models.Model):
    """One change, made by one member on one day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, related_name="+", db_index=False, editable=False
    )
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A change is never rewritten: another one is added.")
        super().save(*args, **kwargs)


class AdviceRuleChange(OfCentre):
    """A rule switched off, or said in other words. Without words and switched on, it is the rule
    as it came."""

    rule = models.CharField(max_length=32)
    on = models.BooleanField(_("this rule proposes something here"), default=True)
    words_fr = models.CharField(_("in French"), max_length=120, blank=True)
    words_en = models.CharField(_("in English"), max_length=120, blank=True)
    why = models.CharField(_("why"), max_length=500, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["centre", "rule"], name="support_rules_of_centre")]

    def __str__(self) -> str:
        return self.rule

    def clean(self) -> None:
        if self.rule not in RULES:
            raise ValidationError({"rule": _("There is no such rule.")})
        if not self.as_shipped and not self.why:
            raise ValidationError({"why": _("Say why, in a sentence: the whole centre reads it.")})

    @property
    def as_shipped(self) -> bool:
        return self.on and not (self.words_fr or self.words_en)

    def words(self, language: str) -> str:
        """The centre's own words in this language; "" where it kept ours."""
        own: str = self.words_fr if language.startswith("fr") else self.words_en
        return own


class AdviceNumberChange(OfCentre):
    """A number that counts from a day on, with its source. Without a value, it is ours again."""

    number = models.CharField(max_length=32)
    value = models.PositiveIntegerField(_("value"), null=True, blank=True)
    from_on = models.DateField(_("from which day"), default=timezone.localdate)
    source = models.CharField(_("where it comes from"), max_length=300, blank=True)
    doubt = models.CharField(_("what is not certain"), max_length=300, blank=True)

    class Meta:
        ordering = ["from_on", "made_at", "pk"]
        indexes = [models.Index(fields=["centre", "number"], name="support_numbers_of_centre")]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        number = NUMBERS.get(self.number)
        if number is None:
            raise ValidationError({"number": _("There is no such number.")})
        if self.value is None:
            return
        if not number.least <= self.value <= number.most:
            text = _("Choose a number from %(least)s to %(most)s.")
            raise ValidationError({"value": text % {"least": number.least, "most": number.most}})
        if not self.source:
            raise ValidationError({"source": _("Say where this number comes from.")})


def rules_in_force(actor: Actor | None) -> dict[str, AdviceRuleChange]:
    """Rule -> the latest change of the reader's centre; nothing for a rule as it came."""
    rows = AdviceRuleChange.objects.visible_to(actor).signed()
    latest = {row.rule: row for row in rows}
    return {rule: row for rule, row in latest.items() if not row.as_shipped}


def numbers_in_force(actor: Actor | None, *, on: date) -> dict[str, AdviceNumberChange]:
    """Number -> the change that counts that day; nothing for a number as it came."""
    rows = AdviceNumberChange.objects.visible_to(actor).signed().filter(from_on__lte=on)
    latest = {row.number: row for row in rows}
    return {name: row for name, row in latest.items() if row.value is not None}
