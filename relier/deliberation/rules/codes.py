"""The code of a voice card or of a tablet, and the receipt that goes with it.

Fifteen characters of Crockford's base 32 in three groups of five, as on a person's card, and under
the same use of keys; every message says that it is of a voice, so that neither card opens the other
one's door:

- eleven drawn under a key, 55 bits, that nobody can guess;
- three that are the beginning of an HMAC of those eleven: the key that made a code is the one
  under which they agree, so that keys may turn, and a forged code is put aside without asking the
  database;
- one that checks the others without any key (`relier.lib.codes`).

The receipt is another HMAC of the same code under the same key, 50 bits: with the code one finds it
again, without it nothing leads from one to the other. Plain Python; a key is `lib.keyring.Key`.
"""

from collections.abc import Iterable

from relier.lib import codes
from relier.lib.keyring import ALPHABET, Key

RANDOM = 11
TAG = 3
LENGTH = RANDOM + TAG + 1
GROUP = 5
BITS = 5 * RANDOM
RECEIPT = 10


def new_code(key: Key, seed: bytes) -> str:
    """The code that this seed (at least 16 random bytes) gives under `key`. The same seed gives the
    same code, so that a form sent twice prints the same cards."""
    if len(seed) < 16:
        raise ValueError("A seed has at least 16 random bytes.")
    drawn = _letters(key.mac(b"voice code\0" + seed), RANDOM)
    return codes.with_check(drawn + _tag(key, drawn))


def codes_of(key: Key, seed: bytes, count: int) -> list[str]:
    """Those of a pile, in the order in which it is printed."""
    return [new_code(key, seed + number.to_bytes(4, "big")) for number in range(count)]


def read_code(text: str) -> str | None:
    """The code that someone typed or that an address holds, in its one form; None when it cannot be
    one."""
    return codes.read(text, LENGTH)


def key_of(code: str, keys: Iterable[Key]) -> Key | None:
    """Of these keys, the one under which a code that was read was made; None for a forged one."""
    drawn, tag = code[:RANDOM], code[RANDOM:-1]
    return next((key for key in keys if _tag(key, drawn) == tag), None)


def code_mac(key: Key, code: str) -> str:
    """What the database holds instead of the code: 64 hexadecimal digits."""
    return key.mac(b"voice row\0" + code.encode("ascii")).hex()


def receipt_of(key: Key, code: str) -> str:
    """What whoever holds the card finds again in the list that is published."""
    return _letters(key.mac(b"voice receipt\0" + code.encode("ascii")), RECEIPT)


def place_mac(key: Key, code: str, number: int) -> str:
    """The mark of one of the places that a card has to write in: 64 hexadecimal digits."""
    return key.mac(b"voice place\0" + bytes([number]) + code.encode("ascii")).hex()


def in_groups(code: str) -> str:
    """As it is printed, code or receipt."""
    return codes.in_groups(code, GROUP)


def _tag(key: Key, drawn: str) -> str:
    return _letters(key.mac(b"voice tag\0" + drawn.encode("ascii")), TAG)


def _letters(digest: bytes, count: int) -> str:
    """The first `count` groups of five bits, as letters."""
    bits = int.from_bytes(digest, "big")
    last = len(digest) * 8
    return "".join(ALPHABET[(bits >> (last - 5 * (at + 1))) & 31] for at in range(count))
