"""What this room keeps. Each row carries its centre."""

from relier.training.importing.models import ImportedFile, ImportedRow, KnownCode, KnownHeading

from .documents import EntryCondition, NamedIn, PrintedDocument, PrintedFile
from .enrolments import (
    Eligibility,
    Ending,
    Enrolment,
    EnrolmentQuerySet,
    EvidenceReceived,
)
from .journeys import EndAttestation, Evaluation, Placement, TrainingPlan
from .ledger import Cause, LedgerEntry, MonthClosing, Posting
from .lists import Difference, ListLine, PresenceList
from .presences import Absence, Participation, Presence
from .rules import RuleChange
from .sessions import PreparationNote, Session, SupervisionHours, Workshop
from .tracks import Approval, ApprovedHours, Programme, ProgrammeUnit, Track
from .visits import CalendarChange, Rehearsal

__all__ = [
    "Absence",
    "Approval",
    "ApprovedHours",
    "CalendarChange",
    "Cause",
    "Difference",
    "Eligibility",
    "EndAttestation",
    "Ending",
    "Enrolment",
    "EnrolmentQuerySet",
    "EntryCondition",
    "Evaluation",
    "EvidenceReceived",
    "ImportedFile",
    "ImportedRow",
    "KnownCode",
    "KnownHeading",
    "LedgerEntry",
    "ListLine",
    "MonthClosing",
    "NamedIn",
    "Participation",
    "Placement",
    "Posting",
    "PreparationNote",
    "Presence",
    "PresenceList",
    "PrintedDocument",
    "PrintedFile",
    "Programme",
    "ProgrammeUnit",
    "Rehearsal",
    "RuleChange",
    "Session",
    "SupervisionHours",
    "Track",
    "TrainingPlan",
    "Workshop",
]
