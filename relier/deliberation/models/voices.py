"""Voices. No row leads to a person, a card, an account, a device or an hour, and none says which
came before another: keys are drawn, and both tables are written anew in another order as voices
come (`actions/shuffling.py`, docs/decisions/025)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member

from .cards import KindOfVoice, drawn_key
from .questions import Question, Statement

LONGEST_SENTENCE = 400
LONGEST_RECEIPT = 16


class BallotQuerySet(models.QuerySet["Ballot"]):
    def of(self, question: Question) -> "BallotQuerySet":
        """Of the round that is asked now."""
        return self.filter(question=question, round=question.round)


class Ballot(models.Model):
    """What one voice says: number of a statement -> 1 agrees, -1 disagrees, 0 does not know, 2 does
    not understand. `counted`: the same as it stood when figures were published last; None, not yet.
    `receipt`: what its holder alone can find again in the list that is published."""

    id = models.BigIntegerField(primary_key=True, default=drawn_key, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="ballots")
    round = models.PositiveSmallIntegerField()
    # Empty of a voice that was given elsewhere.
    kind = models.CharField(max_length=11, choices=KindOfVoice, blank=True)
    receipt = models.CharField(max_length=LONGEST_RECEIPT)
    answers = models.JSONField(default=dict)
    counted = models.JSONField(null=True, default=None)
    # Said again in a column, so that asking how many wait reads no answer.
    waits = models.BooleanField(default=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["receipt"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "round", "receipt"], name="deliberation_one_ballot_a_receipt"
            )
        ]
        indexes = [
            models.Index(
                fields=["question", "round"],
                condition=Q(waits=True),
                name="deliberation_ballots_that_wait",
            )
        ]

    def __str__(self) -> str:
        return self.receipt


class Aspect(models.TextChoices):
    REASON = "reason", _("why")
    THEN = "then", _("what would follow if it were done")
    TRY = "try", _("what one could try")


class Heading(models.Model):
    """What several sentences come back to, in the words of whoever facilitates."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="headings")
    words = models.CharField(_("what comes back"), max_length=120)

    class Meta:
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return self.words


class SentenceQuerySet(models.QuerySet["Sentence"]):
    def of(self, question: Question) -> "SentenceQuerySet":
        return self.filter(question=question, round=question.round)


class Sentence(models.Model):
    """A reason, what would follow, what one could try. It hangs on no ballot. `kind`: empty where
    it was said aloud in a room and written down there, of nobody."""

    class State(models.TextChoices):
        WAITING = "waiting", _("read by nobody yet")
        SHOWN = "shown", _("published")
        WITHHELD = "withheld", _("not published: it names someone, or insults")

    id = models.BigIntegerField(primary_key=True, default=drawn_key, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="sentences")
    round = models.PositiveSmallIntegerField()
    statement = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    aspect = models.CharField(_("what the sentence says"), max_length=6, choices=Aspect)
    kind = models.CharField(max_length=11, choices=KindOfVoice, blank=True)
    words = models.CharField(_("your sentence"), max_length=LONGEST_SENTENCE)
    language = models.CharField(_("language"), max_length=5, default="fr")
    may_be_published = models.BooleanField(default=False)
    # Enough of them came together: until then nobody reads it, whoever they are.
    is_out = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    heading = models.ForeignKey(
        Heading, null=True, blank=True, on_delete=models.SET_NULL, related_name="sentences"
    )

    objects = SentenceQuerySet.as_manager()

    class Meta:
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return self.words


class WritingPlaceQuerySet(models.QuerySet["WritingPlace"]):
    def of(self, question: Question) -> "WritingPlaceQuerySet":
        return self.filter(question=question, round=question.round)


class WritingPlace(models.Model):
    """One of the few places that each card has to write in (`actions/places.py`), taken. It is tied
    to nothing that was written; with the code one finds how many are taken, without it whose they
    are is told by no table. It goes when the round ends."""

    id = models.BigIntegerField(primary_key=True, default=drawn_key, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    mac = models.CharField(max_length=64, unique=True, editable=False)

    objects = WritingPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["mac"]

    def __str__(self) -> str:
        return self.mac


class ShowOfHandsQuerySet(models.QuerySet["ShowOfHands"]):
    def of(self, question: Question) -> "ShowOfHandsQuerySet":
        return self.filter(question=question, round=question.round)

    def standing(self) -> "ShowOfHandsQuerySet":
        """Those that no other count replaced, and that nobody took back."""
        return self.filter(replaced_by=None, is_taken_back=False)


class ShowOfHands(models.Model):
    """Hands that were raised in a room: counts, and nothing else. They are never added to voices:
    the same person may have spoken both ways. A count that was wrong stays in sight, as replaced by
    another or as taken back."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="hands")
    round = models.PositiveSmallIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="hands")
    present = models.PositiveSmallIntegerField(_("people in the room"))
    agree = models.PositiveSmallIntegerField(_("hands up: I agree"))
    disagree = models.PositiveSmallIntegerField(_("hands up: I disagree"))
    unsure = models.PositiveSmallIntegerField(_("hands up: I do not know"))
    on = models.DateField()
    entered_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    is_taken_back = models.BooleanField(default=False)
    form_key = models.UUIDField(unique=True, editable=False)

    objects = ShowOfHandsQuerySet.as_manager()

    class Meta:
        ordering = ["question", "statement", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__gte=F("agree") + F("disagree") + F("unsure")),
                name="deliberation_no_more_hands_than_people",
                violation_error_message=_("There are more hands than people in the room."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agree}/{self.disagree}/{self.unsure}"
