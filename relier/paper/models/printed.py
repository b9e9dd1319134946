"""What was printed: a version of a sheet that never changes, batches of it, their copies, their
pages. A page bears an opaque identifier; only these rows lead from it to someone."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.journal import append_only
from relier.paper.reading.identifiers import BY_HAND, DRAWN
from relier.paper.reading.layouts import Layout, from_json
from relier.privacy.models import Subject

from .walls import theirs_or_steered, visible


class PrintedSheet(models.Model):
    """One version of a sheet as it was printed. Holds nothing about anyone, so it is of no centre:
    two centres that print the same sheet share it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    large = models.BooleanField()
    # What the registry's builder was given, so that the same sheet is made again.
    occasion = models.JSONField(default=dict)
    keeps = models.CharField(max_length=8)
    audience = models.CharField(max_length=8)
    layout = models.TextField()
    # Of the PDF of one copy with the same blank identifier on every page.
    pdf_sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "printed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What was printed does not change: another version is printed.")
        super().save(*args, **kwargs)

    @property
    def as_layout(self) -> Layout:
        return from_json(self.layout)

    def whole_digest(self) -> str:
        """SHA-256 over all that makes this version, 64 hexadecimal digits."""
        said = [
            self.name, self.version, self.language, self.large, self.occasion, self.keeps,
            self.audience, self.layout, self.pdf_sha256,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


# The database itself refuses to change one; a page that exists refuses that it goes (PROTECT).
append_only.declare(PrintedSheet, erasable=True)


class PrintingQuerySet(models.QuerySet["Printing"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """How many were printed and came back: any member of the centre, without a name."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)

    def counted(self) -> Self:
        """With `pages_printed` and `pages_returned`: a page returned twice counts once."""
        from .scans import Scan

        back = PrintedPage.objects.filter(copy__printing=OuterRef("pk")).filter(
            Exists(Scan.objects.standing().filter(page=OuterRef("pk")))
        )
        number = back.order_by().values("copy__printing").annotate(n=Count("pk")).values("n")
        return self.annotate(
            pages_printed=Count("copies__pages"),
            pages_returned=models.functions.Coalesce(models.Subquery(number), 0),
        )


class Printing(models.Model):
    """A batch: some copies of one sheet, printed at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(PrintedSheet, on_delete=models.PROTECT, related_name="printings")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = PrintingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.at:%Y-%m-%d %H:%M}"


class CopyQuerySet(models.QuerySet["Copy"]):
    def visible_to(self, actor: Actor | None) -> Self:
        if not actor or not actor.in_a_centre:
            return self.none()
        mine = theirs_or_steered(actor, "printing__by")
        received = Q(pages__scans__file__pile__by=actor.id)
        nobodys = Q(subject=None) & (mine | Q(pk__in=Copy.objects.filter(received).values("pk")))
        return self.filter(visible(actor, copy="", nobodys=nobodys), centre=actor.centre)

    def of_file(self, files: Iterable[uuid.UUID]) -> Self:
        return self.filter(subject__in=list(files))


class Copy(models.Model):
    """One copy of a sheet: for someone, or blank until it is assigned on its return."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    printing = models.ForeignKey(Printing, on_delete=models.CASCADE, related_name="copies")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("rank in the batch"))
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    assigned_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering = ["printing", "number", "pk"]
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint(fields=["printing", "number"], name="paper_a_copy_has_a_rank"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="paper_a_closed_copy_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PrintedPageQuerySet(models.QuerySet["PrintedPage"]):
    def with_returned(self) -> Self:
        """Each with `returned`: whether a picture of it stands."""
        from .scans import Scan

        return self.annotate(returned=Exists(Scan.objects.standing().filter(page=OuterRef("pk"))))

    def missing(self) -> Self:
        """Pages that did not come back, of copies of which another page did."""
        from .scans import Scan

        beside = Scan.objects.standing().filter(page__copy=OuterRef("copy"))
        return self.with_returned().filter(Exists(beside), returned=False)


class PrintedPage(models.Model):
    """One sheet of paper. `identifier`: what its two codes say; `short`: what a hand copies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="pages")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("page"))
    identifier = models.CharField(max_length=DRAWN, unique=True)
    short = models.CharField(_("its short code"), max_length=BY_HAND, unique=True)

    objects = PrintedPageQuerySet.as_manager()

    class Meta:
        ordering = ["copy", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["copy", "number"], name="paper_a_copy_has_each_page_once"
            )
        ]

    def __str__(self) -> str:
        return self.short
