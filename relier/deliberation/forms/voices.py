"""What whoever holds a card writes. Labels stand in the templates; here, what is checked."""

from django import forms

from relier.deliberation.models import Aspect
from relier.deliberation.models.decisions import LONGEST_OBJECTION
from relier.deliberation.models.questions import LONGEST_REASON, LONGEST_STATEMENT
from relier.deliberation.models.voices import LONGEST_SENTENCE
from relier.ui.forms import OnceForm

from .one_line import OneLine


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
