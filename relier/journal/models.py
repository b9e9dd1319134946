"""The journal: what was done and what was read, by whom, when. Lines are only ever added.

A line names things by opaque ids, never by a foreign key and never by a name: it outlives
what it speaks of, and an erasure leaves it standing without saying anything about anyone.

Lines of one centre are a chain (`chain.py`): each has its number and a seal that covers all it says
and the seal before it. What may have to be forgotten (codes, criteria, a reason) is apart, in a
`Detail`; the line holds only what proves that it is the right one.
"""

import json
from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models

from . import append_only

# The chain of what belongs to no centre.
NOWHERE = UUID(int=0)


class Detail(models.Model):
    """What a line adds to its ids, erasable without breaking the chain: the proof on the line is an
    HMAC of these words under a random salt, so that, once both are gone, nobody can even try words
    against it."""

    proof = models.CharField(max_length=64, primary_key=True)
    salt = models.BinaryField(max_length=32)
    # Canonical JSON, as text: what was proved to the letter is kept to the letter.
    said = models.TextField()

    def __str__(self) -> str:
        return self.proof[:8]


class LineQuerySet(models.QuerySet["Line"]):
    def deeds(self) -> Self:
        return self.filter(nature=Line.Nature.DEED)

    def readings(self) -> Self:
        return self.filter(nature=Line.Nature.READING)

    def about(self, subject: UUID) -> Self:
        return self.filter(subject=subject)

    def of_file(self, ids: Iterable[UUID]) -> Self:
        """About someone, under every id that their merged files had."""
        return self.filter(subject__in=list(ids))

    def by(self, actor_id: UUID) -> Self:
        return self.filter(actor=actor_id)

    def for_officer(self, centre: UUID | None) -> Self:
        """All that was done and read in a centre: for its data protection officer only."""
        return self.filter(centre=centre) if centre else self.none()

    def chain(self, centre: UUID) -> Self:
        return self.filter(centre=centre).order_by("number")


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
    centre = models.UUIDField(default=NOWHERE)
    thing = models.CharField(max_length=60, blank=True)
    thing_id = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    # No constraint: the detail may be erased, and the line stays.
    detail = models.ForeignKey(
        Detail,
        null=True,
        db_column="proof",
        db_constraint=False,
        db_index=False,
        on_delete=models.DO_NOTHING,
        related_name="lines",
    )
    # Its place in the chain of its centre: 1, 2, 3… The order rests on it, not on the clock.
    number = models.PositiveBigIntegerField()
    key = models.CharField(max_length=8)
    seal = models.CharField(max_length=64)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "number"], name="journal_one_line_per_number_of_a_chain"
            )
        ]
        indexes = [
            models.Index(fields=["subject", "-at"], name="journal_by_subject"),
            models.Index(fields=["actor", "-at"], name="journal_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"

    @property
    def proof(self) -> str:
        return self.detail_id or ""

    @property
    def details(self) -> dict[str, Any]:
        """Codes, fields, criteria: empty where there are none, or where they were erased."""
        if not self.detail_id:
            return {}
        if "detail" in self._state.fields_cache:
            found = self.detail
        else:
            found = Detail.objects.filter(pk=self.detail_id).first()
        return json.loads(found.said) if found else {}


append_only.declare(Line)
append_only.declare(Detail, erasable=True)
