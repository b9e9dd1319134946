"""Codes that a hand copies: Crockford's base 32, with a letter that checks the others.

The check is a weighted sum in the field of 32 elements (polynomial x^5 + x^2 + 1): it finds any
one letter read wrong, and any two that changed places, in codes of up to 30 letters.
`docs/decisions/011` says why so.
"""

import secrets
import unicodedata

from .keyring import ALPHABET

# More than anyone copies; what is longer is not read at all.
LONGEST = 64

# What a hand writes for another: O for 0, I and L for 1. U is no letter of the alphabet; V is near.
_MISREAD = str.maketrans("OILU", "011V")


def draw(count: int) -> str:
    """`count` letters at random, 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def with_check(body: str) -> str:
    return body + check_letter(body)


def check_letter(body: str) -> str:
    total, weight = 0, 1
    for letter in body:
        weight = _times(weight, 2)
        total ^= _times(weight, ALPHABET.index(letter))
    return ALPHABET[total]


def is_whole(code: str) -> bool:
    """Whether the last letter checks the others; False for letters of another alphabet."""
    if len(code) < 2 or any(letter not in ALPHABET for letter in code):
        return False
    return check_letter(code[:-1]) == code[-1]


def read(text: str, length: int) -> str | None:
    """The code that someone typed, in its one form; None when it cannot be one. Spaces, dashes,
    lower case, O for 0 and I or L for 1 are read as they were meant."""
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD)
    kept = "".join(letter for letter in plain if letter not in "-–—‐._·" and not letter.isspace())
    return kept if len(kept) == length and is_whole(kept) else None


def in_groups(code: str, size: int) -> str:
    """As it is printed: `7K3M-Q9XT`."""
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def _times(one: int, other: int) -> int:
    """Product in the field of 32 elements, modulo x^5 + x^2 + 1 (2 generates all its weights)."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= 0b100101
        other >>= 1
    return product
