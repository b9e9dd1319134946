"""The row of answers that wait for a human: the same question of one page after another, then the
next question.

    queue = queue_of(sheet, by=actor)
    row = queue.at(place) or queue.first
    queue.after(row)            # the next one that waits for this member
    queue.done, queue.total     # "12 of 40"

Plain values once it is made; making it takes as many queries for one page as for hundreds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import translation

from relier.accounts.actors import Actor

from . import sheets
from .models import Decision, PrintedSheet, Scan, State
from .models.scans import ScanQuerySet
from .reading.identifiers import as_printed
from .reading.layouts import BOXED
from .rules.decisions import Waits, waits_for
from .settling import Settled, settled_all
from .sheets import LANGUAGES, SIGNED
from .versions import sheet_of
from .worded import RATHER_NOT_KEY, Worded, WordedQuestion

# Pages of one sheet that are checked at once, the first received first; those that come after
# follow as these are closed.
MOST_PAGES = 400
# Ink in more than this share of a room is taken for writing. On six levels of benchmarks/paper, 129
# written rooms showed 0.019 and more but one (0.006, one bit a pixel), 21 empty ones 0.004 and less
# but two (a poor scan, a shadow). It is only ever proposed: a human looks.
INKED = 0.008
# How many of one's own answers may be taken back, one after the other.
MOST_UNDONE = 200


@dataclass(frozen=True)
class Row:
    """One question of one page."""

    scan: Scan
    settled: Settled
    waits: Waits | None

    @property
    def place(self) -> str:
        """As it stands in an address and in a form."""
        return f"{self.scan.pk}:{self.key}"

    @property
    def key(self) -> str:
        return self.settled.question.key

    @property
    def kind(self) -> str:
        return self.settled.question.kind

    @property
    def code(self) -> str:
        """What is written on the page itself."""
        return as_printed(self.scan.page.short) if self.scan.page else ""

    @property
    def asked_of_a_human(self) -> bool:
        """The machine was not sure, or someone decided."""
        return not self.settled.proposal.sure or bool(self.settled.seen)

    @property
    def has_ink(self) -> bool | None:
        """Whether something is written there; None where nobody measured it."""
        written = self.settled.written
        return None if written is None else written > INKED

    @property
    def proposed(self) -> tuple[str, ...]:
        """What the machine proposes, as it would be kept."""
        if self.kind == "signature":
            return (SIGNED,) if self.has_ink else ()
        return self.settled.proposal.answers

    @property
    def proposes(self) -> bool:
        """Whether the proposal can be kept as it is: one answer at most where one is asked, and
        nothing where something is written."""
        if self.kind == "one":
            return len(self.proposed) <= 1 and bool(self.scan.reading)
        if self.kind in BOXED:
            return RATHER_NOT_KEY not in self.proposed or len(self.proposed) == 1
        return self.kind == "signature" and self.has_ink is not None


class Queue:
    """The rows of one printed sheet, as one member works through them."""

    def __init__(self, sheet: PrintedSheet, scans: list[Scan], by: UUID) -> None:
        self.sheet, self.by = sheet, by
        stands = settled_all(scans)
        keys = [question.key for question in sheet.as_layout.questions]
        self.rows = [
            self._row(scan, stands[scan.pk][key])
            for key in keys
            for scan in scans
            if key in stands[scan.pk]
        ]

    def _row(self, scan: Scan, one: Settled) -> Row:
        waits = None
        if one.answers is None:
            waits = waits_for(one.said, by=self.by, by_two=one.by_two)
        return Row(scan, one, waits)

    @cached_property
    def waiting(self) -> list[Row]:
        """Those that wait for this member."""
        return [row for row in self.rows if row.waits in (Waits.LOOK, Waits.DIFFER)]

    @cached_property
    def for_a_second(self) -> int:
        return sum(row.waits is Waits.SECOND for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.asked_of_a_human for row in self.rows)

    @property
    def done(self) -> int:
        return self.total - len(self.waiting) - self.for_a_second

    @property
    def first(self) -> Row | None:
        return self.waiting[0] if self.waiting else None

    def at(self, place: str) -> Row | None:
        return next((row for row in self.rows if row.place == place), None)

    def after(self, row: Row) -> Row | None:
        """The next one that waits, from this one on; at the end, those left behind."""
        at = next(n for n, one in enumerate(self.rows) if one.place == row.place)
        waiting = {one.place for one in self.waiting} - {row.place}
        ordered = [*self.rows[at + 1 :], *self.rows[:at]]
        return next((one for one in ordered if one.place in waiting), None)

    def last_own(self) -> Row | None:
        """The question that this member answered last, and did not take back; None where somebody
        else has answered it since."""
        taken_back: dict[tuple[UUID, str], int] = {}
        mine = Decision.objects.filter(scan__in=[row.scan.pk for row in self.rows], by=self.by)
        for one in mine.order_by("-at", "-pk")[:MOST_UNDONE]:
            place = (one.scan_id, one.question)
            if one.undoes:
                taken_back[place] = taken_back.get(place, 0) + 1
            elif taken_back.get(place):
                taken_back[place] -= 1
            else:
                row = self.at(f"{one.scan_id}:{one.question}")
                said = row.settled.said if row else ()
                return row if said and said[-1].by == self.by else None
        return None


def open_pages(by: Actor, sheet: PrintedSheet | None = None) -> ScanQuerySet:
    """Pages that were read and are not closed yet, which this member may see."""
    rows = Scan.objects.visible_to(by).standing().exclude(state=State.CLOSED)
    return rows if sheet is None else rows.filter(page__copy__printing__sheet=sheet)


def queue_of(sheet: PrintedSheet, *, by: Actor) -> Queue:
    rows = open_pages(by, sheet).select_related("page__copy__printing__sheet")
    order = ["received_at", "file", "number", "pk"]
    return Queue(sheet, list(rows.order_by(*order)[:MOST_PAGES]), by.id)


# --- in words ------------------------------------------------------------------------------------


def worded_for(sheet: PrintedSheet) -> Worded | None:
    """The sheet in the language in force, where sheets speak it; None where no room knows it any
    more."""
    said = (translation.get_language() or "")[:2]
    language = next((one for one in LANGUAGES if one == said), LANGUAGES[0])
    try:
        return sheets.worded(sheet_of(sheet), language)
    except ValidationError:
        return None


def title_of(sheet: PrintedSheet) -> str:
    """In a list of many: see `registry.Entry.listed_as`."""
    if sheet.name in sheets.names() and sheets.entry(sheet.name).listed_as:
        return str(sheets.entry(sheet.name).listed_as)
    worded = worded_for(sheet)
    return worded.title if worded else sheet.name


def question_of(worded: Worded | None, key: str) -> WordedQuestion | None:
    questions: Iterator[WordedQuestion] = iter(worded.questions if worded else ())
    return next((one for one in questions if one.key == key), None)


def words_of(question: WordedQuestion | None, answers: tuple[str, ...]) -> str:
    """Answers as a form gives them (keys of choices, what was typed), in words; "" for none."""
    if question is None:
        return ", ".join(answers)
    said = {choice.key: choice.wording for choice in question.choices}
    return ", ".join(said.get(one, one) for one in answers)
