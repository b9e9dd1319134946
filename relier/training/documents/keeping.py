"""Printing a document once, keeping it, and saying what changed since.

Its bytes are kept, so that printed again it is the same to the byte, whatever has become of the
facts, of the template or of the typesetter. What it said is kept beside them, with its fingerprint:
whoever doubts the bytes can read the content, and take the fingerprint again.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.training import access
from relier.training.models import Enrolment, NamedIn, PrintedDocument, PrintedFile
from relier.training.models.documents import Wall

from . import drawing
from .about import About, of_printed
from .content import changed, fingerprint
from .kinds import FACTS, KINDS, Kind


def may_print(by: Actor, kind: Kind, about: About) -> bool:
    """Whoever may write what it says: hours, what is told, months of the centre."""
    if kind.wall == Wall.MONTHS:
        return access.may_steer(by) and about.centre.pk == by.centre
    if kind.wall == Wall.TOLD:
        return access.may_open_file(by, about.entry.person)
    return access.may_write_hours(by, about.entry)


@transaction.atomic
def print_document(
    kind: Kind, about: About, *, by: Actor, language: str, form_key: UUID | None = None
) -> PrintedDocument:
    """Keep a document as the facts stand now. Raises ValidationError where something is missing
    before it can be, TypesetError where it cannot be drawn."""
    access.require(may_print(by, kind, about))

    def keep(key: UUID) -> PrintedDocument:
        why_not = kind.missing(about)
        if why_not:
            raise ValidationError(why_not)
        document = keep_content(kind, about, by=by, language=language, key=key)
        keep_files(document, kind)
        keep_names(document, kind.named(about))
        subject = about.enrolment.person.root_id if about.enrolment else None
        journal.record(
            "training.document_printed", document, by=by, subject=subject, document=kind.key,
            period=about.period, sha256=document.sha256,
        )  # fmt: skip
        return document

    return once(PrintedDocument.objects.filter(author=by.id, kind=kind.key), form_key, keep)


def keep_content(
    kind: Kind, about: About, *, by: Actor, language: str, key: UUID
) -> PrintedDocument:
    with translation.override(language):
        plain = kind.says(about).as_plain()
    return PrintedDocument.objects.create(
        centre=about.centre, kind=kind.key, wall=kind.wall, template=kind.template,
        language=language, enrolment=about.enrolment, track=about.track, period=about.period,
        content=plain, author_id=by.id, made_at=timezone.now(), form_key=key,
        sha256=fingerprint(plain, kind=kind.key, template=kind.template, language=language),
    )  # fmt: skip


def keep_files(document: PrintedDocument, kind: Kind) -> None:
    PrintedFile.objects.bulk_create(
        PrintedFile.of(document, form, data, hashlib.sha256(data).hexdigest())
        for form in kind.forms
        for data in [drawn(document, form)]
    )


def drawn(document: PrintedDocument, form: str) -> bytes:
    """The file of this form, drawn from what the document says."""
    plain, language = document.content, document.language
    made_at = timezone.localtime(document.made_at)
    if form == PrintedFile.Form.ODS:
        return drawing.ods(plain, language=language, made_at=made_at)
    if form == PrintedFile.Form.CSV:
        return drawing.csv(plain, language=language)
    return drawing.pdf(
        plain, template=document.template, sha256=document.sha256, language=language,
        made_at=made_at,
    )  # fmt: skip


def keep_names(document: PrintedDocument, enrolments: Iterable[UUID]) -> None:
    NamedIn.objects.bulk_create(
        NamedIn(document=document, enrolment_id=pk, centre_id=document.centre_id)
        for pk in enrolments
    )


# --- what changed since --------------------------------------------------------------------------


@dataclass(frozen=True)
class Since:
    """What would be said otherwise today, in words; `is_gone`: it could not be printed now at all
    (the plan it said was erased, no hours count any more)."""

    facts: list[str]
    template: bool = False
    is_gone: bool = False

    @property
    def is_the_same(self) -> bool:
        return not (self.facts or self.template or self.is_gone)


def since(document: PrintedDocument) -> Since:
    """What changed since a document was printed. The facts are gathered again as of its own day, in
    its own language. A constant number of queries."""
    kind = KINDS.get(document.kind)
    if kind is None or document.emptied_at:
        return Since([], is_gone=True)
    about = of_printed(document, on=timezone.localdate(document.made_at))
    with translation.override(document.language):
        try:
            now = kind.says(about).as_plain()["facts"]
        except LookupError:
            return Since([], is_gone=True)
    before = document.content.get("facts", {})
    names = [str(FACTS.get(name, name)) for name in changed(before, now)]
    return Since(names, template=kind.template != document.template)


def latest_of_each(enrolment: Enrolment, by: Actor) -> dict[str, PrintedDocument]:
    """Kind -> the document of an entry that was printed last, as far as its reader may see. One
    query, and as many rows as there are documents of this entry."""
    rows = PrintedDocument.objects.visible_to(by).filter(enrolment=enrolment).listed()
    found: dict[str, PrintedDocument] = {}
    for row in rows:
        found.setdefault(row.kind, row)
    return found
