"""What an entry owes by the texts: the contract, the plan, the documents of eligibility; by which
day, and whether it is late. Plain rows in, plain values out: nothing is asked of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relier.lib.deadlines import due_on, is_late

from .models import Enrolment, EvidenceReceived, Track
from .rules import Document, Rule, Rulebook, categories, documents
from .rules.eligibility import Held, document_due_on, is_expired


@dataclass(frozen=True)
class Due:
    """By which day something is due; `done_on`: when it was there, None where it is not."""

    due_on: date
    done_on: date | None
    on: date
    rule: Rule

    @property
    def is_late(self) -> bool:
        return is_late(self.done_on, self.due_on, on=self.on)


@dataclass(frozen=True)
class DocumentDue:
    """A document that is asked, and what came of it. `is_expired`: it was too old when it came."""

    document: Document
    due: Due
    received: EvidenceReceived | None
    is_expired: bool = False


def due_within(
    key: str, enrolment: Enrolment, done_on: date | None, book: Rulebook, on: date
) -> Due:
    entered = enrolment.entered_on
    day = due_on(
        entered, book.whole(key, entered), without_summer=not book.whole("summer_counts", entered)
    )
    return Due(day, done_on, on, book.rule(key, entered))


def contract_due(enrolment: Enrolment, book: Rulebook, *, on: date) -> Due | None:
    """None where no text asks for one: that of Digistart was not read whole."""
    if enrolment.track.scheme != Track.Scheme.CISP:
        return None
    return due_within("contract_days", enrolment, enrolment.contract_on, book, on)


def plan_due(enrolment: Enrolment, made_on: date | None, book: Rulebook, *, on: date) -> Due | None:
    if enrolment.track.scheme != Track.Scheme.CISP:
        return None
    return due_within("plan_days", enrolment, made_on, book, on)


def documents_due(
    enrolment: Enrolment,
    category: str,
    received: Iterable[EvidenceReceived],
    book: Rulebook,
    *,
    on: date,
) -> list[DocumentDue]:
    """What a category of articles 5 and 6 asks, in the order of the text. Nothing for a category
    that a later release knows no more."""
    rows = [row for row in received if not row.withdrawn]
    known = categories().get(category)
    return [
        document_due(enrolment, documents()[key], rows, book, on=on)
        for key in (known.documents if known else ())
    ]


def document_due(
    enrolment: Enrolment,
    document: Document,
    received: Iterable[EvidenceReceived],
    book: Rulebook,
    *,
    on: date,
) -> DocumentDue:
    entered = enrolment.entered_on
    of_it = sorted(
        (row for row in received if row.document == document.key),
        key=lambda row: (expires(row, document, book, entered), row.received_on),
    )
    best = of_it[0] if of_it else None
    due = Due(
        document_due_on(document, entered, book),
        best.received_on if best else None,
        on,
        book.rule(document.within, entered),
    )
    return DocumentDue(document, due, best, bool(best and expires(best, document, book, entered)))


def expires(row: EvidenceReceived, document: Document, book: Rulebook, entered: date) -> bool:
    held = Held(row.received_on, row.issued_on)
    return document.expires and is_expired(held, book, entered)
