"""A centre accompanies people; its members work in teams. A federation gathers centres, and
by construction holds no row about anyone accompanied: its members have no centre."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Federation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)

    def __str__(self) -> str:
        return self.name


class Centre(models.Model):
    class Kind(models.TextChoices):
        CISP = "cisp", _("CISP (socio-professional integration)")
        CPAS = "cpas", _("CPAS (public welfare)")
        OTHER = "other", _("another kind of centre")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind of centre"), max_length=8, choices=Kind)
    federation = models.ForeignKey(
        Federation, verbose_name=_("federation"), null=True, blank=True, on_delete=models.SET_NULL
    )
    approval = models.CharField(_("approval number"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    opening = models.CharField(
        _("opening hours, in words"),
        max_length=200,
        blank=True,
        help_text=_("Printed on the page that people take home."),
    )

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    def open(self) -> Self:
        """Those to which someone may be given."""
        return self.filter(closed_on=None)


class Team(models.Model):
    """Closed, it is given nobody any more; its members read whom it follows until each is handed
    on, so that nobody is left alone."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=80)
    closed_on = models.DateField(null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="centres_team_name_is_unique_in_its_centre",
                violation_error_message=_("A team of this centre already has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> Self:
        return self.filter(left_on=None, user__is_active=True)

    def of_centre(self, centre: uuid.UUID | None) -> Self:
        return self.filter(centre=centre) if centre else self.none()


class Member(models.Model):
    """A user in a centre or a federation, with a role and a status (docs/walls.md)."""

    class Role(models.TextChoices):
        SOCIAL_WORKER = "social_worker", _("social worker")
        TRAINER = "trainer", _("trainer")
        COORDINATOR = "coordinator", _("coordinator")
        RECEPTION = "reception", _("reception")
        ADMINISTRATOR = "administrator", _("centre administrator")
        FEDERATION = "federation", _("federation")

    class Status(models.TextChoices):
        BOUND = "bound", _("bound by professional secrecy")
        DISCRETION = "discretion", _("held to discretion")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    centre = models.ForeignKey(
        Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    federation = models.ForeignKey(
        Federation, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DISCRETION)
    teams = models.ManyToManyField(
        Team, verbose_name=_("teams"), blank=True, related_name="members"
    )
    reached_by = models.CharField(
        _("how people can reach me"),
        max_length=160,
        blank=True,
        help_text=_("Printed on the page that people take home: a telephone number, and when."),
    )
    # A function, not a role: someone of any role may be the officer, or nobody yet.
    is_officer = models.BooleanField(_("data protection officer"), default=False)
    joined_on = models.DateField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role="federation", centre=None, federation__isnull=False)
                    | (~Q(role="federation") & Q(centre__isnull=False, federation=None))
                ),
                name="centres_member_of_a_centre_or_of_a_federation",
            ),
            models.UniqueConstraint(
                fields=["user", "centre"],
                name="centres_member_once_per_centre",
                violation_error_message=_("This e-mail is already a member of the centre."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def home(self) -> "Centre | Federation | None":
        return self.centre or self.federation

    @property
    def bound(self) -> bool:
        return self.status == self.Status.BOUND


class SlipQuerySet(models.QuerySet["Slip"]):
    def standing(self, *, at: datetime) -> Self:
        """Those that still open."""
        return self.filter(used_at=None, withdrawn_at=None, ends_at__gt=at)


class Slip(models.Model):
    """A printed code that its reader uses once: to come in for the first time, to choose a new
    password, to do without a telephone that is lost. Only what recognises the code is kept."""

    class What(models.TextChoices):
        INVITATION = "invitation", _("to come in for the first time")
        PASSWORD = "password", _("to choose a new password")
        SECOND_FACTOR = "second_factor", _("to do without a telephone or a key that is lost")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="slips")
    what = models.CharField(max_length=16, choices=What)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = SlipQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "what"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="centres_slip_one_of_a_kind_waits_for_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.ends_at:%Y-%m-%d}"


class SecondFactorRuleQuerySet(models.QuerySet["SecondFactorRule"]):
    def of_centre(self, centre: uuid.UUID | None) -> Self:
        """All that a centre said of it, the latest first."""
        return self.filter(centre=centre) if centre else self.none()


class SecondFactorRule(models.Model):
    """Of whom the centre asks a second factor, from a day on, with some days to set it up. A row
    is never rewritten: another is added, and counts from its own day."""

    class Whom(models.TextChoices):
        NOBODY = "nobody", _("of nobody: each chooses")
        BOUND = "bound", _("of those bound by professional secrecy")
        EVERYONE = "everyone", _("of everyone")

    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, related_name="second_factor_rules", editable=False
    )
    whom = models.CharField(_("of whom"), max_length=8, choices=Whom)
    from_on = models.DateField(_("from which day"), default=timezone.localdate)
    days_to_set_up = models.PositiveSmallIntegerField(
        _("days to set it up"), validators=[MaxValueValidator(90)]
    )
    source = models.CharField(_("source"), max_length=200)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = SecondFactorRuleQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.whom} ({self.from_on})"

    def asks_of(self, member: Member) -> bool:
        if self.whom == self.Whom.BOUND:
            return member.bound
        return self.whom == self.Whom.EVERYONE

    def due_on(self, member: Member) -> date:
        """The first day on which this member is led to set it up before anything else."""
        return max(self.from_on, member.joined_on) + timedelta(days=self.days_to_set_up)


# For a centre that has not said it. It comes from no text: it is shown as doubtful, and nothing is
# promised with it.
USUAL_WORKING_DAYS = 10


@dataclass(frozen=True)
class Within:
    """Within how many working days an answer comes; `source` is blank when nobody has said it."""

    working_days: int
    source: str = ""


class AnswerDelayQuerySet(models.QuerySet["AnswerDelay"]):
    def of_centre(self, centre: uuid.UUID | None) -> Self:
        """All that a centre said of it, the latest first."""
        return self.filter(centre=centre) if centre else self.none()


class AnswerDelay(models.Model):
    """Within how many working days the centre answers a request, from a day on. A row is never
    rewritten: another is added, and counts from its own day."""

    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, related_name="answer_delays", editable=False
    )
    working_days = models.PositiveSmallIntegerField(
        _("working days"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    from_on = models.DateField(_("from which day"), default=timezone.localdate)
    source = models.CharField(_("source"), max_length=200)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = AnswerDelayQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.working_days} ({self.from_on})"


def in_force(said: Iterable[AnswerDelay], *, on: date) -> Within:
    """What counts on a day, of all that a centre said (the latest first); else the usual number."""
    for one in said:
        if one.from_on <= on:
            return Within(one.working_days, one.source)
    return Within(USUAL_WORKING_DAYS)


def asked_of(
    said: Iterable[SecondFactorRule], member: Member, *, on: date
) -> SecondFactorRule | None:
    """The rule that asks a second factor of this member, of all that their centre said (the latest
    first); None where it asks nothing."""
    for rule in said:
        if rule.from_on <= on:
            return rule if rule.asks_of(member) else None
    return None
