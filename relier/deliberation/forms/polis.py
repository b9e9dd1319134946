"""The files of a Polis conversation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.deliberation.languages import CHOICES
from relier.deliberation.models.questions import LONGEST_QUESTION
from relier.deliberation.rules.polis import MOST_BYTES, UnreadablePolis
from relier.ui.forms import OnceForm
from relier.ui.widgets import Words

from .one_line import OneLine

CSV = {"accept": ".csv,text/csv"}


class PolisForm(OnceForm):
    statements = forms.FileField(
        label=_("The statements"), required=False, allow_empty_file=True,
        help_text=_("comments.csv"), widget=forms.FileInput(CSV),
    )  # fmt: skip
    votes = forms.FileField(
        label=_("The votes"), required=False, allow_empty_file=True,
        help_text=_("participants-votes.csv, or votes.csv. Who voted and when is not kept."),
        widget=forms.FileInput(CSV),
    )  # fmt: skip
    summary = forms.FileField(
        label=_("The topic, if you have it"), required=False, allow_empty_file=True,
        help_text=_("summary.csv"), widget=forms.FileInput(CSV),
    )  # fmt: skip
    words = OneLine(
        label=_("The question, as it is read here"), max_length=LONGEST_QUESTION, required=False,
        widget=Words({"rows": 2}), help_text=_("Left empty: the topic that Polis has."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the statements"), choices=CHOICES, initial="fr"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("statements", "votes"):
            if not given.get(name):
                self.add_error(name, gettext("Choose a file first."))
        for name in ("statements", "votes", "summary"):
            file = given.get(name)
            if file and file.size > MOST_BYTES:
                self.refuse(UnreadablePolis(name, "too_large"))  # type: ignore[arg-type]
        return given

    def refuse(self, why: UnreadablePolis) -> None:
        self.add_error(why.which, ValidationError(said_of(why)))


def said_of(why: UnreadablePolis) -> str:
    """What is wrong with a file, and what to do."""
    if why.fault == "line" and why.line is not None:
        return gettext(
            "Line %(line)s cannot be read. Give the file as Polis exported it, unchanged."
        ) % {"line": why.line}
    if why.fault == "too_long":
        return gettext("On line %(line)s, a statement is longer than a thousand signs.") % {
            "line": why.line
        }
    return {
        "empty": gettext("There is nothing in this file to keep. Choose another one."),
        "zip": gettext(
            "This is a compressed folder, or a spreadsheet. Open it, and give the CSV files that "
            "are in it, one by one."
        ),
        "not_text": gettext("This file is no text in UTF-8. Give it as Polis exported it."),
        "too_large": gettext("This file is larger than 20 MB: it is no conversation of a centre."),
        "not_together": gettext(
            "These votes are on statements that are not in the other file. Give both of the same "
            "conversation."
        ),
        "too_many": gettext("There is more in this file than is kept here."),
    }.get(why.fault, gettext("This is another file than the one that is asked. See its name."))
