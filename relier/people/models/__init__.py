"""Who is accompanied, who follows them, their situation over time, and what was noted."""

from .notes import Note
from .person import AboutPerson, Following, Merge, NameKey, Person, followed_by_teams
from .rectified import EarlierValue
from .situation import FACETS, Fact, Situation
from .walls import Audience, OpenFile, WordsQuerySet, open_file, visible_words

__all__ = [
    "FACETS",
    "AboutPerson",
    "Audience",
    "EarlierValue",
    "Fact",
    "Following",
    "Merge",
    "NameKey",
    "Note",
    "OpenFile",
    "Person",
    "Situation",
    "WordsQuerySet",
    "followed_by_teams",
    "open_file",
    "visible_words",
]
