"""A meeting about a question, with its agenda; and where it stands while it is held.

It holds no list of who is there, and nothing of what anyone said: hands are counts (`ShowOfHands`),
words become sentences of nobody (`actions/room.py`).
"""

import uuid
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member

from .questions import Question, Statement

LONGEST_TITLE = 120
LONGEST_ITEM = 240  # minutes


class Doing(models.TextChoices):
    """What is done during one item of the agenda."""

    WELCOME = "welcome", _("welcome, and why we are here")
    RESULTS = "results", _("read what people think so far")
    GROUPS = "groups", _("talk in small groups")
    STATEMENTS = "statements", _("read the statements, one by one")
    HANDS = "hands", _("raise hands, statement by statement")
    PROPOSALS = "proposals", _("proposals: what one could try")
    BREAK = "break", _("a break")
    CLOSE = "close", _("what happens next")
    OTHER = "other", _("something else")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Whoever reads the question reads the agenda and the screen."""
        return self.filter(question__in=Question.objects.visible_to(actor))


class Meeting(models.Model):
    """`item`, `statement`: what is on the screen. `turn`: how many times that moved; a page says
    which it showed, so that two who press at once move one step. `since`: when this item began, as
    long as the meeting is held; `longer`: minutes that were added to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="meetings")
    round = models.PositiveSmallIntegerField()
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"))
    place = models.CharField(_("where"), max_length=120, blank=True)
    prepared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        "Item", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    statement = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    turn = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True, blank=True)
    longer = models.PositiveSmallIntegerField(default=0)
    is_over = models.BooleanField(default=False)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-starts_at", "pk"]

    def __str__(self) -> str:
        return self.question.words

    @property
    def is_held(self) -> bool:
        """Now: it was begun and nobody has stopped it."""
        return self.since is not None and not self.is_over


class Item(models.Model):
    """One line of the agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_ITEM)]
    )
    doing = models.CharField(_("what is done"), max_length=10, choices=Doing)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["meeting", "place", "pk"]

    def __str__(self) -> str:
        return self.title
