"""Planning a session, or a series of them; what preparing took; the number that helps to plan."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member, Team
from relier.training import access
from relier.training.models import Session, Track
from relier.training.models.sessions import Carrier
from relier.training.rules.series import is_holiday, weekly
from relier.ui import dates
from relier.ui.forms import OnceForm
from relier.ui.widgets import SeveralChoices, Words

from .durations import DurationField

# In years: a date further than that is a slip of the hand (0206 for 2026).
LIFETIME = 20
MOST_PREPARATION = 500 * 60


def teams_to_plan(actor: Actor) -> QuerySet[Team]:
    """The teams whose sessions this member plans: their own; any, for the coordinator."""
    teams = Team.objects.open().filter(centre=actor.centre).order_by("name", "pk")
    return teams if access.may_steer(actor) else teams.filter(pk__in=actor.teams)


def those_who_welcome(centre: UUID | None) -> QuerySet[Member]:
    members = Member.objects.active().of_centre(centre).filter(role__in=access.TRAINING)
    return members.select_related("user").order_by("user__name", "pk")


class TrainersField(forms.ModelMultipleChoiceField):
    widget = SeveralChoices

    def label_from_instance(self, member: Member) -> str:
        return member.name


class TeamField(forms.ModelChoiceField):
    def __init__(self, actor: Actor) -> None:
        super().__init__(teams_to_plan(actor), label=_("Team"), empty_label=None)


class TrackField(forms.ModelChoiceField):
    def __init__(self, actor: Actor) -> None:
        tracks = Track.objects.visible_to(actor).open(on=timezone.localdate())
        super().__init__(
            tracks, label=_("Track"), required=False, empty_label=_("none: no hours are counted"),
            help_text=_("Whoever is enrolled in it has their hours counted."),
        )  # fmt: skip


def near_year(day: date) -> date:
    if abs(day.year - timezone.localdate().year) > LIFETIME:
        raise ValidationError(gettext("Look again at the year of this day."))
    return day


class PlaceForm(OnceForm):
    """When in the day, how long, where, who welcomes, and what is asked less often."""

    starts_at = forms.TimeField(label=_("Begins at"))
    minutes = DurationField(label=_("How long"))
    place = forms.CharField(
        label=_("Room or place"), max_length=120, required=False,
        help_text=_("No name of a person: calendars show it."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("How many places"), min_value=1, max_value=1000, required=False
    )
    carrier = forms.TypedChoiceField(
        label=_("Carried by"), choices=Carrier.choices, coerce=int, initial=Carrier.CENTRE
    )
    field_order: Iterable[str] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainers"] = TrainersField(
            those_who_welcome(actor.centre), label=_("Who welcomes"), required=False
        )

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if minutes < 1:
            raise ValidationError(gettext("A session lasts at least a minute."))
        return minutes

    @property
    def as_planned(self) -> dict[str, Any]:
        names = ("starts_at", "minutes", "place", "carrier", "capacity", "trainers")
        return {name: self.cleaned_data[name] for name in names}


def remote_field() -> DurationField:
    return DurationField(
        label=_("Of which at a distance"), required=False,
        help_text=_("The next page then says how long preparing takes, by a rule of thumb."),
    )  # fmt: skip


class SessionForm(PlaceForm):
    """One session. In a workshop, its team and its track are those of the workshop."""

    name = forms.CharField(label=_("Name"), max_length=120)
    day = forms.DateField(label=_("Day"))
    is_open = forms.BooleanField(label=_("Open to whoever comes"), required=False)

    def __init__(self, *args: Any, actor: Actor, in_workshop: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["remote"] = remote_field()
        if in_workshop:
            del self.fields["is_open"]
        else:
            self.fields |= {"team": TeamField(actor), "track": TrackField(actor)}

    def clean_day(self) -> date:
        return near_year(self.cleaned_data["day"])


class ChangeForm(PlaceForm):
    """A session that is planned: moved, given another room, another name."""

    name = forms.CharField(label=_("Name"), max_length=120)
    day = forms.DateField(label=_("Day"))

    def clean_day(self) -> date:
        return near_year(self.cleaned_data["day"])


def as_it_stands(session: Session, trainers: Iterable[Member]) -> dict[str, Any]:
    """The fields of a session, to fill a form with."""
    names = ("name", "day", "starts_at", "minutes", "place", "carrier", "capacity")
    return {name: getattr(session, name) for name in names} | {"trainers": list(trainers)}


class SeriesForm(PlaceForm):
    """A session each week, from a day to a day. The days are shown before anything is planned:
    those that are left out (a holiday, a day of theirs) are unticked."""

    from_on = forms.DateField(label=_("From which day"))
    until_on = forms.DateField(label=_("Until which day"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days of the week"), required=False, coerce=int,
        choices=list(WEEKDAYS.items()), widget=SeveralChoices(),
        help_text=_("Unsaid: the weekday of the first day."),
    )  # fmt: skip
    days = forms.MultipleChoiceField(label=_("The days"), required=False)
    # From when to when the days were shown: asked otherwise, they are shown again.
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["remote"] = remote_field()
        if self.is_bound:
            # Which days there are is known once the others are read: see `clean`.
            sent: Any = self.data
            self.fields["days"].choices = [  # type: ignore[attr-defined]
                (day, day) for day in sent.getlist("days")
            ]

    def clean_from_on(self) -> date:
        return near_year(self.cleaned_data["from_on"])

    def clean_until_on(self) -> date:
        return near_year(self.cleaned_data["until_on"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "from_on" in cleaned and "until_on" in cleaned:
            try:
                proposed = weekly(
                    cleaned["from_on"], cleaned["until_on"], cleaned.get("weekdays") or ()
                )
            except ValueError:
                self.add_error("until_on", _("After the first day, and within about a year."))
            else:
                self._offer(proposed, cleaned)
        return cleaned

    def _offer(self, proposed: list[date], cleaned: dict[str, Any]) -> None:
        if not proposed:
            self.add_error("weekdays", _("No day falls between these two."))
            return
        asked = " ".join(day.isoformat() for day in (proposed[0], proposed[-1]))
        asked += f" {len(proposed)}"
        self.was_looked_at = cleaned.get("looked_at") == asked
        ticked = set(cleaned.get("days") or ())
        if not self.was_looked_at:
            ticked = {day.isoformat() for day in proposed if not is_holiday(day)}
        cleaned["chosen"] = [day for day in proposed if day.isoformat() in ticked]
        self.proposed, self.asked, self.ticked = proposed, asked, ticked
        if self.was_looked_at and not ticked:
            self.add_error("days", _("Leave at least one day ticked."))

    was_looked_at = False
    proposed: list[date] = []
    asked = ""
    ticked: set[str] = set()

    def show_days(self) -> None:
        """Draw the days, each with its tick, in place of what was sent."""
        holiday = gettext("public holiday")
        hints = {day.isoformat(): holiday for day in self.proposed if is_holiday(day)}
        field = self.fields["days"]
        field.widget = SeveralChoices(hints=hints)
        field.choices = [  # type: ignore[attr-defined]
            (day.isoformat(), dates.day(day)) for day in self.proposed
        ]
        data = self.data.copy()  # type: ignore[attr-defined]
        data.setlist("days", sorted(self.ticked))
        data["looked_at"] = self.asked
        self.data = data


class PreparationForm(forms.Form):
    """Of a session, and of nobody."""

    minutes = DurationField(
        label=_("How long preparing takes, or took"), required=False, most=MOST_PREPARATION
    )
    words = forms.CharField(
        label=_("Good to know for the next time"), max_length=2000, required=False, widget=Words()
    )

    def clean_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["minutes"]
        return minutes or None


class RemoteRuleForm(OnceForm):
    """The rule of thumb said otherwise, from a day on."""

    value = forms.DecimalField(
        label=_("How many hours to prepare one hour at a distance"),
        min_value=Decimal(0), max_value=Decimal(40), decimal_places=2,
    )  # fmt: skip
    from_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Why"), max_length=300)
    source = forms.CharField(label=_("Where it comes from"), max_length=300)

    def clean_from_on(self) -> date:
        return near_year(self.cleaned_data["from_on"])
