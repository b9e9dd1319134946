"""The sealed archive: made when someone is erased, opened by two people, ended by itself."""

import json
import zlib
from datetime import date
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.access import require
from relier.journal import actions as journal
from relier.journal import keys, registry
from relier.journal.once import once
from relier.lib import keyring, sealing
from relier.privacy import access, held
from relier.privacy.models import Archive, ArchiveOpening
from relier.privacy.rules.terms import Hold

FORMAT = 1


@transaction.atomic
def seal_archive(subjects: list[UUID], hold: Hold, *, centre: UUID, by: Actor) -> Archive:
    """Put what the law obliges to keep of one person in an archive: rows, and words to read."""
    rows = {
        holding.model: {
            "why": str(holding.why),
            "rows": registry.as_rows(holding, subjects),
        }
        for holding in registry.holdings(about="person")
        if hold.document_class in holding.archived_as
    }
    tables = held.tables(subjects, archived_as=hold.document_class)
    content = {
        "format": FORMAT,
        "class": hold.document_class,
        "entered_on": hold.entered_on,
        "ends_on": hold.ends_on,
        "read": [[table.title, table.entries] for table in tables],
        "tables": rows,
    }
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)
    key = keys.newest(keyring.BACKUPS)
    Archive.objects.filter(subject__in=subjects).delete()  # one for a person, whoever came back
    archive = Archive(
        centre_id=centre,
        subject=subjects[0],
        document_class=hold.document_class,
        entered_on=hold.entered_on,
        ends_on=hold.ends_on,
        key_id=key.id,
    )
    archive.sealed = sealing.seal_bytes(zlib.compress(text.encode()), key=key, place=archive.place)
    archive.save()
    journal.record(
        "privacy.archived",
        archive,
        by=by,
        centre=centre,
        document_class=hold.document_class,
        ends_on=hold.ends_on.isoformat(),
    )
    return archive


@transaction.atomic
def ask_opening(archive: Archive, reason: str, *, by: Actor, form_key: UUID) -> ArchiveOpening:
    """Ask for an archive to be opened, and say why. Another must agree."""
    require(access.may_ask_opening(by, archive, on=timezone.localdate()))

    def keep(key: UUID) -> ArchiveOpening:
        asked = ArchiveOpening(archive=archive, reason=reason, asked_by_id=by.id, form_key=key)
        asked.full_clean(exclude=["form_key"])
        asked.save()
        journal.record("privacy.opening_asked", archive, by=by)
        return asked

    rows = ArchiveOpening.objects.filter(asked_by=by.id)
    return once(rows, form_key, keep, said={"reason": reason})


@transaction.atomic
def agree_opening(asked: ArchiveOpening, *, by: Actor) -> ArchiveOpening:
    asked = ArchiveOpening.objects.select_for_update().get(pk=asked.pk)
    require(access.may_agree_opening(by, asked, on=timezone.localdate()))
    if asked.agreed_at is None:
        asked.agreed_by_id = by.id
        asked.agreed_at = timezone.now()
        asked.save(update_fields=["agreed_by", "agreed_at"])
        journal.record("privacy.opening_agreed", asked.archive, by=by)
    return asked


def open_archive(asked: ArchiveOpening, *, by: Actor) -> dict[str, Any]:
    """What an archive holds, to the one of the two who is bound. A line in the journal.

    Raises sealing.DoesNotOpen and keyring.NoKeys.
    """
    now = timezone.now()
    require(access.may_read_archive(by, asked, at=now))
    archive = asked.archive
    key = keys.ring().find(keyring.BACKUPS, archive.key_id)
    packed = sealing.open_bytes(bytes(archive.sealed), key=key, place=archive.place)
    journal.read("privacy.archive_read", archive, by=by)
    content: dict[str, Any] = json.loads(zlib.decompress(packed))
    return content


@transaction.atomic
def end_archives(*, by: Actor, on: date) -> int:
    """Destroy the archives whose end has come. Returns how many."""
    ended = list(Archive.objects.ended(on=on).select_for_update())
    for archive in ended:
        journal.record(
            "privacy.archive_ended",
            archive,
            by=by,
            centre=archive.centre_id,
            document_class=archive.document_class,
        )
    Archive.objects.filter(pk__in=[archive.pk for archive in ended]).delete()
    return len(ended)
