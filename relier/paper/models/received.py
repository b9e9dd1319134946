"""What was received at once, and the files of it, their bytes sealed in parts."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.privacy.sealed import SealedCharField

from . import sealed_bytes
from .walls import theirs_or_steered

# A part is read and written whole: as little in memory as an ordinary page of the web.
PART = 1024 * 1024


class PileQuerySet(models.QuerySet["Pile"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Whoever received it, and the coordinators: it may hold pages of anyone."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(theirs_or_steered(actor, "by"), centre=actor.centre)


class Pile(models.Model):
    class How(models.TextChoices):
        SCAN = "scan", _("scanned")
        TELEPHONE = "telephone", _("photographed with a telephone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(_("how"), max_length=9, choices=How)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = PileQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class ReceivedFileQuerySet(models.QuerySet["ReceivedFile"]):
    def empty(self, *, at: datetime) -> int:
        """Their bytes go, with the keys that opened them; the lines of their pages stay."""
        files = list(self.values_list("pk", flat=True))
        FilePart.objects.filter(file__in=files).delete()
        return ReceivedFile.objects.filter(pk__in=files).update(key="", emptied_at=at)


class ReceivedFile(models.Model):
    """A file, without its name, which may be someone's. `sha256` and `size` are of the bytes as
    received; `kept_sha256` and `kept_size` of those that are kept, without position or camera."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        TIFF = "tiff", "TIFF"
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pile = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="files")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kept_sha256 = models.CharField(max_length=64)
    kept_size = models.PositiveIntegerField()
    # None until it was opened by the process apart.
    pages = models.PositiveIntegerField(null=True, blank=True)
    key = SealedCharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    # Its bytes are gone: their term ended, or someone of whom it held a page was erased.
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = ReceivedFileQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pile", "sha256"], name="paper_a_file_is_received_once_in_a_pile"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:8]}"

    def place_of(self, number: int) -> str:
        return f"paper.FilePart.sealed:{self.pk}/{number}"

    def seal_parts(self, data: bytes) -> "Iterator[FilePart]":
        view = memoryview(data)
        for number, start in enumerate(range(0, len(data), PART)):
            part = bytes(view[start : start + PART])
            sealed = sealed_bytes.seal(part, key=self.key, place=self.place_of(number))
            yield FilePart(file=self, number=number, sealed=sealed)

    def content(self) -> bytes:
        """The bytes that are kept; b"" once they are gone. Raises DoesNotOpen."""
        if self.emptied_at is not None:
            return b""
        return b"".join(
            sealed_bytes.unseal(part.sealed, key=self.key, place=self.place_of(part.number))
            for part in self.parts.order_by("number").iterator(chunk_size=4)
        )


class FilePart(models.Model):
    """Up to 1 MiB of a file, sealed: a backup, an erasure and a power cut treat it as any row."""

    file = models.ForeignKey(ReceivedFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"], name="paper_a_file_has_each_part_once"
            ),
            models.CheckConstraint(condition=Q(number__lt=1000), name="paper_a_file_has_few_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.number}"
