"""What a member says of the relation of a bank: a need more, a need less, an earlier version."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from relier.competences.banks import Bank
from relier.competences.objections import Kind, Objection
from relier.competences.pictured import named
from relier.ui.forms import OnceForm
from relier.ui.widgets import Words

ANYWAY = "although_it_follows"


class AmendForm(OnceForm):
    """On top of which version: the one that the page showed, so that nothing is overwritten."""

    on_top_of = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Beside which field an objection is told.
    objected: ClassVar[str] = "why"

    def __init__(self, *args: Any, bank: Bank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bank = bank

    def clean_on_top_of(self) -> int:
        # A missing number is a forged form, or none at all: no version has this one.
        given = self.cleaned_data["on_top_of"]
        return -1 if given is None else given

    def show_again_on(self, number: int) -> None:
        """What was typed stands, now on top of a version that its author has been shown."""
        self.data = {**self.data.dict(), "on_top_of": str(number)}  # type: ignore[attr-defined]

    def object(self, objection: Objection) -> None:
        """Say why it cannot be kept as it is."""
        self.add_error(self.objected, sentence(objection, self.bank))


class WhyForm(AmendForm):
    why = forms.CharField(label=gettext_lazy("Why"), max_length=1000, widget=Words)


class NeedForm(AmendForm):
    """One item, what it asks for first, and the reason."""

    item = forms.ChoiceField(label=gettext_lazy("To be able to…"))
    needed = forms.ChoiceField(label=gettext_lazy("…one can first…"))
    because = forms.CharField(
        label=gettext_lazy("Because"),
        help_text=gettext_lazy("One sentence, that a colleague or the person can discuss."),
        max_length=300,
        widget=Words({"rows": 2}),
    )
    objected = "needed"

    def __init__(self, *args: Any, bank: Bank, **kwargs: Any) -> None:
        super().__init__(*args, bank=bank, **kwargs)
        choices = [("", _("Choose")), *items_by_part(bank)]
        for name in ("item", "needed"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if self.data.get(ANYWAY):
            self.ask_whether_anyway()

    def ask_whether_anyway(self) -> None:
        self.fields[ANYWAY] = forms.BooleanField(
            label=_("Keep it all the same, for its reason"), required=False
        )

    def object(self, objection: Objection) -> None:
        if objection.kind is Kind.FOLLOWS:
            self.ask_whether_anyway()
        super().object(objection)


def items_by_part(bank: Bank) -> list[tuple[str, list[tuple[str, str]]]]:
    language = get_language() or "en"
    return [
        (
            part.title.told_in(language),
            [(item.id, item.deed.told_in(language)) for item in bank.items_of(part.id)],
        )
        for part in bank.parts
    ]


def sentence(objection: Objection, bank: Bank) -> str:
    """An objection in plain words, with the deeds of the items it is about."""
    deeds = [named(bank, one).deed.told_in(get_language() or "en") for one in objection.chain]
    if objection.kind is Kind.ITSELF:
        return _("Nothing comes before itself: choose two different things.")
    if objection.kind is Kind.TWICE:
        return _("This is said already. To say it with another reason, take the first one out.")
    if objection.kind is Kind.LOOP:
        return _(
            "That would go round in a circle, and nothing could be learned first: %(chain)s. "
            "Take one of these out before."
        ) % {"chain": chain_of(deeds)}
    if objection.kind is Kind.FOLLOWS:
        return _(
            "This follows from what is said already: %(chain)s. Keep it all the same if its "
            "reason matters: the picture will not change."
        ) % {"chain": chain_of(deeds)}
    if objection.kind is Kind.ABSENT:
        return _("This is not said any more: there is nothing to take out.")
    if objection.kind is Kind.SAME:
        return _("This is what is said already: nothing would change.")
    return _(
        "Too many things would then hang together: Relier could no longer work out which question "
        "to ask next. Nothing was kept. Take another one out before, or choose something closer."
    )


def chain_of(deeds: Iterable[str]) -> str:
    """“a” asks for “b”, “b” asks for “c”."""
    each = list(deeds)
    steps = [
        _("“%(item)s” asks for “%(needed)s”") % {"item": item, "needed": needed}
        for item, needed in pairwise(each)
    ]
    return ", ".join(steps)
