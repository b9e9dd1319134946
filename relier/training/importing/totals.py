"""Lines that are nobody: those that add up (« Total », « Nombre de présents »), and what stands
below a table (« Signature du formateur », « NB : … »)."""

import re
from typing import Final

from relier.lib.names import fold
from relier.lib.spreadsheets import Kind, Row

_AFTER: Final = (
    "general|generaux|heures?|h|jours?|presences?|presents?|absences?|absents?|mois|semaine|an"
    "|stagiaires?|personnes?|participants?|du|de|des|d|par|le|la|les|l|et|prestees?|suivies?|[0-9]+"
)
_TOTAL: Final = re.compile(
    rf"(?:(?:sous|grand) )?tota(?:l|ux|ls)(?: (?:{_AFTER}))*|somme|moyennes?|effectifs?"
    rf"|presents|absents|(?:nombre|nb)(?: (?:{_AFTER}))+|(?:grand |sub ?)?total|average|sum"
)
_BESIDE: Final = re.compile(rf"(?:{_AFTER})(?: (?:{_AFTER}))*")


def is_total(row: Row) -> bool:
    """Whether the first words of a line are those of a sum, and no other words stand beside them
    (« Somme » is a family name too)."""
    words = [cell.text for cell in row.cells if cell.kind is Kind.TEXT and has_letter(cell.text)]
    folded = [fold(text) for text in words]
    return (
        bool(folded)
        and _TOTAL.fullmatch(folded[0]) is not None
        and all(_TOTAL.fullmatch(text) or _BESIDE.fullmatch(text) for text in folded[1:])
    )


_REMARK: Final = re.compile(
    r"(?:signatures?|legendes?|remarques?|nb|n b|attention|cachet (?:du|de)|fait a|mis a jour)"
    r"(?: .*)?|cachet|notes?"
)


def is_remark(row: Row) -> bool:
    """Whether the first words of a line are those of a remark, a legend or a signature."""
    first = next((cell.text for cell in row.cells if cell.text), "")
    return _REMARK.fullmatch(fold(first)) is not None and not is_total(row)


def has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
