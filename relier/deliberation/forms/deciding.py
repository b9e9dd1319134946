"""Proposals, objections, decisions and their news."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.deliberation.actions.decisions import Said
from relier.deliberation.models import News, Outcome, Question, Statement
from relier.deliberation.models.decisions import (
    LONGEST_DECISION,
    LONGEST_OBJECTION,
    LONGEST_WORDS,
)
from relier.deliberation.rules.points import Point
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from .one_line import OneLine
from .questions import coming


class ProposalForm(OnceForm):
    words = forms.CharField(
        label=_("What is proposed"), max_length=LONGEST_DECISION, widget=Words({"rows": 3}),
        help_text=_("Who does what, until when: so that everybody can say what would go wrong."),
    )  # fmt: skip
    statement = forms.ModelChoiceField(
        Statement.objects.none(), label=_("Which statement says the same"), required=False,
        empty_label=_("none of them"),
        help_text=_("The voices on it are then those on the proposal."),
    )  # fmt: skip

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question.rule == Question.Rule.CONSENT:
            del self.fields["statement"]
        else:
            field = self.fields["statement"]
            field.queryset = question.statements.shown()  # type: ignore[attr-defined]
            field.label_from_instance = lambda one: f"{one.number}. {one.words}"  # type: ignore[attr-defined]


class AmendForm(ProposalForm):
    why = forms.CharField(
        label=_("Why the proposal changes"), max_length=LONGEST_DECISION, widget=Words({"rows": 2}),
        help_text=_("It stands beside the first words, which stay in sight."),
    )  # fmt: skip

    field_order = ("words", "why", "statement")


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why it is taken back"), max_length=LONGEST_DECISION, widget=Words({"rows": 2})
    )


class ObjectionForm(OnceForm):
    words = OneLine(
        label=_("What would go wrong"), max_length=LONGEST_OBJECTION, widget=Words({"rows": 2}),
        help_text=_("Your name is written nowhere. No name of anyone."),
    )  # fmt: skip


class TreatForm(forms.Form):
    how = forms.CharField(
        label=_("How it is dealt with"), max_length=LONGEST_DECISION, widget=Words({"rows": 2}),
        help_text=_("What changes in the proposal, or why it stands all the same."),
    )  # fmt: skip


class NewsForm(OnceForm):
    state = forms.ChoiceField(
        label=_("How far it is"), choices=News.State.choices, widget=OneChoice()
    )
    words = forms.CharField(
        label=_("In a few words"), max_length=LONGEST_DECISION, widget=Words({"rows": 2})
    )


class AgainForm(forms.Form):
    """`round`: the one that the page shows, so that two colleagues ask again once."""

    until = forms.DateField(label=_("Last day to answer"))
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_000)

    def clean_until(self) -> date:
        return coming(self.cleaned_data["until"])


LEFT_OPEN = "open"


class DecisionForm(OnceForm):
    """`points`: each is answered, or left open explicitly. Without `may_decide`, the rule is not
    met and the only thing to say is that nothing is decided."""

    outcome = forms.ChoiceField(
        label=_("What is decided"), choices=Outcome.choices, widget=OneChoice(),
        initial=Outcome.TRIAL,
    )  # fmt: skip
    words = forms.CharField(
        label=_("In words"), max_length=LONGEST_DECISION, widget=Words({"rows": 3}),
        help_text=_("As it will stand on the wall. If nothing is decided: why."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("If it is a trial: until which day"), required=False,
        help_text=_("That day, the question is asked again by itself."),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who sees to it"), required=False, empty_label="—"
    )
    minority = forms.CharField(
        label=_("Those who see it otherwise, in their own words"), max_length=LONGEST_WORDS,
        widget=Words({"rows": 3}), required=False,
    )  # fmt: skip
    is_minority_heard = forms.BooleanField(
        label=_("They were asked, and add nothing"), required=False
    )

    def __init__(
        self, *args: Any, question: Question, points: Iterable[Point], may_decide: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        members = Member.objects.active().filter(centre=question.centre_id)
        owner = self.fields["owner"]
        owner.queryset = members.select_related("user").order_by("user__name", "pk")  # type: ignore[attr-defined]
        owner.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
        self.points = list(points)
        if not may_decide:
            self.fields["outcome"].choices = [  # type: ignore[attr-defined]
                one for one in Outcome.choices if one[0] == Outcome.NOTHING
            ]
            self.fields["outcome"].initial = Outcome.NOTHING
            for name in ("until", "owner"):
                del self.fields[name]
        for point in self.points:
            self._ask(point)

    def _ask(self, point: Point) -> None:
        self.fields[f"answer_{point.key}"] = forms.CharField(
            label=gettext("What we answer to: %(point)s") % {"point": point.words},
            max_length=LONGEST_DECISION, required=False, widget=Words({"rows": 2}),
        )  # fmt: skip
        self.fields[f"{LEFT_OPEN}_{point.key}"] = forms.BooleanField(
            label=gettext("This point is left open: %(point)s") % {"point": point.words},
            required=False,
        )

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and coming(until) <= timezone.localdate():
            raise ValidationError(gettext("A trial ends on a day to come."))
        return until

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        outcome = given.get("outcome")
        asks_until = "until" in given or "until" in self.fields
        if outcome == Outcome.TRIAL and asks_until and not given.get("until"):
            self.add_error("until", gettext("Say until which day."))
        if outcome in (Outcome.TRIAL, Outcome.DECISION) and not given.get("owner"):
            self.add_error("owner", gettext("Say who sees to it."))
        for point in self.points:
            answer, is_open = (given.get(f"{one}_{point.key}") for one in ("answer", LEFT_OPEN))
            if bool(answer) == bool(is_open):
                words = gettext("Answer this point, or say that it is left open: not both.")
                self.add_error(f"answer_{point.key}", words)
        return given

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            outcome=given["outcome"],
            words=given["words"],
            until=given.get("until"),
            owner=given.get("owner"),
            minority=given["minority"],
            is_minority_heard=given["is_minority_heard"],
            answers=[(one.words, given[f"answer_{one.key}"]) for one in self.points],
        )
