"""The daily work with a person, from what they ask to what was agreed and done."""

from .advice import AdviceNumberChange, AdviceRuleChange
from .interventions import Channel, Intervention, Kind, MomentApart, Theme
from .procedures import Procedure, ProcedureNews
from .reception import Appointment, CalendarFeed, Delay
from .requests import EarlierWords, HelpRequest, Reply
from .steps import AgreedStep

__all__ = [
    "AdviceNumberChange",
    "AdviceRuleChange",
    "AgreedStep",
    "Appointment",
    "CalendarFeed",
    "Channel",
    "Delay",
    "EarlierWords",
    "HelpRequest",
    "Intervention",
    "Kind",
    "MomentApart",
    "Procedure",
    "ProcedureNews",
    "Reply",
    "Theme",
]
