"""A count of ballots (docs/decisions/018): totals, and while it is open the strips that two readers
look at. No row is of one ballot, and none leads to a person, a page or an hour."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.access import may_steer
from relier.centres.models import Centre, Member
from relier.paper.reading.identifiers import BY_HAND, DRAWN
from relier.paper.rules.ballots import Numbers
from relier.privacy import disk
from relier.privacy.sealed import SealedCharField

from . import sealed_bytes
from .printed import PrintedSheet

# The two readers, by the names of their columns.
PLACES = ("one", "two")


class BallotCountQuerySet(models.QuerySet["BallotCount"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Those who coordinate, whoever opened it, and the two readers. Of totals, see
        `BallotCount.result`."""
        if not actor or not actor.in_a_centre:
            return self.none()
        here = self.filter(centre=actor.centre)
        return here if may_steer(actor) else here.filter(_readers(actor) | Q(opened_by=actor.id))

    def read_by(self, actor: Actor | None) -> Self:
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(_readers(actor), centre=actor.centre)

    def open(self) -> Self:
        return self.filter(outcome="")

    def of_page(self, identifier: str) -> Self:
        """The count of which this page is a ballot: of those told apart, the end of its identifier
        says so, even long after."""
        end = identifier[BY_HAND - 1 :]
        return self.filter(
            Q(identifier=identifier) | Q(is_apart=True, identifier__endswith=end)
            if len(end) == DRAWN - BY_HAND + 1
            else Q(identifier=identifier)
        )


def _readers(actor: Actor) -> Q:
    return Q(reader_one=actor.id) | Q(reader_two=actor.id)


class BallotCount(models.Model):
    class Outcome(models.TextChoices):
        COUNTED = "counted", _("counted")
        WITHHELD = "withheld", _("counted, and too few to be told")
        GIVEN_UP = "given_up", _("given up, without a result")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(PrintedSheet, on_delete=models.PROTECT, related_name="+")
    # What the code of every ballot says: of the batch, the same on all of them.
    identifier = models.CharField(max_length=DRAWN, unique=True)
    # Until it is closed, its ballots are told apart (`ballot_sheets`): a room makes a row of each,
    # and no total is made here.
    is_apart = models.BooleanField(default=False)
    reader_one = models.ForeignKey(
        Member, verbose_name=_("first reader"), on_delete=models.PROTECT, related_name="+"
    )
    reader_two = models.ForeignKey(
        Member, verbose_name=_("second reader"), on_delete=models.PROTECT, related_name="+"
    )
    one_swore = models.BooleanField(default=False)
    two_swore = models.BooleanField(default=False)
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    printed = models.PositiveIntegerField(_("ballots printed"), default=0)
    by_hand = models.PositiveIntegerField(_("counted by hand"), null=True, blank=True)
    # Sheets of paper: read by the machine, or by the readers from the paper itself.
    counted = models.PositiveIntegerField(_("ballots counted"), default=0)
    votes = models.JSONField(default=dict)
    outcome = models.CharField(_("how it ended"), max_length=8, choices=Outcome, blank=True)
    closed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = BallotCountQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reader_one=F("reader_two")),
                name="paper_a_count_has_two_readers",
                violation_error_message=_("Two readers, each by themself: name two people."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None, closed_by=None)
                | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="paper_a_count_that_ended_says_how",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def numbers(self) -> Numbers:
        """Of sheets, and of strips that wait: one query."""
        doubts = self.doubts.count() if self.is_open else 0
        return Numbers(self.printed, self.by_hand, self.counted, doubts)

    @property
    def result(self) -> dict[str, dict[str, int]]:
        """Totals, once the count is closed; nothing before, whoever asks."""
        return dict(self.votes) if self.outcome == self.Outcome.COUNTED else {}

    def place_of(self, actor: Actor | None) -> str:
        """Which of the two readers this is: "one", "two", or ""."""
        readers = (self.reader_one_id, self.reader_two_id)
        if actor is None or actor.centre != self.centre_id or actor.id not in readers:
            return ""
        return PLACES[readers.index(actor.id)]


class BallotDoubtQuerySet(models.QuerySet["BallotDoubt"]):
    def to_look_at(self, place: str) -> Self:
        """What this reader has still to say; what both said otherwise comes last."""
        mine = Q(**{f"{place}_says__isnull": True}) | Q(together=True)
        return self.filter(mine).order_by("together", "pk")


class BallotDoubt(models.Model):
    """The strip of one question that could not be told, alone. Its id is drawn, and drawn again at
    each file, with the order of the table: nothing says from which ballot it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    count = models.ForeignKey(BallotCount, on_delete=models.CASCADE, related_name="doubts")
    # Of which ballot it is, where a room makes a row of each; else nothing says.
    ballot = models.ForeignKey(
        "paper.BallotSheet", null=True, on_delete=models.CASCADE, related_name="+"
    )
    question = models.CharField(max_length=40)
    # What each reader says: keys of choices; None while they have not said.
    one_says = models.JSONField(null=True, default=None)
    two_says = models.JSONField(null=True, default=None)
    # They said otherwise: each sees what the other said, and says again.
    together = models.BooleanField(default=False)
    # JPEG, sealed; empty for a sheet that no scanner reads, looked at on the paper itself.
    crop_key = SealedCharField(max_length=64, blank=True)
    crop = models.BinaryField(default=bytes)

    objects = BallotDoubtQuerySet.as_manager()

    class Meta:
        ordering = ["count", "pk"]

    def __str__(self) -> str:
        return self.question

    @property
    def place(self) -> str:
        return f"paper.BallotDoubt.crop:{self.count_id}"

    def keep_crop(self, jpeg: bytes) -> None:
        self.crop_key = sealed_bytes.new_key()
        self.crop = sealed_bytes.seal(jpeg, key=self.crop_key, place=self.place)

    def crop_content(self) -> bytes:
        """The JPEG, or b"". Raises DoesNotOpen."""
        if not self.crop:
            return b""
        return sealed_bytes.unseal(self.crop, key=self.crop_key, place=self.place)

    def said_by(self, place: str) -> tuple[str, ...] | None:
        says: Any = getattr(self, f"{place}_says")
        return None if says is None else tuple(says)


class BallotFile(models.Model):
    """That a file was counted, so that it is not counted twice. Its bytes were never kept."""

    count = models.ForeignKey(BallotCount, on_delete=models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["count", "sha256"]
        constraints = [
            models.UniqueConstraint(
                fields=["count", "sha256"], name="paper_a_file_of_ballots_is_counted_once"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:8]


# Nothing in them is about someone, and what goes from them must be gone from the disk too.
disk.clean_too(BallotCount, BallotDoubt, BallotFile)
