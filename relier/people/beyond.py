"""What is said to the person of who read beyond the team: a file opened with a reason, a thing that
was shared. Sentences for her own page, in plain words; she may end both in one gesture."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import pgettext

from relier.ui.dates import day, hour

from .models import Entry, Sharing

Kind = Sharing.Kind


def sharing_told(sharing: Sharing, *, on: date) -> list[str]:
    """Of a sharing read `signed()`: with whom, what, why, until when."""
    what = {
        Kind.NOTE: pgettext("person", "%(author)s shared a note about you with %(reader)s."),
        Kind.INTERVENTION: pgettext(
            "person", "%(author)s shared what you did together with %(reader)s."
        ),
        Kind.PROCEDURE: pgettext(
            "person", "%(author)s shared one of your procedures with %(reader)s."
        ),
    }[Kind(sharing.kind)]
    names = {"author": sharing.sharer.name, "reader": sharing.recipient.name}
    return [what % names, sharing.interest, _sharing_end(sharing, on=on)]


def _sharing_end(sharing: Sharing, *, on: date) -> str:
    if sharing.stands(on=on):
        open_until = pgettext("person", "%(name)s can read it until %(day)s.")
        return open_until % {"name": sharing.recipient.name, "day": day(sharing.until_on)}
    return pgettext("person", "It is over: %(name)s can no longer read it.") % {
        "name": sharing.recipient.name
    }


def entry_told(entry: Entry, *, at: datetime) -> list[str]:
    """Of an entry read with its member: who, when, why, and whether it still stands."""
    begun = timezone.localtime(entry.begun_at)
    who = pgettext("person", "%(name)s opened your file on %(day)s at %(hour)s.") % {
        "name": entry.member.name, "day": day(begun), "hour": hour(begun),
    }  # fmt: skip
    if entry.is_open(at=at):
        until = timezone.localtime(entry.until)
        end = pgettext("person", "It closes on %(day)s at %(hour)s.") % {
            "day": day(until), "hour": hour(until),
        }  # fmt: skip
    else:
        end = pgettext("person", "It is closed again.")
    return [who, entry.reason, end]
