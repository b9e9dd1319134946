"""Who may speak: cards drawn from a pile, and tablets passed around.

A pile is of one kind, and holds at least five cards. Nobody writes down who drew which: no list of
people invited exists. A card bears a code, of which the table keeps a hash under a key; nothing of
it changes when its holder speaks, so that it does not say who spoke, nor when.
"""

import secrets
from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member

from .questions import Question

FEWEST, MOST = 5, 500


def drawn_key() -> int:
    """A key drawn at random: the order of a table says nothing of the order of its rows."""
    return secrets.randbits(62)


class KindOfVoice(models.TextChoices):
    ACCOMPANIED = "accompanied", _("people accompanied")
    WORKER = "worker", _("workers")


class CardBatch(models.Model):
    """A pile of cards, all of one kind, for one round of a question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="batches")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("for whom"), max_length=11, choices=KindOfVoice)
    language = models.CharField(_("language"), max_length=5, default="fr")
    printed = models.PositiveSmallIntegerField(
        _("how many cards"), validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)]
    )
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    form_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["question", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.printed}"


class VoiceCard(models.Model):
    id = models.BigIntegerField(primary_key=True, default=drawn_key, editable=False)
    batch = models.ForeignKey(CardBatch, on_delete=models.CASCADE, related_name="cards")
    code_mac = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Tablet(models.Model):
    """A device that is passed around: each who holds it speaks once. It says how many spoke."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tablets")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("for whom"), max_length=11, choices=KindOfVoice)
    most = models.PositiveSmallIntegerField(
        _("how many people at most"),
        validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)],
    )
    taken = models.PositiveSmallIntegerField(default=0)
    code_mac = models.CharField(max_length=64, unique=True, editable=False)
    ends_on = models.DateField()
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["question", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("most")), name="deliberation_a_tablet_takes_no_more"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.taken}/{self.most}"


class VoiceTry(models.Model):
    """A code that was looked for and is of no card. Names nobody; gone after an hour. What is found
    leaves no row here, so that no hour is ever that of a voice."""

    AN_HOUR = timedelta(hours=1)

    at = models.DateTimeField(db_index=True)
    # Both under a key: neither an address nor a code can be read here.
    address_mac = models.CharField(max_length=64)
    code_mac = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class VoiceDoor(models.Model):
    """One row, held by whoever counts the tries: two workers never count at the same time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)

    def __str__(self) -> str:
        return "door"
