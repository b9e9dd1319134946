"""Reading beyond one's teams: a reason to open a file, a replacement, a sharing."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member, Team
from relier.people.models import Sharing
from relier.people.rules.sharing import Conditions
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

CHOOSE = _("Choose")


class ReasonForm(OnceForm):
    reason = forms.CharField(
        label=_("Why you open it"),
        max_length=500,
        widget=Words(),
        help_text=_(
            "One sentence: what cannot wait. The person reads it, and colleagues of their team who "
            "are bound by secrecy."
        ),
    )


class ReplacementForm(OnceForm):
    member = forms.ModelChoiceField(Member.objects.none(), label=_("Who comes"), empty_label=CHOOSE)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("In which team"), empty_label=CHOOSE)
    instead_of = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Instead of whom"),
        required=False,
        empty_label=_("nobody in particular"),
    )
    from_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)
    until_on = forms.DateField(label=_("Until which day, included"))

    def __init__(self, *args: Any, members: QuerySet[Member], teams: QuerySet[Team], **kw: Any):
        super().__init__(*args, **kw)
        for name in ("member", "instead_of"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("member") and given.get("member") == given.get("instead_of"):
            self.add_error("instead_of", _("Choose someone else: nobody replaces themselves."))
        first, last = given.get("from_on"), given.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day comes before the first."))
        return given


class SharingForm(OnceForm):
    """The five conditions of shared secrecy. Who is bound is checked, and not asked."""

    recipient = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("With which colleague"),
        empty_label=CHOOSE,
        help_text=_("Colleagues of other teams who are bound by secrecy."),
    )
    same_mission = forms.BooleanField(
        label=_("They work for this person too, towards the same aim"), required=False
    )
    interest = forms.CharField(
        label=_("How it helps the person"),
        required=False,
        max_length=300,
        widget=Words(),
        help_text=_("One sentence. The person may read it."),
    )
    necessary = forms.BooleanField(
        label=_("The work cannot be done without it, and less would not be enough"), required=False
    )
    informed = forms.ChoiceField(
        label=_("Does the person know?"),
        required=False,
        choices=[(one.value, capfirst(one.label)) for one in Sharing.Informed],
        widget=OneChoice(),
    )
    informed_on = forms.DateField(label=_("If so: on which day"), required=False)
    informed_words = forms.CharField(
        label=_("If not: why not yet"), required=False, max_length=300, widget=Words()
    )
    until_on = forms.DateField(label=_("Until which day, included"))

    def __init__(self, *args: Any, recipients: QuerySet[Member], **kwargs: Any) -> None:
        today = timezone.localdate()
        until = today + timedelta(days=settings.SHARING_DAYS)
        initial = {"until_on": until, "informed_on": today, **kwargs.get("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["recipient"].queryset = recipients  # type: ignore[attr-defined]

    @property
    def conditions(self) -> Conditions:
        """What was declared; the day stands only where the person was told."""
        given = self.cleaned_data
        told = given["informed"] not in ("", Sharing.Informed.NOT_YET)
        return Conditions(
            same_mission=given["same_mission"],
            interest=given["interest"],
            necessary=given["necessary"],
            informed=given["informed"],
            informed_on=given["informed_on"] if told else None,
            informed_words="" if told else given["informed_words"],
        )
