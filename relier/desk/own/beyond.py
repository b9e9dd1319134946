"""Who reads beyond the person's team, told to them: a file opened with a reason, a thing under
secrecy that was shared. They end either in one gesture.

Why is under secrecy, and so is all of a sharing: shown as procedures are (docs/decisions/011).
"""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext

from relier.people.models import Entry, Sharing
from relier.ui.dates import day, hour

from .door import Visit

Kind = Sharing.Kind


def readers_beyond(visit: Visit, *, at: datetime) -> list[dict[str, Any]]:
    """What stands first, then what is over; the latest first. Two queries."""
    files = visit.person.file_ids
    rows = [(one.begun_at, entry_told(one, visit, at=at)) for one in Entry.objects.of_file(files)]
    if visit.sees_secrecy:
        on = timezone.localdate(at)
        shared = Sharing.objects.of_file(files)
        rows += [(one.shared_at, sharing_told(one, on=on)) for one in shared]
    rows.sort(key=lambda row: row[0], reverse=True)
    return sorted((told for _at, told in rows), key=lambda told: not told["stop"])


def entry_told(entry: Entry, visit: Visit, *, at: datetime) -> dict[str, Any]:
    begun, until = timezone.localtime(entry.begun_at), timezone.localtime(entry.until)
    who = pgettext("own page", "%(name)s opened your file on %(day)s at %(hour)s.") % {
        "name": entry.member.name, "day": day(begun), "hour": hour(begun),
    }  # fmt: skip
    end = pgettext("own page", "It is closed again.")
    stands = entry.is_open(at=at)
    if stands:
        end = pgettext("own page", "It closes on %(day)s at %(hour)s.") % {
            "day": day(until), "hour": hour(until),
        }  # fmt: skip
    why = entry.reason if visit.sees_secrecy else ""
    stop = reverse("own:close_entry", args=[entry.pk]) if stands else ""
    return {"what": who, "why": why, "end": end, "stop": stop}


def sharing_told(sharing: Sharing, *, on: date) -> dict[str, Any]:
    what = {
        Kind.NOTE: pgettext("own page", "%(author)s shared a note about you with %(reader)s."),
        Kind.INTERVENTION: pgettext(
            "own page", "%(author)s shared what you did together with %(reader)s."
        ),
        Kind.PROCEDURE: pgettext(
            "own page", "%(author)s shared one of your procedures with %(reader)s."
        ),
    }[Kind(sharing.kind)] % {"author": sharing.sharer.name, "reader": sharing.recipient.name}
    stands = sharing.stands(on=on)
    stop = reverse("own:stop_sharing", args=[sharing.pk]) if stands else ""
    end = pgettext("own page", "It is over: %(name)s can no longer read it.")
    if stands:
        end = pgettext("own page", "%(name)s can read it until %(day)s.")
    end %= {"name": sharing.recipient.name, "day": day(sharing.until_on)}
    return {"what": what, "why": sharing.interest, "end": end, "stop": stop}
