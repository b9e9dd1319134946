"""One page for the whole situation, filled with what is known; only what changes is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.people import rules
from relier.people.actions import Said
from relier.people.models import Situation
from relier.people.rules.questions import QUESTIONS
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from .days import PastDayField
from .questions import SPOKEN_FIELDS, field_for, language_fields, languages_said, languages_shown

SECRET_FACETS = rules.SECRET_FACETS
OPEN_FACETS = tuple(facet for facet in rules.TITLES if facet not in SECRET_FACETS)
HAND_OVER = "hand_over"

WORDS_LABELS = {
    rules.LANGUAGES: _("In their own words, or another language"),
    rules.URGENT: _("What cannot wait"),
    rules.PRIVATE: _("In a few words"),
}
# Where "none" stands among the choices, nothing else stands beside it.
NONE_OF_THEM = {
    "equipment-has": _("“Nothing” and something else are both ticked. Keep one."),
    "ease-done": _("“None of these” and something else are both ticked. Keep one."),
}


@dataclass
class Part:
    """A facet on the page: its fields, and what is known of it."""

    facet: str
    title: str
    pictogram: str
    fields: list[forms.BoundField] = field(default_factory=list)
    # What is asked only by those who like, a fold further.
    more: list[forms.BoundField] = field(default_factory=list)
    now: rules.Now | None = None
    secret: bool = False

    @property
    def open(self) -> bool:
        return any(one.errors for one in [*self.fields, *self.more])

    @property
    def more_open(self) -> bool:
        return any(one.errors for one in self.more)


class SituationForm(OnceForm):
    """`now`: facet -> how it stands, for this actor. Someone who is not bound has no field for
    what is under secrecy, but one to hand words over."""

    # The last save that the page showed: what came after it is a colleague's.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, actor: Actor, now: Mapping[str, rules.Now], **kwargs: Any
    ) -> None:
        self.now = now
        self.facets = (*OPEN_FACETS, *(SECRET_FACETS if actor.bound else ()))
        kwargs["initial"] = {**self._filled(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for facet in self.facets:
            self.fields.update(_fields_of(facet))
        if not actor.bound:
            self.fields[HAND_OVER] = forms.CharField(
                label=_("What to hand over"),
                help_text=_(
                    "Colleagues bound by secrecy will read it. You will not read it again."
                ),
                required=False,
                max_length=1000,
                widget=Words,
            )
        self.fields["told"] = forms.ChoiceField(
            label=_("Who says so"),
            choices=Situation.Told.choices,
            initial=Situation.Told.BY_PERSON,
            required=False,
            widget=OneChoice,
        )
        self.fields["on"] = PastDayField()

    def clean_told(self) -> str:
        return self.cleaned_data["told"] or Situation.Told.BY_PERSON

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, told in NONE_OF_THEM.items():
            chosen = given.get(name, [])
            if "none" in chosen and len(chosen) > 1:
                self.add_error(name, told)
        return given

    def said(self) -> dict[str, Said]:
        """Facet -> what was told of it, where it differs from what the page showed."""
        told = {}
        for facet in self.facets:
            choices = rules.clean(facet, self._choices(facet))
            words = self.cleaned_data[f"{facet}-words"]
            if rules.changed(self.now.get(facet), choices, words):
                told[facet] = Said(choices, words)
        if handed := self.cleaned_data.get(HAND_OVER):
            told[rules.PRIVATE] = Said({}, handed)
        return told

    def parts(self) -> list[Part]:
        parts = []
        for facet in self.facets:
            part = Part(facet, str(rules.TITLES[facet]), rules.PICTOGRAMS[facet])
            aside = {f"{facet}-{q.name}" for q in QUESTIONS[facet] if q.aside}
            ours = [one for one in self if one.name.startswith(f"{facet}-")]
            part.fields = [one for one in ours if one.name not in aside]
            part.more = [one for one in ours if one.name in aside]
            part.now = self.now.get(facet)
            part.secret = facet in SECRET_FACETS
            parts.append(part)
        return parts

    def _choices(self, facet: str) -> dict[str, Any]:
        given = self.cleaned_data
        if facet == rules.LANGUAGES:
            return languages_said(given, prefix=f"{facet}-")
        return {q.name: given[f"{facet}-{q.name}"] for q in QUESTIONS[facet]}

    def _filled(self) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for facet, now in self.now.items():
            shown: Mapping[str, Any] = rules.carried(facet, now.choices)
            if facet == rules.LANGUAGES:
                shown = languages_shown(now.choices)
            initial |= {f"{facet}-{name}": value for name, value in shown.items()}
            initial[f"{facet}-words"] = now.words
        return initial


def _fields_of(facet: str) -> dict[str, forms.Field]:
    if facet == rules.LANGUAGES:
        fields = {f"{facet}-{name}": one for name, one in language_fields().items()}
    else:
        fields = {f"{facet}-{q.name}": field_for(q) for q in QUESTIONS[facet]}
    fields[f"{facet}-words"] = forms.CharField(
        label=WORDS_LABELS.get(facet, _("In their own words")),
        required=False,
        max_length=1000,
        widget=Words({"rows": 2}),
    )
    return fields


__all__ = ["HAND_OVER", "SPOKEN_FIELDS", "Part", "SituationForm"]
