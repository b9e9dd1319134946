"""Ballots told apart while they are counted, because a room makes a row of each
(docs/deliberation.md, "On paper"). All of these rows go when the count ends: nothing then leads
from a sheet of paper to what it says.

A page bears seven letters of its own, then the last six of its count, the same on all its pages: a
ballot that comes back later is known for a ballot, and nobody knows which.
"""

import uuid

from django.db import models

from relier.lib import codes
from relier.paper.reading.identifiers import BY_HAND, DRAWN
from relier.privacy import disk

from .ballots import BallotCount

OWN = BY_HAND - 1
LONGEST_RECEIPT = 16


def identifier_in(count: BallotCount) -> str:
    """A new one, for one page of a ballot of this count."""
    return codes.draw(OWN) + count.identifier[OWN:]


class BallotSheet(models.Model):
    """One ballot, of one page or more. `receipt`: what stands on the part that its holder keeps;
    `says`: question -> keys of choices, of what was told so far."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    count = models.ForeignKey(BallotCount, on_delete=models.CASCADE, related_name="ballots")
    receipt = models.CharField(max_length=LONGEST_RECEIPT)
    says = models.JSONField(default=dict)

    class Meta:
        ordering = ["count", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["count", "receipt"], name="paper_a_receipt_is_of_one_ballot"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class BallotPage(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(BallotSheet, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    identifier = models.CharField(max_length=DRAWN, unique=True)
    short = models.CharField(max_length=BY_HAND)
    # Counted once, however often it is scanned.
    is_read = models.BooleanField(default=False)

    class Meta:
        ordering = ["ballot", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "number"], name="paper_a_page_of_a_ballot_is_once"
            )
        ]

    def __str__(self) -> str:
        return self.short


disk.clean_too(BallotSheet, BallotPage)
