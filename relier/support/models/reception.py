"""What the counter answers: who, when, where, and what is late. Never what it is about."""

import secrets
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.access import may_see_counter
from relier.centres.models import Member
from relier.people.models import AboutPerson, Person, WordsQuerySet
from relier.privacy.sealed import SealedCharField


class CounterQuerySet(WordsQuerySet):
    """Rows that the counter may read: reception and coordination, and the team."""

    open_rows = Q()

    def visible_to(self, actor: Actor | None) -> Self:
        if actor is not None and may_see_counter(actor):
            return self.filter(centre=actor.centre, person__set_aside_at=None)
        return super().visible_to(actor)


def midnight(on: date) -> datetime:
    """The moment when a day begins here."""
    return timezone.make_aware(datetime.combine(on, time.min))


class AppointmentQuerySet(CounterQuerySet):
    def visible_to(self, actor: Actor | None) -> Self:
        """As for the counter; and one's own appointments, also before a team follows the person:
        whoever is expected at ten o'clock must know by whom. What it is about stays content."""
        rows = super().visible_to(actor)
        if actor is not None and actor.in_a_centre:
            rows |= self.filter(with_member=actor.id, centre=actor.centre)
        return rows.with_names()

    def with_names(self) -> Self:
        """Ready to say for whom (the file that is shown) and with whom, in the same query."""
        return self.select_related("person__root", "with_member__user")

    def standing(self) -> Self:
        return self.exclude(state=Appointment.State.CANCELLED)

    def on(self, day: date) -> Self:
        """From midnight to midnight here, as a range, so that an index serves it."""
        after = midnight(day + timedelta(days=1))
        return self.filter(starts_at__gte=midnight(day), starts_at__lt=after)

    def to_come(self, *, on: date) -> Self:
        """What is still to take place or is under way: the whole of its day, as its hour may have
        passed while someone was waiting or talking."""
        return self.filter(starts_at__gte=midnight(on), state__in=Appointment.EXPECTED)

    def after(self, moment: datetime) -> Self:
        return self.standing().filter(starts_at__gte=moment)

    def of(self, member_id: uuid.UUID) -> Self:
        return self.filter(with_member=member_id)

    def near(self, starts_at: datetime, *, hours: int = 12) -> Self:
        """Those that begin around a moment: the few among which two may meet."""
        around = timedelta(hours=hours)
        return self.filter(starts_at__gt=starts_at - around, starts_at__lt=starts_at + around)

    def lately_at(self, *, since: datetime, most: int = 12) -> list[str]:
        """The places used since then, the latest first."""
        places = self.filter(starts_at__gte=since).exclude(place="").select_related(None)
        latest = places.values("place").order_by().annotate(last=Max("starts_at"))
        return [row["place"] for row in latest.order_by("-last", "place")[:most]]


class Appointment(AboutPerson):
    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        ARRIVED = "arrived", _("has arrived")
        SEEN = "seen", _("took place")
        MISSED = "missed", _("did not come")
        CANCELLED = "cancelled", _("cancelled")

    EXPECTED = (State.PLANNED, State.ARRIVED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    with_member = models.ForeignKey(
        Member, verbose_name=_("with whom"), on_delete=models.PROTECT, related_name="appointments"
    )
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    bring = models.CharField(_("what to bring"), max_length=200, blank=True)
    # Content: for the team, not for the counter.
    about = SealedCharField(_("what it is about"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    arrived_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    # Calendars that read the feed ask when it last changed.
    changed_at = models.DateTimeField(auto_now=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["with_member", "starts_at"], name="support_appointments_of"),
            models.Index(fields=["person", "starts_at"], name="support_appointments_for"),
            models.Index(fields=["centre", "starts_at"], name="support_appointments_here"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def as_written(self) -> dict[str, Any]:
        """Its fields as a form takes them: the day and the hour are those of the centre."""
        starts_at = timezone.localtime(self.starts_at)
        return {
            "with_member": self.with_member_id,
            "day": starts_at.date(),
            "hour": starts_at.time().replace(second=0, microsecond=0),
            "minutes": self.minutes,
            "place": self.place,
            "bring": self.bring,
            "about": self.about,
        }


class DelayQuerySet(CounterQuerySet):
    def current(self) -> Self:
        """Without what was said before a correction."""
        return self.filter(correction=None)

    def open(self) -> Self:
        return self.current().filter(settled_on=None)


class Delay(AboutPerson):
    """An answer or a payment that is late: since when, why, and on which side the cause lies.

    Written for the counter, in words that may be said aloud there. What is said differently
    later is a new row that `replaces` the other: what was announced before can still be read.
    """

    class What(models.TextChoices):
        PAYMENT = "payment", _("a payment")
        ANSWER = "answer", _("an answer")
        DOCUMENT = "document", _("a document")
        OTHER = "other", _("something else")

    class Side(models.TextChoices):
        CENTRE = "centre", _("on our side")
        INSTITUTION = "institution", _("on the side of another service")
        PERSON = "person", _("something is still missing from the person")
        NOBODY = "nobody", _("it is nobody's fault")
        UNKNOWN = "unknown", _("not known yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delays")
    what = models.CharField(_("what is late"), max_length=10, choices=What)
    since = models.DateField(_("since when"))
    side = models.CharField(
        _("on which side the cause lies"), max_length=12, choices=Side, default=Side.UNKNOWN
    )
    why = models.CharField(
        _("why, in words that may be said at the counter"), max_length=300, blank=True
    )
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = DelayQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.since})"


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The address at which a member's own calendar reads their appointments; no names in it."""

    member = models.OneToOneField(
        Member, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.member_id)
