"""The code of a person's card: made, written for a hand, and read back from one.

Fifteen characters of Crockford's base 32 in three groups of five, `7K3MQ-9XT2H-FD8CB`:

- eleven drawn under a key, 55 bits, that nobody can guess;
- three that are the beginning of an HMAC of those eleven: whoever does not hold the key makes a
  code that passes once in 32 768, so that a forged code is put aside without asking the database;
- one that checks the others without any key, so that a slip of the hand is known as one.

The check is a weighted sum in the field of 32 elements (polynomial x^5 + x^2 + 1): it finds any
one character read wrong, and any two that changed places. `docs/decisions/011` says why so.

Plain Python; a key is `relier.lib.keyring.Key`.
"""

import unicodedata
from collections.abc import Iterable

from relier.lib.keyring import ALPHABET, Key

RANDOM = 11
TAG = 3
LENGTH = RANDOM + TAG + 1
GROUP = 5
BITS = 5 * RANDOM
# More than anyone copies from a card; what is longer is not read at all.
LONGEST = 64

# What a hand writes for another: O for 0, I and L for 1. U is no letter of the alphabet; V is near.
_MISREAD = str.maketrans("OILU", "011V")


def new_code(key: Key, seed: bytes) -> str:
    """The code that this seed (at least 16 random bytes) gives under `key`. The same seed gives the
    same code, so that a form sent twice makes one card; nothing that is kept gives the seed."""
    if len(seed) < 16:
        raise ValueError("A seed has at least 16 random bytes.")
    drawn = _letters(key.mac(b"card code\0" + seed), RANDOM)
    body = drawn + _tag(key, drawn)
    return body + _check(body)


def read_code(text: str) -> str | None:
    """The code that someone typed or that an address holds, in its one form; None when it cannot be
    one. Spaces, dashes, lower case, O for 0 and I or L for 1 are read as they were meant."""
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD)
    kept = "".join(letter for letter in plain if letter not in "-–—‐._·" and not letter.isspace())
    if len(kept) != LENGTH or any(letter not in ALPHABET for letter in kept):
        return None
    return kept if _check(kept[:-1]) == kept[-1] else None


def key_of(code: str, keys: Iterable[Key]) -> Key | None:
    """Of these keys, the one under which a code that was read was made; None for a forged one."""
    drawn, tag = code[:RANDOM], code[RANDOM:-1]
    # Three characters prove nothing alone: there is no secret to learn from the time this takes.
    return next((key for key in keys if _tag(key, drawn) == tag), None)


def in_groups(code: str) -> str:
    """As it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def code_mac(key: Key, code: str) -> str:
    """What the database holds instead of the code: 64 hexadecimal digits."""
    return key.mac(b"card row\0" + code.encode("ascii")).hex()


def _tag(key: Key, drawn: str) -> str:
    return _letters(key.mac(b"card tag\0" + drawn.encode("ascii")), TAG)


def _letters(digest: bytes, count: int) -> str:
    """The first `count` groups of five bits, as letters."""
    bits = int.from_bytes(digest, "big")
    last = len(digest) * 8
    return "".join(ALPHABET[(bits >> (last - 5 * (at + 1))) & 31] for at in range(count))


def _check(body: str) -> str:
    total, weight = 0, 1
    for letter in body:
        weight = _times(weight, 2)
        total ^= _times(weight, ALPHABET.index(letter))
    return ALPHABET[total]


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
