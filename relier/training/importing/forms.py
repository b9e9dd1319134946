"""What is sent, what each column is, who is who."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from relier.accounts.actors import Actor
from relier.centres.models import Team
from relier.lib.spreadsheets import MOST_BYTES, Cell, Kind, Sheet, letters
from relier.ui.forms import OnceForm

from .checking.people import NEW
from .columns import LEFT_OUT, MEANINGS, NATIONAL_NUMBER, headings_at, missing, propose
from .models import What

MEGABYTE = 1024 * 1024
EXAMPLES = 3


class FileForm(OnceForm):
    """The file is judged by what it holds, once it is read."""

    file = forms.FileField(
        label=lazy("The file"), required=False, allow_empty_file=True,
        help_text=lazy("XLSX, ODS or CSV, 20 MB at most. It is read here, and kept sealed."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xlsm,.ods,.csv,.txt"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is None:
            raise ValidationError(_("Choose a file first."))
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("This file is larger than %(most)s MB. Keep the sheet that matters.")
                % {"most": MOST_BYTES // MEGABYTE}
            )
        return file


class SheetForm(forms.Form):
    """How the file is read: sent by GET, so that its columns are shown before anything is kept."""

    what = forms.ChoiceField(label=lazy("Each line says"), choices=What.choices)
    heading = forms.IntegerField(
        label=lazy("Headings are on line"), min_value=1, max_value=1_000_000
    )

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sheets) > 1:
            named = [(str(at), sheet_named(sheet, at)) for at, sheet in enumerate(sheets)]
            self.fields["sheet"] = forms.ChoiceField(label=lazy("Sheet"), choices=named)
            self.order_fields(("sheet", "what", "heading"))


def sheet_named(sheet: Sheet, at: int) -> str:
    name = sheet.title or str(at + 1)
    return _("%(name)s (hidden)") % {"name": name} if sheet.is_hidden else name


class ColumnsForm(forms.Form):
    """One choice for each column that holds something."""

    def __init__(
        self,
        *args: Any,
        sheet: Sheet,
        what: str,
        heading: int,
        columns: Mapping[int, str],
        actor: Actor,
        team: int | None = None,
        set_apart: AbstractSet[int] = frozenset(),
        **kwargs: Any,
    ) -> None:
        """`set_apart`: columns that are said otherwise, the days of a sheet by day."""
        super().__init__(*args, **kwargs)
        self.what = what
        self.headings = headings_of(sheet, heading)
        self.examples = examples_of(sheet, heading)
        choices = [(LEFT_OUT, _("left out")), *((one.name, one.label) for one in MEANINGS[what])]
        hidden = [at for at, name in columns.items() if name == NATIONAL_NUMBER.name]
        numbers = range(self.width)
        self.numbers = [
            at
            for at in numbers
            if at not in set_apart and (self.headings.get(at) or self.examples[at])
        ]
        for at in self.numbers:
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=self.label_of(at), required=False, choices=choices,
                initial=columns.get(at, LEFT_OUT),
                # What is never kept is not shown either.
                help_text="" if at in hidden else " · ".join(self.examples[at]),
            )  # fmt: skip
        if what == What.PEOPLE:
            teams = Team.objects.open().filter(centre=actor.centre).order_by("name", "pk")
            self.fields["team"] = forms.ModelChoiceField(
                teams, label=lazy("Which team follows these people"), required=False, initial=team,
                empty_label=_("the team of the track they entered, if any"),
            )  # fmt: skip

    @property
    def width(self) -> int:
        return len(self.examples)

    def label_of(self, at: int) -> str:
        heading = self.headings.get(at, "")
        return f"{letters(at)} · {heading}" if heading else letters(at)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.columns = {at: given.get(f"column_{at}", LEFT_OUT) for at in self.numbers}
        said: dict[str, int] = {}
        for at, name in self.columns.items():
            if name != LEFT_OUT and name in said:
                told = {"other": letters(said[name])}
                self.add_error(f"column_{at}", _("Column %(other)s is this already.") % told)
            said.setdefault(name, at)
        for group in missing(self.what, self.columns):
            told = {"one_of": _(" or ").join(f"“{one.label}”" for one in group)}
            self.add_error(None, _("Say which column is %(one_of)s.") % told)
        return given


def headings_of(sheet: Sheet, heading: int) -> dict[int, str]:
    return dict(enumerate(headings_at(sheet, heading)))


def examples_of(sheet: Sheet, heading: int) -> list[list[str]]:
    """Of each column, the first things that it says below the headings."""
    below = [row for row in sheet.rows if row.line > heading][:40]
    width = max((len(row.cells) for row in sheet.rows), default=0)
    return [
        [told(row.at(at)) for row in below if row.at(at).text][:EXAMPLES] for at in range(width)
    ]


def told(cell: Cell) -> str:
    """As it stands in the sheet, more or less."""
    if cell.kind is Kind.DAY:
        return "/".join(reversed(cell.text.split("-")))
    return cell.text[:40]


def proposed(
    sheet: Sheet, what: str, heading: int, known: Mapping[tuple[str, str], str]
) -> dict[int, str]:
    headings = headings_of(sheet, heading)
    width = max(headings, default=-1) + 1
    return propose(what, [headings.get(at, "") for at in range(width)], known)


class DecisionsForm(forms.Form):
    """For each name: someone else, or one of those proposed. Unsaid, it waits."""

    def __init__(self, *args: Any, questions: Sequence[Any], adds: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = (
            _("Another person: a new file") if adds else _("None of them: leave these lines out")
        )
        for one in questions:
            choices = [(proposal.ref, proposal.label) for proposal in one.proposals]
            self.fields[f"who_{one.key}"] = forms.ChoiceField(
                label=one.label, required=False, widget=forms.RadioSelect, initial=one.decision,
                choices=[*choices, (NEW, other)],
            )  # fmt: skip
        self.keys = [one.key for one in questions]

    @property
    def decisions(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"who_{key}"] for key in self.keys}
