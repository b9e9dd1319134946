"""Printed documents, for the templates of this room."""

from datetime import date

from django import template
from django.utils.text import capfirst

from relier.training.documents.kinds import KINDS
from relier.training.documents.pieces import month

register = template.Library()

MONTHS_FROM = 10_000


@register.filter
def document_name(key: str) -> str:
    """Its name; its code, where a later release knows it no more."""
    known = KINDS.get(key)
    return str(known.name) if known else key


@register.filter
def period(number: int) -> str:
    """« Novembre 2026 » for 202611, « 2026 » for 2026."""
    if number < MONTHS_FROM:
        return str(number)
    return capfirst(month(date(number // 100, number % 100, 1)))
