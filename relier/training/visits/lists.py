"""Whether the signed list of a session came back: the one place that says it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from relier.training.models import ListLine, PresenceList


@dataclass(frozen=True)
class SignedList:
    """What is known of the paper list of a session. `minutes`: of each person (their root) who
    signed it; who is not named there did not sign."""

    is_here: bool
    minutes: Mapping[UUID, int]


def lists_of(sessions: Collection[UUID]) -> dict[UUID, SignedList | None]:
    """Session -> its list, as it was checked and handed over; None where Relier does not know,
    which is neither « here » nor « missing »: a list may have been signed and not read back. Two
    queries, however many sessions."""
    found: dict[UUID, SignedList | None] = dict.fromkeys(sessions)
    came = PresenceList.objects.filter(session__in=found, received_at__isnull=False)
    minutes: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    lines = ListLine.objects.filter(of__in=came, signed=True, minutes__isnull=False)
    # Of two lists of a session, the one printed last is the one that is meant.
    for session, person, said in lines.order_by("of__printed_at").values_list(
        "of__session", "person__root", "minutes"
    ):
        minutes[session][person] = said or 0
    for session in came.order_by().values_list("session", flat=True).distinct():
        found[session] = SignedList(is_here=True, minutes=minutes[session])
    return found
