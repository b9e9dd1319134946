"""A row of a list: its words in each language, its picture, from which day, from where."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.support.models import ListChange
from relier.support.models.lists import PICTOGRAMS
from relier.ui import pictograms
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .advice import check

FIELDS = ("words_fr", "words_en", "pictogram", "from_on", "source", "doubt")


class RowForm(OnceForm):
    words_fr = forms.CharField(
        label=_("In French"),
        max_length=80,
        help_text=_("Read aloud to people: a few everyday words, no name of anyone."),
    )
    words_en = forms.CharField(label=_("In English"), max_length=80, required=False)
    pictogram = forms.ChoiceField(
        label=_("Picture"),
        required=False,
        widget=OneChoice(pictograms={name: name for name in PICTOGRAMS}),
    )
    from_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("A text of law and its article, a letter, a decision of the team and its day."),
    )
    doubt = forms.CharField(label=_("What is not certain"), required=False, max_length=300)

    def __init__(self, *args: Any, of: str, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of, self.key = of, key
        if of == "families":
            drawn = [("", _("No answer"))] + [(one, pictograms.word(one)) for one in PICTOGRAMS]
            self.fields["pictogram"].choices = drawn  # type: ignore[attr-defined]
        else:
            del self.fields["pictogram"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kept = {name: cleaned[name] for name in FIELDS if name in cleaned}
        check(self, ListChange(of=self.of, key=self.key or "new", **kept))
        return cleaned
