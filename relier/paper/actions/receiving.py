"""Receiving files: kept, sealed, before anything else is done with them."""

import hashlib
from typing import BinaryIO
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.paper import access
from relier.paper.limits import MOST_BYTES
from relier.paper.models import Pile, ReceivedFile, Scan
from relier.paper.models.scans import Why
from relier.paper.models.sealed_bytes import new_key
from relier.paper.reading.headers import Unreadable, kind_of, stripped


def begin_pile(how: str, *, by: Actor, form_key: UUID | None = None) -> Pile:
    """What is received at once; the same key finds the same pile again."""
    access.require(access.is_member(by))

    def keep(key: UUID) -> Pile:
        pile = Pile(centre_id=by.own_centre, by_id=by.id, at=timezone.now(), how=how, form_key=key)
        pile.full_clean(exclude=["form_key"])
        pile.save()
        journal.record("paper.received", pile, by=by, how=how)
        return pile

    with transaction.atomic():
        return once(Pile.objects.filter(by=by.id), form_key, keep)


def receive(pile: Pile, source: BinaryIO, *, by: Actor) -> ReceivedFile:
    """Keep a file of a pile: its first page waits to be read. Received again, it is kept once.
    Its name is not asked for. Raises ValidationError, with what to do."""
    access.require(access.may_put_into(by, pile))
    data = source.read(MOST_BYTES + 1)
    refuse_at_sight(data)
    sha256 = hashlib.sha256(data).hexdigest()
    known = pile.files.filter(sha256=sha256).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _keep(pile, data, sha256)
    except IntegrityError:  # received twice at the same instant
        return pile.files.get(sha256=sha256)


def refuse_at_sight(data: bytes) -> None:
    """Of a file, what needs no opening to be refused. Raises ValidationError."""
    if not data:
        raise ValidationError(Why.EMPTY.label)
    if len(data) > MOST_BYTES:
        raise ValidationError(
            _("This file is larger than %(most)s MB. Divide it, or scan in grey.")
            % {"most": MOST_BYTES // (1024 * 1024)}
        )
    if kind_of(data[:8]) is None:
        raise ValidationError(Why.KIND.label)


def _keep(pile: Pile, data: bytes, sha256: str) -> ReceivedFile:
    kind = kind_of(data[:8])
    if kind is None:
        raise ValidationError(Why.KIND.label)
    try:
        kept = stripped(kind, data)
    except Unreadable as damaged:
        raise ValidationError(Why(damaged.fault.value).label) from damaged
    now = timezone.now()
    file = ReceivedFile.objects.create(
        pile=pile,
        centre_id=pile.centre_id,
        kind=kind,
        sha256=sha256,
        size=len(data),
        kept_sha256=hashlib.sha256(kept).hexdigest(),
        kept_size=len(kept),
        key=new_key(),
        received_at=now,
    )
    for part in file.seal_parts(kept):
        part.save(force_insert=True)
    # How many pages there are is known once the process apart has opened it; from now on there is
    # a first one, so that no file is ever without a line in the tray.
    Scan.objects.create(file=file, centre_id=file.centre_id, number=1, received_at=now)
    return file
