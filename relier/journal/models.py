"""The journal: what was done and what was read, by whom, when. Lines are only ever added.

A line names things by opaque ids, never by a foreign key and never by a name: it outlives
what it speaks of, and an erasure leaves it standing without saying anything about anyone.
"""

from typing import Self
from uuid import UUID

from django.db import models


class LineQuerySet(models.QuerySet["Line"]):
    def deeds(self) -> Self:
        return self.filter(nature=Line.Nature.DEED)

    def readings(self) -> Self:
        return self.filter(nature=Line.Nature.READING)

    def about(self, subject: UUID) -> Self:
        return self.filter(subject=subject)

    def by(self, actor_id: UUID) -> Self:
        return self.filter(actor=actor_id)


class Line(models.Model):
    class Nature(models.TextChoices):
        DEED = "deed"
        READING = "reading"

    nature = models.CharField(max_length=8, choices=Nature)
    # The words of the deed, such as "support.procedure_opened": room, thing, verb.
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor = models.UUIDField()
    centre = models.UUIDField(null=True)
    thing = models.CharField(max_length=60, blank=True)
    thing_id = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    # Why, where a reason is asked; which fields, which criteria: never a value told by someone.
    details = models.JSONField(default=dict)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="journal_by_subject"),
            models.Index(fields=["actor", "-at"], name="journal_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
