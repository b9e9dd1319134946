"""Who is expected at a session, who was there and how, and why someone was not."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.people.models import AboutPerson, Person
from relier.privacy.sealed import SealedCharField
from relier.training.hours import Modality as ModalityOfHours

from .enrolments import Enrolment
from .journeys import Placement
from .sessions import A_DAY, Session, Workshop
from .walls import GroundsQuerySet, HoursQuerySet, Versioned


class Modality(models.TextChoices):
    IN_PERSON = ModalityOfHours.IN_PERSON.value, _("in the room")
    REMOTE = ModalityOfHours.REMOTE.value, _("at a distance")
    HYBRID = ModalityOfHours.HYBRID.value, _("hybrid")


class FromWhere(models.TextChoices):
    HOME = "home", _("home")
    CENTRE = "centre", _("another room of the centre")
    PUBLIC_SPACE = "public", _("a public digital space, a library")
    COMPANY = "company", _("the company")
    ELSEWHERE = "elsewhere", _("elsewhere")


class Equipment(models.TextChoices):
    OWN_PHONE = "own_phone", _("their own telephone")
    OWN_COMPUTER = "own_computer", _("their own computer")
    LENT = "lent", _("a computer that the centre lends")
    CENTRE = "centre", _("a computer of the centre")
    OTHER = "other", _("someone else's computer or telephone")
    NONE = "none", _("none")


class OfPersonQuerySet(HoursQuerySet):
    root = "person__root"


class Participation(AboutPerson):
    """Someone is expected: at each session of a workshop from a day to a day, or at one session."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    # None: someone who comes to an open workshop, and has no hours to count.
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.CASCADE, related_name="participations"
    )
    workshop = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.CASCADE, related_name="participations"
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.CASCADE, related_name="participations"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(workshop=None, session__isnull=False)
                | Q(workshop__isnull=False, session=None),
                name="training_expected_at_a_workshop_or_at_a_session",
            ),
            models.UniqueConstraint(
                fields=["person", "session"],
                condition=Q(session__isnull=False),
                name="training_expected_once_at_a_session",
            ),
            models.UniqueConstraint(
                fields=["person", "workshop"],
                condition=Q(workshop__isnull=False, until_on=None),
                name="training_expected_once_at_a_workshop",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on}"


class Taken(AboutPerson):
    """What is said of someone at a session: minutes followed and missed, how, from where, with
    what. Only the minutes are asked."""

    minutes = models.PositiveSmallIntegerField(
        _("minutes followed"), validators=[MaxValueValidator(A_DAY)]
    )
    missed = models.PositiveSmallIntegerField(
        _("minutes missed"), default=0, validators=[MaxValueValidator(A_DAY)]
    )
    modality = models.CharField(
        _("how"), max_length=9, choices=Modality, default=Modality.IN_PERSON
    )
    from_where = models.CharField(_("from where"), max_length=9, choices=FromWhere, blank=True)
    equipment = models.CharField(_("with what"), max_length=12, choices=Equipment, blank=True)

    class Meta:
        abstract = True


class Presence(Taken):
    """What became of a session for one person.

    `id` is drawn from the form that was sent (`actions/presences.py`): sent twice, it is one row. A
    correction is a new row; so is what a second device says of the same session.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="presences")
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.CASCADE, related_name="presences"
    )
    # A day in a company: of which placement.
    placement = models.ForeignKey(
        Placement, null=True, blank=True, on_delete=models.SET_NULL, related_name="presences"
    )
    author = models.ForeignKey(
        "centres.Member", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(auto_now_add=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    first = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ["session", "person", "written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(replaces=None),
                name="training_presence_is_taken_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes}"

    @property
    def source(self) -> uuid.UUID:
        return self.first_id or self.pk

    def clean(self) -> None:
        if self.minutes + self.missed > A_DAY:
            raise ValidationError({"minutes": _("A day has 24 hours.")})


class Absence(Versioned):
    """Why someone was away, from a day to a day. The proof may come late: that is a new row too.
    `withdrawn`: noted by mistake."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    ground = models.PositiveSmallIntegerField(
        _("ground"), validators=[MinValueValidator(1), MaxValueValidator(13)]
    )
    proof_received_on = models.DateField(_("the proof came on"), null=True, blank=True)
    proof = SealedCharField(_("which proof"), max_length=160, blank=True)
    withdrawn = models.BooleanField(_("noted by mistake"), default=False)

    objects = GroundsQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="training_an_absence_ends_after_it_begins",
                violation_error_message=_("The end is before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on}"
