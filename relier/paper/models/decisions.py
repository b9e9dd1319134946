"""What a human decided of one question of one page: rows are added, the last one stands."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Centre, Member
from relier.paper.rules.decisions import Said
from relier.privacy.sealed import SealedCharField, SealedJSONField

from . import sealed_bytes
from .scans import Scan


class Decision(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="decisions")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(_("question"), max_length=40)
    # {"answers": […]}: the keys of choices, or what was typed.
    # under secrecy
    given = SealedJSONField(_("answer"), default=dict)
    illegible = models.BooleanField(_("illegible"), default=False)
    # Takes back the last one of the same question; it says nothing itself.
    undoes = models.BooleanField(_("takes back the one before"), default=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # The strip of the page that was looked at, as evidence: JPEG, sealed; empty where none was.
    crop_key = SealedCharField(max_length=64, blank=True)
    crop = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["scan", "question"], name="paper_decisions_of_a_scan")]

    def __str__(self) -> str:
        return self.question

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A decision is never rewritten: another one is added.")
        super().save(*args, **kwargs)

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(self.given.get("answers", ()))

    @property
    def said(self) -> Said:
        """The same, as plain values for the rules."""
        return Said(self.by_id, self.answers, self.illegible, self.undoes)

    @property
    def place(self) -> str:
        return f"paper.Decision.crop:{self.pk}"

    def keep_crop(self, jpeg: bytes) -> None:
        if jpeg:
            self.crop_key = sealed_bytes.new_key()
            self.crop = sealed_bytes.seal(jpeg, key=self.crop_key, place=self.place)

    def crop_content(self) -> bytes:
        """The JPEG, or b"". Raises DoesNotOpen."""
        if not self.crop:
            return b""
        return sealed_bytes.unseal(self.crop, key=self.crop_key, place=self.place)
