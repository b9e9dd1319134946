"""Questions and what is said of them (`questions`), who may speak (`cards`), voices that nothing
ties to anyone (`voices`), what may be told of them (`releases`), who checks the count (`counting`),
what was decided (`decisions`).
"""

from .cards import CardBatch, KindOfVoice, Tablet, VoiceCard, VoiceDoor, VoiceTry
from .counting import SwornCounter
from .decisions import (
    Answer,
    Decision,
    News,
    Objection,
    Outcome,
    PastRound,
    Proposal,
)
from .meetings import Doing, Item, Meeting
from .papers import PaperPile
from .questions import Question, Refusal, Statement, Wording
from .releases import Release
from .voices import Aspect, Ballot, Heading, Sentence, ShowOfHands, WritingPlace

__all__ = [
    "Answer",
    "Aspect",
    "Ballot",
    "CardBatch",
    "Decision",
    "Doing",
    "Heading",
    "Item",
    "KindOfVoice",
    "Meeting",
    "News",
    "Objection",
    "Outcome",
    "PaperPile",
    "PastRound",
    "Proposal",
    "Question",
    "Refusal",
    "Release",
    "Sentence",
    "ShowOfHands",
    "Statement",
    "SwornCounter",
    "Tablet",
    "VoiceCard",
    "VoiceDoor",
    "VoiceTry",
    "Wording",
    "WritingPlace",
]
