"""Who is accompanied, who follows them, their situation over time, what was noted, and who reads
it beyond the team."""

from .entries import Entry, Replacement
from .notes import Note
from .person import AboutPerson, Following, Merge, NameKey, Person, followed_by_teams, within_reach
from .rectified import EarlierValue
from .sharing import Sharing
from .situation import FACETS, Fact, Situation
from .walls import Audience, OpenFile, WordsQuerySet, open_file, visible_words

__all__ = [
    "FACETS",
    "AboutPerson",
    "Audience",
    "EarlierValue",
    "Entry",
    "Fact",
    "Following",
    "Merge",
    "NameKey",
    "Note",
    "OpenFile",
    "Person",
    "Replacement",
    "Sharing",
    "Situation",
    "WordsQuerySet",
    "followed_by_teams",
    "open_file",
    "visible_words",
    "within_reach",
]
