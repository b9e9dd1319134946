"""The code of a person's card: made, written for a hand, and read back from one.

Fifteen characters of Crockford's base 32 in three groups of five, `7K3MQ-9XT2H-FD8CB`:

- eleven drawn under a key, 55 bits, that nobody can guess;
- three that are the beginning of an HMAC of those eleven: whoever does not hold the key makes a
  code that passes once in 32 768, so that a forged code is put aside without asking the database;
- one that checks the others without any key (`relier.lib.codes`), so that a slip of the hand is
  known as one.

Plain Python; a key is `relier.lib.keyring.Key`.
"""

from collections.abc import Iterable

from relier.lib import codes
from relier.lib.keyring import ALPHABET, Key

RANDOM = 11
TAG = 3
LENGTH = RANDOM + TAG + 1
GROUP = 5
BITS = 5 * RANDOM


def new_code(key: Key, seed: bytes) -> str:
    """The code that this seed (at least 16 random bytes) gives under `key`. The same seed gives the
    same code, so that a form sent twice makes one card; nothing that is kept gives the seed."""
    if len(seed) < 16:
        raise ValueError("A seed has at least 16 random bytes.")
    drawn = _letters(key.mac(b"card code\0" + seed), RANDOM)
    return codes.with_check(drawn + _tag(key, drawn))


def read_code(text: str) -> str | None:
    """The code that someone typed or that an address holds, in its one form; None when it cannot be
    one."""
    return codes.read(text, LENGTH)


def key_of(code: str, keys: Iterable[Key]) -> Key | None:
    """Of these keys, the one under which a code that was read was made; None for a forged one."""
    drawn, tag = code[:RANDOM], code[RANDOM:-1]
    # Three characters prove nothing alone: there is no secret to learn from the time this takes.
    return next((key for key in keys if _tag(key, drawn) == tag), None)


def in_groups(code: str) -> str:
    """As it is printed."""
    return codes.in_groups(code, GROUP)


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
