"""What is told along a training, once and for one purpose: the plan, placements, evaluations, the
attestation of the end."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.privacy.sealed import SealedCharField, SealedTextField
from relier.training.rules.placements import Kind as KindOfPlacement

from .enrolments import Enrolment
from .walls import HoursQuerySet, ToldQuerySet, Versioned


class TrainingPlan(Versioned):
    """The individual programme (PIF): each change is a version, beside the earlier ones."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="plans")
    on = models.DateField(_("day"))
    # Blank: as long as the programme.
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    words = SealedTextField(_("what is planned"), max_length=10000, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ["on", "written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(replaces=None),
                name="training_one_plan_for_an_entry",
                violation_error_message=_("There is a plan already: change it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class Placement(Versioned):
    """In a company, from a day to a day, under a contract of three. `withdrawn`: it did not take
    place."""

    class Kind(models.TextChoices):
        ACCULTURATION = KindOfPlacement.ACCULTURATION.value, _("to discover a trade")
        PROFESSIONAL = KindOfPlacement.PROFESSIONAL.value, _("to practise a trade")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="placements")
    kind = models.CharField(_("which placement"), max_length=14, choices=Kind)
    company = SealedCharField(_("company"), max_length=160, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    minutes = models.PositiveIntegerField(_("minutes"))
    signed_on = models.DateField(_("the contract was signed on"), null=True, blank=True)
    derogation = models.BooleanField(_("outside the first third, by derogation"), default=False)
    withdrawn = models.BooleanField(_("it did not take place"), default=False)

    objects = HoursQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="training_a_placement_ends_after_it_begins",
                violation_error_message=_("The end is before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on}"


class Evaluation(Versioned):
    """What was looked at together one day: in words, for one purpose, and in no number."""

    class Purpose(models.TextChoices):
        ENTRY = "entry", _("as one enters")
        ALONG_THE_WAY = "along", _("along the way")
        FINAL = "final", _("at the end")
        SOCIAL = "social", _("the social side")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="evaluations")
    purpose = models.CharField(_("what for"), max_length=8, choices=Purpose)
    on = models.DateField(_("day"))
    words = SealedTextField(_("in words"), max_length=10000)

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ["on", "written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.on}"


class EndAttestation(Versioned):
    """What was acquired, and how long it took, as it is attested on a day. The minutes are those of
    the ledger on that day: a document says what was true when it was signed."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attestations")
    on = models.DateField(_("day"))
    acquired = SealedTextField(_("what was acquired"), max_length=10000, blank=True)
    project = SealedTextField(_("what comes after"), max_length=5000, blank=True)
    effective_minutes = models.PositiveIntegerField(_("minutes followed"))

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ["on", "written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.on}"
