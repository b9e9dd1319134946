"""Legal numbers, hours that add up, for the templates of this room."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from relier.training import words_of_law
from relier.training.hours import HOUR
from relier.training.quotas import Quota
from relier.training.rules import Rule, documents, grounds
from relier.training.rules.placements import Fault

register = template.Library()

MINUS = "\u2212"
NO_BREAK = "\u00a0"


@register.filter
def said(words: Mapping[str, str]) -> str:
    return words_of_law.said(words)


@register.filter
def amount(rule: Rule) -> str:
    """« 2 100 heures », « oui », « 15 sur 100 »."""
    return words_of_law.amount(rule)


@register.filter
def figure(number: Any) -> str:
    """« 12 000 »."""
    return words_of_law.figure(number)


@register.filter
def clock(minutes: int) -> str:
    """Minutes of an account as hours and minutes, always both, so that a column adds up by eye:
    « 7 h 30 », « 0 h 00 », « −1 h 15 »."""
    hours, rest = divmod(abs(minutes), HOUR)
    sign = MINUS if minutes < 0 else ""
    return f"{sign}{words_of_law.figure(hours)}{NO_BREAK}h{NO_BREAK}{rest:02}"


@register.inclusion_tag("training/rule_line.html")
def rule_line(rule: Rule) -> dict[str, Rule]:
    """What a number stands on: its text, since when, and the doubt where there is one."""
    return {"rule": rule}


@register.inclusion_tag("training/quota_line.html")
def quota_line(label: str, quota: Quota) -> dict[str, Any]:
    """How many stand outside a rule, and how many more may."""
    return {"label": label, "quota": quota}


@register.filter
def document(key: str) -> str:
    """The words of a document of eligibility; its code, where a later release knows it no more."""
    known = documents().get(key)
    return capfirst(words_of_law.said(known.label)) if known else key


@register.filter
def ground(number: int) -> str:
    """The words of a ground of article 3."""
    known = grounds().get(number)
    return words_of_law.said(known.label) if known else str(number)


FAULTS = {
    Fault.TOO_LONG: _("It lasts longer than the text allows."),
    Fault.TOO_LATE: _("It ends after the first third of the programme."),
    Fault.TOO_EARLY: _("Too few hours were followed in the centre before it."),
    Fault.TOO_MUCH: _("Placements make more of the programme than the text allows."),
    Fault.NO_CONTRACT: _("Its contract is not signed before it begins."),
}


@register.filter
def fault(what: Fault) -> str:
    """What the text would refuse of a placement."""
    return str(FAULTS[what])


@register.filter
def month_year(day: date) -> str:
    """« novembre 2026 »."""
    return date_format(day, "F Y")
