"""What the law obliges to keep of someone who was erased: one sealed archive, that ends by itself.

It names its person by an opaque id and by no foreign key: the subject is gone. Its words are
sealed by a key that is kept outside the database; opening it takes a reason and two people.
"""

import uuid
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.privacy.rules.terms import TERMS

# Two people agreed for today's need, not for ever.
OPEN_FOR = timedelta(hours=4)


class ArchiveQuerySet(models.QuerySet["Archive"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """That it exists, its class and its end: to those who may ask to open one."""
        if not actor or not actor.in_a_centre:
            return self.none()
        if not (actor.bound or actor.role == Member.Role.COORDINATOR):
            return self.none()
        return self.filter(centre=actor.centre)

    def standing(self, *, on: date) -> Self:
        return self.filter(ends_on__gt=on)

    def ended(self, *, on: date) -> Self:
        return self.filter(ends_on__lte=on)


class Archive(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField(unique=True)
    document_class = models.CharField(max_length=32)
    entered_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What is written on the page given to the person, and read back years later."""
        return f"{self.pk.hex[:4]}-{self.pk.hex[4:8]}-{self.pk.hex[8:12]}".upper()

    @property
    def place(self) -> str:
        return f"privacy.Archive.sealed:{self.pk}"

    @property
    def label(self) -> str:
        return str(TERMS[self.document_class].label)


class OpeningQuerySet(models.QuerySet["ArchiveOpening"]):
    def waiting(self) -> Self:
        return self.filter(agreed_at=None)

    def standing(self, *, at: datetime) -> Self:
        return self.filter(agreed_at__gt=at - OPEN_FOR)


class ArchiveOpening(models.Model):
    """One asks with a reason, another agrees: one of them bound by secrecy, one who coordinates."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="openings")
    reason = models.CharField(_("why it must be opened"), max_length=300)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")),
                name="privacy_an_archive_is_opened_by_two",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"
