"""How a file is asked to be read: what each line says, on which sheet, below which line, and of
which month a sheet by day is."""

from collections.abc import Iterator
from typing import Any

from relier.accounts.actors import Actor
from relier.centres.http import Request

from . import staged
from .by_day import Days, days_of
from .columns import as_columns, best_guess
from .forms import ColumnsForm, SheetForm, proposed
from .forms_by_day import DaysForm, MonthForm
from .models import ImportedFile, KnownCode, KnownHeading, What


class AskedColumns:
    """Read from the address, or from what the page sends again; else as the file is kept."""

    def __init__(self, request: Request, file: ImportedFile) -> None:
        self.file, self.sheets = file, staged.book_of(file).sheets
        self.data = {
            "what": file.what, "sheet": str(file.sheet), "heading": file.heading,
            "month": file.options.get("month") or "", "year": file.options.get("year") or "",
            **request.GET.dict(), **request.POST.dict(),
        }  # fmt: skip
        self._read_sheet()
        if request.method == "GET" and self._is_another_sheet():
            known = KnownHeading.objects.of_centre(file.centre_id)
            guess = best_guess(self.here, known)
            self.data |= {"what": guess.what.value, "heading": guess.heading}
            self._read_sheet()
        self.of_month: MonthForm | None = None
        self.days: Days | None = None
        self.month = self.year = None
        if self.what == What.DAYS:
            self._read_days()

    def _read_sheet(self) -> None:
        file = self.file
        self.of_sheet = SheetForm(self.data, sheets=self.sheets)
        given = self.of_sheet.cleaned_data if self.of_sheet.is_valid() else {}
        self.what = given.get("what", file.what)
        self.heading = int(given.get("heading", file.heading))
        self.sheet = int(given.get("sheet", file.sheet))
        self.here = self.sheets[self.sheet]

    def _is_another_sheet(self) -> bool:
        """Chosen, and nothing else changed: it is looked at as if it had been sent alone."""
        file = self.file
        return self.sheet != file.sheet and (self.what, self.heading) == (file.what, file.heading)

    def _read_days(self) -> None:
        called = self.file.name
        asking = days_of(self.here, self.heading, called=called)
        self.of_month = MonthForm(self.data, days=asking)
        given = self.of_month.cleaned_data if self.of_month.is_valid() else {}
        self.month, self.year = given.get("month"), given.get("year")
        self.days = days_of(
            self.here, self.heading, called=called, month=self.month, year=self.year
        )

    def is_valid(self) -> bool:
        return self.of_sheet.is_valid() and (self.of_month is None or self.of_month.is_valid())

    def __iter__(self) -> Iterator[Any]:
        """The fields of the page."""
        yield from self.of_sheet
        if self.of_month is not None:
            yield from self.of_month

    @property
    def lines(self) -> int:
        return sum(row.line > self.heading for row in self.here.rows)

    @property
    def hidden(self) -> dict[str, Any]:
        """What the second form of the page says again."""
        said = {"what": self.what, "sheet": self.sheet, "heading": self.heading}
        if self.days is not None:
            said |= {"month": self.month or "", "year": self.year or ""}
        return {name: str(value) for name, value in said.items()}

    def form(self, data: Any, actor: Actor) -> ColumnsForm:
        file = self.file
        is_same = (self.what, self.sheet, self.heading) == (file.what, file.sheet, file.heading)
        known = KnownHeading.objects.of_centre(actor.own_centre)
        guess = (
            as_columns(file.columns)
            if is_same
            else proposed(self.here, self.what, self.heading, known)
        )
        said = {"sheet": self.here, "what": self.what, "heading": self.heading, "actor": actor}
        if self.days is None:
            return ColumnsForm(data, columns=guess, team=file.options.get("team"), **said)
        return DaysForm(
            data, columns=guess, days=self.days,
            known=KnownCode.objects.of_centre(actor.own_centre), options=file.options, **said,
        )  # fmt: skip

    def options(self, form: ColumnsForm) -> dict[str, Any]:
        if isinstance(form, DaysForm):
            return {**form.options, "month": self.month, "year": self.year}
        team = form.cleaned_data.get("team")
        return {"team": team.pk if team else None}
