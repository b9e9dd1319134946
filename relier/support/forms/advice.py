"""The forms of advice: adapting a piece before it is a step; and what a centre changes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.support.models.advice import AdviceNumberChange, AdviceRuleChange
from relier.support.rules.advice import Number
from relier.support.rules.advice_pieces import Rule
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .steps import StepFields

ON, OFF = "on", "off"


class AdaptForm(OnceForm, StepFields):
    """The step that a piece becomes, to be said otherwise."""


class RuleForm(OnceForm):
    state = forms.ChoiceField(
        label=_("Here, this rule"),
        choices=[(ON, _("proposes something")), (OFF, _("stays silent"))],
        initial=ON,
        widget=OneChoice(),
    )
    words_fr = forms.CharField(
        label=_("Your words in French"),
        required=False,
        max_length=120,
        help_text=_("People read them: 15 words at most. Left empty, ours are used."),
    )
    words_en = forms.CharField(label=_("Your words in English"), required=False, max_length=120)
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Everyone in the centre reads it beside the rule."),
    )

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check(
            self,
            AdviceRuleChange(
                rule=self.rule.id,
                on=data.get("state") != OFF,
                words_fr=data.get("words_fr", ""),
                words_en=data.get("words_en", ""),
                why=data.get("why", ""),
            ),
        )
        return data


class NumberForm(OnceForm):
    value = forms.IntegerField(label=_("The number"), min_value=0)
    from_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("A text of law and its article, a letter, a decision of the team and its day."),
    )
    doubt = forms.CharField(label=_("What is not certain"), required=False, max_length=300)

    def __init__(self, *args: Any, number: Number, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"value", "source", "from_on"} <= data.keys():
            kept = {name: data[name] for name in ("value", "from_on", "source", "doubt")}
            check(self, AdviceNumberChange(number=self.number.name, **kept))
        return data


def check(form: forms.Form, row: Any) -> None:
    """Say beside the fields what the row itself refuses: the rule is written once, with it."""
    try:
        row.clean()
    except ValidationError as refused:
        for name, errors in refused.update_error_dict({}).items():
            form.add_error(name if name in form.fields else None, errors)
