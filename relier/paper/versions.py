"""A sheet as it was printed: the version that is kept, the same for whoever prints it again."""

import hashlib
from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from relier.paper import printing, sheets
from relier.paper.models import PrintedSheet
from relier.paper.reading import identifiers
from relier.paper.sheets import Sheet
from relier.paper.typeset import Language

# The blank version is always printed at this moment, with this identifier, so that the same
# version always has the same bytes.
BLANK_AT = datetime(2026, 1, 1, tzinfo=UTC)
BLANK = "0" * identifiers.DRAWN


def language_of(printed: PrintedSheet) -> Language:
    for known in sheets.LANGUAGES:
        if known == printed.language:
            return known
    raise ValueError(f"Sheets do not speak {printed.language}.")


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
