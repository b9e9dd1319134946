"""What widens how far a member reads, for a time: a file opened with a reason, a replacement.

Both end by themselves. Neither is ever beyond the member's own status (docs/walls.md).
"""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Centre, Member, Team
from relier.centres.reach import FILE, TEAM, rows_of, widen
from relier.privacy.sealed import SealedTextField

from .person import AboutPerson, Person
from .walls import OpenFile


class EntryQuerySet(models.QuerySet["Entry"]):
    def open(self, *, at: datetime) -> Self:
        """Those that let their author in at this moment."""
        return self.filter(ended_at=None, until__gt=at)

    def of_file(self, ids: "list[uuid.UUID]") -> Self:
        """Of a person, whichever of their merged files was opened; the latest first."""
        return self.filter(person__in=ids).select_related("member__user")

    def in_file(self, file: OpenFile) -> Self:
        """The same, for someone who is in the file already. Everyone there sees who opened it;
        why, only those bound (the page says it to them)."""
        return self.filter(person__in=file.ids)


class Entry(AboutPerson):
    """A file opened beyond one's teams, with a reason, for a set time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="entries")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="entries")
    # under secrecy
    reason = SealedTextField(_("why"), max_length=500)
    begun_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("begun_at")), name="people_an_entry_ends_after_it_begins"
            )
        ]
        indexes = [
            models.Index(
                fields=["member", "until"],
                condition=Q(ended_at=None),
                name="people_entries_of_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"

    def is_open(self, *, at: datetime) -> bool:
        return self.ended_at is None and self.until > at


class ReplacementQuerySet(models.QuerySet["Replacement"]):
    def standing(self, *, on: date) -> Self:
        """Those that count on a day, the last one included."""
        return self.filter(ended_on=None, from_on__lte=on, until_on__gte=on)

    def to_come_or_standing(self, *, on: date) -> Self:
        return self.filter(ended_on=None, until_on__gte=on)

    def of_centre(self, centre: uuid.UUID | None) -> Self:
        return self.filter(centre=centre) if centre else self.none()


class Replacement(models.Model):
    """A member joins a team until a day, perhaps instead of someone: they read what the team reads,
    and no more than their own status lets them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="replacements")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="replacements")
    instead_of = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField(_("from which day"), default=timezone.localdate)
    until_on = models.DateField(_("until which day, included"))
    ended_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ReplacementQuerySet.as_manager()

    class Meta:
        ordering = ["until_on", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="people_a_replacement_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(member=F("instead_of")), name="people_nobody_replaces_themselves"
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "until_on"],
                condition=Q(ended_on=None),
                name="people_replacements_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on}"

    def stands(self, *, on: date) -> bool:
        """As `standing`, of a row that was read already."""
        return self.ended_on is None and self.from_on <= on <= self.until_on


@widen
def teams_for_a_time(member: uuid.UUID, at: datetime) -> "models.QuerySet[Any, Any]":
    standing = Replacement.objects.standing(on=timezone.localdate(at))
    return rows_of(standing.filter(member=member), TEAM, "team_id")


@widen
def files_with_a_reason(member: uuid.UUID, at: datetime) -> "models.QuerySet[Any, Any]":
    return rows_of(Entry.objects.open(at=at).filter(member=member), FILE, "person__root_id")
