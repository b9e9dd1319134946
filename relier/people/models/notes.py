"""Words written about someone, and who reads them."""

import uuid
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member

from .person import AboutPerson, Following, Person


class Audience(models.TextChoices):
    """Who reads it. Under secrecy unless opened on purpose (docs/walls.md)."""

    SECRECY = "secrecy", _("under secrecy")
    TEAM = "team", _("for the team")
    WITH_PERSON = "with_person", _("with the person")


Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def visible_words(rows: Rows, actor: Actor | None, *, open_rows: Q | None = None) -> Rows:
    """Limit rows about people (with a `person` and a `centre`) to what this member may read.

    Content asks that one of their teams follows the person today; what is under secrecy asks
    for the status too. `open_rows` says which rows are content: those not under secrecy, by
    default. The same words serve every table, so that a wall has one place.
    """
    if not actor or not actor.in_a_centre:
        return rows.none()
    followed = Following.objects.open().filter(team__in=actor.teams).values("person")
    rows = rows.filter(person__root__in=followed, centre=actor.centre)
    if actor.bound:
        return rows
    return rows.filter(~Q(audience=Audience.SECRECY) if open_rows is None else open_rows)


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, actor: Actor | None) -> Self:
        return visible_words(self, actor)

    def current(self) -> Self:
        """Without those that a correction replaced."""
        return self.filter(correction=None)


class Note(AboutPerson):
    """What was noted. A correction is a new note that replaces the other: both are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    audience = models.CharField(_("who reads it"), max_length=12, choices=Audience)
    words = models.TextField(_("note"), max_length=5000)
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
