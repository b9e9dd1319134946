"""When something may be shared under secrecy, and until when (docs/walls.md).

Shared secrecy asks for five things together: the recipient is bound too, has the same mission, it
is in the interest of the person, strictly necessary, and the person knows. Each is asked, and kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A sharing that would last longer than an accompaniment is a team that should follow the person.
LONGEST = timedelta(days=365)
NOT_YET = "not_yet"


@dataclass(frozen=True)
class Conditions:
    """What whoever shares declares. The status of the recipient is not declared: it is checked."""

    same_mission: bool
    interest: str
    necessary: bool
    informed: str
    informed_on: date | None = None
    informed_words: str = ""


def missing(said: Conditions, *, on: date) -> Mapping[str, str | Promise]:
    """Field -> what is still to be said; nothing when every condition is met."""
    wrong: dict[str, str | Promise] = {}
    if not said.same_mission:
        wrong["same_mission"] = _("Only someone with the same mission for this person may read it.")
    if not said.interest.strip():
        wrong["interest"] = _("Say in one sentence how it helps the person.")
    if not said.necessary:
        wrong["necessary"] = _("Share it only if the work cannot be done without it.")
    if not said.informed:
        wrong["informed"] = _("Say whether the person knows.")
    elif said.informed == NOT_YET:
        if not said.informed_words.strip():
            wrong["informed_words"] = _("Say why the person does not know yet.")
    elif said.informed_on is None:
        wrong["informed_on"] = _("Say on which day the person was told.")
    elif said.informed_on > on:
        wrong["informed_on"] = _("This day is still to come.")
    return wrong


def is_a_fair_end(until: date, *, on: date) -> bool:
    return on <= until <= on + LONGEST
