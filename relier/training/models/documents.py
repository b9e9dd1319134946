"""Documents that were printed: each is kept with what it said and with its bytes, and never made
again in silence. Facts that change afterwards make another document, beside this one."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.access import may_steer
from relier.centres.models import Centre, Member
from relier.paper.models import sealed_bytes
from relier.people.models import AboutPerson, within_reach
from relier.privacy.sealed import SealedCharField, SealedJSONField

from .enrolments import Enrolment
from .tracks import Track
from .walls import ToldQuerySet, Versioned


class EntryCondition(Versioned):
    """What shows that someone meets the condition of Digistart (they do not master yet a
    significant set of basic skills). A positioning is one way among others: nobody is positioned
    against their will, and nothing of a positioning is kept here."""

    class Shown(models.TextChoices):
        POSITIONING = "position", _("a positioning, made with the person")
        TALK = "talk", _("a talk, on entry")
        SEEN = "seen", _("what was seen, doing something together")
        SAID = "said", _("a statement of the person, signed")
        SENT_BY = "sent_by", _("a letter of whoever sent the person")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="conditions")
    shown_by = models.CharField(_("what shows it"), max_length=8, choices=Shown)
    on = models.DateField(_("day"))

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ["on", "written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(replaces=None),
                name="training_one_condition_for_an_entry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class Wall(models.TextChoices):
    """As docs/walls.md names them."""

    HOURS = "hours", _("hours")
    TOLD = "told", _("told")
    MONTHS = "months", _("months of the centre")


class PrintedQuerySet(models.QuerySet["PrintedDocument"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """As the facts that it says: hours for the team and the coordinator, what is told for the
        team alone, months of the centre for the coordinator."""
        if actor is None or not actor.in_a_centre:
            return self.none()
        near = within_reach(actor, "enrolment__person__root")
        condition = Q(wall__in=[Wall.HOURS, Wall.TOLD]) & near
        if may_steer(actor):
            condition |= Q(wall__in=[Wall.HOURS, Wall.MONTHS])
        return self.filter(condition, centre=actor.centre)

    def listed(self) -> Self:
        """Ready for a list: what it said stays in the table."""
        rows = self.select_related("author__user", "track").defer("content")
        return rows.order_by("-made_at", "pk")


class PrintedDocument(models.Model):
    """`template`: the version of the words and of the drawing, such as "contract-1-1".
    `content`: all that it says, in words, and the facts that it was made from, each by its name
    (documents/content.py); `sha256` is that of this content. `period`: a month (202611) or a
    year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.SlugField(_("document"), max_length=16, db_index=False)
    wall = models.CharField(max_length=6, choices=Wall, editable=False)
    template = models.CharField(_("template"), max_length=32)
    language = models.CharField(_("language"), max_length=2)
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.CASCADE, related_name="printed"
    )
    track = models.ForeignKey(
        Track, null=True, blank=True, on_delete=models.PROTECT, related_name="printed"
    )
    period = models.PositiveIntegerField(_("month or year"), null=True, blank=True)
    content = SealedJSONField(_("what it says"), default=dict)
    sha256 = models.CharField(_("fingerprint of what it says"), max_length=64)
    author = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("printed by")
    )
    made_at = models.DateTimeField(_("printed on"))
    # Someone whom it named was erased: what it said went along, and its line stands.
    emptied_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = PrintedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        indexes = [
            models.Index(fields=["centre", "wall", "made_at"], name="training_printed_of_centre"),
            models.Index(fields=["enrolment", "kind"], name="training_printed_of_entry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(wall="months", enrolment=None)
                | (~Q(wall="months") & Q(enrolment__isnull=False)),
                name="training_a_document_is_of_an_entry_or_of_the_centre",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"

    @classmethod
    def empty(cls, documents: Iterable[uuid.UUID], *, at: datetime) -> None:
        """Take away what these documents said, and their bytes."""
        ids = list(documents)
        PrintedFile.objects.filter(document__in=ids).delete()
        for row in cls.objects.filter(pk__in=ids, emptied_at=None):
            row.content, row.emptied_at = {}, at
            row.save(update_fields=["content", "emptied_at"])


class PrintedFile(models.Model):
    """The bytes of a document in one form, sealed; printed again, they are these."""

    class Form(models.TextChoices):
        PDF = "pdf", _("PDF")
        ODS = "ods", _("spreadsheet (ODS)")
        CSV = "csv", _("CSV")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(PrintedDocument, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(_("form"), max_length=3, choices=Form)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    key = SealedCharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["document", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "form"], name="training_a_document_has_one_file_of_a_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}.{self.form}"

    @property
    def place(self) -> str:
        return f"training.PrintedFile.sealed:{self.pk}"

    @classmethod
    def of(cls, document: PrintedDocument, form: str, data: bytes, sha256: str) -> Self:
        made = cls(document=document, form=form, sha256=sha256, key=sealed_bytes.new_key())
        made.sealed = sealed_bytes.seal(data, key=made.key, place=made.place)
        return made

    def read(self) -> bytes:
        """Raises DoesNotOpen."""
        return sealed_bytes.unseal(self.sealed, key=self.key, place=self.place)


class NamedIn(AboutPerson):
    """Someone whom a document of several people names: erased, they take what it said along."""

    document = models.ForeignKey(PrintedDocument, on_delete=models.CASCADE, related_name="names")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="named_in")

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "enrolment"], name="training_named_once_in_a_document"
            )
        ]

    def __str__(self) -> str:
        return str(self.document_id)

    def centre_of_row(self) -> Any:
        return self.document.centre_id
