"""How long, written as people write it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relier.training.models.sessions import A_DAY
from relier.training.rules.durations import minutes_of, told


class DurationField(forms.CharField):
    """A duration in whole minutes, shown as « 1 h 30 ». None where it is left blank."""

    def __init__(self, *, most: int = A_DAY, **kwargs: Any) -> None:
        self.most = most
        help_text = kwargs.pop("help_text", gettext_lazy("As 1h30, 1:30 or 90."))
        widget = forms.TextInput({"autocomplete": "off", "size": "8"})
        super().__init__(**{"max_length": 20, "help_text": help_text, "widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return told(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        try:
            minutes = minutes_of(text)
        except ValueError:
            raise ValidationError(_("Write how long as 1h30, 1:30 or 90.")) from None
        if minutes > self.most:
            raise ValidationError(_("At most %(most)s.") % {"most": told(self.most)})
        return minutes
