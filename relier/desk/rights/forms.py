"""What is asked on the pages about rights, terms and archives."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.people.forms.days import PastDayField
from relier.privacy.models import RightsRequest, TermChange
from relier.privacy.rules.terms import Term
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice


class AskForm(OnceForm):
    what = forms.ChoiceField(
        label=_("What they ask"), choices=RightsRequest.What.choices, widget=OneChoice
    )
    asked_on = PastDayField(label=_("Asked on"))


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=RightsRequest.Answer.choices)


class EraseForm(forms.Form):
    """`entered_on` is asked only where the law counts from it."""

    entered_on = PastDayField(
        label=_("Day of entry"),
        required=True,
        initial=None,
        help_text=_("The law counts from it. It comes from the first day a team followed."),
    )
    sure = forms.BooleanField(
        label=_("The person asked for it, and I made sure that it is them."),
        error_messages={"required": _("Nothing is erased before you tick this.")},
    )

    def __init__(self, data: Any, *, known: date, counts: bool) -> None:
        """`known`: the day of entry as it was found; `counts`: whether a law counts from it."""
        super().__init__(data, initial={"entered_on": known})
        self.known = known
        if not counts:
            del self.fields["entered_on"]

    def day(self) -> date:
        """As it was typed, where it is a day; else as it was found."""
        if not self.is_bound or "entered_on" not in self.fields:
            return self.known
        try:
            typed: date = self.fields["entered_on"].clean(self["entered_on"].data)
        except forms.ValidationError:
            return self.known
        return typed


class TermForm(OnceForm):
    value = forms.IntegerField(label=_("How long"), min_value=0)
    from_on = forms.DateField(label=_("From which day"))
    source = forms.CharField(
        label=_("Its source"),
        max_length=300,
        help_text=_("A text of law and its article, a letter, a decision of the team and its day."),
    )
    doubt = forms.CharField(label=_("What is not certain"), required=False, max_length=300)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"value", "source", "from_on"} <= data.keys():
            kept = {name: data[name] for name in ("value", "from_on", "source", "doubt")}
            try:
                TermChange(name=self.term.name, **kept).clean()
            except forms.ValidationError as refused:
                for name, errors in refused.update_error_dict({}).items():
                    self.add_error(name if name in self.fields else None, errors)
        return data


class OpeningForm(OnceForm):
    reason = forms.CharField(
        label=_("Why it must be opened"),
        max_length=300,
        help_text=_("For example: an inspection asks for this file. No name, no words of theirs."),
    )
