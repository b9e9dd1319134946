"""A workshop, and who is expected in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.people.models import Person
from relier.ui.forms import OnceForm
from relier.ui.widgets import SeveralChoices

from .sessions import TeamField, TrackField, near_year


class ChangeWorkshopForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    capacity = forms.IntegerField(
        label=_("How many places"), min_value=1, max_value=1000, required=False
    )
    is_open = forms.BooleanField(
        label=_("Open to whoever comes"), required=False,
        help_text=_("Otherwise, for a group that is known."),
    )  # fmt: skip


class WorkshopForm(ChangeWorkshopForm):
    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {"team": TeamField(actor), "track": TrackField(actor)}
        self.order_fields(("name", "team", "track", "is_open", "capacity"))


class ExpectForm(forms.Form):
    """Those to expect: people of the track, and whoever is found by name."""

    q = forms.CharField(
        label=_("Another name"), required=False, max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    people = forms.MultipleChoiceField(
        label=_("Who is expected"), required=False, widget=SeveralChoices()
    )
    from_on = forms.DateField(label=_("From which day"))

    def __init__(self, *args: Any, offered: Sequence[Person], one_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (str(person.pk), person.name) for person in offered
        ]
        if one_day:
            del self.fields["from_on"]

    def clean_people(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["people"]
        if not chosen:
            raise ValidationError(gettext("Tick at least one person."))
        return chosen

    def clean_from_on(self) -> date:
        return near_year(self.cleaned_data["from_on"])


class WithdrawForm(forms.Form):
    until_on = forms.DateField(
        label=_("The last day on which they are expected"),
        help_text=_("The day before the first one, if it was by mistake."),
    )

    def clean_until_on(self) -> date:
        return near_year(self.cleaned_data["until_on"])
