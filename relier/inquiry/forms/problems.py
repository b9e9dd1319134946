"""A problem in plain words, what founds it, what it is linked to."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.inquiry.models import LONGEST_TESTIMONY, Link, Problem, Testimony
from relier.inquiry.models.problems import LONGEST_PROBLEM, LONGEST_TITLE
from relier.ui.dates import short_day
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from .testimonies import one_line_end

# The latest ones; an older one is founded on from its own page.
OFFERED = 200


class ProblemForm(OnceForm):
    title = forms.CharField(
        label=_("The problem, in one sentence"), max_length=LONGEST_TITLE,
        widget=Words({"rows": 2}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("In a few sentences"), max_length=LONGEST_PROBLEM, required=False,
        widget=Words({"rows": 6}),
        help_text=_("When it happens, to whom, what it does. Words that everybody here uses."),
    )  # fmt: skip

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_words(self) -> str:
        return one_line_end(self.cleaned_data["words"])


class RewriteForm(ProblemForm):
    # The version that was on the page: what a colleague wrote meanwhile is not written over.
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=32_000)


class FoundForm(forms.Form):
    testimony = forms.ChoiceField(label=_("On which testimony"))
    piece = forms.CharField(
        label=_("On which words of it"), max_length=LONGEST_TESTIMONY, required=False,
        widget=Words({"rows": 4}),
        help_text=_("Copy the words as they stand. Left blank, it is the whole testimony."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, rows: QuerySet[Testimony], first: Testimony | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {str(one.pk): one for one in [*([first] if first else []), *rows[:OFFERED]]}
        self.offered = offered
        self.fields["testimony"].choices = [  # type: ignore[attr-defined]
            (key, _label(one)) for key, one in offered.items()
        ]

    def chosen(self) -> Testimony:
        return self.offered[self.cleaned_data["testimony"]]


def _label(one: Testimony) -> str:
    return f"{short_day(one.given_on)} · {Truncator(' '.join(one.words.split())).chars(70)}"


class LinkForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("This problem…"), choices=Link.Kind.choices, widget=OneChoice()
    )

    def __init__(self, *args: Any, problem: Problem, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Problem.objects.visible_to(by).exclude(pk=problem.pk)
        self.fields["other"] = forms.ModelChoiceField(others, label=_("…this other problem"))
