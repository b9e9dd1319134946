"""How an agreement was given. The words are those of a person's page: they may be read by both."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.privacy.models import Consent
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .days import PastDayField


class ConsentForm(OnceForm):
    # Which text was on the page, so that what is kept is what was read.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    how = forms.ChoiceField(
        label=_("How it was given"),
        choices=Consent.How.choices,
        required=False,
        widget=OneChoice,
        initial=Consent.How.ORALLY,
    )
    helper = forms.CharField(
        label=_("Who read it or interpreted it"),
        max_length=80,
        required=False,
        help_text=_("A colleague, a relative, an interpreter. Leave empty if nobody did."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    on = PastDayField()

    def clean_how(self) -> str:
        return self.cleaned_data["how"] or Consent.How.ORALLY
