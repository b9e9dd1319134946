"""A `Consent` keeps the very text that was shown or read aloud, and how it was given."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Centre, Member
from relier.privacy.texts import ConsentText

from .subjects import Subject


class ConsentQuerySet(models.QuerySet["Consent"]):
    def open(self) -> Self:
        """Neither withdrawn nor given again since; it may have come to its end."""
        return self.filter(withdrawn_at=None, replaced_at=None)

    def standing(self, *, on: date) -> Self:
        """Given, neither withdrawn nor replaced, and not at its end: it ends by itself."""
        return self.open().filter(Q(expires_on=None) | Q(expires_on__gte=on))

    def to_ask_again(self, *, on: date) -> Self:
        """Those that end soon, and that nobody has let end."""
        return self.standing(on=on).filter(ask_again_on__lte=on, left_to_end_at=None)

    def of_file(self, files: Iterable[UUID]) -> Self:
        """Those of a person: of every file that was merged into theirs."""
        return self.filter(subject__in=list(files))

    def of_purpose(self, purpose: str) -> Self:
        return self.filter(purpose=purpose)


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
    # Read in another language as a help; what was agreed to is `text`.
    read_in = models.CharField(_("read aloud in"), max_length=5, blank=True)
    how = models.CharField(_("how it was given"), max_length=8, choices=How)
    helper = models.CharField(
        _("who read it or interpreted it"),
        max_length=80,
        blank=True,
        help_text=_("A colleague, a relative, an interpreter. Leave empty if nobody did."),
    )
    received_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    # Its last day, and from which day to speak of it again: as the centre had set it that day.
    expires_on = models.DateField(_("until"), null=True, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)
    left_to_end_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "purpose"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="privacy_one_standing_consent_per_purpose",
                violation_error_message=_("This agreement was already given."),
            )
        ]
        indexes = [
            models.Index(
                fields=["centre", "ask_again_on"],
                condition=Q(withdrawn_at=None, replaced_at=None, left_to_end_at=None),
                name="privacy_consents_to_ask_again",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.given_on})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.centre_id is None:
            self.centre_id = self.subject.centre_id
        super().save(*args, **kwargs)

    def stands(self, *, on: date) -> bool:
        over = self.withdrawn_at or self.replaced_at
        return not over and (self.expires_on is None or self.expires_on >= on)

    def asks_again(self, *, on: date) -> bool:
        """Whether it is time to speak of it again, or past it."""
        return self.ask_again_on is not None and self.ask_again_on <= on

    @property
    def as_read(self) -> ConsentText:
        """The very text that was read, whatever became of its file since."""
        return ConsentText(self.purpose, self.text_version, self.language, self.text)

    @staticmethod
    def hash_of(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()
