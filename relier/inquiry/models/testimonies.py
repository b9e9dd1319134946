"""A draft, read by its author alone, and a testimony, read in the centre.

They are two tables, and giving makes a new row: its key, its day and its form say nothing of the
draft that it comes from, so that an unsigned testimony leads to nobody.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.privacy.sealed import SealedTextField

LONGEST_TESTIMONY = 2000


class Whose(models.TextChoices):
    """Whose words they are. Of someone accompanied, nothing more is known here: no name, no key."""

    WORKER = "worker", _("someone who works here")
    ACCOMPANIED = "accompanied", _("someone accompanied, who agrees")


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Its author's, and nobody else's."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(author=actor.id)


class Draft(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(_("what was lived"), max_length=LONGEST_TESTIMONY)
    whose = models.CharField(
        _("whose words they are"), max_length=11, choices=Whose, default=Whose.WORKER
    )
    begun_on = models.DateField(_("begun on"))
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "pk"]

    def __str__(self) -> str:
        return self.words


class TestimonyQuerySet(models.QuerySet["Testimony"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Every member of the centre."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on=None)


class Testimony(models.Model):
    """Given, its words never change: passages say where they begin and end in them."""

    # Not a class of tests, whatever its name begins with.
    __test__ = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(_("what was lived"), max_length=LONGEST_TESTIMONY)
    whose = models.CharField(_("whose words they are"), max_length=11, choices=Whose)
    # They heard it read back and agree that it is kept: asked of someone accompanied only.
    heard_back = models.BooleanField(default=False)
    # A day and no hour: with the journal, an hour would say who gave it.
    given_on = models.DateField(_("given on"))
    # Nobody, unless whoever gave it wanted to sign.
    signed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = TestimonyQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "pk"]
        verbose_name_plural = "testimonies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(whose="accompanied") | Q(heard_back=True),
                name="inquiry_whoever_is_accompanied_agreed",
                violation_error_message=_(
                    "Read it back to them first, and ask if they agree that it is kept."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(whose="accompanied") | Q(signed_by=None),
                name="inquiry_words_of_someone_accompanied_are_signed_by_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None
