"""Which lines of the journal to show. Nothing is typed but a day."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.journal.models import Line

NATURES = [
    ("", _("readings and deeds")),
    (Line.Nature.READING, _("readings")),
    (Line.Nature.DEED, _("deeds")),
]


class LinesForm(forms.Form):
    who = forms.ModelChoiceField(
        label=_("Who"), queryset=Member.objects.none(), required=False, empty_label=_("anyone")
    )
    nature = forms.ChoiceField(label=_("What"), choices=NATURES, required=False)
    until = forms.DateField(
        label=_("Up to which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    # Carried by links: about whom.
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, centre: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.of_centre(centre).select_related("user")
        self.fields["who"].queryset = members  # type: ignore[attr-defined]
