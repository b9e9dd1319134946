"""Words written about someone, and who reads them."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.privacy.sealed import SealedTextField

from .person import AboutPerson, Person
from .walls import Audience, WordsQuerySet


class NoteQuerySet(WordsQuerySet):
    def current(self) -> Self:
        """Without those that a correction replaced."""
        return self.filter(correction=None)


class Note(AboutPerson):
    """What was noted. A correction is a new note that replaces the other: both are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    audience = models.CharField(_("who reads it"), max_length=12, choices=Audience)
    words = SealedTextField(_("note"), max_length=5000)
    on = models.DateField(_("day"))
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}"
