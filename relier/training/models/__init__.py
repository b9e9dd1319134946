"""What this room keeps. Each row carries its centre."""

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

__all__ = [
    "Absence",
    "Approval",
    "ApprovedHours",
    "Cause",
    "Difference",
    "Eligibility",
    "EndAttestation",
    "Ending",
    "Enrolment",
    "EnrolmentQuerySet",
    "Evaluation",
    "EvidenceReceived",
    "LedgerEntry",
    "ListLine",
    "MonthClosing",
    "Participation",
    "Placement",
    "Posting",
    "PreparationNote",
    "Presence",
    "PresenceList",
    "Programme",
    "ProgrammeUnit",
    "RuleChange",
    "Session",
    "SupervisionHours",
    "Track",
    "TrainingPlan",
    "Workshop",
]
