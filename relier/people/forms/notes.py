"""A note and its correction. Only the words are needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.people.actions import usual_audience
from relier.people.models import Audience, Note
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from .days import PastDayField

HINTS = {
    Audience.SECRECY.value: _("Read by colleagues of the team who are bound by secrecy."),
    Audience.TEAM.value: _("Read by everyone in the teams that follow this person."),
    Audience.WITH_PERSON.value: _(
        "Written together, or read to the person. Everyone in the team reads it."
    ),
}
HAND_OVER = _("Colleagues bound by secrecy will read it. You will not read it again.")
PICTOGRAMS = {
    Audience.SECRECY.value: "secrecy",
    Audience.TEAM.value: "team",
    Audience.WITH_PERSON.value: "with-person",
}


class NoteForm(OnceForm):
    """`note`: the one that is corrected, or none."""

    words = forms.CharField(label=_("Note"), max_length=5000, widget=Words({"rows": 6}))
    audience = forms.ChoiceField(label=_("Who reads it"), required=False)
    on = PastDayField()

    def __init__(self, *args: Any, actor: Actor, note: Note | None = None, **kwargs: Any) -> None:
        self.usual = note.audience if note else usual_audience(actor)
        initial: dict[str, Any] = {"audience": self.usual}
        if note:
            initial |= {"words": note.words, "on": note.on}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        choices, hints = audiences(actor, note)
        self.fields["audience"] = forms.ChoiceField(
            label=_("Who reads it"),
            choices=choices,
            required=False,
            widget=OneChoice(hints=hints, pictograms=PICTOGRAMS),
        )
        self.order_fields(["words", "audience", "on"])

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or self.usual


def audiences(actor: Actor, note: Note | None) -> tuple[list[tuple[str, Any]], dict[str, Any]]:
    """What this author may choose, and the words beside each choice.

    What a colleague wrote under secrecy stays there: only its author opens it wider.
    """
    secrecy, team, together = Audience.SECRECY, Audience.TEAM, Audience.WITH_PERSON
    if note and note.audience == secrecy and note.author_id != actor.id:
        return [(secrecy.value, secrecy.label)], HINTS
    if actor.bound:
        return [(one.value, one.label) for one in (secrecy, team, together)], HINTS
    handed = [(team.value, team.label), (together.value, together.label)]
    handed.append((secrecy.value, _("hand over under secrecy")))
    return handed, {**HINTS, secrecy.value: HAND_OVER}
