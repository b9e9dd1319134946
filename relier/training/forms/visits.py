"""Choosing the year of a rehearsed visit, and the days of school holidays."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from relier.training.rules.holidays import days_between
from relier.ui.forms import OnceForm

from .keeping import NearDay

LONGEST = 120  # days: a summer, and more
HOLIDAYS = [("1", _("school holidays")), ("0", pgettext_lazy("schools", "no school holidays"))]


class YearForm(forms.Form):
    """Only years in which hours count: a draw of the others would say nothing."""

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), choices=[(year, str(year)) for year in years], coerce=int
        )


class KeepForm(OnceForm):
    """Nothing is typed: what is kept is what the page shows."""


class CalendarForm(OnceForm):
    first_on = NearDay(label=_("From"))
    last_on = NearDay(label=_("Until"))
    is_holiday = forms.TypedChoiceField(
        label=_("These days were"), choices=HOLIDAYS, coerce=lambda value: value == "1",
        initial="1", widget=forms.RadioSelect,
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where it comes from"), max_length=300,
        help_text=_("The circular, or the calendar that was published."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_on"), given.get("last_on")
        if first and last:
            if last < first:
                raise ValidationError({"last_on": gettext("The end is before the beginning.")})
            if len(days_between(first, last)) > LONGEST:
                raise ValidationError({"last_on": gettext("That is longer than any holidays.")})
        return given
