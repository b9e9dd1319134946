"""Procedures (démarches) with institutions: under secrecy unless opened on purpose."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.people.models import AboutPerson, Person, WordsQuerySet
from relier.privacy.sealed import SealedCharField

from .mandates import DoneOnline


class Outcome(models.TextChoices):
    OPEN = "open", _("under way")
    WAITING = "waiting", _("waiting for an answer")
    DONE = "done", _("done")
    BLOCKED = "blocked", _("blocked")
    DROPPED = "dropped", _("dropped, as the person wished")


class Obstacle(models.TextChoices):
    COUNTER_CLOSED = "counter_closed", _("the counter is closed, or by appointment only")
    NO_ANSWER = "no_answer", _("nobody answers the telephone")
    NO_DEVICE = "no_device", _("no device that works for it")
    NO_CONNECTION = "no_connection", _("no connection")
    NO_ACCOUNT = "no_account", _("no account, or no electronic identity")
    LANGUAGE = "language", _("the language, or the writing")
    DOCUMENT = "document", _("a document is missing")
    MONEY = "money", _("it costs too much")
    REFUSED = "refused", _("refused, and it can be contested")
    OTHER = "other", _("something else")


class ProcedureQuerySet(WordsQuerySet):
    # Who reads one: people/models/walls.py; in words, docs/walls.md, rule 4.
    open_rows = Q(open_to_team=True)

    def with_latest(self) -> Self:
        """Where each stands: the outcome, obstacle and day of its latest news. One without any
        news yet is under way."""
        latest = ProcedureNews.objects.filter(procedure=OuterRef("pk")).order_by(
            "-on", "-written_at", "-pk"
        )
        return self.annotate(
            outcome=Coalesce(Subquery(latest.values("outcome")[:1]), Value(Outcome.OPEN.value)),
            obstacle=Coalesce(Subquery(latest.values("obstacle")[:1]), Value("")),
            news_on=Subquery(latest.values("on")[:1]),
        )

    def under_way(self) -> Self:
        return self.with_latest().exclude(outcome__in=[Outcome.DONE, Outcome.DROPPED])

    def due_between(self, start: date, end: date) -> Self:
        """Those whose deadline falls from `start` to `end`, both included."""
        return self.filter(deadline__range=(start, end))

    def signed(self) -> Self:
        """With the name of whoever wrote it, in the same query."""
        return self.select_related("author__user")


class Procedure(AboutPerson):
    Outcome = Outcome
    Obstacle = Obstacle

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="procedures")
    about = SealedCharField(_("what for"), max_length=200)
    institution = SealedCharField(_("with which institution"), max_length=120, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    right_not_claimed = models.BooleanField(
        _("a right that was not claimed until now"), default=False
    )
    # Opened on purpose, one by one, and closed again in one gesture.
    open_to_team = models.BooleanField(default=False)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(_("started on"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["deadline", "started_on", "pk"]

    def __str__(self) -> str:
        return self.about


class ProcedureNews(DoneOnline, AboutPerson):
    """What became of it, day after day. The latest says where it stands; none is rewritten.

    Read only through a procedure that is visible: it has no wall of its own.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="news")
    on = models.DateField(_("day"))
    outcome = models.CharField(_("where it stands"), max_length=10, choices=Outcome)
    obstacle = models.CharField(_("what blocks it"), max_length=16, choices=Obstacle, blank=True)
    words = SealedCharField(_("in a few words"), max_length=500, blank=True, bound_to=("form_key",))
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-on", "-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.outcome}"

    def centre_of_row(self) -> uuid.UUID:
        return self.procedure.centre_id
