"""Giving a card and taking it back, opening the page it leads to, and keeping the door.

Who may do it is asked by the desk, which knows the teams. How a hundred thousand guesses are met
is said in docs/decisions/011.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal import keys
from relier.journal.once import once
from relier.lib import keyring
from relier.privacy import cards
from relier.privacy.models import Card, CardDoor, CardTry, CardVisit, Subject
from relier.privacy.models.cards import CARD_LASTS, MOST_PICTURE_TRIES

# Evaluated guesses in an hour: codes that passed the tag and were looked for in the database.
MOST_AN_HOUR = 1000
MOST_AN_HOUR_BY_ADDRESS = 100
# A telephone and a computer at the centre, and one more; the oldest gives way.
MOST_VISITS = 3
# A visit is noted as seen once in this time, not at every page.
SEEN_AGAIN = timedelta(seconds=30)


class Knock(StrEnum):
    """What the door answers."""

    OPEN = "open"
    UNREADABLE = "unreadable"  # a slip of the hand: no code is written so
    UNKNOWN = "unknown"
    ENDED = "ended"  # a card of ours that was replaced, taken back, or is too old
    WAIT = "wait"  # many codes were tried


# --- giving and taking back ----------------------------------------------------------------------


@transaction.atomic
def make_card(subject: Subject, *, language: str, form_key: UUID, by: Actor) -> tuple[Card, str]:
    """A new card, which replaces the one that stands, and its code, which is kept nowhere.

    The same form sent twice gives the same card and the same code: the code comes from the key of
    the form, of which the row holds a hash only.
    """
    key = keys.newest(keyring.CARDS)
    code = cards.new_code(key, form_key.bytes)
    # Two at the same instant come in turn.
    Subject.objects.select_for_update().get(pk=subject.pk)

    def keep(kept_as: UUID) -> Card:
        before = Card.objects.standing().filter(subject=subject).first()
        card = Card(
            subject=subject,
            code_mac=cards.code_mac(key, code),
            language=language,
            made_by_id=by.id,
            ends_on=timezone.localdate() + CARD_LASTS,
            form_key=kept_as,
        )
        if before:
            # Her pictures stay hers: a new card needs no new ones.
            card.pictures, card.chosen_with_bound = before.pictures, before.chosen_with_bound
            _end(before)
        card.full_clean(exclude=["centre"])
        card.save()
        journal.record(
            "privacy.card_made", card, by=by, subject=subject.pk, replaces=before is not None
        )
        return card

    kept_as = UUID(bytes=key.mac(b"card form\0" + form_key.bytes)[:16])
    return once(Card.objects.filter(subject=subject, made_by=by.id), kept_as, keep), code


@transaction.atomic
def take_back_card(card: Card, *, by: Actor) -> Card:
    """It opens nothing from now on, wherever it is; whoever reads with it is out at once."""
    card = Card.objects.select_for_update().get(pk=card.pk)
    if card.taken_back_at is None:
        _end(card)
        journal.record("privacy.card_taken_back", card, by=by, subject=card.subject_id)
    return card


def _end(card: Card) -> None:
    card.taken_back_at = timezone.now()
    card.pictures, card.picture_tries = "", 0
    card.save(update_fields=["taken_back_at", "pictures", "picture_tries"])
    card.visits.all().delete()


# --- the pictures --------------------------------------------------------------------------------


@transaction.atomic
def choose_pictures(card: Card, pictures: Sequence[str], *, by: Actor) -> Card:
    """Keep the pictures that the person chose, instead of those before. Open pages ask for them."""
    card = Card.objects.select_for_update().get(pk=card.pk)
    card.pictures = _hash_of(pictures)
    card.picture_tries = 0
    card.chosen_with_bound = by.bound
    card.save(update_fields=["pictures", "picture_tries", "chosen_with_bound"])
    card.visits.update(knows=False)
    journal.record("privacy.card_pictures_chosen", card, by=by, subject=card.subject_id)
    return card


def show_pictures(visit: CardVisit, pictures: Sequence[str], *, by: Actor) -> bool:
    """Whether these are the pictures. Each try is counted before it is looked at, so that many at
    the same instant are not more than five."""
    counted = Card.objects.filter(
        pk=visit.card_id, picture_tries__lt=MOST_PICTURE_TRIES, taken_back_at=None
    ).exclude(pictures="")
    if not counted.update(picture_tries=F("picture_tries") + 1):
        return False
    card = Card.objects.get(pk=visit.card_id)
    if not _is_hash_of(card.pictures, pictures):
        if card.is_out_of_tries:
            journal.record("privacy.card_pictures_closed", card, by=by, subject=card.subject_id)
        return False
    with transaction.atomic():
        # Only if they were not chosen again meanwhile.
        same = Card.objects.filter(pk=card.pk, pictures=card.pictures)
        if not same.update(picture_tries=0):
            return False
        CardVisit.objects.filter(pk=visit.pk).update(knows=True)
    visit.knows = True
    return True


# 16 MB and about 50 ms each, as for passwords (settings.PASSWORD_HASHERS).
SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


def _hash_of(pictures: Sequence[str]) -> str:
    key = keys.newest(keyring.CARDS)
    salt = secrets.token_bytes(16)
    return f"{key.id}${salt.hex()}${_slow(key, salt, pictures)}"


def _is_hash_of(kept: str, pictures: Sequence[str]) -> bool:
    key_id, salt, digest = kept.split("$")
    key = keys.ring().find(keyring.CARDS, key_id)
    return hmac.compare_digest(_slow(key, bytes.fromhex(salt), pictures), digest)


def _slow(key: keyring.Key, salt: bytes, pictures: Sequence[str]) -> str:
    # Three pictures alone are few: without the key, the hash of each three could be tried.
    said = key.mac(b"card pictures\0" + "\0".join(pictures).encode())
    return hashlib.scrypt(said, salt=salt, **SCRYPT).hex()


# --- the door ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What the door says; `token` is for the cookie of this browser alone."""

    knock: Knock
    token: str = ""


def knock(typed: str, *, address: str, at: datetime | None = None) -> Answer:
    """Open a page with what was typed or scanned, from a network address.

    A slip and a forged code are put aside without the database. The others are looked for, as many
    as the limits allow; a code that is found is no guess, and is not counted.
    """
    at = at or timezone.now()
    code = cards.read_code(typed)
    if code is None:
        return Answer(Knock.UNREADABLE)
    key = cards.key_of(code, keys.ring().of(keyring.CARDS))
    if key is None:
        return Answer(Knock.UNKNOWN)
    found = _look(cards.code_mac(key, code), address=address, at=at)
    if isinstance(found, Knock):
        return Answer(found)
    if not found.opens(on=timezone.localdate(at)):
        return Answer(Knock.ENDED)
    return Answer(Knock.OPEN, _open(found, at=at))


@transaction.atomic
def _look(mac: str, *, address: str, at: datetime) -> Card | Knock:
    """Look for a code, if it may be. One already looked for in vain within the hour is not looked
    for again: it would teach nothing. What is found leaves no trace here."""
    CardDoor.objects.get_or_create(pk=1)
    CardDoor.objects.select_for_update().get(pk=1)
    CardTry.objects.filter(at__lte=at - CardTry.AN_HOUR).delete()
    if CardTry.objects.filter(code_mac=mac).exists():
        return Knock.UNKNOWN
    whence = keys.newest(keyring.CARDS).mac(b"card address\0" + address.encode()).hex()
    lately = CardTry.objects.all()
    from_there = lately.filter(address_mac=whence).count()
    if from_there >= MOST_AN_HOUR_BY_ADDRESS or lately.count() >= MOST_AN_HOUR:
        return Knock.WAIT
    card = _evaluate(mac)
    if card is None:
        CardTry.objects.create(at=at, address_mac=whence, code_mac=mac)
    return card or Knock.UNKNOWN


def _evaluate(mac: str) -> Card | None:
    """The only place where a code meets those that exist."""
    return Card.objects.filter(code_mac=mac).first()


@transaction.atomic
def _open(card: Card, *, at: datetime) -> str:
    CardVisit.objects.quiet(at=at).delete()
    # Held, so that two telephones that open at once are counted in turn.
    card = Card.objects.select_for_update().get(pk=card.pk)
    others = list(card.visits.order_by("-seen_at", "-pk")[MOST_VISITS - 1 :])
    CardVisit.objects.filter(pk__in=[visit.pk for visit in others]).delete()
    token = secrets.token_urlsafe(32)
    CardVisit.objects.create(
        card=card,
        token_hash=_token_hash(token),
        before_at=card.opened_at,
        began_at=at,
        seen_at=at,
    )
    Card.objects.filter(pk=card.pk).update(opened_at=at)
    return token


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_visit(token: str, *, at: datetime | None = None) -> CardVisit | None:
    """The visit that goes on in this browser; None when it ended, by itself or with its card."""
    at = at or timezone.now()
    if not token or len(token) > 64:
        return None
    rows = CardVisit.objects.filter(token_hash=_token_hash(token))
    visit = rows.select_related("card__subject").first()
    if visit is None:
        return None
    if visit.is_quiet(at=at) or not visit.card.opens(on=timezone.localdate(at)):
        visit.delete()
        return None
    if at - visit.seen_at > SEEN_AGAIN:
        CardVisit.objects.filter(pk=visit.pk).update(seen_at=at)
    return visit


def leave(visit: CardVisit) -> None:
    """The cookie of that browser opens nothing any more, even copied."""
    visit.delete()
