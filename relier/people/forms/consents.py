"""How an agreement was given. The words are those of a person's page: they may be read by both."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.privacy.models import Consent
from relier.privacy.models.terms import Term
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


class TermForm(OnceForm):
    """A number of the centre, from a day on."""

    field_order = ("value", "from_on", "source", "doubt")
    from_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("A text of law and its article, a letter, a decision of the team and its day."),
    )
    doubt = forms.CharField(label=_("What is not certain"), required=False, max_length=300)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = forms.IntegerField(
            label=str(term.label),
            min_value=0,
            max_value=term.most,
            help_text="" if term.name == "remind" else _("0 means without an end."),
        )
        self.order_fields(self.field_order)
