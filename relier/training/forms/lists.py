"""How a list of presence is printed."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from relier.training.models.lists import MOST_BLANK
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice


class ListForm(OnceForm):
    blank = forms.IntegerField(
        label=_("Blank lines"),
        help_text=_("For those whom you do not expect: from 0 to 12."),
        validators=[MinValueValidator(0), MaxValueValidator(MOST_BLANK)],
        widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
    )
    remote = forms.BooleanField(
        label=_("A box “At a distance”"),
        help_text=_(
            "On each line, for whoever is connected from elsewhere and cannot sign: you tick it."
        ),
        required=False,
    )
    large = forms.BooleanField(label=_("Large print"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the list"),
        choices=[("fr", _("French")), ("en", _("English"))],
        widget=OneChoice(),
    )
