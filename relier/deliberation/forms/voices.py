"""What whoever holds a card writes. Labels stand in the templates; here, what is checked."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from relier.deliberation.models import Aspect
from relier.deliberation.models.decisions import LONGEST_OBJECTION
from relier.deliberation.models.questions import LONGEST_REASON, LONGEST_STATEMENT
from relier.deliberation.models.voices import LONGEST_SENTENCE
from relier.deliberation.rules import lines
from relier.ui.forms import OnceForm


class OneLine(forms.CharField):
    """Words on one line, whatever was typed around them; at least a letter."""

    def to_python(self, value: object) -> str:
        return lines.on_one_line(str(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not lines.says_something(value):
            raise ValidationError(_("Write a few words."))


class ProposeForm(OnceForm):
    words = OneLine(max_length=LONGEST_STATEMENT, min_length=3)


class SentenceForm(forms.Form):
    words = OneLine(max_length=LONGEST_SENTENCE, min_length=3)
    aspect = forms.ChoiceField(choices=Aspect.choices)
    may_be_published = forms.BooleanField(required=False)


class ContestForm(forms.Form):
    words = OneLine(max_length=LONGEST_REASON, min_length=3)


class ObjectForm(OnceForm):
    words = OneLine(max_length=LONGEST_OBJECTION, min_length=3)
