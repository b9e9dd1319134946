"""What is asked to open a count of ballots, and to go through it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from . import access, sheets
from .actions import MOST_COPIES
from .actions.ballots_apart import FEWEST as FEWEST_APART
from .actions.ballots_apart import MOST as MOST_APART
from .ballot_sheet import FEWEST, LONGEST_CHOICE, LONGEST_QUESTION, MOST
from .rules.ballots import LEAST
from .sheets import Pile
from .typeset import Language


class ReadersForm(OnceForm):
    """The two members who read, each by themself."""

    one = forms.ModelChoiceField(Member.objects.none(), label=lazy("First reader"))
    two = forms.ModelChoiceField(Member.objects.none(), label=lazy("Second reader"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "two"):
            self.fields[name].queryset = access.possible_readers(by)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("one") and given.get("one") == given.get("two"):
            self.add_error("two", _("Two readers, each by themself: name two people."))
        return given

    @property
    def readers(self) -> tuple[Member, Member]:
        return self.cleaned_data["one"], self.cleaned_data["two"]


class BallotForm(ReadersForm):
    """A ballot that the centre makes by itself: one question, two to seven answers."""

    question = forms.CharField(label=lazy("The question"), max_length=LONGEST_QUESTION)
    answers = forms.CharField(
        label=lazy("The answers, one a line"),
        help_text=lazy("From 2 to 7. Blank ballots are counted too: no line is needed for them."),
        widget=Words(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(
        label=lazy("Language of the ballot"),
        choices=[("fr", "Français"), ("en", "English"), ("ar", "العربية")],
        initial="fr",
        required=False,
        widget=OneChoice(),
    )
    large = forms.BooleanField(label=lazy("In large print"), required=False)

    field_order = ("question", "answers", "language", "large", "one", "two")

    def clean_answers(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["answers"].splitlines()]
        answers = [line for line in lines if line]
        if not FEWEST <= len(answers) <= MOST:
            raise ValidationError(_("Write from 2 to 7 answers, one a line."))
        if len({answer.casefold() for answer in answers}) < len(answers):
            raise ValidationError(_("Two answers are the same."))
        if any(len(answer) > LONGEST_CHOICE for answer in answers):
            raise ValidationError(_("Shorten the answers: at most 120 letters each."))
        return answers

    def clean_language(self) -> Language:
        spoken: dict[str, Language] = {str(one): one for one in sheets.LANGUAGES}
        return spoken.get(self.cleaned_data["language"], "fr")


class PileForm(ReadersForm):
    """Ballots of which a room makes rows: for whom, how many, in which language."""

    kind = forms.ChoiceField(label=lazy("For whom"), widget=OneChoice())
    copies = forms.IntegerField(
        label=lazy("How many ballots"),
        min_value=FEWEST_APART,
        max_value=MOST_APART,
        initial=10,
        help_text=lazy("More than there are people: nobody may know who drew which."),
    )
    language = forms.ChoiceField(label=lazy("Language of the ballot"), widget=OneChoice())
    large = forms.BooleanField(label=lazy("In large print"), required=False)

    field_order = ("kind", "copies", "language", "large", "one", "two")

    def __init__(self, *args: Any, pile: Pile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {"fr": "Français", "en": "English", "ar": "العربية"}
        choices = [(one, names[one]) for one in pile.languages]
        self.fields["kind"].choices = pile.kinds  # type: ignore[attr-defined]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        self.fields["language"].initial = choices[0][0]

    def said(self) -> dict[str, Any]:
        names = ("kind", "copies", "language", "large", "form_key")
        return {name: self.cleaned_data[name] for name in names}


class PageCodeForm(forms.Form):
    """Of ballots told apart, which page no scanner reads."""

    short = forms.CharField(
        label=lazy("The code of the page"),
        help_text=lazy("Eight letters and figures, at the top right of the page."),
        max_length=20,
    )


class CopiesForm(forms.Form):
    copies = forms.IntegerField(
        label=lazy("How many ballots"), min_value=1, max_value=MOST_COPIES, initial=LEAST
    )


class ByHandForm(forms.Form):
    by_hand = forms.IntegerField(
        label=lazy("How many sheets did you count by hand?"),
        help_text=lazy("Both of you, from the box, before any is scanned."),
        min_value=0,
        max_value=MOST_COPIES * 10,
    )


class ScansForm(forms.Form):
    scans = forms.FileField(
        label=lazy("The file of scans"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.tif,.tiff,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _(
            "PDF, TIFF, JPEG or PNG: at most %(most)s pages at a time, in any order. A larger pile "
            "goes in several files, one after the other."
        )
        self.fields["scans"].help_text = words % {"most": settings.BALLOTS_AT_ONCE}
