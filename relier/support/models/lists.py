"""What a centre changed in a list (relier/support/lists.py): rows are only added."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .advice import OfCentre


class Lists(models.TextChoices):
    FAMILIES = "families", _("Families of procedures, for mandates")
    PURPOSES = "purposes", _("Reasons to consult the BCSS")
    QUALITIES = "qualities", _("Quality codes of the BCSS")


# What a family may be drawn with: a few pictures that people meet elsewhere.
PICTOGRAMS = [
    "money", "health", "house", "bill", "work", "official-letter", "identity", "key", "account",
    "child", "transport", "document", "folder", "institution",
]  # fmt: skip


class ListChange(OfCentre):
    """A row added, said otherwise, or no longer offered, from a day on. What was kept with the
    earlier words keeps them."""

    of = models.CharField(_("list"), max_length=10, choices=Lists)
    key = models.SlugField(max_length=40)
    offered = models.BooleanField(_("offered"), default=True)
    # Without words, while it is offered: the row as it came.
    words_fr = models.CharField(_("in French"), max_length=80, blank=True)
    words_en = models.CharField(_("in English"), max_length=80, blank=True)
    pictogram = models.CharField(_("picture"), max_length=20, blank=True)
    from_on = models.DateField(_("from which day"), default=timezone.localdate)
    source = models.CharField(_("where it comes from"), max_length=300, blank=True)
    doubt = models.CharField(_("what is not certain"), max_length=300, blank=True)

    class Meta:
        ordering = ["from_on", "made_at", "pk"]
        indexes = [models.Index(fields=["centre", "of"], name="support_lists_of_centre")]

    def __str__(self) -> str:
        return f"{self.of}: {self.key}"

    @property
    def as_shipped(self) -> bool:
        return self.offered and not self.words_fr

    def clean(self) -> None:
        if self.pictogram and self.pictogram not in PICTOGRAMS:
            raise ValidationError({"pictogram": _("Choose a picture of the list.")})
        if not self.as_shipped and not self.source:
            raise ValidationError({"source": _("Say where it comes from.")})
