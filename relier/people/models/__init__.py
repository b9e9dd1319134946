"""Who is accompanied, who follows them, their situation over time, and what was noted."""

from .notes import Audience, Note, visible_words
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
    "Person",
    "Situation",
    "visible_words",
]
