"""Workshops and their sessions, what preparing one took, and hours of supervision.

No figure is ever drawn by worker (docs/charter.md, 4). So the hours of supervision of a track and a
day are one number for the whole team, with no author and no moment of writing: nothing in the
database says whose they were, and a correction puts a number in the place of another rather than a
row beside it, since two versions would tell what somebody added. What preparing took hangs on a
session and has no author either.
"""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member, Team
from relier.privacy.sealed import SealedTextField
from relier.training.hours import Carrier as CarrierOfHours

from .tracks import OfCentre, OfCentreQuerySet, ProgrammeUnit, Track

A_DAY = 24 * 60


class Carrier(models.IntegerChoices):
    CENTRE = CarrierOfHours.CENTRE.value, _("the centre")
    PARTNER_FREE = CarrierOfHours.PARTNER_FREE.value, _("a partner, free of charge")
    PARTNER_PAID = CarrierOfHours.PARTNER_PAID.value, _("a partner that is paid")
    COMPANY = CarrierOfHours.COMPANY.value, _("a company, in a placement")


class Workshop(OfCentre):
    """A series of sessions, in a track or open to whoever comes."""

    name = models.CharField(_("name"), max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    track = models.ForeignKey(
        Track, null=True, blank=True, on_delete=models.PROTECT, related_name="workshops"
    )
    unit = models.ForeignKey(
        ProgrammeUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_open = models.BooleanField(_("open to whoever comes"), default=False)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class SessionQuerySet(OfCentreQuerySet):
    def between(self, start: date, end: date) -> Self:
        """Those from `start` to `end`, both included, that were not called off."""
        return self.filter(day__range=(start, end), called_off=False)


class Session(OfCentre):
    """One session. It names nobody: a day in a company is one too, and the placement stands on the
    presence."""

    workshop = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    name = models.CharField(_("name"), max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    track = models.ForeignKey(
        Track, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(A_DAY)]
    )
    place = models.CharField(_("room or place"), max_length=120, blank=True)
    carrier = models.PositiveSmallIntegerField(
        _("carried by"), choices=Carrier, default=Carrier.CENTRE
    )
    is_open = models.BooleanField(_("open to whoever comes"), default=False)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    # Who welcomes: to plan and to be reached. Nothing is ever counted by it.
    trainers = models.ManyToManyField(Member, blank=True, related_name="+")
    called_off = models.BooleanField(_("called off"), default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "starts_at", "pk"]
        indexes = [models.Index(fields=["centre", "day"], name="training_sessions_of_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class PreparationNote(OfCentre):
    """What preparing a session took, for whoever plans the next one. Of nobody."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="preparation")
    minutes = models.PositiveSmallIntegerField(_("minutes it took"), null=True, blank=True)
    words = SealedTextField(_("good to know"), max_length=2000, blank=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["session", "pk"]

    def __str__(self) -> str:
        return str(self.session_id)


class SupervisionHours(OfCentre):
    """How long a whole team supervised in a track on a day (order, article 14)."""

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="supervision")
    day = models.DateField(_("day"))
    minutes = models.PositiveIntegerField(_("minutes, of the whole team"))

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["day", "track", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "day"], name="training_one_number_of_supervision_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"
