"""A practical sheet on one page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.ui.forms import OnceForm
from relier.ui.widgets import Words

from .models import LONGEST_TEXT, LONGEST_TITLE, LONGEST_WHY


class SheetForm(OnceForm):
    title = forms.CharField(label=_("Title of the sheet"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_("Text of the sheet"), max_length=LONGEST_TEXT, widget=Words({"rows": 14}),
        help_text=_(
            "At the beginning of a line: # for a heading, - for a list, 1. for a step. Leave a "
            "blank line between two paragraphs."
        ),
    )  # fmt: skip

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class RevisionForm(SheetForm):
    why = forms.CharField(
        label=_("What changed, and why"), max_length=LONGEST_WHY, required=False,
        widget=Words({"rows": 2}),
    )  # fmt: skip
    # The version that was on the page: what a colleague wrote meanwhile is not written over.
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=32_000)
