"""Whom a sheet is printed for: a search, boxes to tick, or a number of blank copies.

It works by plain requests: the button beside the box looks a name up and gives the page back, with
all that was ticked before.
"""

from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.paper import access, names
from relier.paper.actions import MOST_COPIES
from relier.paper.sheets import LANGUAGES, Occasion
from relier.privacy.models import Subject
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, SeveralChoices

SHOWN = 12
LANGUAGE_NAMES = {"fr": _("French"), "en": _("English"), "ar": _("Arabic")}


def as_ids(values: Sequence[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(str(value)))
        except ValueError:
            continue
    return found


class PeopleField(forms.MultipleChoiceField):
    """Anyone whom the member reaches may be ticked, also who is not shown any more."""

    def valid_value(self, value: str) -> bool:
        return True


class PrintForm(OnceForm):
    """`occasions`: those among which one chooses; `chosen`: whom the page was opened for."""

    occasion = forms.TypedChoiceField(label=_("Which one"), coerce=int, widget=OneChoice())
    people = PeopleField(label=_("For whom"), required=False, widget=SeveralChoices())
    q = forms.CharField(
        label=_("Another name"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    blank = forms.IntegerField(
        label=_("Blank copies"),
        help_text=_("For people whom you do not know yet. Say whose each one is when it is back."),
        required=False,
        min_value=0,
        max_value=MOST_COPIES,
        widget=forms.TextInput({"inputmode": "numeric", "size": 6}),
    )
    language = forms.ChoiceField(
        label=_("Language of the sheet"),
        choices=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES],
        widget=OneChoice(),
    )
    large = forms.BooleanField(label=_("Large print"), required=False)

    field_order = ["occasion", "people", "q", "blank", "language", "large"]

    def __init__(
        self,
        *args: Any,
        by: Actor,
        occasions: Sequence[Occasion],
        chosen: Sequence[UUID] = (),
        **kwargs: Any,
    ) -> None:
        self.again: dict[str, Any] = {"by": by, "occasions": occasions}
        super().__init__(*args, **kwargs)
        self.by = by
        self._offer_occasions(occasions)
        sent = self["people"].data if self.is_bound else self.initial.get("people")
        self.ticked = as_ids(sent or [str(one) for one in chosen])
        self.text = str((self["q"].data if self.is_bound else self.initial.get("q")) or "")[:80]
        self._offer_people(self.text.strip())

    def _offer_occasions(self, occasions: Sequence[Occasion]) -> None:
        choices = [(str(number), one.label) for number, one in enumerate(occasions)]
        if len(occasions) == 1:
            del self.fields["occasion"]
            return
        field = self.fields["occasion"]
        field.choices = choices  # type: ignore[attr-defined]

    def _offer_people(self, text: str) -> None:
        """Those that are ticked first, then those that were found."""
        known = names.called(self.by, self.ticked)
        rows = {known[one].subject: known[one] for one in self.ticked if one in known}
        self.found = names.found(self.by, text, most=SHOWN)
        rows |= {one.subject: one for one in self.found if one.subject not in rows}
        field = self.fields["people"]
        hints = {str(one.subject): one.hint for one in rows.values() if one.hint}
        field.widget = SeveralChoices(hints=hints)
        field.choices = [(str(one.subject), one.name) for one in rows.values()]  # type: ignore[attr-defined]
        self.initial["people"] = [str(known[one].subject) for one in self.ticked if one in known]

    @property
    def nothing_found(self) -> str:
        if not self.text.strip() or self.found:
            return ""
        return gettext("Your team follows no one by this name.")

    def put_back(self) -> Self:
        """The same page with what was ticked, and the people found: nothing is wrong yet."""
        typed: dict[str, Any] = {name: self[name].data for name in self.fields}
        return type(self)(initial=typed, chosen=self.ticked, **self.again)

    def clean_people(self) -> list[UUID]:
        """Once each, in the order of the page. Whoever is not reached is refused as nobody."""
        ids = as_ids(self.cleaned_data["people"])
        known = names.called(self.by, ids)
        if len(known) != len(set(ids)):
            raise forms.ValidationError(gettext("Someone who is ticked is not found any more."))
        return list(dict.fromkeys(known[one].subject for one in ids))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        copies = len(cleaned.get("people") or []) + (cleaned.get("blank") or 0)
        if not self.errors and not copies:
            self.add_error("people", gettext("Tick someone, or say how many blank copies."))
        elif not self.errors and copies > MOST_COPIES:
            self.add_error(
                "blank",
                gettext("Print from 1 to %(most)s copies at once.") % {"most": MOST_COPIES},
            )
        return cleaned

    @property
    def subjects(self) -> list[Subject | None]:
        """After `is_valid()`: a copy for each person, then the blank ones."""
        wanted = self.cleaned_data["people"]
        access.require(access.reaches(self.by, wanted))
        rows = Subject.objects.in_bulk(wanted)
        blank: list[Subject | None] = [None] * (self.cleaned_data["blank"] or 0)
        return [rows[one] for one in wanted] + blank
