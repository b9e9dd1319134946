"""A meeting, and a line of its agenda."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.deliberation.models import Doing
from relier.deliberation.models.meetings import LONGEST_ITEM, LONGEST_TITLE
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .questions import coming


class MeetingForm(OnceForm):
    day = forms.DateField(label=_("Day"))
    starts_at = forms.TimeField(label=_("Begins at"))
    place = forms.CharField(label=_("Where"), max_length=120, required=False)

    def clean_day(self) -> date:
        """Today or later; a meeting of the past keeps its day."""
        day: date = self.cleaned_data["day"]
        return day if day == self.initial.get("day") else coming(day)


class NewMeetingForm(MeetingForm):
    ready = forms.ChoiceField(
        label=_("An agenda to begin with"), widget=OneChoice(), initial="60",
        choices=[
            ("60", _("of 60 minutes")),
            ("90", _("of 90 minutes, with a break")),
            ("empty", _("an empty one")),
        ],
        help_text=_("Each line of it can be changed, moved or taken away."),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("initial", {"day": timezone.localdate()})
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class ItemForm(OnceForm):
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE,
        help_text=_("Everybody in the room reads it: a few short words."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=LONGEST_ITEM, initial=10
    )
    doing = forms.ChoiceField(label=_("What is done"), choices=Doing.choices)
