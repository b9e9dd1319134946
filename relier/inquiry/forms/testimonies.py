"""A draft, giving it, and the code that takes it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.inquiry.models import LONGEST_TESTIMONY, Draft, Whose
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words


def one_line_end(text: str) -> str:
    """Browsers end a line with two signs, copies of a page with one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class DraftForm(OnceForm):
    words = forms.CharField(
        label=_("What was lived"), max_length=LONGEST_TESTIMONY, widget=Words({"rows": 8}),
        help_text=_("A few lines: what happened, what it did. No name of anyone accompanied."),
    )  # fmt: skip
    whose = forms.ChoiceField(
        label=_("Whose words they are"), choices=Whose.choices, initial=Whose.WORKER,
        widget=OneChoice(hints={
            Whose.ACCOMPANIED: _("You write down what they say, in their own words."),
        }),
    )  # fmt: skip

    def clean_words(self) -> str:
        return one_line_end(self.cleaned_data["words"])

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("words", "whose")}


class GiveForm(OnceForm):
    """Of a worker: whether they sign. Of someone accompanied: that they heard it, and agree."""

    heard_back = forms.BooleanField(
        label=_("They heard it read back, and agree that it is kept"), required=False
    )
    sign = forms.BooleanField(
        label=_("I sign it with my name"), required=False,
        help_text=_("Unless you tick this, nobody sees who wrote it: no colleague, no hierarchy."),
    )  # fmt: skip

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_accompanied = draft.whose == Whose.ACCOMPANIED
        del self.fields["sign" if self.of_accompanied else "heard_back"]

    def clean_heard_back(self) -> bool:
        if not self.cleaned_data["heard_back"]:
            raise forms.ValidationError(
                gettext("Read it back to them first, and ask if they agree that it is kept.")
            )
        return True

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "sign": given.get("sign", False),
            "heard_back": given.get("heard_back", False),
            "form_key": given["form_key"],
        }


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code of the testimony"), max_length=40,
        help_text=_("It was shown once, when the testimony was given."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip
