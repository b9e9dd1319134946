"""What is read aloud, printed and put side by side is kept alike, whoever typed it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from relier.deliberation.rules import lines


class OneLine(forms.CharField):
    """Words on one line, whatever was typed around them; at least a letter."""

    def to_python(self, value: object) -> str:
        return lines.on_one_line(str(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not lines.says_something(value):
            raise ValidationError(_("Write a few words."))
