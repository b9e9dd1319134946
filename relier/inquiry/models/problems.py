"""A problem in plain words, the passages that found it, its earlier words, its links to others."""

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member

from .testimonies import Testimony

LONGEST_TITLE, LONGEST_PROBLEM = 160, 2000


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Every member of the centre."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre)


class Problem(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("the problem, in one sentence"), max_length=LONGEST_TITLE)
    words = models.TextField(_("in a few sentences"), max_length=LONGEST_PROBLEM, blank=True)
    written_on = models.DateField(_("written on"))
    # The opening question that a centre took up (`opening.py`); "": its own problem.
    opening = models.CharField(max_length=20, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "opening"],
                condition=~Q(opening=""),
                name="inquiry_an_opening_question_is_taken_up_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """What a problem said, from a day on. The last one is what it says now."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField(max_length=LONGEST_PROBLEM, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()

    class Meta:
        ordering = ["problem", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "number"], name="inquiry_a_version_has_a_number_of_its_own"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """The piece of a testimony on which a problem is founded: from one letter to another, the last
    one not counted, so that nothing of the words is copied and they go when they are withdrawn."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="passages")
    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="passages")
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    tied_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    tied_on = models.DateField()

    class Meta:
        ordering = ["problem", "tied_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "testimony", "begins", "ends"],
                name="inquiry_a_passage_founds_a_problem_once",
            ),
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends")), name="inquiry_a_passage_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """In the words of the testimony; nothing once it is withdrawn."""
        return self.testimony.words[self.begins : self.ends]


class Link(models.Model):
    """One problem towards another. It is read both ways (`rules/links.py`)."""

    class Kind(models.TextChoices):
        CONSEQUENCE = "consequence", _("has for consequence")
        WORSENS = "worsens", _("worsens")
        DEPENDS = "depends", _("depends on")
        FACE = "face", _("is another face of")

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="links_here")
    kind = models.CharField(_("how they are linked"), max_length=11, choices=Kind)
    tied_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    tied_on = models.DateField()

    class Meta:
        ordering = ["tied_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "other", "kind"],
                name="inquiry_a_link_is_made_once",
                violation_error_message=_("They are linked so already."),
            ),
            models.CheckConstraint(
                condition=~Q(problem=F("other")),
                name="inquiry_no_problem_is_linked_to_itself",
                violation_error_message=_("A problem is not linked to itself."),
            ),
            # Both ways the same: it is kept in one order, so that it is not made twice.
            models.CheckConstraint(
                condition=~Q(kind="face") | Q(problem__lt=F("other")),
                name="inquiry_another_face_is_kept_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    def clean(self) -> None:
        if self.problem.centre_id != self.other.centre_id:
            raise ValidationError({"other": _("This problem is of another centre.")})


class PutAside(models.Model):
    """An opening question that a centre does not want for now. Taken back, the row goes."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    opening = models.CharField(max_length=20)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["centre", "opening"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "opening"], name="inquiry_a_question_is_put_aside_once"
            )
        ]

    def __str__(self) -> str:
        return self.opening
