"""Tracks, their programmes, and what was approved for them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Team
from relier.training.hours import HOUR
from relier.training.models import Approval, Track
from relier.ui.forms import OnceForm
from relier.ui.widgets import Words

from .durations import DurationField
from .keeping import NearDay, PastDay

MOST_UNITS = 60
# A year of a whole team.
MOST_HOURS = 1_000_000
# « Tableur : 120 h »: a name, what separates, hours at the end of the line.
A_UNIT = re.compile(
    r"(?P<name>.*?\S)[\s:;,\-–—]+(?P<hours>\d{1,4})(?:[.,](?P<part>\d{1,2}))?\s*h?\.?"
)


class ChangeTrackForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", "-"), *Track.Category.choices]
    )
    method = forms.ChoiceField(
        label=_("Method"), required=False, choices=[("", "-"), *Track.Method.choices]
    )
    cedefop_code = forms.CharField(label=_("Cedefop code"), required=False, max_length=10)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.open().filter(centre=actor.centre).order_by("name", "pk")
        self.fields["team"] = forms.ModelChoiceField(
            teams, label=_("The team that runs it"), empty_label=None
        )
        self.order_fields(("name", "scheme", "team", "category", "method"))


class EditTrackForm(ChangeTrackForm):
    closed_on = NearDay(
        label=_("Closed on"), required=False,
        help_text=_("Nobody enters it from that day on. Hours that were counted stay."),
    )  # fmt: skip


class TrackForm(ChangeTrackForm):
    scheme = forms.ChoiceField(
        label=_("Under which text"), choices=Track.Scheme.choices, initial=Track.Scheme.CISP,
        help_text=_("It does not change later: the hours of the track stand under it."),
    )  # fmt: skip
    in_group = forms.BooleanField(
        label=_("People enter it in a group only"), required=False,
        help_text=_("Hours that remain when someone leaves for a job count in such a track only."),
    )  # fmt: skip
    opened_on = NearDay(label=_("Open since"), initial=timezone.localdate)


class ProgrammeForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    from_on = NearDay(label=_("From which day"), initial=timezone.localdate)
    units = forms.CharField(
        label=_("Units and their hours"), max_length=10000, widget=Words({"rows": 8}),
        help_text=_("One on each line, hours at the end. For example: Spreadsheets, 120"),
    )  # fmt: skip

    def clean_units(self) -> str:
        """The text as it was typed; `as_units` says what it holds."""
        text: str = self.cleaned_data["units"]
        self.as_units = units_of(text)
        return text


def units_of(text: str) -> list[tuple[str, int]]:
    """Each unit with its minutes. Raises ValidationError naming the first line that has none."""
    units = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        told, found = {"line": line[:60]}, A_UNIT.fullmatch(line)
        if found is None:
            raise ValidationError(gettext("Write the hours at the end of “%(line)s”.") % told)
        part = f"{found['hours']}.{found['part'] or 0}"
        minutes = round(float(part) * HOUR)
        if not minutes:
            raise ValidationError(gettext("“%(line)s” lasts at least a minute.") % told)
        if len(found["name"]) > 160:
            raise ValidationError(gettext("“%(line)s…” is too long a name.") % told)
        units.append((found["name"], minutes))
    if len(units) > MOST_UNITS:
        raise ValidationError(gettext("At most %(most)s units.") % {"most": MOST_UNITS})
    return units


class ApprovalForm(OnceForm):
    scheme = forms.ChoiceField(label=_("Under which text"), choices=Track.Scheme.choices)
    number = forms.CharField(
        label=_("Number"), max_length=40, help_text=_("It stands on every act of the centre.")
    )
    from_on = NearDay(label=_("From"))
    until_on = NearDay(label=_("Until"))


class ApprovedHoursForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=MOST_HOURS)

    def __init__(self, *args: Any, approvals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approval"] = ApprovalField(approvals, label=_("Approval"), empty_label=None)
        self.order_fields(("approval", "year", "hours"))


class ApprovalField(forms.ModelChoiceField):
    def label_from_instance(self, approval: Approval) -> str:
        return f"{approval.number} ({approval.from_on.year}–{approval.until_on.year})"


class SupervisionForm(forms.Form):
    day = PastDay(label=_("Day"), initial=timezone.localdate)
    minutes = DurationField(
        label=_("How long the whole team supervised"), most=24 * HOUR * 20,
        help_text=_("All together, as 7h30. Said again for a day, it takes the place of before."),
    )  # fmt: skip
