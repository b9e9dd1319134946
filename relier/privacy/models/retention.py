"""How long a centre keeps things, and files that it clears out because their time is over.

A *clearing out* (`Purge`) is proposed by one member and confirmed by another. From then on its
files are out of sight; they are erased some days later, and until then it can be undone whole.
"""

import uuid
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.privacy.rules.terms import TERMS, Lasts, shipped

from .subjects import Subject


class OfCentreQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor | None) -> Self:
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)


class TermChange(models.Model):
    """A term as a centre says it, from a day on, with its source. Rows are only added; without a
    value, it is again what was shipped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+", editable=False)
    name = models.CharField(max_length=32)
    value = models.PositiveSmallIntegerField(_("how long"), null=True, blank=True)
    from_on = models.DateField(_("from which day"), default=timezone.localdate)
    source = models.CharField(_("its source"), max_length=300, blank=True)
    doubt = models.CharField(_("what is not certain"), max_length=300, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "made_at", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A term is never rewritten: another one is added.")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        term = TERMS.get(self.name)
        if term is None:
            raise ValidationError({"name": _("There is no such term.")})
        if self.value is None:
            return
        if not term.least <= self.value <= term.most:
            text = _("Choose a number from %(least)s to %(most)s.")
            raise ValidationError({"value": text % {"least": term.least, "most": term.most}})
        if not self.source:
            raise ValidationError({"source": _("Say where this comes from.")})


def terms_of(centre: uuid.UUID, *, on: date) -> dict[str, Lasts]:
    """Every term as it counts in a centre that day."""
    found = {name: shipped(name) for name in TERMS}
    for said in TermChange.objects.filter(centre=centre, from_on__lte=on):
        found[said.name] = (
            shipped(said.name)
            if said.value is None
            else Lasts(TERMS[said.name], said.value, said.source, said.doubt)
        )
    return found


class PurgeQuerySet(OfCentreQuerySet):
    def proposed(self) -> Self:
        return self.filter(confirmed_at=None, undone_at=None)

    def waiting(self) -> Self:
        """Confirmed, and still to be undone for some days."""
        return self.filter(confirmed_at__isnull=False, undone_at=None, done_at=None)

    def due(self, *, on: date) -> Self:
        return self.waiting().filter(erased_on__lte=on)


class Purge(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", editable=False)
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # The day of the erasure, said when it is confirmed.
    erased_on = models.DateField(null=True)
    undone_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # How many files it was about: it stays once they are gone.
    files = models.PositiveSmallIntegerField()
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="privacy_a_purge_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, erased_on=None, done_at=None)
                | Q(
                    confirmed_at__isnull=False, confirmed_by__isnull=False, erased_on__isnull=False
                ),
                name="privacy_a_confirmed_purge_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposed_at:%Y-%m-%d}"


class PurgedFile(models.Model):
    """One file of a clearing out, and why it is in it: the day its accompaniment ended."""

    purge = models.ForeignKey(Purge, on_delete=models.CASCADE, related_name="entries")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    ended_on = models.DateField(_("the accompaniment ended on"))
    entered_on = models.DateField(_("the accompaniment began on"))

    class Meta:
        ordering = ["ended_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purge", "subject"], name="privacy_a_file_is_in_a_purge_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.subject_id)
