"""Until when a mandate runs, and whether it covers a day; and what looks like a password. Plain
values; no database."""

import re
from datetime import date, timedelta

from relier.lib.days import after_months

# Duration -> months; a day is a day.
MONTHS = {"one_day": 0, "one_month": 1, "six_months": 6, "one_year": 12}


def last_day(starts_on: date, duration: str) -> date:
    """The last day, included: a month from 3 November ends on 2 December, in the evening."""
    months = MONTHS[duration]
    return after_months(starts_on, months) - timedelta(days=1) if months else starts_on


def covers(starts_on: date, ends_on: date, revoked_on: date | None, *, on: date) -> bool:
    """Whether it allowed something done on that day; the day it was revoked, no longer."""
    return starts_on <= on <= ends_on and (revoked_on is None or on < revoked_on)


# "mot de passe : Soleil12", "PIN 4821", "son code est ab12cd": a word that names it, then it.
NAMED = re.compile(
    r"\b(?:mots?\s+de\s+passe|mdp|passwords?|wachtwoord|codes?(?:\s+(?:pin|puk|secret|d['’]acc[eè]s|"
    r"itsme|d['’]activation))?|pin|puk|login|identifiant)\b"
    r"(?:\s*[:=]\s*|\s+(?:est|is|c['’]est)\s*:?\s*(?:le\s+)?|\s+)"
    r"(?P<thing>[^\s,;.]{4,40})",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d{4,8}")
# A line of signs that only a password has: small and capital letters, digits and a sign, together.
MIXED = re.compile(
    r"(?<!\S)(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)(?=\S*[!#$%^&*?+=_])[^\s@/]{8,40}(?!\S)"
)
A_DAY_OR_A_PHONE = re.compile(r"^(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\+?\d[\d /.-]{8,})$")


def looks_like_a_password(text: str) -> bool:
    """Whether these words seem to hold a password or an access code. A first look only: it warns
    a colleague who then decides. Days, telephones, amounts and references alone never do."""
    if any(_is_code(found["thing"]) for found in NAMED.finditer(text)):
        return True
    return MIXED.search(text) is not None


def _is_code(thing: str) -> bool:
    """After the word that names it: four to eight digits, or letters and digits together."""
    if A_DAY_OR_A_PHONE.match(thing):
        return False
    if DIGITS.fullmatch(thing):
        return True
    has = {"digit" if char.isdigit() else "letter" for char in thing if char.isalnum()}
    return has == {"digit", "letter"}
