"""Sealing: words that only the holder of a key can read, bound to the place where they stand.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; `place` is authenticated beside the words,
so that a sealed value moved to another row does not open. A sealed text is
`s1.<id of the key>.<nonce and ciphertext, base64url>`. One key seals at most 2^32 values
(the same source, 8.3): far above what a centre writes, and `relier keys turn` makes a new one.
"""

import base64
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keyring import Key, NoKeys, Ring

MARK = "s1."
NONCE = 12


class DoesNotOpen(Exception):  # noqa: N818 — said to people as a sentence, not as a fault
    """A sealed value that was altered, moved, or sealed by a key that is not here."""


@lru_cache(maxsize=64)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


def seal_bytes(data: bytes, *, key: Key, place: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(key.secret).encrypt(nonce, data, place.encode())


def open_bytes(sealed: bytes, *, key: Key, place: str) -> bytes:
    """Raises DoesNotOpen."""
    try:
        return _cipher(key.secret).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
    except (InvalidTag, ValueError) as altered:
        raise DoesNotOpen("What was sealed was altered, or moved elsewhere.") from altered


def seal(words: str, *, key: Key, place: str) -> str:
    """`words` sealed by `key` for `place`, such as "people.Note.words:3f…". Empty stays empty."""
    if not words:
        return ""
    sealed = seal_bytes(words.encode(), key=key, place=place)
    return f"{MARK}{key.id}.{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def is_sealed(text: str) -> bool:
    return text.startswith(MARK)


def key_id_of(text: str) -> str:
    """The id of the key that sealed this. Raises DoesNotOpen where it is not sealed."""
    parts = text.split(".", 2)
    if len(parts) != 3 or not is_sealed(text):
        raise DoesNotOpen("These words are not sealed.")
    return parts[1]


def unseal(text: str, *, ring: Ring, use: str, place: str) -> str:
    """The words again. Raises DoesNotOpen when altered or moved, or when the key is not here."""
    if not text:
        return ""
    key_id = key_id_of(text)
    try:
        key = ring.find(use, key_id)
        body = text.split(".", 2)[2]
        sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        return open_bytes(sealed, key=key, place=place).decode()
    except (NoKeys, ValueError) as lost:
        raise DoesNotOpen(f"The key {key_id} is not here.") from lost
