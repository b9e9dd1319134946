"""Bytes kept sealed: each row has a key of its own, itself sealed as words are.

So a picture is under the same keys as what is under secrecy; when these are turned, only the
little key of each row is sealed anew, not hundreds of megabytes. Without its key a row says
nothing: taking the key away is enough to forget it.
"""

import secrets

from relier.lib import sealing
from relier.lib.keyring import SIZE, Key
from relier.lib.sealing import DoesNotOpen

USE = "bytes"


def new_key() -> str:
    """64 hexadecimal digits, for a SealedCharField."""
    return secrets.token_hex(SIZE)


def seal(data: bytes, *, key: str, place: str) -> bytes:
    return sealing.seal_bytes(data, key=_key(key), place=place)


def unseal(sealed: bytes | memoryview, *, key: str, place: str) -> bytes:
    """Raises DoesNotOpen."""
    return sealing.open_bytes(bytes(sealed), key=_key(key), place=place)


def _key(words: str) -> Key:
    try:
        return Key(USE, "", "", bytes.fromhex(words))
    except ValueError as lost:
        raise DoesNotOpen("The key of these bytes is not here.") from lost
