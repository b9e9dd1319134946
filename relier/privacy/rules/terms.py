"""How long things are kept, and within how long a person is answered.

Each term is a setting: a shipped value, where it comes from, and what is not certain of it. A
centre changes one from a day on, with its source (`models/retention.py`). A *class of documents* is
what a law names; a table says to which it belongs (`Holding.archived_as`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from relier.lib.days import after_months


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


COUNTED = {
    Unit.DAYS: ngettext_lazy("%(count)s day", "%(count)s days", "count"),
    Unit.MONTHS: ngettext_lazy("%(count)s month", "%(count)s months", "count"),
    Unit.YEARS: ngettext_lazy("%(count)s year", "%(count)s years", "count"),
}


@dataclass(frozen=True)
class Term:
    """A length of time as shipped. `least` and `most`: what would still make sense."""

    name: str
    value: int
    unit: Unit
    least: int
    most: int
    label: Any
    source: Any
    doubt: Any = ""


@dataclass(frozen=True)
class Lasts:
    """A term as it counts in a centre on a day: what was shipped, or what the centre said."""

    term: Term
    value: int
    source: str
    doubt: str

    def after(self, day: date) -> date:
        return _moved(day, self.value, self.term.unit)

    def before(self, day: date) -> date:
        return _moved(day, -self.value, self.term.unit)

    @property
    def words(self) -> str:
        return str(COUNTED[self.term.unit] % {"count": self.value})


def _moved(day: date, value: int, unit: Unit) -> date:
    if unit is Unit.DAYS:
        return day + timedelta(days=value)
    return after_months(day, value * (12 if unit is Unit.YEARS else 1))


CISP_FILE, CPAS_FILE = "cisp_file", "cpas_file"
ACCOMPANIMENT, ANSWER, UNDO = "accompaniment", "answer", "undo"
EARLIER, BACKUPS = "earlier", "backups"
WORKING_SCANS, SIGNED_SHEETS = "scans", "signed_sheets"

TERMS: dict[str, Term] = {
    term.name: term
    for term in (
        Term(
            ACCOMPANIMENT, 2, Unit.YEARS, 0, 30,
            _("A file, after the accompaniment ended"),
            _("What other tools of the field do (one to two years): no text says it"),
            _("Ours to discuss: decide it with your data protection officer."),
        ),
        Term(
            CISP_FILE, 10, Unit.YEARS, 1, 50,
            _("The individual file of a CISP, from the day of entry"),
            _("Order of the Walloon Government of 15 December 2016, article 17, § 3"),
            _("The text as it stands since 21 February 2025 was not read again."),
        ),
        Term(
            CPAS_FILE, 10, Unit.YEARS, 1, 50,
            _("The social file of a CPAS, from the day of entry"),
            _("No text read: the sorting table of CPAS archives in Wallonia (State Archives, no. 66"
              ", 2011) governs what may be destroyed"),
            _("Its delays were not read. Ask the State Archives before anything is destroyed; the "
              "data protection officer may not decide it."),
        ),
        Term(
            ANSWER, 1, Unit.MONTHS, 1, 3,
            _("An answer to a person who asks for one of their rights"),
            _("GDPR, article 12.3: one month; two more where it is complex, said within the first"),
        ),
        Term(
            UNDO, 30, Unit.DAYS, 1, 365,
            _("A clearing out that was confirmed can still be undone"),
            _("Ours to discuss: no text says it"),
        ),
        Term(
            EARLIER, 30, Unit.DAYS, 0, 365,
            _("What a name, a day of birth or an address said before it was put right"),
            _("Time to notice a mistake: practice, not law (GDPR, articles 5.1.d and 16)"),
        ),
        Term(
            BACKUPS, 13, Unit.MONTHS, 1, 120,
            _("The list of those erased: as long as a backup may come back"),
            _("Ours: above the age of your oldest backup"),
            _("A backup that is older than this would bring the erased back: destroy it."),
        ),
        Term(
            WORKING_SCANS, 60, Unit.DAYS, 0, 365,
            _("The picture of a sheet, after its answers were received"),
            _("Ours to discuss: time to look again at a doubtful mark. No text says it"),
            _("Thirty to ninety days are usual: decide it with your data protection officer."),
        ),
        Term(
            SIGNED_SHEETS, 10, Unit.YEARS, 1, 50,
            _("The picture of a sheet that was signed, after it was received"),
            _("Ours to discuss: as long as the file of a CISP"),
            _("A picture does not replace the paper that was signed: keep the paper. Each kind of "
              "document has a term of its own, which a jurist must confirm."),
        ),
    )
}  # fmt: skip


def shipped(name: str) -> Lasts:
    term = TERMS[name]
    return Lasts(term, term.value, str(term.source), str(term.doubt))


# --- what the law obliges to keep ----------------------------------------------------------------

CLASS_OF_KIND = {"cisp": CISP_FILE, "cpas": CPAS_FILE}


@dataclass(frozen=True)
class Hold:
    """What may not be destroyed yet: of which class, since when, until when (that day excluded)."""

    document_class: str
    lasts: Lasts
    entered_on: date
    ends_on: date


def hold_on(kind: str, entered_on: date, lasting: Mapping[str, Lasts], *, on: date) -> Hold | None:
    """What a centre of this kind must keep of someone who entered that day; None when nothing."""
    document_class = CLASS_OF_KIND.get(kind)
    if document_class is None:
        return None
    lasts = lasting[document_class]
    ends_on = lasts.after(entered_on)
    return Hold(document_class, lasts, entered_on, ends_on) if ends_on > on else None
