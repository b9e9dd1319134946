"""Legal texts and numbers as a page says them, in the language of the page."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .rules import Rule


def said(words: Mapping[str, str]) -> str:
    """One of both languages; English where the page speaks another."""
    return words.get((get_language() or "fr")[:2]) or words.get("en", "")


def figure(number: Decimal | int) -> str:
    """« 2 100 », « 14,75 »: without zeros that say nothing."""
    plain = Decimal(number).normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return number_format(plain, decimal_pos=places, force_grouping=True)


def amount(rule: Rule) -> str:
    """A legal number with its unit."""
    if rule.unit == "yes_no":
        return _("yes") if rule.value else _("no")
    number, count = figure(rule.value), int(rule.value)
    units = {
        "hours": ngettext("%(number)s hour", "%(number)s hours", count),
        "days": ngettext("%(number)s day", "%(number)s days", count),
        "weeks": ngettext("%(number)s week", "%(number)s weeks", count),
        "months": ngettext("%(number)s month", "%(number)s months", count),
        "years": ngettext("%(number)s year", "%(number)s years", count),
        "people": ngettext("%(number)s person", "%(number)s people", count),
        "parts": ngettext("%(number)s part", "%(number)s parts", count),
        "percent": _("%(number)s in 100"),
        "gap": _("%(number)s in 100"),
        "euros": _("%(number)s euros"),
    }
    return units.get(rule.unit, "%(number)s") % {"number": number}
