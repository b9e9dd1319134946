"""Questions and what is said of them (`questions`), who may speak (`cards`), voices that nothing
ties to anyone (`voices`), what may be told of them (`releases`), what was decided (`decisions`).
"""

from .cards import CardBatch, KindOfVoice, Tablet, VoiceCard, VoiceDoor, VoiceTry
from .decisions import (
    Answer,
    Decision,
    News,
    Objection,
    Outcome,
    PastRound,
    Proposal,
)
from .questions import Question, Refusal, Statement, Wording
from .releases import Release
from .voices import Aspect, Ballot, Heading, Sentence, ShowOfHands

__all__ = [
    "Answer",
    "Aspect",
    "Ballot",
    "CardBatch",
    "Decision",
    "Heading",
    "KindOfVoice",
    "News",
    "Objection",
    "Outcome",
    "PastRound",
    "Proposal",
    "Question",
    "Refusal",
    "Release",
    "Sentence",
    "ShowOfHands",
    "Statement",
    "Tablet",
    "VoiceCard",
    "VoiceDoor",
    "VoiceTry",
    "Wording",
]
