"""A pile of cards, and a tablet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.deliberation.languages import NAMES, spoken
from relier.deliberation.models import KindOfVoice
from relier.deliberation.models.cards import FEWEST, MOST
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice


class CardsForm(OnceForm):
    kind = forms.ChoiceField(label=_("For whom"), choices=KindOfVoice.choices, widget=OneChoice())
    count = forms.IntegerField(
        label=_("How many cards"), min_value=FEWEST, max_value=MOST, initial=10,
        help_text=_("More than there are people: nobody may know who drew which."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the card"), initial="fr")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, NAMES[code]) for code in spoken()]  # type: ignore[attr-defined]


class TabletForm(OnceForm):
    kind = forms.ChoiceField(label=_("For whom"), choices=KindOfVoice.choices, widget=OneChoice())
    most = forms.IntegerField(
        label=_("How many people at most"), min_value=FEWEST, max_value=MOST, initial=10
    )
