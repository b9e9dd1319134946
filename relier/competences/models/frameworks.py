"""Official versions imported here, and what the members of a centre say of an item."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.competences.frameworks import Reference


class ImportedFrameworkQuerySet(models.QuerySet["ImportedFramework"]):
    def of_version(self, framework: str, version: str) -> Self:
        """Every import of one version of a framework, the latest first."""
        return self.filter(framework=framework, version=version).order_by("-pk")


class ImportedFramework(models.Model):
    """What one official file held. Rows are only added: the latest of a version is in use.

    It belongs to this copy of Relier, not to a centre: the text is the same for all.
    """

    framework = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    format = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    # Of what the file says, whatever its format: two copies of the same facts are one import.
    facts_sha256 = models.CharField(max_length=64)
    licence = models.CharField(max_length=40)
    attribution = models.CharField(max_length=500)
    # The shape of a package, with its texts (packages/README.md).
    payload = models.JSONField()
    imported_at = models.DateTimeField(auto_now_add=True)

    objects = ImportedFrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                name="competences_each_file_is_imported_once",
                violation_error_message=_("This file was imported already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.version}"


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Of one's own centre; a federation reads frameworks, not what a centre says of them."""
        if not actor or not actor.in_a_centre:  # a lazy actor may wrap None
            return self.none()
        return self.filter(centre=actor.centre)

    def about(self, framework: str, version: str, item: str = "") -> Self:
        """On a version of a framework, or on one of its items."""
        rows = self.filter(framework=framework, version=version)
        return rows.filter(item=item) if item else rows

    def standing(self) -> Self:
        """Neither withdrawn nor replaced by a correction."""
        return self.filter(withdrawn_at=None, correction=None)

    def contested(self) -> dict[str, int]:
        """How many items are contested, by the key of their framework."""
        rows = self.standing().filter(kind=Annotation.Kind.CONTEST).order_by()
        counts = rows.values_list("framework", "version").annotate(Count("item", distinct=True))
        return {f"{framework}-{version}": items for framework, version, items in counts}

    def signed(self) -> Self:
        """With the name of whoever wrote it, in the same query."""
        return self.select_related("author__user")


class Annotation(models.Model):
    """Words on one item. A correction is a new row that replaces the other: both are kept."""

    class Kind(models.TextChoices):
        NOTE = "note", _("a remark")
        ADAPTATION = "adaptation", _("our own words for it")
        CONTEST = "contest", _("contested")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    framework = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    kind = models.CharField(_("what it is"), max_length=12, choices=Kind, default=Kind.NOTE)
    words = models.TextField(_("your words"), max_length=2000)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["centre", "framework", "version", "item"],
                name="competences_annotation_by_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference.item} ({self.get_kind_display()})"

    @property
    def reference(self) -> Reference:
        return Reference(self.framework, self.version, self.item)

    @property
    def stands(self) -> bool:
        """Neither withdrawn nor replaced. Costs a query."""
        return type(self).objects.standing().filter(pk=self.pk).exists()
