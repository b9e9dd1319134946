"""Who is accompanied, who follows them, their situation over time, and what was noted."""

from .notes import (
    Audience,
    Note,
    OpenFile,
    WordsQuerySet,
    followed_by_teams,
    open_file,
    visible_words,
)
from .person import AboutPerson, Following, Merge, NameKey, Person
from .situation import FACETS, Fact, Situation

__all__ = [
    "FACETS",
    "AboutPerson",
    "Audience",
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
