"""Someone's entry in a programme: the contract, why they may enter and what shows it, how it
ends."""

import uuid
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.people.models import AboutPerson, Person
from relier.training import rules
from relier.training.hours import Leaving

from .tracks import Programme, Track
from .walls import GroundsQuerySet, HoursQuerySet, Versioned


class EnrolmentQuerySet(HoursQuerySet):
    root = "person__root"

    def of_file(self, person: Person) -> Self:
        """Of someone, under every file that was merged into theirs."""
        return self.filter(person__in=person.file_ids)

    def with_ending(self) -> Self:
        """`left_on` and `leaving`: the day someone left and why, None while they are here."""
        ending = Ending.objects.current().filter(enrolment=OuterRef("pk"), taken_back=False)
        return self.annotate(
            left_on=Subquery(ending.values("on")[:1]),
            leaving=Subquery(ending.values("reason")[:1]),
        )

    def not_left_before(self, day: date) -> Self:
        return self.with_ending().filter(Q(left_on=None) | Q(left_on__gte=day))

    def under_way(self, *, on: date) -> Self:
        return self.not_left_before(on).filter(entered_on__lte=on)


class Enrolment(AboutPerson):
    """A pedagogical contract: someone, in a programme, from a day.

    `ledger_key` names it in the ledger, and is written nowhere else: once this row is erased,
    nothing leads from an hour to anyone (docs/decisions/021).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="enrolments")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="enrolments")
    ledger_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entered_on = models.DateField(_("day of entry"))
    contract_on = models.DateField(_("the contract was signed on"), null=True, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-entered_on", "pk"]
        indexes = [models.Index(fields=["centre", "entered_on"], name="training_entries_of_centre")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "track", "entered_on"],
                name="training_one_entry_a_day_in_a_track",
                violation_error_message=_("This person entered this track that day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entered_on}"


class Eligibility(Versioned):
    """Of which category of articles 5 and 6 someone was on the day they entered."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="eligibilities")
    category = models.SlugField(_("category"), max_length=8, db_index=False)

    objects = GroundsQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(replaces=None),
                name="training_one_eligibility_for_an_entry",
            )
        ]

    def __str__(self) -> str:
        return self.category

    def clean(self) -> None:
        if self.category not in rules.categories():
            raise ValidationError({"category": _("Choose a category of the list.")})


class EvidenceReceived(Versioned):
    """A document of eligibility that came, and the date it bears. `withdrawn`: noted by mistake."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="evidence")
    document = models.SlugField(_("document"), max_length=16, db_index=False)
    issued_on = models.DateField(_("the date it bears"), null=True, blank=True)
    received_on = models.DateField(_("it came on"))
    withdrawn = models.BooleanField(_("noted by mistake"), default=False)

    objects = GroundsQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(received_on__gte=F("issued_on")),
                name="training_a_document_comes_after_its_date",
                violation_error_message=_("A document comes after the date it bears."),
            )
        ]

    def __str__(self) -> str:
        return self.document

    def clean(self) -> None:
        if self.document not in rules.documents():
            raise ValidationError({"document": _("Choose a document of the list.")})


class Reason(models.TextChoices):
    COMPLETED = Leaving.COMPLETED.value, _("the programme is done")
    JOB = Leaving.JOB.value, _("a job")
    VOCATIONAL = Leaving.VOCATIONAL.value, _("a contract of vocational training")
    OTHER_TRAINING = Leaving.OTHER_TRAINING.value, _("another training")
    DROPPED = Leaving.DROPPED.value, _("dropped out")
    HEALTH = Leaving.HEALTH.value, _("health")
    MOVED = Leaving.MOVED.value, _("moved away")
    CENTRE = Leaving.CENTRE.value, _("the centre ended it")
    OTHER = Leaving.OTHER.value, _("another reason")


class Ending(Versioned):
    """How an entry ends: the last day, and why. `taken_back`: it had not ended after all."""

    Reason = Reason

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="endings")
    on = models.DateField(_("last day"))
    reason = models.CharField(_("why"), max_length=16, choices=Reason)
    job_months = models.PositiveSmallIntegerField(
        _("how many months the job lasts"), null=True, blank=True
    )
    # For the hours that remained (ground 11).
    form_received_on = models.DateField(
        _("the form of the administration came on"), null=True, blank=True
    )
    taken_back = models.BooleanField(_("it had not ended"), default=False)

    objects = HoursQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(replaces=None),
                name="training_an_entry_ends_once",
                violation_error_message=_("This training has ended already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.reason}"
