"""A `Consent` keeps the very text that was shown or read aloud, and how it was given."""

import hashlib
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Centre, Member

from .subjects import Subject


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> Self:
        """Given and not withdrawn since."""
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """An agreement that was given. A refusal leaves no trace (docs/charter.md, 3)."""

    class Purpose(models.TextChoices):
        FILE = "file", _("keep a file to accompany the person")
        CONTACT = "contact", _("contact other services about the person")
        IMAGE = "image", _("use a photograph or a recording")

    class How(models.TextChoices):
        ORALLY = "orally", _("orally, after the text was read aloud")
        PAPER = "paper", _("on paper, signed")
        SCREEN = "screen", _("on the screen, by the person")

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="consents")
    # Every row of a centre carries its centre, so that sharding by centre stays open.
    centre = models.ForeignKey(
        Centre, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(_("for what"), max_length=8, choices=Purpose)
    text = models.TextField(_("the text as it was shown"))
    text_hash = models.CharField(max_length=64)
    text_version = models.CharField(max_length=40)
    language = models.CharField(_("language of the text"), max_length=5)
    how = models.CharField(_("how it was given"), max_length=8, choices=How)
    helper = models.CharField(
        _("who read it or interpreted it"),
        max_length=80,
        blank=True,
        help_text=_("A colleague, a relative, an interpreter. Leave empty if nobody did."),
    )
    received_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "purpose"],
                condition=Q(withdrawn_at=None),
                name="privacy_one_standing_consent_per_purpose",
                violation_error_message=_("This agreement was already given."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.given_on})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.centre_id is None:
            self.centre_id = self.subject.centre_id
        super().save(*args, **kwargs)

    @staticmethod
    def hash_of(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()
