"""The code by which whoever gave an unsigned testimony takes it back: it is shown once, and nothing
that is kept leads from it to them.

Fifteen characters in three groups of five: fourteen that are the beginning of an HMAC of the key of
the testimony (70 bits, that nobody guesses), and one that checks the others. Plain Python; a key is
`lib.keyring.Key`.
"""

import hmac
from collections.abc import Iterable
from uuid import UUID

from relier.lib import codes
from relier.lib.keyring import ALPHABET, Key

LENGTH, GROUP = 15, 5


def code_of(key: Key, testimony: UUID) -> str:
    digest = key.mac(b"testimony taken back\0" + testimony.bytes)
    bits, last = int.from_bytes(digest, "big"), len(digest) * 8
    letters = (ALPHABET[(bits >> (last - 5 * (at + 1))) & 31] for at in range(LENGTH - 1))
    return codes.with_check("".join(letters))


def opens(typed: str, testimony: UUID, keys: Iterable[Key]) -> bool:
    """Whether what someone typed is the code of this testimony, under any key that is held: keys
    may turn, and the paper keeps its code."""
    code = codes.read(typed, LENGTH)
    if code is None:
        return False
    return any(hmac.compare_digest(code, code_of(key, testimony)) for key in keys)


def in_groups(code: str) -> str:
    """As it is shown and copied."""
    return codes.in_groups(code, GROUP)
