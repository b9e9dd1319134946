"""What a centre says of a legal number, from a day on: rows are only added."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.training import rules

from .tracks import OfCentre, OfCentreQuerySet


class RuleChange(OfCentre):
    """A number as the centre says it, why, and in which text it stands; without a value, it is
    again as it came. Hours of before that day keep the earlier one."""

    key = models.CharField(max_length=40)
    value = models.DecimalField(
        _("the number from then on"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    from_on = models.DateField(_("from which day"))
    source = models.CharField(_("where it comes from"), max_length=300, blank=True)
    doubt = models.CharField(_("what is not certain"), max_length=300, blank=True)
    reason = models.CharField(_("why it changes"), max_length=300)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "made_at", "pk"]
        indexes = [models.Index(fields=["centre", "key"], name="training_rules_of_centre")]

    def __str__(self) -> str:
        return f"{self.key} ({self.from_on})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A rule is never rewritten: another one is added.")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.key not in rules.names():
            raise ValidationError({"key": _("There is no such number.")})
        if self.value is None:
            return
        if self.value < 0 and self.key not in rules.signed():
            raise ValidationError({"value": _("Choose a number that is not negative.")})
        if not self.source:
            raise ValidationError({"source": _("Say where this comes from.")})

    def as_plain(self) -> rules.Change:
        return rules.Change(
            self.key, self.from_on, self.value, self.source, self.doubt, str(self.pk)
        )
