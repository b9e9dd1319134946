"""The daily work with a person, from what they ask to what was agreed and done."""

from .advice import AdviceNumberChange, AdviceRuleChange
from .consultations import Consultation
from .interventions import Channel, Intervention, Kind, MomentApart, Theme
from .lists import ListChange
from .mandates import Acted, Mandate, MandateScope
from .procedures import Procedure, ProcedureNews
from .reception import Appointment, CalendarFeed, Delay
from .requests import EarlierWords, HelpRequest, Reply
from .steps import AgreedStep

__all__ = [
    "Acted",
    "AdviceNumberChange",
    "AdviceRuleChange",
    "AgreedStep",
    "Appointment",
    "CalendarFeed",
    "Channel",
    "Consultation",
    "Delay",
    "EarlierWords",
    "HelpRequest",
    "Intervention",
    "Kind",
    "ListChange",
    "Mandate",
    "MandateScope",
    "MomentApart",
    "Procedure",
    "ProcedureNews",
    "Reply",
    "Theme",
]
