"""Hands that were raised, of one statement or of all; and what was said aloud."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.deliberation.actions.hands import Count
from relier.deliberation.languages import CHOICES
from relier.deliberation.models import Aspect, Statement
from relier.deliberation.models.voices import LONGEST_SENTENCE
from relier.deliberation.rules import hands as rules
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

from .one_line import OneLine

MOST = 2000
FEW = _("Fewer than five hands are not written down: everybody would know whose they are.")
MORE = _("There are more hands than people in the room.")


def number(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, required=required,
        widget=forms.NumberInput({"inputmode": "numeric", "min": 0, "max": MOST}),
    )  # fmt: skip


class SeenForm(OnceForm):
    """`seen`: the last count that the page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> int:
        said = self.cleaned_data["seen"]
        return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0


class HandsForm(SeenForm):
    """Of one statement."""

    statement = forms.ModelChoiceField(Statement.objects.none(), label=_("Statement"))
    present = number(_("People in the room"))
    agree = number(_("I agree"))
    disagree = number(_("I disagree"))
    unsure = number(_("I do not know"))

    def __init__(self, *args: Any, statements: Sequence[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"] = of_statements(statements, required=True)
        self.order_fields(("statement", "present", "agree", "disagree", "unsure"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        names = ("present", *rules.NAMES)
        if all(name in given for name in names):
            why = rules.wrong(**{name: given[name] for name in names})
            if why:
                self.add_error("present" if why == "more" else None, MORE if why == "more" else FEW)
        return given

    def counts(self) -> list[Count]:
        given = self.cleaned_data
        names = ("present", *rules.NAMES)
        return [Count(given["statement"], *(given[name] for name in names))]


def of_statements(statements: Sequence[Statement], *, required: bool) -> forms.TypedChoiceField:
    """A statement by its number and its first words. Asks nothing more of the database."""
    by_key = {str(one.pk): one for one in statements}
    choices = [(key, f"{one.number}. {one.words}") for key, one in by_key.items()]
    return forms.TypedChoiceField(
        label=_("Statement"), required=required, coerce=lambda key: by_key[key], empty_value=None,
        choices=choices if required else [("", _("of none in particular")), *choices],
    )  # fmt: skip


class SheetForm(SeenForm):
    """Of all of them, one line each; a line that is empty says nothing."""

    on = forms.DateField(label=_("Day of the show of hands"))
    present = number(_("People in the room"))

    def __init__(
        self, *args: Any, statements: Sequence[Statement], since: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.statements, self.since = statements, since
        for one in statements:
            for name, label in zip(
                rules.NAMES, (_("I agree"), _("I disagree"), _("I do not know")), strict=True
            ):
                self.fields[f"{name}_{one.number}"] = number(label, required=False)

    def rows(self) -> list[tuple[Statement, list[Any]]]:
        """Each statement with its three fields."""
        return [
            (one, [self[f"{name}_{one.number}"] for name in rules.NAMES]) for one in self.statements
        ]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day has not come."))
        if day < self.since:
            raise ValidationError(gettext("The question was not open yet on this day."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        counted = False
        for one in self.statements:
            names = [f"{name}_{one.number}" for name in rules.NAMES]
            said = [given.get(name) for name in names]
            if any(name in self.errors for name in names) or all(value is None for value in said):
                continue
            counted = True
            agree, disagree, unsure = (value or 0 for value in said)
            present = given.get("present")
            why = rules.wrong(
                present=MOST * 3 if present is None else present,
                agree=agree, disagree=disagree, unsure=unsure,
            )  # fmt: skip
            if why:
                self.add_error(names[0], MORE if why == "more" else FEW)
        if not counted and not self.errors:
            self.add_error(None, gettext("Write down the hands of one statement at least."))
        return given

    def counts(self) -> list[Count]:
        given = self.cleaned_data
        found = []
        for one in self.statements:
            said = [given.get(f"{name}_{one.number}") for name in rules.NAMES]
            if any(value is not None for value in said):
                found.append(Count(one, given["present"], *(value or 0 for value in said)))
        return found


class SaidForm(OnceForm):
    """A sentence that someone said aloud."""

    words = OneLine(
        label=_("What someone said"), max_length=LONGEST_SENTENCE, min_length=3,
        widget=Words({"rows": 2}), help_text=_("In their words, and without any name."),
    )  # fmt: skip
    statement = forms.CharField(required=False)
    aspect = forms.ChoiceField(
        label=_("What the sentence says"), choices=Aspect.choices, widget=OneChoice(),
        initial=Aspect.REASON,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=CHOICES, initial="fr")
    may_be_published = forms.BooleanField(
        label=_("Whoever said it agrees that it is published"), required=False
    )

    def __init__(self, *args: Any, statements: Sequence[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"] = of_statements(statements, required=False)
        self.fields["statement"].label = _("About which statement")
