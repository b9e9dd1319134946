"""How to find out together, and all the questions on one page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from relier.competences.banks import Bank, BankItem
from relier.competences.models import Positioning
from relier.competences.wording import answers_of, deed, i_can
from relier.people.forms.days import PastDayField
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, SeveralChoices, Words

Channel, Evidence = Positioning.Channel, Positioning.Evidence

HOW = {
    Channel.SCREEN.value: (
        _("On this screen, turned to the person"),
        _("One question a page. They answer by themselves, or with you."),
        "smartphone",
    ),
    Channel.VOICE.value: (
        _("By voice"),
        _("Face to face, with an interpreter, or on the telephone: you read, they answer."),
        "listen",
    ),
    Channel.PAGE.value: (
        _("On one page, together"),
        _("Every question at once, beside the person: what they say, or what they show you."),
        "sheet",
    ),
    Channel.AFTERWARDS.value: (
        _("Afterwards"),
        _("What you saw them do, in a workshop or at the counter. They know that you note it."),
        "history",
    ),
}
OWN_HOW = {
    Channel.SCREEN.value: (_("One question a page"), _("The next one follows from the last."), ""),
    Channel.PAGE.value: (_("All on one page"), _("Answer those you like."), ""),
}


class HowForm(forms.Form):
    """Sent by GET: nothing is kept before the person said yes."""

    how = forms.ChoiceField(label=_("How"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the questions"),
        choices=settings.LANGUAGES,
        required=False,
        widget=OneChoice,
    )
    parts = forms.MultipleChoiceField(
        label=_("What about"),
        required=False,
        help_text=_("Nothing ticked is everything. The questions stop by themselves."),
    )

    def __init__(self, *args: Any, bank: Bank, own: bool, unknown: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = OWN_HOW if own else HOW
        how = self.fields["how"]
        how.choices = [(way, words[0]) for way, words in ways.items()]  # type: ignore[attr-defined]
        how.initial = Channel.SCREEN.value
        how.widget = OneChoice(
            choices=how.choices,  # type: ignore[attr-defined]
            hints={way: words[1] for way, words in ways.items()},
            pictograms={way: words[2] for way, words in ways.items()},
        )
        language = get_language() or settings.LANGUAGE_CODE
        self.fields["language"].initial = language[:2]
        first = bank.parts[0].id if unknown and not own else ""
        parts = self.fields["parts"]
        parts.choices = [(one.id, one.title.told_in(language)) for one in bank.parts]  # type: ignore[attr-defined]
        parts.widget = SeveralChoices(
            choices=parts.choices,  # type: ignore[attr-defined]
            hints={first: _("A good place to begin, when nothing is known yet.")},
            pictograms={one.id: one.pictogram for one in bank.parts},
        )

    def clean_how(self) -> str:
        return self.cleaned_data["how"] or Channel.SCREEN.value

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or (get_language() or settings.LANGUAGE_CODE)[:2]


class HelperForm(OnceForm):
    """By voice: who stands between the two."""

    helper = forms.CharField(
        label=_("Who interprets or helps"),
        max_length=80,
        required=False,
        help_text=_("An interpreter, a relative, a colleague; on the telephone or here."),
    )


def field_of(item: BankItem) -> str:
    return f"item-{item.id}"


class PageForm(OnceForm):
    """Every question that was chosen, none of them compulsory. `items` name the fields."""

    def __init__(
        self,
        *args: Any,
        items: list[BankItem],
        language: str,
        evidence: str,
        standing: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.seen_afterwards = evidence == Evidence.OBSERVED
        before = standing or {}
        silent = _("Nothing to note") if self.seen_afterwards else _("Nothing said")
        for item in items:
            told = deed(item, language) if self.seen_afterwards else i_can(item, language)
            self.fields[field_of(item)] = forms.ChoiceField(
                label=capfirst(told),
                required=False,
                choices=[("", silent), *answers_of(evidence).items()],
                initial=before.get(item.id, ""),
            )

    def said(self) -> dict[str, str]:
        """Item -> answer, "" where nothing is said."""
        return {item.id: self.cleaned_data[field_of(item)] for item in self.items}

    @property
    def by_part(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions, part by part, in the order of the bank."""
        parts: dict[str, list[forms.BoundField]] = {}
        for item in self.items:
            parts.setdefault(item.part, []).append(self[field_of(item)])
        return list(parts.items())


class NotedForm(PageForm):
    """The page as it is first noted: with what it rests on, the day and the words around it."""

    evidence = forms.ChoiceField(
        label=_("What this page holds"),
        required=False,
        choices=[
            (Evidence.FELT.value, _("What they say")),
            (Evidence.SHOWN.value, _("What they show me")),
        ],
        initial=Evidence.FELT.value,
        widget=OneChoice,
    )
    on = PastDayField()
    helper = forms.CharField(label=_("Who interprets or helps"), max_length=80, required=False)
    seen = forms.CharField(
        label=_("What was seen, in a few words"), max_length=1000, required=False, widget=Words
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(given.get(field_of(item)) for item in self.items):
            raise forms.ValidationError(
                pgettext("positioning", "One answer is enough, but there is none yet.")
            )
        return given

    def clean_evidence(self) -> str:
        if self.seen_afterwards:
            return Evidence.OBSERVED.value
        return self.cleaned_data["evidence"] or Evidence.FELT.value


class CorrectedForm(PageForm):
    """The same page, corrected later."""

    helper = NotedForm.base_fields["helper"]
    seen = NotedForm.base_fields["seen"]
