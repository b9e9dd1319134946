"""Legal numbers of a centre: what comes with Relier, and what the centre says otherwise."""

from datetime import date
from uuid import UUID

from .models.rules import RuleChange
from .rules import Rule, Rulebook


def rulebook(centre: UUID) -> Rulebook:
    """Every number of a centre, on any day. One query."""
    said = RuleChange.objects.filter(centre=centre).order_by("made_at", "pk")
    return Rulebook(change.as_plain() for change in said)


def rule_on(key: str, day: date, centre: UUID) -> Rule:
    """One number as it stands on a day in a centre, with its source and its doubt. One query.
    Raises NoRule for an unknown name."""
    return rulebook(centre).rule(key, day)
