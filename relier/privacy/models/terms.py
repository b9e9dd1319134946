"""How long each agreement stands, and how long before its end to speak of it: dated settings.

What comes with Relier stands in no text: it is shown as doubtful until the centre says its own.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Centre, Member


@dataclass(frozen=True)
class Term:
    """One number of the centre: months for an agreement, days for `remind`."""

    name: str
    label: str | Promise
    value: int
    most: int
    source: str | Promise
    doubt: str | Promise


OURS = _("The makers of Relier. It stands in no text of law.")
ASK = _("Decide it with your team and your data protection officer.")
TERMS = {
    term.name: term
    for term in (
        Term("file", _("Months that the agreement to keep a file stands"), 24, 120, OURS, ASK),
        Term(
            "contact", _("Months that the agreement to contact others stands"), 12, 120, OURS, ASK
        ),
        Term("image", _("Months that the agreement for an image stands"), 24, 120, OURS, ASK),
        Term("remind", _("Days before an end, to speak of it again"), 14, 90, OURS, ASK),
    )
}


@dataclass(frozen=True)
class InForce:
    """What counts on a day, with where it comes from."""

    term: Term
    value: int
    source: str | Promise
    doubt: str | Promise
    said: "ConsentTerm | None" = None


class ConsentTermQuerySet(models.QuerySet["ConsentTerm"]):
    def of_centre(self, centre: uuid.UUID | None) -> Self:
        """All that a centre said, the latest first."""
        return self.filter(centre=centre) if centre else self.none()

    def signed(self) -> Self:
        return self.select_related("author__user")


class ConsentTerm(models.Model):
    """A number that counts from a day on. A row is never rewritten: another is added. Without a
    value, the number that came with Relier counts again."""

    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, related_name="+", editable=False, db_index=False
    )
    name = models.CharField(max_length=8)
    value = models.PositiveSmallIntegerField(_("the number"), null=True, blank=True)
    from_on = models.DateField(_("from which day"), default=timezone.localdate)
    source = models.CharField(_("where it comes from"), max_length=300, blank=True)
    doubt = models.CharField(_("what is not certain"), max_length=300, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ConsentTermQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-made_at", "-pk"]
        indexes = [models.Index(fields=["centre", "name"], name="privacy_terms_of_centre")]

    def __str__(self) -> str:
        return f"{self.name} ({self.from_on})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What was said is never rewritten: another row is added.")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        term = TERMS.get(self.name)
        if term is None:
            raise ValidationError({"name": _("There is no such number.")})
        if self.value is not None and self.value > term.most:
            raise ValidationError(
                {"value": _("Choose a number from 0 to %(most)s.") % {"most": term.most}}
            )
        if self.value is not None and not self.source:
            raise ValidationError({"source": _("Say where this number comes from.")})


def in_force(said: Iterable[ConsentTerm], *, on: date) -> dict[str, InForce]:
    """Every term as it counts on a day, of all that a centre said (the latest first)."""
    found = {t.name: InForce(t, t.value, t.source, t.doubt) for t in TERMS.values()}
    settled: set[str] = set()
    for one in said:
        if one.from_on > on or one.name in settled or one.name not in TERMS:
            continue
        settled.add(one.name)
        if one.value is not None:
            found[one.name] = InForce(TERMS[one.name], one.value, one.source, one.doubt, one)
    return found


def terms_of(centre: uuid.UUID, *, on: date) -> dict[str, int]:
    """The numbers of a centre on a day, by name. One query."""
    said = ConsentTerm.objects.of_centre(centre)
    return {name: one.value for name, one in in_force(said, on=on).items()}
