"""An entry in a programme: the contract, the category and its documents, absences, the end."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.training.models import Ending, Programme
from relier.training.rules import categories, documents, grounds
from relier.training.words_of_law import said
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .keeping import NearDay, PastDay

# Hours that remained when someone left (ground 11) are for `Ending` to say, and an absence without
# a reason (ground 10) is one that nobody accounts for.
NOT_SAID_HERE = {10, 11}
LEFT_FOR_WORK = {Ending.Reason.JOB, Ending.Reason.VOCATIONAL}


class ProgrammeField(forms.ModelChoiceField):
    def label_from_instance(self, programme: Programme) -> str:
        return f"{programme.track.name} · {programme.name}"


def programmes_of(actor: Actor) -> Any:
    """Those that one may enter today."""
    today = timezone.localdate()
    rows = Programme.objects.visible_to(actor).select_related("track")
    still = Q(until_on=None) | Q(until_on__gte=today)
    open_tracks = Q(track__closed_on=None) | Q(track__closed_on__gt=today)
    return rows.filter(still & open_tracks).order_by("track__name", "-from_on", "pk")


def category_choices() -> list[tuple[str, str]]:
    return [(one.key, f"{number_of(one.key)} {said(one.label)}") for one in categories().values()]


def number_of(key: str) -> str:
    """« 5-3bis » is article 5, 3° bis; « 6 », article 6."""
    article, _dash, point = key.partition("-")
    if not point:
        return gettext("Art. %(article)s:") % {"article": article}
    number, bis = point.rstrip("bis"), "bis" if point.endswith("bis") else ""
    return gettext("Art. %(article)s, %(point)s:") % {
        "article": article,
        "point": f"{number}°{' ' + bis if bis else ''}",
    }


def what_it_asks() -> dict[str, str]:
    """Category -> the documents that show it."""
    return {
        one.key: capfirst(", ".join(said(documents()[key].label) for key in one.documents))
        for one in categories().values()
    }


class CategoryField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=category_choices, widget=OneChoice(), label=_("Why they may enter"), **kwargs
        )

    def offer(self) -> None:
        """Say beside each which documents it asks, in the language of the page."""
        self.widget.hints = what_it_asks()


class ContractForm(OnceForm):
    entered_on = NearDay(label=_("Day of entry"), initial=timezone.localdate)
    contract_on = NearDay(
        label=_("The pedagogical contract was signed on"), required=False,
        help_text=_("It may come later. It is due on the day of entry."),
    )  # fmt: skip

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"] = ProgrammeField(
            programmes, label=_("Programme"), empty_label=None
        )
        self.order_fields(("programme", "entered_on", "contract_on"))


class EntryForm(ContractForm):
    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, programmes=programmes, **kwargs)
        category = CategoryField(
            required=False,
            help_text=_("As it is on the day of entry. It may be said later."),
        )
        category.offer()
        self.fields["category"] = category


class CategoryForm(OnceForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = CategoryField(help_text=_("As it was on the day of entry."))
        category.offer()
        self.fields["category"] = category


class EvidenceDaysForm(OnceForm):
    received_on = PastDay(label=_("Received on"), initial=timezone.localdate)
    issued_on = PastDay(
        label=_("The date it bears"), required=False,
        help_text=_("Some documents are accepted only a few days after their date."),
    )  # fmt: skip


class EvidenceForm(EvidenceDaysForm):
    def __init__(self, *args: Any, first: Iterable[str] = (), **kwargs: Any) -> None:
        """`first`: the documents to offer before the others, where one may know them."""
        super().__init__(*args, **kwargs)
        asked = [key for key in first if key in documents()]
        keys = [*asked, *(key for key in documents() if key not in asked)]
        self.fields["document"] = forms.ChoiceField(
            label=_("Which document"),
            choices=[(key, capfirst(said(documents()[key].label))) for key in keys],
        )
        self.order_fields(("document", "received_on", "issued_on"))


class EvidenceChangeForm(EvidenceDaysForm):
    withdrawn = forms.BooleanField(label=_("Noted by mistake: it did not come"), required=False)


class AbsenceForm(OnceForm):
    from_on = NearDay(label=_("Away from"), initial=timezone.localdate)
    until_on = NearDay(label=_("Until, that day included"), initial=timezone.localdate)
    proof_received_on = PastDay(
        label=_("The proof came on"), required=False,
        help_text=_("Left blank, the hours wait for it: they stay without a reason."),
    )  # fmt: skip
    proof = forms.CharField(label=_("Which proof"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in grounds().values() if one.number not in NOT_SAID_HERE]
        widget = OneChoice(hints={one.number: capfirst(said(one.proof)) for one in offered})
        self.fields["ground"] = forms.TypedChoiceField(
            label=_("Why they are away"), coerce=int, widget=widget,
            choices=[(one.number, f"{one.number}. {said(one.label)}") for one in offered],
        )  # fmt: skip
        self.order_fields(("ground", "from_on", "until_on", "proof_received_on", "proof"))


class AbsenceChangeForm(AbsenceForm):
    withdrawn = forms.BooleanField(label=_("Noted by mistake: it does not count"), required=False)


class ProofForm(OnceForm):
    on = PastDay(label=_("The proof came on"), initial=timezone.localdate)
    proof = forms.CharField(label=_("Which proof"), max_length=160, required=False)


class EndForm(OnceForm):
    on = NearDay(label=_("Last day"), initial=timezone.localdate)
    reason = forms.ChoiceField(label=_("Why"), choices=Ending.Reason.choices)
    job_months = forms.IntegerField(
        label=_("How many months the job or the contract lasts"),
        min_value=0, max_value=600, required=False,
    )  # fmt: skip
    form_received_on = PastDay(
        label=_("The form of the administration came on"), required=False,
        help_text=_("For the hours that remained: they count once it is there."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What is asked of a job alone is left out for another reason."""
        given = super().clean() or self.cleaned_data
        if given.get("reason") not in LEFT_FOR_WORK:
            given |= {"job_months": None, "form_received_on": None}
        return given


class HoursField(forms.DecimalField):
    """Hours of a programme or a placement, as whole minutes; None where it is left blank."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=5000, decimal_places=2, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            hours = Decimal(value) / 60
            return hours.quantize(Decimal("0.01")).normalize().__format__("f")
        return value

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        hours = super().clean(value)
        return None if hours is None else round(hours * 60)


def check_some(minutes: int | None) -> None:
    if minutes is not None and minutes < 1:
        raise ValidationError(gettext("Write at least a quarter of an hour."))
