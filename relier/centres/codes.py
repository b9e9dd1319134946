"""The code of a slip: drawn, written in groups, read back from a hand, recognised."""

import secrets

from django.utils.crypto import salted_hmac

# No letter that looks like another: 31 signs, 12 of them, 59 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 12
GROUP = 4


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def in_groups(code: str) -> str:
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)).upper()


def as_typed(text: str) -> str:
    """The code that was meant: spaces, hyphens and capitals do not count."""
    return "".join(sign for sign in text.lower() if sign.isalnum())[: 2 * LENGTH]


def hash_of(code: str) -> str:
    """What is kept of a code. Under the key of this copy, so that the table alone finds none."""
    return salted_hmac("relier.centres.slip", as_typed(code), algorithm="sha256").hexdigest()
