"""The forms of the register of BCSS consultations. Only one field is free, and it comes first."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relier.support.lists import ListRow
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from .days import DayThatCame


def choices_of(rows: list[ListRow]) -> list[tuple[str, str]]:
    language = get_language() or "fr"
    return [(row.key, capfirst(row.on_screen(language))) for row in rows]


class DeclarationForm(OnceForm):
    declaration = forms.CharField(
        label=_("What the person says of their situation, in their words"),
        max_length=2000,
        widget=Words(),
        help_text=_("Before anyone looks anything up. What the BCSS shows has no place here."),
    )


class BeginForm(DeclarationForm):
    purpose = forms.ChoiceField(
        label=_("Why consult"),
        widget=OneChoice(),
        error_messages={"required": _("Choose why: the person hears it.")},
    )
    field_order = ("purpose", "declaration")

    def __init__(self, *args: Any, rows: list[ListRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["declaration"].required = False
        self.fields["purpose"].choices = choices_of(rows)  # type: ignore[attr-defined]


class ConsultedForm(OnceForm):
    """That it took place. No word of what it showed."""

    on = DayThatCame(label=_("Day of the consultation"))
    quality = forms.ChoiceField(
        label=_("Quality code"),
        widget=OneChoice(),
        error_messages={"required": _("Choose under which quality code.")},
    )

    def __init__(self, *args: Any, rows: list[ListRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quality"].choices = choices_of(rows)  # type: ignore[attr-defined]
