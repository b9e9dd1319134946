"""What a centre made of the relation of a bank: each change is a row, and no row ever changes."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member


class RelationVersionQuerySet(models.QuerySet["RelationVersion"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Of one's own centre; a federation reads the relation as it is shipped."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)

    def of(self, bank: str) -> Self:
        """Every version of the relation of a bank, the latest first."""
        return self.filter(bank=bank).order_by("-number", "-pk")

    def since(self, number: int) -> Self:
        """What came after a version, in the order it came."""
        return self.filter(number__gt=number).order_by("number", "pk")

    def signed(self) -> Self:
        """With the name of whoever made it, in the same query."""
        return self.select_related("author__user")


class RelationVersion(models.Model):
    """The whole relation as it stands from this version on, and what made it differ.

    `needs` holds every need: {"item", "needs", "because": {"en", "fr"}}. `items` holds the items
    that the bank had then, so that what a later bank brings is told from what the centre took out.
    """

    class Change(models.TextChoices):
        ADDED = "added", _("a need was added")
        REMOVED = "removed", _("a need was taken out")
        TAKEN_BACK = "taken_back", _("an earlier version was taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    bank = models.CharField(max_length=40)
    bank_version = models.CharField(max_length=40)
    # From 1; 0 is the relation as it is shipped, and has no row.
    number = models.PositiveIntegerField()
    items = models.JSONField()
    needs = models.JSONField(default=list, blank=True)
    change = models.CharField(max_length=12, choices=Change)
    # The need that was added or taken out; "" when a version was taken back.
    item = models.CharField(max_length=40, blank=True)
    needed = models.CharField(max_length=40, blank=True)
    # The version that was taken back, if that is what was done.
    taken_back = models.PositiveIntegerField(null=True, blank=True)
    why = models.TextField(_("why"), max_length=1000)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = RelationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "bank", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "bank", "number"],
                name="competences_each_version_of_a_relation_has_its_number",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="competences_version_0_is_the_shipped_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"
