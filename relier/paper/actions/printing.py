"""Printing a batch of copies, each page with an identifier of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.paper import access, printing, sheets
from relier.paper.models import Copy, PrintedPage, Printing
from relier.paper.reading import identifiers
from relier.paper.typeset import Language
from relier.paper.versions import printed_version, worded_as_printed
from relier.privacy.models import Subject

# A hundred and forty groups of fourteen: more is printed in several batches.
MOST_COPIES = 2_000
# 35 bits are drawn: with a million pages, one batch of 200 in 160 meets a code that is taken.
TRIES = 5


@dataclass(frozen=True)
class Printed:
    printing: Printing
    pdf: bytes


def print_batch(
    name: str,
    *,
    subjects: Sequence[Subject | None],
    by: Actor,
    language: Language = "fr",
    large: bool = False,
    occasion: Mapping[str, str] | None = None,
    form_key: UUID | None = None,
    progress: Callable[[int], None] | None = None,
) -> Printed:
    """A copy for each subject, in this order; None: a blank one. Kept with its PDF, or not at
    all. Raises NotASheet, NotPrintable, ValidationError."""
    with transaction.atomic():
        batch = keep_batch(
            name, subjects=subjects, by=by, language=language, large=large, occasion=occasion,
            form_key=form_key,
        )  # fmt: skip
        return Printed(batch, pdf_of(batch, progress=progress))


def keep_batch(
    name: str,
    *,
    subjects: Sequence[Subject | None],
    by: Actor,
    language: Language = "fr",
    large: bool = False,
    occasion: Mapping[str, str] | None = None,
    form_key: UUID | None = None,
) -> Printing:
    """The same, kept without being drawn: its PDF is asked for afterwards (`pdf_of`), so that
    nobody waits for two hundred pages with the database held. One blank copy was drawn: it can be
    printed. Raises NotASheet, NotPrintable, ValidationError."""
    access.require(access.may_print_for(by, [one.pk for one in subjects if one is not None]))
    if not 1 <= len(subjects) <= MOST_COPIES:
        raise ValidationError(_("Print from 1 to %(most)s copies at once.") % {"most": MOST_COPIES})
    sheet = sheets.build(name, occasion)
    refuse_ballots(sheet.kind)

    def keep(key: UUID) -> Printing:
        batch = Printing(
            centre_id=by.own_centre,
            sheet=printed_version(sheet, language, large, dict(occasion or {})),
            by_id=by.id,
            at=timezone.now(),
            form_key=key,
        )
        batch.save()
        _keep_copies(batch, subjects, by)
        return batch

    with transaction.atomic():
        return once(Printing.objects.filter(by=by.id), form_key, keep)


def refuse_ballots(kind: str) -> None:
    """A ballot is never linked to its page: nothing here may touch one."""
    if kind == "ballot":
        raise ValidationError(_("A ballot is not printed nor read here: no page may lead to it."))


def pdf_of(batch: Printing, *, progress: Callable[[int], None] | None = None) -> bytes:
    """The pages of a batch as they were printed. Raises ValidationError where the sheet is not the
    same any more, NotPrintable."""
    printed = batch.sheet
    worded = worded_as_printed(printed)
    copies: dict[UUID, list[str]] = {}
    rows = PrintedPage.objects.filter(copy__printing=batch).order_by("copy__number", "number")
    for copy, identifier in rows.values_list("copy", "identifier"):
        copies.setdefault(copy, []).append(identifier)
    return printing.print_sheet(
        worded,
        list(copies.values()),
        large=printed.large,
        made_at=timezone.localtime(batch.at),
        head=[line for line in (batch.centre.name, batch.centre.phone) if line],
        progress=progress,
    )


def _keep_copies(batch: Printing, subjects: Sequence[Subject | None], by: Actor) -> None:
    copies = [
        Copy(printing=batch, centre_id=batch.centre_id, number=number, subject=subject)
        for number, subject in enumerate(subjects, start=1)
    ]
    Copy.objects.bulk_create(copies)
    _keep_pages(batch, copies)
    for copy in copies:
        if copy.subject_id is not None:
            journal.record("paper.printed", copy, by=by, subject=copy.subject_id)
    blank = sum(copy.subject_id is None for copy in copies)
    if blank:
        journal.record("paper.printed", batch, by=by, copies=blank)


def _keep_pages(batch: Printing, copies: Sequence[Copy]) -> None:
    """Raises IntegrityError when codes that were drawn are taken again and again."""
    pages = len(batch.sheet.as_layout.pages)
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                PrintedPage.objects.bulk_create(_drawn(copies, pages))
            return
        except IntegrityError:
            if not left:
                raise


def _drawn(copies: Sequence[Copy], pages: int) -> list[PrintedPage]:
    drawn = []
    for copy in copies:
        for number in range(1, pages + 1):
            identifier = identifiers.new_identifier()
            drawn.append(
                PrintedPage(
                    copy=copy,
                    centre_id=copy.centre_id,
                    number=number,
                    identifier=identifier,
                    short=identifiers.by_hand(identifier),
                )
            )
    return drawn
