"""Lines that add up: « Total », « Nombre de présents », « Moyenne ». They are nobody."""

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


def has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
