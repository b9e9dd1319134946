"""An appointment, and what is late. What an appointment is about is asked of the team only."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.access import COUNTER, WORKERS
from relier.centres.models import Member
from relier.support.models import Delay
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .shown import ShownForm

LONGEST = 600
# In years: a date further than that is a slip of the hand (0206 for 2026), and calendars end.
LIFETIME = 100


def colleagues(centre: UUID | None) -> QuerySet[Member]:
    """Everyone of the centre who may receive someone."""
    members = Member.objects.active().of_centre(centre).filter(role__in=WORKERS | COUNTER)
    return members.select_related("user").prefetch_related("teams").order_by("user__name", "pk")


class WithWhomField(forms.ModelChoiceField):
    """A colleague; those whose team follows the person come first."""

    def __init__(self, members: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(members, label=_("With whom"), empty_label=None, **kwargs)

    def nearest_first(self, teams: set[int]) -> None:
        near: list[tuple[UUID, str]] = []
        others: list[tuple[UUID, str]] = []
        for member in self.queryset:  # type: ignore[union-attr]
            theirs = {team.pk for team in member.teams.all()}
            (near if theirs & teams else others).append((member.pk, member.name))
        if near and others:
            self.choices = [
                (_("Whose team follows this person"), near),
                (_("In the centre"), others),
            ]
        else:
            self.choices = near or others


class CounterAppointmentForm(ShownForm):
    """When and with whom are needed. The form of the counter: it does not know what an
    appointment is about, not even in what it remembers, and so cannot erase it."""

    remembered: ClassVar[tuple[str, ...]] = (
        "day", "hour", "with_member", "place", "minutes", "bring"
    )  # fmt: skip
    field_order = ("day", "hour", "with_member", "place", "about", "minutes", "bring")

    day = forms.DateField(label=_("Day"))
    hour = forms.TimeField(label=_("Hour"))
    place = forms.CharField(
        label=_("Where"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "places", "autocomplete": "off"}),
        help_text=_("No name of a person: calendars show it."),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=5, max_value=LONGEST, required=False
    )
    bring = forms.CharField(label=_("What to bring"), max_length=200, required=False)
    # What was warned of already, so that a second look is asked once.
    warned = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        here: Mapping[str, Any],
        members: QuerySet[Member],
        teams: set[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, here=here, **kwargs)
        field = WithWhomField(members)
        self.fields["with_member"] = field
        field.nearest_first(teams)
        self.order_fields(self.field_order)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if abs(day.year - timezone.localdate().year) > LIFETIME:
            raise ValidationError(_("Look again at the year of this day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("day") and cleaned.get("hour"):
            try:
                moment = datetime.combine(cleaned["day"], cleaned["hour"])
                cleaned["starts_at"] = from_current_timezone(moment)
            except ValidationError:
                # The night when clocks change: this hour does not exist, or exists twice.
                self.add_error("hour", _("Clocks change that night. Choose another hour."))
        return cleaned

    def ask_again(self, seen: str) -> None:
        """Shown again with what was typed, and with what was warned of."""
        self.data = {**self.data.dict(), "warned": seen}  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        return {**super().typed(), "with_member": self.cleaned_data["with_member"].pk}


class AppointmentForm(CounterAppointmentForm):
    """The same, for the team that follows the person."""

    remembered = (*CounterAppointmentForm.remembered, "about")

    about = forms.CharField(
        label=_("What it is about"),
        max_length=200,
        required=False,
        help_text=_("Only the team that follows this person reads it. The counter does not."),
    )


def empty_appointment(actor: Actor, with_member: UUID | None) -> dict[str, Any]:
    """An appointment that is not there yet, field by field."""
    blank = dict.fromkeys(AppointmentForm.remembered, "")
    return {**blank, "minutes": None, "with_member": with_member or actor.id}


class DelayForm(OnceForm):
    """What is late. The day is the one on which it should have come."""

    what = forms.ChoiceField(
        label=_("What is late?"),
        choices=Delay.What.choices,
        widget=OneChoice(
            pictograms={"payment": "money", "answer": "message", "document": "letter"}
        ),
    )
    since = forms.DateField(
        label=_("Since when?"), help_text=_("The day on which it should have come.")
    )
    side = forms.ChoiceField(
        label=_("On which side does the cause lie?"),
        choices=Delay.Side.choices,
        initial=Delay.Side.UNKNOWN,
        required=False,
        widget=OneChoice(),
    )
    why = forms.CharField(
        label=_("Why, in words that may be said at the counter"),
        max_length=300,
        required=False,
        help_text=_("Others hear it there: nothing of their life, only what blocks."),
    )
    expected_on = forms.DateField(
        label=_("Expected on"),
        required=False,
        help_text=_("Leave it empty when nobody knows yet: the page says so."),
    )

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise ValidationError(_("This day is still to come: it is not late yet."))
        return since

    def clean_side(self) -> str:
        return self.cleaned_data["side"] or Delay.Side.UNKNOWN


def as_said(delay: Delay) -> dict[str, Any]:
    """What stands, as the form shows it."""
    return {name: getattr(delay, name) for name in ("what", "since", "side", "why", "expected_on")}
