"""A file between two steps of its import, what an import added, and headings seen before."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.access import may_steer
from relier.centres.models import Centre, Member
from relier.people.models import Person
from relier.privacy.sealed import SealedCharField, SealedJSONField, SealedTextField


class What(models.TextChoices):
    """What each line of a sheet says."""

    PEOPLE = "people", _("people, and the day they entered a track")
    PRESENCES = "presences", _("who was there, and how long")
    DAYS = "days", _("who was there, with one column per day")
    SESSIONS = "sessions", _("sessions")
    TRACKS = "tracks", _("tracks and their programmes")
    CATEGORIES = "categories", _("why someone may enter: the category of articles 5 and 6")
    ABSENCES = "absences", _("why someone was away, from a day to a day")
    PLACEMENTS = "placements", _("placements in companies")


class State(models.TextChoices):
    RECEIVED = "received", _("columns to be said")
    CHECKED = "checked", _("checked, not imported")
    KEPT = "kept", _("imported")
    UNDONE = "undone", _("undone")
    FORGOTTEN = "forgotten", _("given up")


class ImportedFileQuerySet(models.QuerySet["ImportedFile"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """The coordinators of the centre: whoever answers for the hours (docs/walls.md)."""
        if actor is None or not may_steer(actor):
            return self.none()
        return self.filter(centre=actor.centre)

    def waiting(self) -> Self:
        """Those whose lines are still here."""
        return self.filter(state__in=[State.RECEIVED, State.CHECKED])

    def received_before(self, moment: datetime) -> Self:
        return self.filter(received_at__lt=moment)


class ImportedFile(models.Model):
    """A file that was sent, and how far its import is. `book`, `found`, `decisions` and `name` are
    sealed, and empty from the moment it is imported, given up or too old: what stays names nobody.

    `columns`: number of a column, from 0 -> what it is. `decisions`: key of a person of the file ->
    what was decided. `counts`: what was added, of each thing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", editable=False)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    name = SealedCharField(_("name of the file"), max_length=160, blank=True)
    form = models.CharField(max_length=5)
    book = SealedTextField(blank=True)
    remarks = models.JSONField(default=list)
    what = models.CharField(_("each line says"), max_length=10, choices=What, blank=True)
    sheet = models.PositiveSmallIntegerField(default=0)
    heading = models.PositiveIntegerField(default=1)
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    decisions = SealedJSONField(default=dict, blank=True)
    found = SealedTextField(blank=True)
    plan = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportedFileQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d} {self.form}"

    @property
    def is_waiting(self) -> bool:
        return self.state in (State.RECEIVED, State.CHECKED)


class ImportedRowQuerySet(models.QuerySet["ImportedRow"]):
    def of(self, file: ImportedFile) -> Self:
        return self.filter(file=file)


class ImportedRow(models.Model):
    """A row that an import added, and what it said then: `digest` tells whether it changed since.
    Kept as long as the import may be undone."""

    file = models.ForeignKey(ImportedFile, on_delete=models.CASCADE, related_name="rows")
    # Whom it is about; it goes with them.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    model = models.CharField(max_length=40)
    object_id = models.CharField(max_length=36)
    line = models.PositiveIntegerField()
    digest = models.CharField(max_length=32)

    objects = ImportedRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.model}"


class KnownHeadingQuerySet(models.QuerySet["KnownHeading"]):
    def of_centre(self, centre: uuid.UUID) -> dict[tuple[str, str], str]:
        """(What a line says, heading in bare letters) -> what the column is."""
        rows = self.filter(centre=centre).values_list("what", "heading", "meaning")
        return {(what, heading): meaning for what, heading, meaning in rows}


class KnownHeading(models.Model):
    """What a centre calls a column: said once, proposed from then on."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+", editable=False)
    what = models.CharField(max_length=10, choices=What)
    heading = models.CharField(max_length=80)
    meaning = models.CharField(max_length=24)

    objects = KnownHeadingQuerySet.as_manager()

    class Meta:
        ordering = ["what", "heading", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "what", "heading"], name="training_a_heading_is_known_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.meaning}"


class KnownCodeQuerySet(models.QuerySet["KnownCode"]):
    def of_centre(self, centre: uuid.UUID) -> dict[str, str]:
        """Code, in small letters -> what it means (`codes.py`)."""
        return dict(self.filter(centre=centre).values_list("code", "meaning"))


class KnownCode(models.Model):
    """What a centre writes in its sheets by day, « CM » for instance: said once, proposed from then
    on."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+", editable=False)
    code = models.CharField(max_length=16)
    meaning = models.CharField(max_length=24)

    objects = KnownCodeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "code"], name="training_a_code_is_known_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.meaning}"
