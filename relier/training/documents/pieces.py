"""What several documents say alike: the mention of the approval, hours, days, who signs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.centres.models import Centre
from relier.training import figures
from relier.training.legal import rulebook
from relier.training.models import Approval, Enrolment, Track
from relier.training.rules import approval_mention
from relier.training.rules.durations import HOUR, told
from relier.training.words_of_law import figure
from relier.ui import dates

from . import content

ON_ACTS, ON_RETURNS, ON_STATEMENTS = (
    "mention_on_acts",
    "mention_on_returns",
    "mention_on_statements",
)


def approval_on(centre: Centre, scheme: str, day: date) -> Approval | None:
    """The approval that counts on a day; of several, the latest. One query."""
    rows = Approval.objects.filter(centre=centre, scheme=scheme, from_on__lte=day)
    return rows.filter(until_on__gte=day).order_by("-from_on", "pk").first()


def mention(approval: Approval | None, where: str, day: date) -> str:
    """What every act of an approved centre bears (order, article 20), where the rule of the day
    says that this one does; "" otherwise. One query."""
    if approval is None or not rulebook(approval.centre_id).whole(where, day):
        return ""
    return capfirst(approval_mention(approval.number, get_language() or "fr"))


def number_of(approval: Approval | None) -> str:
    return approval.number if approval else ""


def head(centre: Centre) -> dict[str, str]:
    return {"name": centre.name, "phone": centre.phone, "address": centre.address}


def hours(minutes: int) -> Decimal:
    """For a cell of a spreadsheet: quarters of an hour."""
    return figures.hours_of(minutes)


def hours_said(minutes: int) -> str:
    """The same to be read: « 34,75 »."""
    return figure(figures.hours_of(minutes))


def hours_cell(minutes: int) -> str:
    """The same in a column, where parts stand under parts: « 34,75 », « 36,00 », « 0 »."""
    return parted(figures.hours_of(minutes)) if minutes else "0"


def parted(number: Decimal) -> str:
    """Always with two digits after the sign."""
    return number_format(number, decimal_pos=2, force_grouping=True)


def hours_told(minutes: int) -> str:
    """To someone: « 34 h 45 », to the quarter of an hour as papers bear them."""
    return told(int(figures.hours_of(minutes) * HOUR))


def month(day: date) -> str:
    """« novembre 2026 »."""
    return date_format(day, "F Y")


def the_day(day: date) -> str:
    return capfirst(dates.day(day))


def date_and_signature() -> str:
    return _("Date and signature")


def both_sign(enrolment: Enrolment) -> content.Block:
    centre = _("For the centre")
    return content.signatures(
        (enrolment.person.root.name, date_and_signature()), (centre, date_and_signature())
    )


def centre_signs() -> content.Block:
    return content.signatures((_("For the centre"), _("Name, function, date and signature")))


def who(enrolment: Enrolment) -> list[tuple[Any, Any]]:
    """Of whom, in which track: the first facts of an act."""
    return [
        (_("Person"), enrolment.person.root.name),
        (_("Track"), track_in_words(enrolment.track)),
        (_("Programme"), enrolment.programme.name),
    ]


def track_in_words(track: Track) -> str:
    category = track.get_category_display() if track.category else ""
    return f"{track.name} ({category})" if category else track.name


def facts_of(enrolment: Enrolment, approval: Approval | None) -> dict[str, Any]:
    """The facts that every document of an entry stands on."""
    return {
        "centre": head(enrolment.centre),
        "person": enrolment.person.root.name,
        "approval": number_of(approval),
        "track": track_in_words(enrolment.track),
    }


def rounded() -> content.Block:
    """How the figures of a table were rounded."""
    return content.quiet(
        _("Hours are written to the nearest quarter of an hour, each figure by itself.")
    )
