"""Hands beside what is told of voices, wherever that is told."""

from typing import Any

from django import template

from relier.deliberation import told_hands
from relier.deliberation.models import Question

register = template.Library()


@register.simple_tag
def hands_of(question: Question) -> dict[str, Any]:
    """`{% hands_of question as told %}`: told.counted, and what they leave unknown."""
    return {"counted": told_hands.counts_of(question), "unknown": told_hands.unknown()}
