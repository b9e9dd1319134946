"""What was decided, by which rule, and what came of it. Nothing of it disappears: a state is a new
row, and a decision that is taken again stands beside the one before."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member

from .questions import Question

LONGEST_DECISION, LONGEST_WORDS = 600, 2000


class Proposal(models.Model):
    """What could be decided, put before everybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="proposals")
    round = models.PositiveSmallIntegerField()
    words = models.CharField(_("what is proposed"), max_length=LONGEST_DECISION)
    proposed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["question", "proposed_on", "pk"]

    def __str__(self) -> str:
        return self.words


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def standing(self) -> Self:
        """Neither dealt with, nor taken back."""
        return self.filter(state=Objection.State.RAISED)


class Objection(models.Model):
    """A reason why this proposal would do harm. Of nobody by name."""

    class State(models.TextChoices):
        RAISED = "raised", _("to be dealt with")
        TREATED = "treated", _("dealt with")
        WITHDRAWN = "withdrawn", _("taken back by whoever raised it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="objections")
    words = models.CharField(_("the objection"), max_length=LONGEST_DECISION)
    state = models.CharField(max_length=9, choices=State, default=State.RAISED)
    # What was changed in the proposal, or why it stands all the same.
    treated = models.CharField(_("how it was dealt with"), max_length=LONGEST_DECISION, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["proposal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="treated") | ~Q(treated=""),
                name="deliberation_an_objection_dealt_with_says_how",
                violation_error_message=_("Say how it was dealt with."),
            )
        ]

    def __str__(self) -> str:
        return self.words


class Outcome(models.TextChoices):
    TRIAL = "trial", _("a trial, until a day")
    DECISION = "decision", _("a decision that stands")
    NOTHING = "nothing", _("nothing is decided")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def due(self, *, on: date) -> Self:
        """Trials whose day has come, and that were not reopened yet."""
        return self.filter(outcome=Outcome.TRIAL, until__lte=on, reopened_on=None)


class Decision(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("what is decided"), max_length=8, choices=Outcome)
    words = models.CharField(_("in words"), max_length=LONGEST_DECISION)
    until = models.DateField(_("until which day"), null=True, blank=True)
    rule = models.CharField(max_length=9, choices=Question.Rule)
    # How the rule was met, as it stood that day: counts, objections that were dealt with.
    how = models.JSONField(default=dict)
    minority = models.TextField(
        _("those who see it otherwise, in their own words"), max_length=LONGEST_WORDS, blank=True
    )
    owner = models.ForeignKey(
        Member, verbose_name=_("who sees to it"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    # The notice on paper, for those without a screen.
    noticed_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["question", "decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="trial") | Q(until__isnull=False),
                name="deliberation_a_trial_has_an_end",
                violation_error_message=_("Say until which day."),
            )
        ]

    def __str__(self) -> str:
        return self.words


class Answer(models.Model):
    """What is answered to a main point of the discussion."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="answers")
    point = models.CharField(_("what was said"), max_length=LONGEST_DECISION)
    words = models.CharField(_("what we answer"), max_length=LONGEST_DECISION)

    class Meta:
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return self.point


class News(models.Model):
    """How far a decision is, day after day; and later, what it changed."""

    class State(models.TextChoices):
        BEGUN = "begun", _("begun")
        GOES_ON = "goes_on", _("goes on")
        DONE = "done", _("it is done")
        STOPPED = "stopped", _("given up")
        CHANGED = "changed", _("what it changed")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="news")
    state = models.CharField(_("how far the decision is"), max_length=7, choices=State)
    words = models.CharField(_("in a few words"), max_length=LONGEST_DECISION)
    on = models.DateField()
    told_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["decision", "on", "pk"]
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return self.words
