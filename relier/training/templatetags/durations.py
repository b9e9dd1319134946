"""Durations and presences in words, for the templates of this room."""

from django import template

from relier.training.kept import in_words as presence_in_words
from relier.training.models import Presence
from relier.training.rules.durations import told

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """« 1 h 30 »."""
    return told(minutes)


@register.filter
def in_words(presence: Presence) -> str:
    return presence_in_words(presence)
