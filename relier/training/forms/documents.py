"""Printing a document: of which month, where there is a choice; what shows a condition of entry."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from relier.training.documents.pieces import month
from relier.training.models import EntryCondition
from relier.ui.forms import OnceForm

from .keeping import PastDay


class PrintForm(OnceForm):
    """Nothing to choose."""


class MonthForm(OnceForm):
    """`months`: those to choose from, the latest first."""

    def __init__(self, *args: Any, months: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one), capfirst(month(date(one // 100, one % 100, 1)))) for one in months]
        self.fields["month"] = forms.TypedChoiceField(
            label=_("Which month"), choices=choices, coerce=int
        )


class ConditionForm(OnceForm):
    shown_by = forms.ChoiceField(
        label=_("What shows it"), choices=EntryCondition.Shown.choices,
        help_text=_("Any of them is enough. Nobody has to be positioned to enter."),
    )  # fmt: skip
    on = PastDay(label=_("Day"), initial=timezone.localdate)
