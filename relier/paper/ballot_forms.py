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
from .ballot_sheet import FEWEST, LONGEST_CHOICE, LONGEST_QUESTION, MOST
from .rules.ballots import LEAST
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
