"""The questions of the situation as fields: one for each question, named by facet and question."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.lib.names import fold
from relier.people import rules
from relier.people.rules.questions import QUESTIONS, Question
from relier.ui.widgets import OneChoice, SeveralChoices

NOT_ASKED = ("", _("Not asked"))
# A list of forty languages to tick would be longer than the page: three are chosen, others told.
SPOKEN_FIELDS = ("spoken_1", "spoken_2", "spoken_3")


def by_name(options: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Languages in the order of the alphabet of the page, the commonest two first."""
    first = [code for code in ("fr", "en") if code in options]
    rest = sorted(options.keys() - set(first), key=lambda code: fold(str(options[code])))
    return [(code, options[code]) for code in [*first, *rest]]


def field_for(question: Question, *, short: bool = False) -> forms.Field:
    """`short`: a list to open rather than rows to tick, where the question is one of many."""
    choices: list[tuple[str, Any]] = list(question.options.items())
    if question.several:
        return forms.MultipleChoiceField(
            label=question.label, choices=choices, required=False, widget=SeveralChoices
        )
    if question.options is rules.SPOKEN:
        return language_field(question.label)
    return forms.ChoiceField(
        label=question.label,
        choices=[NOT_ASKED, *choices],
        required=False,
        widget=forms.Select if short else OneChoice,
    )


def language_field(label: Any) -> forms.ChoiceField:
    # Called for each form: the order of the languages depends on the language of the page.
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=lambda: [("", _("Not asked")), *by_name(rules.SPOKEN)],
    )


def language_fields(*, short: bool = False) -> dict[str, forms.Field]:
    """The questions of rules.LANGUAGES; the languages spoken as three lists."""
    labels = (_("A language they speak"), _("Another language"), _("A third language"))
    fields: dict[str, forms.Field] = {
        name: language_field(label) for name, label in zip(SPOKEN_FIELDS, labels, strict=True)
    }
    for question in QUESTIONS[rules.LANGUAGES]:
        if question.name != "spoken":
            fields[question.name] = field_for(question, short=short)
    return fields


def languages_said(given: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The answers of `language_fields` as choices of rules.LANGUAGES."""
    said: dict[str, Any] = {
        question.name: given.get(prefix + question.name, "")
        for question in QUESTIONS[rules.LANGUAGES]
        if question.name != "spoken"
    }
    said["spoken"] = [code for name in SPOKEN_FIELDS if (code := given.get(prefix + name))]
    return said


def languages_shown(choices: Mapping[str, Any]) -> dict[str, Any]:
    """The other way round: what `language_fields` show for these choices."""
    spoken = list(choices.get("spoken", []))
    lists = dict(zip(SPOKEN_FIELDS, [*spoken, "", "", ""], strict=False))
    return {**{name: code for name, code in choices.items() if name != "spoken"}, **lists}
