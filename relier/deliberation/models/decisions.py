"""What was proposed, decided, by which rule, and what came of it. Nothing of it disappears: a state
is a new row, what is amended stays in sight, a decision taken again stands beside the first.

Who proposed, and who objected, is written nowhere: the hierarchy is not to know.
"""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member

from .cards import CardBatch, Tablet, drawn_key
from .questions import Question, Statement

LONGEST_DECISION, LONGEST_WORDS = 600, 2000
LONGEST_OBJECTION = 400


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of(self, question: Question) -> Self:
        """Of the round that is asked now."""
        return self.filter(question=question, round=question.round)

    def standing(self) -> Self:
        """Neither amended, nor taken back, nor decided."""
        decided = Decision.objects.filter(proposal=OuterRef("pk"))
        return self.filter(~Exists(decided), replaced_by=None, withdrawn_on=None)


class Proposal(models.Model):
    """What could be decided, put before everybody. `replaces`: the one that it amends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="proposals")
    round = models.PositiveSmallIntegerField()
    words = models.CharField(_("what is proposed"), max_length=LONGEST_DECISION)
    # Said by a statement that was put to the vote: the voices on it are those on the proposal.
    statement = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of two colleagues who amend at once, one comes second, and sees the words of the first.
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    why = models.CharField(_("why the proposal changes"), max_length=LONGEST_DECISION, blank=True)
    proposed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(
        _("why it is taken back"), max_length=LONGEST_DECISION, blank=True
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["question", "proposed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(why=""),
                name="deliberation_an_amendment_says_why",
                violation_error_message=_("Say why it changes."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | ~Q(withdrawn_why=""),
                name="deliberation_what_is_taken_back_says_why",
                violation_error_message=_("Say why it is taken back."),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def standing(self) -> Self:
        """Neither dealt with, nor taken back."""
        return self.filter(state=Objection.State.RAISED)


class Objection(models.Model):
    """A reason why this proposal would do harm. Of nobody: as of a voice, no row says whose it is,
    nor when it came, nor before which other. `key` names it in addresses: its row is written anew
    with those beside it as others come."""

    class State(models.TextChoices):
        RAISED = "raised", _("to be dealt with")
        TREATED = "treated", _("dealt with")
        WITHDRAWN = "withdrawn", _("taken back by whoever raised it")

    id = models.BigIntegerField(primary_key=True, default=drawn_key, editable=False)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Where it was raised. What amends this proposal carries it along until it is dealt with.
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="objections")
    words = models.CharField(_("the objection"), max_length=LONGEST_OBJECTION)
    language = models.CharField(_("language"), max_length=5, default="fr")
    state = models.CharField(max_length=9, choices=State, default=State.RAISED)
    # What was changed in the proposal, or why it stands all the same.
    treated = models.CharField(_("how it was dealt with"), max_length=LONGEST_DECISION, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["proposal", "words", "pk"]
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
    def visible_to(self, actor: Actor | None) -> Self:
        """Of the questions that this member reads."""
        return self.filter(question__in=Question.objects.visible_to(actor))

    def of(self, question: Question) -> Self:
        """Of the round that is asked now."""
        return self.filter(question=question, round=question.round)

    def to_review(self) -> Self:
        """Trials whose question was not asked again yet, the next one first."""
        trials = self.filter(outcome=Outcome.TRIAL, reopened_on=None)
        return trials.order_by("until", "pk")

    def due(self, *, on: date) -> Self:
        """Trials whose day has come, and whose question was not asked again yet."""
        return self.to_review().filter(until__lte=on)

    def to_look_at(self, *, on: date) -> Self:
        """Trials whose day has come by then, until someone made cards for the round in which the
        question is asked again. The oldest first."""
        again = {"question": OuterRef("question"), "round": OuterRef("reopened_as")}
        has_cards = Exists(CardBatch.objects.filter(**again)) | Exists(
            Tablet.objects.filter(**again)
        )
        comes = Q(reopened_on=None) | Q(reopened_as=F("question__round")) & ~has_cards
        trials = self.filter(comes, outcome=Outcome.TRIAL, until__lte=on)
        return trials.order_by("until", "pk")

    def with_state(self) -> Self:
        """Each with the last thing told of it (`state`, empty before there is one)."""
        news = News.objects.filter(decision=OuterRef("pk")).exclude(state=News.State.CHANGED)
        return self.annotate(state=Subquery(news.order_by("-on", "-pk").values("state")[:1]))


class Decision(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    proposal = models.OneToOneField(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(_("what is decided"), max_length=8, choices=Outcome)
    words = models.CharField(_("in words"), max_length=LONGEST_DECISION)
    until = models.DateField(_("until which day"), null=True, blank=True)
    rule = models.CharField(max_length=9, choices=Question.Rule)
    # How the rule was met, or not, as it stood that day (`gathering.py` says its shape).
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
    # Of a trial: when its question was asked again, and as which round.
    reopened_on = models.DateField(null=True, blank=True)
    reopened_as = models.PositiveSmallIntegerField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["question", "decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="trial") | Q(until__isnull=False),
                name="deliberation_a_trial_has_an_end",
                violation_error_message=_("Say until which day."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="nothing") | Q(owner__isnull=False, proposal__isnull=False),
                name="deliberation_what_is_decided_has_an_owner",
                violation_error_message=_("Say who sees to it."),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Answer(models.Model):
    """What is answered to a main point of the discussion; or that it is left open, said as such."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="answers")
    point = models.CharField(_("what was said"), max_length=LONGEST_DECISION)
    words = models.CharField(_("what we answer"), max_length=LONGEST_DECISION, blank=True)
    is_left_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["decision", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") | Q(is_left_open=True),
                name="deliberation_a_point_is_answered_or_left_open",
            )
        ]

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


class PastRound(models.Model):
    """One time that a question was asked, kept when it is asked again."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="past_rounds")
    round = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField()

    class Meta:
        ordering = ["question", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "round"], name="deliberation_a_round_passes_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.round)
