"""One picture of one page: how far it was read, or why it waits in the tray.

`state` says how far it went; `why`, where it is not empty, that it went no further and waits for
someone. Nothing leaves the tray by itself.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.privacy.sealed import SealedCharField, SealedJSONField

from . import sealed_bytes
from .printed import PrintedPage
from .received import ReceivedFile
from .walls import theirs_or_steered, visible

# A page takes seconds, and at most the time limit of the process apart (reading/worker.py): a
# claim that is older is that of a process that is no more.
LEASE = timedelta(minutes=3)
# A page whose reading was abandoned as often is not tried again by itself.
MOST_TRIES = 3


class State(models.TextChoices):
    RECEIVED = "received", _("received")
    IDENTIFIED = "identified", _("it is known which page it is")
    REGISTERED = "registered", _("its corners were found")
    READ = "read", _("read, and some answers wait for someone")
    CHECKED = "checked", _("every answer is known")
    CLOSED = "closed", _("closed")


class Why(models.TextChoices):
    """Why a page waits, in a sentence that says what to do."""

    # What the reader says of a picture (reading/reader.py).
    NO_CODE = "no_code", _("No code of ours can be seen. Take the picture again, or copy its code.")
    SEVERAL = "several_pages", _("Several pages are in one picture. Take them one by one.")
    UNKNOWN = "unknown", _("This page was not printed here, or what it belonged to was erased.")
    CORNERS = "corners", _("The corners of the page cannot be seen. Take the picture again.")
    FRAMES = "frames", _("The boxes are not where they should be. Take the picture again, flat.")
    SMALL = "small", _("The picture is too small to see the marks. Take it from nearer.")
    DUPLICATE = "duplicate", _("Another picture of this page is there already.")
    # What becomes of a file that cannot be read.
    EMPTY = "empty", _("This file is empty.")
    KIND = "kind", _("This file is not a PDF, TIFF, JPEG or PNG.")
    DAMAGED = "damaged", _("This file is damaged, or is not what it says it is.")
    LOCKED = "locked", _("This PDF asks for a password. Save it without one.")
    MANY = "many_pages", _("This file has too many pages. Divide it.")
    LARGE = "large", _("This picture is too large. Scan at 300 dots per inch.")
    NO_PAGES = "no_pages", _("This file holds no page.")
    MEMORY = "memory", _("This page asks for too much memory. Scan it again at 300 dots per inch.")
    SLOW = "slow", _("This page took too long to open. Scan it again.")
    CRASHED = "crashed", _("This page could not be opened. Scan it again.")
    EMPTIED = (
        "emptied",
        _("The file of this page also held pages of someone who was erased. Scan this page again."),
    )
    BALLOT = (
        "ballot",
        _("This is a ballot. It is counted on the page of its count; nothing of it is kept here."),
    )


class SetAside(models.TextChoices):
    """Why someone put a page aside."""

    NOT_OURS = "not_ours", _("it is not a page of ours")
    BLANK = "blank", _("nothing is written on it")
    AGAIN = "again", _("a better picture is there")
    MISTAKE = "mistake", _("it was received by mistake")


FROM_READ = (State.READ, State.CHECKED, State.CLOSED)


class ScanQuerySet(models.QuerySet["Scan"]):
    def visible_to(self, actor: Actor | None) -> Self:
        if not actor or not actor.in_a_centre:
            return self.none()
        nobodys = Q(page=None) | Q(page__copy__subject=None)
        nobodys &= theirs_or_steered(actor, "file__pile__by")
        condition = visible(actor, copy="page__copy__", nobodys=nobodys)
        return self.filter(condition, centre=actor.centre)

    def standing(self) -> Self:
        """The one picture of its page that counts."""
        return self.filter(state__in=FROM_READ, why="", aside_at=None)

    def to_read(self) -> Self:
        return self.filter(state=State.RECEIVED, why="", aside_at=None)

    def in_tray(self) -> Self:
        """What waits for someone: what could not be read, and answers to give."""
        waits = ~Q(why="") | Q(state=State.READ)
        return self.filter(waits, aside_at=None).exclude(state=State.CLOSED)

    def unknown(self) -> Self:
        return self.filter(why=Why.UNKNOWN, aside_at=None)

    def unreadable(self) -> Self:
        return self.exclude(why__in=["", Why.UNKNOWN, Why.DUPLICATE]).filter(aside_at=None)

    def duplicates(self) -> Self:
        return self.filter(why=Why.DUPLICATE, aside_at=None)

    def free(self, *, at: datetime) -> Self:
        """Those to read that no process reads now."""
        abandoned = Q(claimed_at=None) | Q(claimed_at__lt=at - LEASE)
        return self.to_read().filter(abandoned)

    def of_file(self, files: Iterable[uuid.UUID]) -> Self:
        """Those of a person: of every file that was merged into theirs."""
        return self.filter(page__copy__subject__in=list(files))


class Scan(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(ReceivedFile, on_delete=models.CASCADE, related_name="scans")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("page of the file"))
    page = models.ForeignKey(
        PrintedPage, null=True, blank=True, on_delete=models.CASCADE, related_name="scans"
    )
    state = models.CharField(
        _("how far it was read"), max_length=10, choices=State, default=State.RECEIVED
    )
    why = models.CharField(_("why it waits"), max_length=16, choices=Why, blank=True)
    # What the reader saw: questions, boxes, where there is writing.
    # under secrecy
    reading = SealedJSONField(_("what was read"), default=dict)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=32, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    aside_at = models.DateTimeField(null=True, blank=True)
    aside_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aside_why = models.CharField(_("why aside"), max_length=10, choices=SetAside, blank=True)
    # Its term was over: its picture and what was read are gone.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "file", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"], name="paper_a_page_of_a_file_is_one_scan"
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state__in=FROM_READ, why="", aside_at=None),
                name="paper_one_standing_scan_per_page",
            ),
            models.CheckConstraint(
                condition=Q(aside_at=None, aside_by=None, aside_why="")
                | (Q(aside_at__isnull=False, aside_by__isnull=False) & ~Q(aside_why="")),
                name="paper_what_is_aside_says_by_whom_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "claimed_at"], name="paper_scans_to_read")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.number}"

    @property
    def subject_id(self) -> uuid.UUID | None:
        return self.page.copy.subject_id if self.page else None

    @property
    def stands(self) -> bool:
        return self.state in FROM_READ and not self.why and self.aside_at is None


class Picture(models.Model):
    """The page for a human: JPEG, grey; straightened to A4 where its corners were found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.OneToOneField(Scan, on_delete=models.CASCADE, related_name="picture")
    straight = models.BooleanField(_("straightened"))
    pixels_a_mm = models.FloatField(null=True, blank=True)
    key = SealedCharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["scan"]

    def __str__(self) -> str:
        return str(self.scan_id)

    @property
    def place(self) -> str:
        return f"paper.Picture.sealed:{self.pk}"

    @classmethod
    def of(cls, scan: Scan, jpeg: bytes, *, pixels_a_mm: float | None) -> Self:
        """`pixels_a_mm`: None where the page could not be straightened."""
        made = cls(
            scan=scan,
            straight=pixels_a_mm is not None,
            pixels_a_mm=pixels_a_mm,
            key=sealed_bytes.new_key(),
        )
        made.sealed = sealed_bytes.seal(jpeg, key=made.key, place=made.place)
        return made

    def content(self) -> bytes:
        """The JPEG. Raises DoesNotOpen."""
        return sealed_bytes.unseal(self.sealed, key=self.key, place=self.place)
