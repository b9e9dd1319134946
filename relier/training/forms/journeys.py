"""What is told along a training: the plan, a placement, an evaluation, the attestation."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.training.models import Evaluation, Placement
from relier.ui.forms import OnceForm
from relier.ui.widgets import Words

from .entries import HoursField, check_some
from .keeping import NearDay, PastDay


class PlanForm(OnceForm):
    on = PastDay(label=_("Day"), initial=timezone.localdate)
    words = forms.CharField(
        label=_("What is planned"), max_length=10000, widget=Words({"rows": 8}), required=False,
        help_text=_("From what was looked at on entry: what they want to learn, how, when."),
    )  # fmt: skip
    signed_on = PastDay(label=_("Signed on"), required=False)
    minutes = HoursField(label=_("How many hours, if not those of the programme"), required=False)

    def clean_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["minutes"]
        check_some(minutes)
        return minutes


class PlacementForm(OnceForm):
    kind = forms.ChoiceField(label=_("What kind of placement"), choices=Placement.Kind.choices)
    company = forms.CharField(label=_("Company"), max_length=160, required=False)
    from_on = NearDay(label=_("From"))
    until_on = NearDay(label=_("Until"))
    minutes = HoursField(label=_("How many hours"))
    signed_on = NearDay(
        label=_("The contract was signed on"), required=False,
        help_text=_("By the three: the person, the company, the centre. Before it begins."),
    )  # fmt: skip
    derogation = forms.BooleanField(
        label=_("Outside the first third of the programme, by derogation"), required=False
    )

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        check_some(minutes)
        return minutes


class PlacementChangeForm(PlacementForm):
    withdrawn = forms.BooleanField(label=_("It did not take place"), required=False)


class EvaluationForm(OnceForm):
    purpose = forms.ChoiceField(label=_("What for"), choices=Evaluation.Purpose.choices)
    on = PastDay(label=_("Day"), initial=timezone.localdate)
    words = forms.CharField(
        label=_("In words"), max_length=10000, widget=Words({"rows": 8}),
        help_text=_("What you looked at together. It is written here once, and copied nowhere."),
    )  # fmt: skip


class AttestationForm(OnceForm):
    on = PastDay(label=_("Day"), initial=timezone.localdate)
    acquired = forms.CharField(
        label=_("What was acquired"), max_length=10000, widget=Words({"rows": 8}), required=False
    )
    project = forms.CharField(
        label=_("What comes after"), max_length=5000, widget=Words({"rows": 4}), required=False
    )
