"""Naming two counters, and what each of them found."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.deliberation.models import Question, SwornCounter
from relier.deliberation.models.counting import LONGEST_SAID
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words


class NamedMember(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class CountersForm(OnceForm):
    """Sent twice, it names the same two: nothing is kept twice."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Member.objects.active().of_centre(question.centre_id).select_related("user")
        for name, label in (("first", _("One")), ("second", _("The other"))):
            self.fields[name] = NamedMember(here.order_by("user__name", "pk"), label=label)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("first") and given.get("first") == given.get("second"):
            raise ValidationError(gettext("Name two different people."))
        return given


class SaidForm(OnceForm):
    said = forms.ChoiceField(
        label=_("What you found"), choices=SwornCounter.Said.choices, widget=OneChoice()
    )
    words = forms.CharField(
        label=_("In a few words"), max_length=LONGEST_SAID, required=False,
        widget=Words({"rows": 2}),
        help_text=_("It is published with your name. Never what a line of the table says."),
    )  # fmt: skip
