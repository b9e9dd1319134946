"""A question, and the statements on which people say whether they agree.

Who proposed a statement is written nowhere, and neither is when: the hierarchy is not to know.
"""

import uuid
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor, Kind
from relier.centres.models import Centre, Member, Team

LONGEST_QUESTION, LONGEST_CONTEXT, LONGEST_STATEMENT, LONGEST_REASON = 200, 4000, 240, 400
# Of a statement that was asked elsewhere: it is kept as it was. Forms take no more than the other.
LONGEST_BROUGHT = 1000


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Every member of the centre; of a question for the whole federation, those of its centres
        and of the federation itself. One that is prepared is read in its centre only."""
        if not actor or actor.kind is not Kind.MEMBER:
            return self.none()
        shared = Q(invited=Question.Invited.FEDERATION, opened_on__isnull=False)
        if actor.centre is None:
            return self.filter(shared, centre__federation=actor.federation)
        federations = Centre.objects.filter(pk=actor.centre).values("federation")
        beside = shared & Q(centre__federation__in=federations)
        return self.filter(Q(centre=actor.centre) | beside)

    def open(self, *, on: date) -> Self:
        """Those that take voices that day."""
        return self.filter(opened_on__lte=on, closed_on=None, closes_on__gte=on)

    def over(self, *, on: date) -> Self:
        """Those whose last day is past, and that nobody has closed yet."""
        return self.filter(opened_on__isnull=False, closed_on=None, closes_on__lt=on)


class Question(models.Model):
    class Invited(models.TextChoices):
        TEAM = "team", _("a team")
        GROUP = "group", _("a group of trainees")
        CENTRE = "centre", _("the whole centre")
        FEDERATION = "federation", _("the centres of the federation")

    class Rule(models.TextChoices):
        CONSENSUS = "consensus", _("consensus: nobody is against")
        CONSENT = "consent", _("consent: every objection was dealt with")
        MAJORITY = "majority", _("majority: enough people took part, and more than half agree")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    facilitator = models.ForeignKey(
        Member, verbose_name=_("who facilitates"), on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(_("the question"), max_length=LONGEST_QUESTION)
    context = models.TextField(
        _("where the question comes from"), max_length=LONGEST_CONTEXT, blank=True
    )
    invited = models.CharField(
        _("who is invited"), max_length=10, choices=Invited, default=Invited.CENTRE
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A group in words: this room knows no list of people.
    group = models.CharField(_("which group"), max_length=120, blank=True)
    # Until that day, only people accompanied speak: they meet first, without their workers.
    accompanied_first_until = models.DateField(
        _("people accompanied meet first, until"), null=True, blank=True
    )
    closes_on = models.DateField(_("last day to answer"))
    rule = models.CharField(_("how it is decided"), max_length=9, choices=Rule)
    # Of a majority: how many voices at least, and more than which share of opinions (percent).
    quorum = models.PositiveSmallIntegerField(
        _("how many voices at least"), null=True, blank=True, validators=[MinValueValidator(5)]
    )
    share = models.PositiveSmallIntegerField(
        _("more than how many of 100 opinions"),
        default=50,
        validators=[MinValueValidator(50), MaxValueValidator(99)],
    )
    languages = models.JSONField(_("languages"), default=list)
    # It may be asked again: each time is a round, with cards and voices of its own.
    round = models.PositiveSmallIntegerField(default=1)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # Asked and answered elsewhere, and brought here closed: where (the address of a Polis page).
    brought_from = models.CharField(max_length=200, blank=True, editable=False)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(invited="team") | Q(team__isnull=False),
                name="deliberation_a_team_is_named",
                violation_error_message=_("Say which team."),
            ),
            models.CheckConstraint(
                condition=~Q(invited="group") | ~Q(group=""),
                name="deliberation_a_group_is_named",
                violation_error_message=_("Say which group."),
            ),
            models.CheckConstraint(
                condition=~Q(rule="majority") | Q(quorum__isnull=False),
                name="deliberation_a_majority_has_a_quorum",
                violation_error_message=_("Say how many voices at least make a majority."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if self.team is not None and self.team.centre_id != self.centre_id:
            raise ValidationError({"team": _("This team is of another centre.")})

    def is_open(self, *, on: date) -> bool:
        """Whether voices are taken that day."""
        return self.opened_on is not None and self.closed_on is None and on <= self.closes_on

    @property
    def is_prepared(self) -> bool:
        return self.opened_on is None

    def is_first_for_accompanied(self, *, on: date) -> bool:
        first = self.accompanied_first_until
        return first is not None and on <= first


class Refusal(models.TextChoices):
    """Why a statement is not put to the vote. Each can be contested."""

    NAMES_SOMEONE = "names", _("it names someone, or lets them be recognised")
    INSULTS = "insults", _("it insults")
    TWO_IDEAS = "two_ideas", _("it says two things at once")
    SAME = "same", _("another statement says the same")
    ELSEWHERE = "elsewhere", _("it answers another question")
    UNCLEAR = "unclear", _("it cannot be understood")
    # Never chosen here: of a question that was asked elsewhere.
    MODERATED = "moderated", _("it was set aside where the question was asked first")


class StatementQuerySet(models.QuerySet["Statement"]):
    def shown(self) -> Self:
        """Those put to the vote, in the order of their numbers."""
        return self.filter(state=Statement.State.SHOWN).order_by("number")

    def waiting(self) -> Self:
        """Proposed, or refused and contested since."""
        contested = Q(state=Statement.State.REFUSED) & ~Q(appeal="") & Q(appeal_by=None)
        return self.filter(Q(state=Statement.State.WAITING) | contested).order_by("pk")


class Statement(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("to be looked at")
        SHOWN = "shown", _("put to the vote")
        REFUSED = "refused", _("not put to the vote")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="statements")
    # Given when it is put to the vote, and kept for ever: results name it by its number.
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(_("the statement"), max_length=LONGEST_BROUGHT)
    language = models.CharField(_("language"), max_length=5, default="fr")
    pictogram = models.CharField(_("pictogram"), max_length=40, blank=True)
    is_seed = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    why = models.CharField(_("why not"), max_length=9, choices=Refusal, blank=True)
    why_words = models.CharField(_("in your words"), max_length=LONGEST_REASON, blank=True)
    decided_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    appeal = models.CharField(max_length=LONGEST_REASON, blank=True)
    appeal_answer = models.CharField(max_length=LONGEST_REASON, blank=True)
    appeal_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["question", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="deliberation_a_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(state="shown", number__isnull=False) | ~Q(state="shown"),
                name="deliberation_what_is_shown_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(why=""),
                name="deliberation_a_refusal_says_why",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_hidden(self) -> bool:
        """Refused for what it says of someone: only those who decide read its words."""
        harmful = (Refusal.NAMES_SOMEONE, Refusal.INSULTS, Refusal.MODERATED)
        return self.state == self.State.REFUSED and self.why in harmful

    def in_language(self, language: str) -> "tuple[str, Wording | None]":
        """Its words in a language where someone wrote them, else as they were first said. Asks
        nothing of the database where `wordings` were fetched."""
        if language != self.language:
            for wording in self.wordings.all():
                if wording.language == language:
                    return wording.words, wording
        return self.words, None


class Wording(models.Model):
    """A statement in another language. The first words stay in sight beside it."""

    class Made(models.TextChoices):
        REVIEWED = "reviewed", _("read again by someone who speaks both languages")
        NOT_REVIEWED = "not_reviewed", _("not read again by anybody")

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=5)
    words = models.CharField(_("the statement"), max_length=LONGEST_STATEMENT)
    made = models.CharField(_("who read it again"), max_length=12, choices=Made)

    class Meta:
        ordering = ["statement", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "language"], name="deliberation_one_wording_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.words
