"""A sheet as it was printed: the version that is kept, the same for whoever prints it again."""

import hashlib
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from relier.paper import printing, sheets
from relier.paper.models import PrintedSheet
from relier.paper.reading import identifiers
from relier.paper.sheets import Sheet
from relier.paper.typeset import Language
from relier.paper.worded import Worded

# The blank version is always printed at this moment, with this identifier, so that the same
# version always has the same bytes.
BLANK_AT = datetime(2026, 1, 1, tzinfo=UTC)
BLANK = "0" * identifiers.DRAWN


def language_of(printed: PrintedSheet) -> Language:
    for known in sheets.LANGUAGES:
        if known == printed.language:
            return known
    raise ValueError(f"Sheets do not speak {printed.language}.")


def sheet_of(printed: PrintedSheet) -> Sheet:
    """The sheet as its room declares it today, for the same occasion. Raises ValidationError where
    no room knows it any more."""
    try:
        return sheets.build(printed.name, printed.occasion)
    except (sheets.NotASheet, TypeError):
        raise ValidationError(
            _(
                "Relier does not ask this sheet any more. Copy the answers where they belong, then "
                "put the page aside."
            )
        ) from None


def is_about_several(printed: PrintedSheet) -> bool:
    """A list is about everyone on it, and of none of them."""
    try:
        return sheet_of(printed).table is not None
    except ValidationError:
        return False


def worded_as_printed(printed: PrintedSheet) -> Worded:
    """Its words, to be printed again just as it was. Raises ValidationError where it changed: its
    boxes would not stand where they are looked for."""
    worded = sheets.worded(sheet_of(printed), language_of(printed))
    if printing.layout_of(worded, large=printed.large).to_json() != printed.layout:
        raise ValidationError(_("This sheet changed since it was printed: print it anew."))
    return worded


def printed_version(
    sheet: Sheet, language: Language, large: bool, occasion: dict[str, str]
) -> PrintedSheet:
    """The version that is kept, made the first time that it is printed."""
    worded = sheets.worded(sheet, language)
    layout = printing.layout_of(worded, large=large)
    blank = [[BLANK] * len(layout.pages)]
    pdf = printing.print_sheet(worded, blank, large=large, made_at=BLANK_AT)
    made = PrintedSheet(
        name=sheet.name,
        version=sheet.version,
        language=language,
        large=large,
        occasion=occasion,
        keeps=sheet.keeps,
        audience=sheet.audience,
        layout=layout.to_json(),
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
    )
    made.digest = made.whole_digest()
    known = PrintedSheet.objects.filter(digest=made.digest).first()
    if known is None:
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # printed at the same instant by someone else
            return PrintedSheet.objects.get(digest=made.digest)
    return known or made
