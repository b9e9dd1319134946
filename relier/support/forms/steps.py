"""The forms of an agreed step: one line, in the person's words, is enough."""

from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from relier.support.models import AgreedStep
from relier.support.models.steps import PICTOGRAMS
from relier.ui import pictograms
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .days import DayThatCame
from .shown import ShownForm

# The page is turned towards the person: they read these labels too.
WHO = [
    (AgreedStep.Who.TOGETHER.value, pgettext_lazy("person", "You and us")),
    (AgreedStep.Who.PERSON.value, pgettext_lazy("person", "You")),
    (AgreedStep.Who.WORKER.value, pgettext_lazy("person", "Us")),
    (AgreedStep.Who.OTHER.value, pgettext_lazy("person", "Someone else")),
]
MORE = ("who", "who_words", "when_on", "when_words", "pictogram")


class StepFields(forms.Form):
    words = forms.CharField(
        label=pgettext_lazy("person", "The next step, in your words"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": pgettext_lazy("person", "Write the step in one line.")},
    )
    who = forms.ChoiceField(
        label=pgettext_lazy("person", "Who does it"),
        choices=WHO,
        required=False,
        initial=AgreedStep.Who.TOGETHER.value,
        widget=OneChoice(),
    )
    who_words = forms.CharField(
        label=pgettext_lazy("person", "The name of who does it"), required=False, max_length=80
    )
    when_on = forms.DateField(label=pgettext_lazy("person", "By which day"), required=False)
    when_words = forms.CharField(
        label=pgettext_lazy("person", "Or when, in words"),
        required=False,
        max_length=80,
        help_text=pgettext_lazy("person", "For example: after the holidays."),
    )
    pictogram = forms.ChoiceField(
        label=pgettext_lazy("person", "A picture"),
        required=False,
        choices=[
            ("", pgettext_lazy("person", "No picture")),
            *((name, pictograms.WORDS[name]) for name in PICTOGRAMS),
        ],
        widget=OneChoice(pictograms={name: name for name in PICTOGRAMS}),
    )

    def clean_who(self) -> str:
        return self.cleaned_data["who"] or AgreedStep.Who.TOGETHER.value


class StepForm(OnceForm, StepFields):
    agreed_on = DayThatCame(label=pgettext_lazy("person", "Agreed on"))

    @property
    def opened(self) -> bool:
        return self.is_bound and any(
            name in self.errors or self[name].value() not in ("", "together") for name in MORE
        )


class ChangedStepForm(ShownForm, StepFields):
    remembered = ("words", *MORE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = pgettext("person", "The step, in your words")


def contents(step: AgreedStep) -> dict[str, Any]:
    """What a step says, field by field, as the form takes it."""
    return {name: getattr(step, name) for name in ChangedStepForm.remembered}
