"""Presence on paper, and what comes back from paper or from a device otherwise than it stands.

A list that was printed keeps what it said of its session, so that it is read by what was printed,
whoever came or left since. The names stand in no row of it: a line leads to a person, and goes with
them.
"""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.paper.models import Printing
from relier.people.models import AboutPerson, Person

from .presences import OfPersonQuerySet, Presence, Taken
from .sessions import A_DAY, Session
from .tracks import OfCentre, OfCentreQuerySet

MOST_BLANK = 12


class PresenceList(OfCentre):
    """A list of presence as it was printed: its session as it was that day, and how many lines.
    `remote`: it had a box for those at a distance; `blank`: lines for whoever was not foreseen."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="lists")
    printing = models.OneToOneField(
        Printing, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("room or place"), max_length=120, blank=True)
    track = models.CharField(_("track"), max_length=120, blank=True)
    approval = models.CharField(_("number of the approval"), max_length=40, blank=True)
    remote = models.BooleanField(_("some may follow at a distance"), default=False)
    lines_printed = models.PositiveSmallIntegerField(default=0)
    blank = models.PositiveSmallIntegerField(
        _("blank lines"), default=3, validators=[MaxValueValidator(MOST_BLANK)]
    )
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(auto_now_add=True)
    # Checked and handed over: its lines say what it bore.
    received_at = models.DateTimeField(_("came back on"), null=True, blank=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        ordering = ["-printed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class ListLine(AboutPerson):
    """Someone on a printed list, at their rank. Once they are erased, the line says nobody.
    `minutes`, `signed`: what stood on it as it came back; nothing said, nothing stands."""

    of = models.ForeignKey(PresenceList, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("rank on the list"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes on the list"), null=True, blank=True, validators=[MaxValueValidator(A_DAY)]
    )
    signed = models.BooleanField(_("signed"), default=False)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ["of", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "number"], name="training_one_person_on_a_line_of_a_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class DifferenceQuerySet(OfPersonQuerySet):
    def open(self) -> "DifferenceQuerySet":
        return self.filter(decided_at=None)


class Difference(Taken):
    """What a device or a list says of someone otherwise than it stands. It counts for nothing until
    someone decides (docs/decisions/024). `id` is drawn as that of a presence: sent twice, it is one
    row. `said_at`: by the clock of the device."""

    class Source(models.TextChoices):
        DEVICE = "device", _("a device without a connection")
        PAPER = "paper", _("the list on paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="differences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    # What stood as it came.
    against = models.ForeignKey(Presence, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("where it comes from"), max_length=6, choices=Source)
    placement = models.ForeignKey(
        "training.Placement", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    said_at = models.DateTimeField(_("said on"), null=True, blank=True)
    written_at = models.DateTimeField(_("came on"), auto_now_add=True)
    decided_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    counts = models.BooleanField(_("it counts"), default=False)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["session", "person", "written_at", "pk"]
        indexes = [
            models.Index(
                fields=["session"], condition=Q(decided_at=None),
                name="training_open_differences",
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, counts=False)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="training_a_decided_difference_says_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes}"
