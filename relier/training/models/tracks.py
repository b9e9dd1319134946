"""Tracks (filières), what was approved for them, and their programmes. Nothing here is about
anyone: every member of the centre reads it."""

import uuid
from datetime import date
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Team
from relier.training.hours import Scheme as SchemeOfHours


class OfCentreQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Every member of the centre: it says nothing of anyone."""
        if actor is None or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)


class OfCentre(models.Model):
    """A row of a centre, about nobody; `form_key`: sent twice, it is kept once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", editable=False)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class TrackQuerySet(OfCentreQuerySet):
    def open(self, *, on: date) -> Self:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))


class Track(OfCentre):
    """A filière, and the team that runs it."""

    class Scheme(models.TextChoices):
        CISP = SchemeOfHours.CISP.value, _("CISP")
        DIGISTART = SchemeOfHours.DIGISTART.value, _("Digistart")

    class Category(models.TextChoices):
        ORIENTATION = "orientation", _("orientation")
        BASE = "base", _("basic training")
        LITERACY = "literacy", _("literacy")
        PROFESSIONAL = "professional", _("professional training")

    class Method(models.TextChoices):
        DEFI = "defi", _("DéFI: courses, exercises, placements")
        EFT = "eft", _("EFT: real production")

    name = models.CharField(_("name"), max_length=120)
    scheme = models.CharField(_("under which text"), max_length=10, choices=Scheme)
    category = models.CharField(_("category"), max_length=12, choices=Category, blank=True)
    method = models.CharField(_("method"), max_length=4, choices=Method, blank=True)
    cedefop_code = models.CharField(_("Cedefop code"), max_length=10, blank=True)
    in_group = models.BooleanField(_("people enter it in a group only"), default=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("open since"))
    closed_on = models.DateField(_("closes on"), null=True, blank=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="training_one_track_of_a_name",
                violation_error_message=_("There is a track of that name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def supervision_rule(self) -> str:
        """Which ratio is asked of it (order, article 14)."""
        closer = {self.Category.LITERACY, self.Category.ORIENTATION}
        is_eft = self.method == self.Method.EFT or self.category in closer
        return "supervision_eft" if is_eft else "supervision_defi"


class Approval(OfCentre):
    """An approval (agrément) of the centre: its number stands on every act."""

    number = models.CharField(_("number"), max_length=40)
    scheme = models.CharField(_("under which text"), max_length=10, choices=Track.Scheme)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="training_an_approval_ends_after_it_begins",
                violation_error_message=_("The end is before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return self.number


class ApprovedHours(OfCentre):
    """How many hours are approved for a track in a year."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="hours")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="approved_hours")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000)])
    hours = models.PositiveIntegerField(_("hours"))

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["year", "track", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "track", "year"],
                name="training_hours_are_approved_once_a_year",
                violation_error_message=_("The hours of that year are there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.hours}"


class Programme(OfCentre):
    """What a track teaches: units and their hours. A programme in use is not rewritten: another
    begins, and who entered before keeps theirs."""

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(_("name"), max_length=160)
    from_on = models.DateField(_("from which day"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    # Of its units, in one number: what a programme lasts is asked at each posting.
    minutes = models.PositiveIntegerField(editable=False)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class ProgrammeUnit(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="units")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", editable=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("unit"), max_length=160)
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["programme", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="training_units_have_an_order"
            )
        ]

    def __str__(self) -> str:
        return self.name
