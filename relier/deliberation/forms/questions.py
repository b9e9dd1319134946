"""A question on one page, and its statements."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Team
from relier.deliberation.languages import CHOICES, NAMES
from relier.deliberation.models import Question, Refusal, Statement, Wording
from relier.deliberation.models.questions import (
    LONGEST_CONTEXT,
    LONGEST_QUESTION,
    LONGEST_REASON,
    LONGEST_STATEMENT,
)
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, SeveralChoices, Words

from .one_line import OneLine

# A question stays open for less than this: further, it is a slip of the hand.
LONGEST = 366


class QuestionForm(OnceForm):
    words = OneLine(
        label=_("The question"), max_length=LONGEST_QUESTION,
        widget=Words({"rows": 2}),
        help_text=_("One question, in words that everybody here uses."),
    )  # fmt: skip
    context = forms.CharField(
        label=_("Where the question comes from"), max_length=LONGEST_CONTEXT, required=False,
        widget=Words(),
        help_text=_("What happened, what is known, what can be decided. No name of anyone."),
    )  # fmt: skip
    invited = forms.ChoiceField(
        label=_("Who is invited"), choices=Question.Invited.choices, widget=OneChoice(),
        initial=Question.Invited.CENTRE,
    )  # fmt: skip
    group = forms.CharField(label=_("If a group: which one"), max_length=120, required=False)
    accompanied_first_until = forms.DateField(
        label=_("People accompanied speak first, until"), required=False,
        help_text=_("Until that day, cards of workers wait."),
    )  # fmt: skip
    closes_on = forms.DateField(
        label=_("Last day to answer"),
        help_text=_("Once the question is open, it may only move later."),
    )
    rule = forms.ChoiceField(
        label=_("How it will be decided"), choices=Question.Rule.choices, widget=OneChoice(),
        initial=Question.Rule.CONSENT,
    )  # fmt: skip
    quorum = forms.IntegerField(
        label=_("If a majority: how many voices at least"), min_value=5, max_value=10_000,
        required=False,
    )  # fmt: skip
    share = forms.IntegerField(
        label=_("If a majority: more than how many of 100 opinions"), min_value=50, max_value=99,
        required=False,
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("In which languages people will read the statements"), choices=CHOICES,
        widget=SeveralChoices(), required=False,
        help_text=_("French, unless you say otherwise. Wordings are written one by one."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = forms.ModelChoiceField(
            Team.objects.filter(centre=actor.centre).open(), label=_("If a team: which one"),
            required=False,
        )  # fmt: skip
        self.order_fields(("words", "context", "invited", "team", "group"))

    def clean_closes_on(self) -> date:
        return coming(self.cleaned_data["closes_on"])

    def clean_languages(self) -> list[str]:
        chosen = self.cleaned_data["languages"] or ["fr"]
        return [code for code in NAMES if code in chosen]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("invited") == Question.Invited.TEAM and not given.get("team"):
            self.add_error("team", gettext("Say which team."))
        if given.get("invited") == Question.Invited.GROUP and not given.get("group"):
            self.add_error("group", gettext("Say which group."))
        if given.get("rule") == Question.Rule.MAJORITY and not given.get("quorum"):
            self.add_error("quorum", gettext("Say how many voices at least make a majority."))
        first, last = given.get("accompanied_first_until"), given.get("closes_on")
        if first and last and first >= last:
            self.add_error(
                "accompanied_first_until",
                gettext("Workers need at least the last day: choose an earlier one."),
            )
        return given

    def said(self) -> dict[str, Any]:
        """What is kept: what was not asked of this rule or of these people is left out."""
        given = dict(self.cleaned_data)
        given.pop("form_key", None)
        if given["invited"] != Question.Invited.TEAM:
            given["team"] = None
        if given["invited"] != Question.Invited.GROUP:
            given["group"] = ""
        given["share"] = given["share"] or 50
        return given


def coming(day: date) -> date:
    today = timezone.localdate()
    if day < today:
        raise ValidationError(gettext("This day is past."))
    if (day - today).days > LONGEST:
        raise ValidationError(gettext("Look again at the year of this day."))
    return day


class LastDayForm(forms.Form):
    until = forms.DateField(label=_("Last day to answer"))

    def clean_until(self) -> date:
        return coming(self.cleaned_data["until"])


class StatementForm(OnceForm):
    """A statement to begin with. What could be plainer is said once (`looked_at`)."""

    words = OneLine(
        label=_("The statement"), max_length=LONGEST_STATEMENT, widget=Words({"rows": 2}),
        help_text=_("One idea, to which one can answer: I agree, I disagree, I do not know."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=CHOICES, initial="fr")
    pictogram = forms.ChoiceField(label=_("Pictogram"), required=False)
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pictograms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pictogram"].choices = [("", gettext("no picture")), *pictograms]  # type: ignore[attr-defined]


class WordingForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))
    words = OneLine(
        label=_("The statement in this language"), max_length=LONGEST_STATEMENT,
        widget=Words({"rows": 2}),
    )  # fmt: skip
    made = forms.ChoiceField(
        label=_("Who read it again"), choices=Wording.Made.choices, widget=OneChoice(),
        initial=Wording.Made.NOT_REVIEWED,
    )  # fmt: skip

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, name) for code, name in CHOICES if code != statement.language
        ]


class RefusalForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why not"), widget=OneChoice(),
        choices=[one for one in Refusal.choices if one[0] != Refusal.MODERATED],
    )  # fmt: skip
    words = forms.CharField(
        label=_("In your words"), max_length=LONGEST_REASON, required=False, widget=Words(),
        help_text=_("Whoever proposed it may read this, and contest it."),
    )  # fmt: skip


class AppealForm(forms.Form):
    answer = forms.CharField(
        label=_("What you answer"), max_length=LONGEST_REASON, widget=Words(),
        help_text=_("It stays beside the refusal, for everybody to read."),
    )  # fmt: skip
