"""What a person asks, in their own words. It may be kept before anyone knows who it is from."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member, Team
from relier.people.models import Following, OpenFile, Person, within_reach
from relier.privacy.sealed import SealedCharField, SealedTextField


@dataclass(frozen=True)
class Waiting:
    """What may be said of a request without its words: to steer, and at the counter."""

    pk: uuid.UUID
    since: date
    name: str = ""
    person: uuid.UUID | None = None
    team: str = ""
    worker: str = ""


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Content: whoever has the person within reach; before a person is known, the team that
        received it; and whoever wrote it down, until it has a person."""
        if actor is None or not actor.in_a_centre:
            return self.none()
        nobody_yet = Q(person=None) & (Q(team__in=actor.teams) | Q(heard_by=actor.id))
        rows = self.filter(within_reach(actor) | nobody_yet, centre=actor.centre)
        return rows.select_related("person__root", "followed_by__user")

    def in_file(self, file: OpenFile) -> Self:
        """Those of a person, for someone who is in the file already: all are content."""
        return self.filter(person__in=file.ids)

    def waiting_in(self, centre: uuid.UUID | None) -> Self:
        """Requests of a centre that wait for a worker. Their words are not for steering."""
        return self.open().filter(centre=centre, followed_by=None) if centre else self.none()

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def of_file(self, person: Person) -> Self:
        return self.filter(person__in=person.file_ids)


def without_words(rows: Any) -> list[Waiting]:
    """Requests as what may be said of them. The words and the urgency are not even read."""
    told = rows.values_list(
        "pk",
        "received_on",
        "person__root__call_name",
        "person__root__family_name",
        "person__root",
        "team__name",
        "followed_by__user__name",
    )
    return [
        Waiting(
            pk=pk,
            since=since,
            name=f"{call_name or ''} {family_name or ''}".strip(),
            person=person,
            team=team or "",
            worker=worker or "",
        )
        for pk, since, call_name, family_name, person, team, worker in told
    ]


class HelpRequest(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="requests"
    )
    team = models.ForeignKey(
        Team,
        verbose_name=_("for which team"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    words = SealedTextField(_("the request, in their words"), max_length=2000)
    # Under secrecy: seen by members who are bound only.
    urgent = models.BooleanField(_("it is urgent"), default=False)
    # Nobody, when the person wrote it on their own page.
    heard_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    followed_by = models.ForeignKey(
        Member,
        verbose_name=_("who follows it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="requests",
    )
    # The following that attaching a person began, so that choosing another person can end it.
    began_following = models.ForeignKey(
        Following, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    received_on = models.DateField(_("received on"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = SealedCharField(_("how it ended"), max_length=300, blank=True)
    # One key per form shown: sent twice, it is kept once.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(heard_by__isnull=False) | Q(person__isnull=False),
                name="support_a_request_is_heard_by_someone_or_written_by_its_person",
            )
        ]
        indexes = [
            models.Index(
                fields=["centre", "followed_by"],
                condition=Q(closed_on=None),
                name="support_requests_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.received_on}"


class Reply(models.Model):
    """What is answered to the person, on their own page. Never rewritten: another is added."""

    request = models.ForeignKey(
        HelpRequest, on_delete=models.CASCADE, related_name="replies", editable=False
    )
    words = SealedTextField(
        _("the answer, for the person"), max_length=1000, bound_to=("form_key",)
    )
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=timezone.localdate)
    written_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"{self.on}"


class EarlierWords(models.Model):
    """What a request said before a correction. The request itself carries what stands: who follows
    it and how it ended are said of the request, whatever its words."""

    request = models.ForeignKey(
        HelpRequest, on_delete=models.CASCADE, related_name="earlier_words", editable=False
    )
    words = SealedTextField(
        _("the request, in their words"), max_length=2000, bound_to=("form_key",)
    )
    corrected_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-corrected_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.corrected_at:%Y-%m-%d %H:%M}"
