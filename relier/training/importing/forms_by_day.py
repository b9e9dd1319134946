"""A sheet by day: of which month it is, who the people are, what its codes mean."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from relier.accounts.actors import Actor
from relier.lib.names import fold
from relier.lib.spreadsheets import Row, Sheet, letters
from relier.training.forms.durations import DurationField
from relier.training.forms.keeping import PastDay
from relier.training.models import Session, Track
from relier.ui.dates import short_day

from . import codes
from .by_day import Days
from .codes import Code
from .forms import ColumnsForm
from .problems import SENTENCES
from .totals import is_remark, is_total

COUNTED = [
    (codes.HOURS, lazy("hours (from 15 on, minutes)")),
    (codes.DAYS, lazy("parts of a day: 1 is a whole day, 0,5 half of it")),
]


class MonthForm(forms.Form):
    """Asked once, and only where the sheet does not say it. Sent by GET with `SheetForm`."""

    month = forms.TypedChoiceField(
        label=lazy("Of which month"), coerce=int, empty_value=None, required=False,
        choices=[("", "…"), *((number, name) for number, name in MONTHS.items())],
    )  # fmt: skip
    year = forms.IntegerField(
        label=lazy("Of which year"), min_value=1970, max_value=2100, required=False
    )

    def __init__(self, *args: Any, days: Days, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not days.asks_month:
            del self.fields["month"]
        if not days.asks_year:
            del self.fields["year"]


class DaysForm(ColumnsForm):
    """As `ColumnsForm`, for the columns that are no days; then the codes, most frequent first."""

    def __init__(
        self, *args: Any, sheet: Sheet, heading: int, days: Days, actor: Actor,
        known: Mapping[str, str], options: Mapping[str, Any], **kwargs: Any,
    ) -> None:  # fmt: skip
        self.days, self.actor = days, actor
        super().__init__(
            *args, sheet=sheet, heading=heading, actor=actor, set_apart=days.at(), **kwargs
        )
        rows = [
            row
            for row in sheet.rows
            if row.line > heading
            and row.line != days.weekday_line
            and not (is_total(row) or is_remark(row))
        ]
        self.codes = codes.codes_in(rows, [(one.column, letters(one.column)) for one in days.read])
        self._add_codes({**known, **(options.get("codes") or {})})
        self._add_lengths(rows, options)
        self._add_track(sheet, heading, actor, options)

    def _add_codes(self, known: Mapping[str, str]) -> None:
        for number, one in enumerate(self.codes):
            self.fields[f"code_{number}"] = forms.ChoiceField(
                label=_("“%(code)s” means") % {"code": one.shown}, required=False,
                choices=codes.meanings(), initial=codes.proposed(one.key, known),
                help_text=_told_of(one),
            )  # fmt: skip

    def _add_lengths(self, rows: Sequence[Row], options: Mapping[str, Any]) -> None:
        guess = codes.counted_in(rows, [one.column for one in self.days.read])
        self.fields["counted_in"] = forms.ChoiceField(
            label=_("Bare numbers are"), choices=COUNTED, required=False,
            initial=options.get("counted_in") or guess,
        )  # fmt: skip
        self.fields["whole_day"] = DurationField(
            label=_("How long a whole day lasts"), required=False,
            initial=options.get("whole_day"),
            help_text=_(
                "As 6h or 7h36. For codes that say a whole day, where no session is planned: a "
                "planned one says its own length."
            ),
        )  # fmt: skip
        self.fields["make_sessions"] = forms.BooleanField(
            label=_("Make the sessions that were never planned"), required=False,
            initial=options.get("make_sessions", True),
            help_text=_(
                "One for each such day: at 9 o'clock, as long as its longest presence. They go if "
                "the import is undone."
            ),
        )  # fmt: skip
        proofs_on = options.get("proofs_on")
        self.fields["proofs_on"] = PastDay(
            label=_("The proofs of these absences were all here on"), required=False,
            initial=date.fromisoformat(proofs_on) if proofs_on else None,
            help_text=_(
                "Left blank, these hours wait for their proof, which you note on the page of each "
                "entry."
            ),
        )  # fmt: skip

    def _add_track(
        self, sheet: Sheet, heading: int, actor: Actor, options: Mapping[str, Any]
    ) -> None:
        tracks = Track.objects.visible_to(actor).order_by("name", "pk")
        self.fields["of_track"] = forms.ModelChoiceField(
            tracks, label=_("Of which track these hours are"), required=False,
            empty_label=_("the one that each person is in that day"),
            initial=options.get("track") or _named(tracks, sheet, heading),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.days.read:
            self.add_error(None, ValidationError(_(
                "No column of this sheet says a day. Say on which line the days stand, or say "
                "that each line is something else."
            )))  # fmt: skip
        if self._needs_length(given):
            self.add_error("whole_day", _(
                "Say how long a whole day lasts: on some of these days no session is planned, and "
                "some cells say a whole day."
            ))  # fmt: skip
        return given

    def _needs_length(self, given: Mapping[str, Any]) -> bool:
        said = {given.get(f"code_{number}") for number in range(len(self.codes))}
        says_whole = bool(said - {codes.UNSAID, codes.NOTHING, None})
        if given.get("whole_day") or not (says_whole or given.get("counted_in") == codes.DAYS):
            return False
        days = {one.day for one in self.days.read}
        planned = Session.objects.visible_to(self.actor).filter(
            day__in=days, track__isnull=False, called_off=False
        )
        return bool(given.get("make_sessions")) and not days <= set(
            planned.order_by().values_list("day", flat=True)
        )

    @property
    def options(self) -> dict[str, Any]:
        """As JSON keeps them."""
        given = self.cleaned_data
        proofs_on, track = given.get("proofs_on"), given.get("of_track")
        return {
            "codes": {one.key: given[f"code_{number}"] for number, one in enumerate(self.codes)},
            "counted_in": given["counted_in"] or codes.HOURS,
            "whole_day": given["whole_day"],
            "make_sessions": given["make_sessions"],
            "proofs_on": proofs_on.isoformat() if proofs_on else None,
            "track": str(track.pk) if track else None,
        }

    # --- as the page shows it --------------------------------------------------------------------

    @property
    def of_columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def of_codes(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("code_")]

    @property
    def of_lengths(self) -> list[Any]:
        names = ["of_track", "counted_in", "whole_day", "make_sessions"]
        if self.codes:
            names.append("proofs_on")
        return [self[name] for name in names]

    @property
    def days_told(self) -> str:
        """« 20 days, from 2 to 27 February, in columns C to V »."""
        read = self.days.read
        if not read:
            return ""
        said = {
            "n": len(read), "from": short_day(min(one.day for one in read if one.day)),
            "until": short_day(max(one.day for one in read if one.day)),
            "first": letters(read[0].column), "last": letters(read[-1].column),
        }  # fmt: skip
        return (
            ngettext(
                "%(n)s day, from %(from)s to %(until)s, columns %(first)s to %(last)s.",
                "%(n)s days, from %(from)s to %(until)s, columns %(first)s to %(last)s.",
                len(read),
            )
            % said
        )

    @property
    def unread_told(self) -> list[str]:
        """Columns whose day cannot be told, and why: those alike are said once."""
        found: dict[str, list[str]] = {}
        for one in self.days.unread:
            words = (
                _("say of which month or year they are, above; then show its columns so.")
                if one.fault == "day_unsaid"
                else str(SENTENCES[one.fault][1]) % {"said": one.heading}
            )
            found.setdefault(words, []).append(letters(one.column))
        return [
            ngettext("Column %(which)s: %(why)s", "Columns %(which)s: %(why)s", len(which))
            % {"which": ", ".join(which), "why": why}
            for why, which in found.items()
        ]


def _told_of(code: Code) -> str:
    said = {"n": code.times, "place": code.first}
    return (
        ngettext("%(n)s time, in %(place)s.", "%(n)s times, first in %(place)s.", code.times) % said
    )


def _named(tracks: Any, sheet: Sheet, heading: int) -> Any:
    """The one track that the title of the sheet, or a line above the headings, names."""
    above = [cell.text for row in sheet.rows if row.line < heading for cell in row.cells]
    words = f" {fold(' '.join([sheet.title, *above]))} "
    named = [one for one in tracks if f" {fold(one.name)} " in words]
    return named[0] if len(named) == 1 else None
