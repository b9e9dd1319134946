"""What this room holds about people, and why.

The law keeps the individual file of a CISP ten years from the day of entry: what belongs to it is
sealed in the one archive of an erasure (`archived_as`). The ledger is another thing: its entries
stay for ever, so that no statement that left ever changes, and name nobody once the enrolment that
they count for is erased (docs/decisions/021).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, Rows, as_rows, declare
from relier.paper.models import Copy
from relier.paper.painting import paint_over
from relier.privacy.rules.terms import CISP_FILE, CPAS_FILE

from . import rules
from .documents.content import in_lines
from .documents.kinds import KINDS
from .models import Enrolment, LedgerEntry, ListLine, NamedIn, PrintedDocument
from .sheets import questions_of_line

WROTE, ON, FROM, UNTIL = _("who wrote it"), _("written on"), _("from"), _("until")
VERSION = {"author": WROTE, "written_at": ON}
HOURS = _("to count the hours of their training, as the law asks")
# Digistart may be given by a CPAS: its texts on keeping were not read, so the longer one stands.
FILES = (CISP_FILE, CPAS_FILE)
FILE = _("to keep their file of training, as the law asks")


def _said(words: Any) -> str:
    language = (get_language() or "en")[:2]
    return str(words.get(language) or words["en"])


def _label(found: Any, code: Any) -> str:
    """The words of a code; the code itself, where a later release knows it no more."""
    return _said(found.label) if found else str(code)


def category_of(row: Any) -> str:
    return _label(rules.categories().get(row.category), row.category)


def document_of(row: Any) -> str:
    return _label(rules.documents().get(row.document), row.document)


def ground_of(row: Any) -> str:
    return _label(rules.grounds().get(row.ground), row.ground) if row.ground else ""


@dataclass(frozen=True)
class LedgerHolding(Holding):
    """No key leads from an entry to a person: the enrolment does, as long as it stands."""

    def rows(self, subjects: Iterable[UUID]) -> "models.QuerySet[models.Model]":
        keys = Enrolment.objects.filter(person__in=list(subjects)).values("ledger_key")
        return LedgerEntry.objects.filter(trainee__in=keys.order_by()).order_by("pk")


def nothing_goes(_holding: Holding, _subjects: Iterable[UUID]) -> int:
    """Entries stay; with the enrolment, what led from them to someone is gone."""
    return 0


# Bytes and what opens them: the document itself is handed over in words, and printed again.
BYTES = ("key", "sealed")


def without_bytes(holding: Holding, subjects: Iterable[UUID]) -> Rows:
    return [
        {name: value for name, value in row.items() if name not in BYTES}
        for row in as_rows(holding, subjects)
    ]


def erase_what_names_them(holding: Holding, subjects: Iterable[UUID]) -> int:
    """Documents of several people lose what they said: a new one is printed without them."""
    rows = holding.rows(subjects)
    named: Any = NamedIn.objects.filter(pk__in=rows.values("pk").order_by())
    PrintedDocument.empty(named.values_list("document", flat=True), at=timezone.now())
    return int(rows.delete()[0])


def kind_of_document(row: Any) -> str:
    known = KINDS.get(row.kind)
    return str(known.name) if known else str(row.kind)


def words_of_document(row: Any) -> str:
    """What stands on the paper, a line each."""
    return "\n".join(in_lines(row.content.get("blocks", ())))


def paint_lines_over(holding: Holding, subjects: Iterable[UUID]) -> int:
    """Their lines, and what stands of them on the pictures of lists that came back."""
    rows = ListLine.objects.filter(person__in=list(subjects)).select_related("of")
    for line in rows:
        for copy in Copy.objects.filter(printing=line.of.printing_id).select_related(
            "printing__sheet"
        ):
            paint_over(copy, questions_of_line(line))
    return rows.delete()[0]


declare(
    # Read before the enrolments are erased, which lead to it.
    LedgerHolding(
        model="training.LedgerEntry",
        subject="trainee",
        why=HOURS,
        title=_("hours that count"),
        said={"ground": ground_of},
        silent=("trainee", "source", "month", "carrier"),
        archived_as=FILES,
        erase=nothing_goes,
    ),
    Holding(
        model="training.Presence",
        subject="person_id",
        why=HOURS,
        title=_("presences"),
        words={**VERSION, "session": _("at which session")},
        said={"session": lambda row: str(row.session)},
        archived_as=FILES,
        day="written_at",
        counted_by=("modality", "equipment"),
    ),
    Holding(
        model="training.Difference",
        subject="person_id",
        why=_("to decide which of two accounts of a session counts"),
        title=_("presences that were said otherwise"),
        words={
            **VERSION,
            "session": _("at which session"),
            "against": _("what stood"),
            "decided_by": _("who decided"),
            "written_at": _("came on"),
        },
        said={
            "session": lambda row: str(row.session),
            "against": lambda row: str(row.against),
        },
        day="written_at",
    ),
    Holding(
        model="training.ListLine",
        subject="person_id",
        why=HOURS,
        title=_("lists of presence on which they stand"),
        words={"of": _("which list"), "minutes": _("minutes on the list"), "signed": _("signed")},
        said={
            "of": lambda row: str(row.of),
            "signed": lambda row: _("yes") if row.signed else _("no"),
        },
        erase=paint_lines_over,
    ),
    Holding(
        model="training.Participation",
        subject="person_id",
        why=_("to know who is expected at a workshop"),
        title=_("workshops"),
        words={"workshop": _("which workshop"), "session": _("which session")},
        said={
            "workshop": lambda row: str(row.workshop or ""),
            "session": lambda row: str(row.session or ""),
        },
    ),
    Holding(
        model="training.Absence",
        subject="enrolment__person_id",
        why=HOURS,
        title=_("absences"),
        words=VERSION,
        said={"ground": ground_of},
        archived_as=FILES,
        day="from_on",
    ),
    Holding(
        model="training.EvidenceReceived",
        subject="enrolment__person_id",
        why=FILE,
        title=_("documents that show why one may enter"),
        words=VERSION,
        said={"document": document_of},
        archived_as=FILES,
        day="received_on",
    ),
    Holding(
        model="training.Eligibility",
        subject="enrolment__person_id",
        why=FILE,
        title=_("why one may enter"),
        words=VERSION,
        said={"category": category_of},
        archived_as=FILES,
    ),
    Holding(
        model="training.TrainingPlan",
        subject="enrolment__person_id",
        why=FILE,
        title=_("training plans"),
        words=VERSION,
        archived_as=FILES,
        day="on",
    ),
    Holding(
        model="training.Placement",
        subject="enrolment__person_id",
        why=FILE,
        title=_("placements"),
        words=VERSION,
        archived_as=FILES,
        day="from_on",
    ),
    Holding(
        model="training.Evaluation",
        subject="enrolment__person_id",
        why=FILE,
        title=_("evaluations"),
        words=VERSION,
        archived_as=FILES,
        day="on",
    ),
    Holding(
        model="training.EndAttestation",
        subject="enrolment__person_id",
        why=FILE,
        title=_("attestations"),
        words=VERSION,
        archived_as=FILES,
        day="on",
    ),
    Holding(
        model="training.EntryCondition",
        subject="enrolment__person_id",
        why=FILE,
        title=_("what shows that one may enter Digistart"),
        words=VERSION,
        archived_as=FILES,
        day="on",
    ),
    Holding(
        model="training.PrintedFile",
        subject="document__enrolment__person_id",
        why=_("to print a document again as it was"),
        title=_("files of printed documents"),
        silent=("key", "sealed", "sha256"),
        hand_over=without_bytes,
    ),
    Holding(
        model="training.PrintedDocument",
        subject="enrolment__person_id",
        why=FILE,
        title=_("printed documents"),
        said={"kind": kind_of_document, "content": words_of_document},
        silent=("template", "language", "sha256", "emptied_at", "wall", "track", "period"),
        archived_as=FILES,
        day="made_at",
    ),
    Holding(
        model="training.NamedIn",
        subject="enrolment__person_id",
        why=_("to know which statements of a month name someone"),
        title=_("statements of a month that name them"),
        words={"document": _("which statement")},
        said={"document": lambda row: str(row.document)},
        erase=erase_what_names_them,
    ),
    Holding(
        model="training.Ending",
        subject="enrolment__person_id",
        why=FILE,
        title=_("how trainings ended"),
        words=VERSION,
        archived_as=FILES,
        day="on",
        counted_by=("reason",),
    ),
    Holding(
        model="training.Enrolment",
        subject="person_id",
        why=FILE,
        title=_("trainings"),
        words={
            "track": _("which track"),
            "programme": _("which programme"),
            "author": WROTE,
            "recorded_at": ON,
        },
        said={"track": lambda row: row.track.name, "programme": lambda row: row.programme.name},
        silent=("ledger_key",),
        archived_as=FILES,
        kept_from="entered_on",
        day="entered_on",
    ),
    Holding(
        model="training.RuleChange",
        subject="author__user_id",
        about="member",
        why=_("to sign what one changes in the legal numbers of the centre"),
    ),
    # Of nobody accompanied: a draw keeps numbers of the centre, and no id (docs/decisions/021).
    Holding(
        model="training.Rehearsal",
        subject="author__user_id",
        about="member",
        why=_("to sign that a draw of the rehearsed visit is kept"),
    ),
    Holding(
        model="training.CalendarChange",
        subject="author__user_id",
        about="member",
        why=_("to sign what one says of school holidays"),
    ),
    Holding(
        model="training.PresenceList",
        subject="author__user_id",
        about="member",
        why=_("to say who printed a list of presence"),
    ),
    Holding(
        model="training.MonthClosing",
        subject="author__user_id",
        about="member",
        why=_("to sign that a month is closed"),
        erase=nothing_goes,
    ),
)
