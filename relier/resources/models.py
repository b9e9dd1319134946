"""A practical sheet (`Resource`) and all that it said, version after version."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member

from .rules.searching import folded

LONGEST_TITLE, LONGEST_TEXT, LONGEST_WHY = 160, 20_000, 400


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Every member of the centre."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)

    def holding(self, typed: str) -> Self:
        """Those that hold each of the words typed, whatever their accents and capitals."""
        found = Q()
        for word in folded(typed).split():
            found &= Q(searched__contains=word)
        return self.filter(found)


class Resource(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    revised_on = models.DateField(_("revised on"))
    # The title and the text as words are looked for in them.
    searched = models.TextField(editable=False, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """What a sheet said, from a day on, and why it changed. The last one is what it says now."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField(max_length=LONGEST_TEXT)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()

    class Meta:
        ordering = ["resource", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "number"], name="resources_a_version_has_a_number_of_its_own"
            )
        ]

    def __str__(self) -> str:
        return self.title
