"""The forms of a procedure: one line is enough to begin one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from relier.support.models.procedures import Obstacle, Outcome
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from .days import DayThatCame
from .mandates import DoneOnlineFields
from .shown import ShownForm

OUTCOME_PICTOGRAMS = {
    Outcome.OPEN.value: "procedure",
    Outcome.WAITING.value: "waiting",
    Outcome.DONE.value: "done",
    Outcome.BLOCKED.value: "blocked",
    Outcome.DROPPED.value: "leave",
}


class FrameFields(forms.Form):
    """What for, with whom, until when. The institutions already used are proposed by the page."""

    about = forms.CharField(
        label=_("What for"),
        max_length=200,
        error_messages={"required": _("Write in one line what the procedure is for.")},
    )
    institution = forms.CharField(
        label=_("With which institution"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"list": "institutions", "autocomplete": "off"}),
    )
    deadline = forms.DateField(label=_("Deadline"), required=False)
    right_not_claimed = forms.BooleanField(
        label=_("A right that was not claimed until now"), required=False
    )


class ProcedureForm(OnceForm, FrameFields):
    words = forms.CharField(
        label=_("First news"),
        required=False,
        max_length=500,
        widget=Words(),
        help_text=_("Where it stands today, if there is something to say."),
    )
    field_order = ("about", "words", "institution", "deadline", "right_not_claimed")


class FrameForm(ShownForm, FrameFields):
    """The same fields, of a procedure that stands."""

    remembered = ("about", "institution", "deadline", "right_not_claimed")
    field_order = remembered


class NewsForm(OnceForm, DoneOnlineFields):
    """What became of it, and in whose name. `open_to_team` says what the writer was told about who
    reads."""

    outcome = forms.ChoiceField(
        label=_("Where it stands"),
        choices=[(one.value, capfirst(one.label)) for one in Outcome],
        widget=OneChoice(pictograms=OUTCOME_PICTOGRAMS),
    )
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=500, widget=Words()
    )
    obstacle = forms.ChoiceField(
        label=_("What blocks it"),
        required=False,
        choices=[("", _("No answer")), *((one.value, capfirst(one.label)) for one in Obstacle)],
        widget=OneChoice(),
    )
    on = DayThatCame(label=_("Day"))
    open_to_team = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.look_for_passwords(cleaned)
        said = cleaned.get("words") or cleaned.get("obstacle") or cleaned.get("acted")
        if (
            "words" not in self.errors
            and not said
            and cleaned.get("outcome") == self.initial.get("outcome")
        ):
            self.add_error("words", _("Write a few words, or choose where it stands now."))
        return cleaned

    @property
    def opened(self) -> bool:
        """Whether the optional part is open, because something in it is written or wrong."""
        return self.is_bound and bool(
            self["obstacle"].value()
            or self["acted"].value()
            or {"obstacle", "on", "acted", "family"} & set(self.errors)
        )


def proposals(names: Iterable[str]) -> list[str]:
    """Institutions to propose, each once, whatever its capitals."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(name.casefold().strip(), name.strip())
    return sorted(known.values(), key=str.casefold)


def frame(procedure: Any) -> dict[str, Any]:
    """What stands on a procedure, field by field, as the form takes it."""
    return {name: getattr(procedure, name) for name in FrameForm.remembered}
