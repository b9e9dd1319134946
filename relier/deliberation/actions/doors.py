"""The door that a code opens, met as that of a person's card is (docs/decisions/011): a slip and a
forged code are put aside without the database; of the others, as many are looked for in an hour as
the limits allow. A code that is found is no guess: it leaves no trace, so that no hour is that of a
voice.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from relier.deliberation.models import Tablet, VoiceCard, VoiceDoor, VoiceTry
from relier.deliberation.rules import codes
from relier.deliberation.tickets import Ticket
from relier.journal import keys
from relier.lib import keyring

MOST_AN_HOUR = 1000
MOST_AN_HOUR_BY_ADDRESS = 100


class Knock(StrEnum):
    """What the door answers."""

    OPEN = "open"
    UNREADABLE = "unreadable"  # a slip of the hand: no code is written so
    UNKNOWN = "unknown"
    ENDED = "ended"  # of a time that is past, or a tablet of another day
    WAIT = "wait"  # many codes were tried


@dataclass(frozen=True)
class Answer:
    """What the door says; `ticket` is for the cookie of this browser alone."""

    knock: Knock
    ticket: Ticket | None = None


def knock(typed: str, *, address: str, at: datetime | None = None) -> Answer:
    """Open the pages of a question with what was typed or scanned, from a network address."""
    at = at or timezone.now()
    code = codes.read_code(typed)
    if code is None:
        return Answer(Knock.UNREADABLE)
    key = codes.key_of(code, keys.ring().of(keyring.CARDS))
    if key is None:
        return Answer(Knock.UNKNOWN)
    found = _look(codes.code_mac(key, code), address=address, at=at)
    if isinstance(found, Knock):
        return Answer(found)
    if isinstance(found, Tablet):
        return _open_tablet(found, at=at)
    batch = found.batch
    if batch.round != batch.question.round:
        return Answer(Knock.ENDED)
    return Answer(
        Knock.OPEN, Ticket(batch.question_id, batch.round, batch.kind, batch.language, code)
    )


def _open_tablet(tablet: Tablet, *, at: datetime) -> Answer:
    question = tablet.question
    if tablet.round != question.round or tablet.ends_on < timezone.localdate(at):
        return Answer(Knock.ENDED)
    language = (question.languages or ["fr"])[0]
    return Answer(
        Knock.OPEN, Ticket(question.pk, tablet.round, tablet.kind, language, "", tablet.pk)
    )


@transaction.atomic
def _look(mac: str, *, address: str, at: datetime) -> VoiceCard | Tablet | Knock:
    """Look for a code, if it may be. One already looked for in vain within the hour is not looked
    for again: it would teach nothing."""
    VoiceDoor.objects.get_or_create(pk=1)
    VoiceDoor.objects.select_for_update().get(pk=1)
    forget_tries(at=at)
    if VoiceTry.objects.filter(code_mac=mac).exists():
        return Knock.UNKNOWN
    whence = keys.newest(keyring.CARDS).mac(b"voice address\0" + address.encode()).hex()
    lately = VoiceTry.objects.all()
    from_there = lately.filter(address_mac=whence).count()
    if from_there >= MOST_AN_HOUR_BY_ADDRESS or lately.count() >= MOST_AN_HOUR:
        return Knock.WAIT
    found = _evaluate(mac)
    if found is None:
        VoiceTry.objects.create(at=at, address_mac=whence, code_mac=mac)
    return found or Knock.UNKNOWN


def _evaluate(mac: str) -> VoiceCard | Tablet | None:
    """The only place where a code meets those that exist."""
    cards = VoiceCard.objects.select_related("batch__question")
    tablets = Tablet.objects.select_related("question")
    return cards.filter(code_mac=mac).first() or tablets.filter(code_mac=mac).first()


def forget_tries(*, at: datetime) -> None:
    """Those of more than an hour ago: by whoever comes to the door, and by the daily round."""
    VoiceTry.objects.filter(at__lte=at - VoiceTry.AN_HOUR).delete()
