"""A sealed file of any length: written and read as a stream, in little memory.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) over AES-256-GCM: the
content is cut in chunks of 1 MiB, each sealed under a nonce that counts and that says whether it is
the last one, so that a chunk changed, moved, repeated, or cut off the end does not open. Each file
has a key of its own, drawn by HKDF-SHA-256 (RFC 5869) from the key of the ring and a random salt.

    RELIER-SEALED-1\\n · length of the header (4 bytes) · header (readable, authenticated) · chunks
"""

import hashlib
import io
import json
import os
from collections.abc import Mapping
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .keyring import Key, NoKeys, Ring
from .sealing import DoesNotOpen

MAGIC = b"RELIER-SEALED-1\n"
CHUNK = 1024 * 1024
TAG = 16
LONGEST_HEADER = 64 * 1024
NOT_OURS = "This is not a file that Relier sealed."
ALTERED = "This file was altered, or its end is missing."


def _cipher(key: Key, salt: bytes) -> AESGCM:
    drawn = HKDF(hashes.SHA256(), 32, salt, b"relier sealed file " + key.id.encode())
    return AESGCM(drawn.derive(key.secret))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


class SealedWriter(io.RawIOBase):
    """Seals what is written to it into `file`. Only `finish` makes the file whole: left without it
    (a fault, a power cut), what was written does not open."""

    def __init__(self, file: BinaryIO, *, key: Key, header: Mapping[str, Any]) -> None:
        salt = os.urandom(16)
        said = {**header, "use": key.use, "key": key.id, "salt": salt.hex()}
        self._header = json.dumps(said, sort_keys=True).encode()
        if len(self._header) > LONGEST_HEADER:
            raise ValueError("The header of a sealed file is too long.")
        self._file = file
        self._cipher = _cipher(key, salt)
        self._bound = hashlib.sha256(MAGIC + self._header).digest()
        self._waiting = bytearray()
        self._number = 0
        file.write(MAGIC + len(self._header).to_bytes(4, "big") + self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # the last chunk waits: it is sealed as the last one
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, chunk, self._bound))
        self._number += 1


def read_header(file: BinaryIO) -> dict[str, Any]:
    """What the file says of itself, before any key is asked for. Raises DoesNotOpen."""
    return _header_of(file)[1]


def _header_of(file: BinaryIO) -> tuple[bytes, dict[str, Any]]:
    if file.read(len(MAGIC)) != MAGIC:
        raise DoesNotOpen(NOT_OURS)
    length = int.from_bytes(file.read(4), "big")
    raw = file.read(length) if length <= LONGEST_HEADER else b""
    try:
        said = json.loads(raw)
    except ValueError as damaged:
        raise DoesNotOpen(NOT_OURS) from damaged
    if len(raw) != length or not isinstance(said, dict):
        raise DoesNotOpen(NOT_OURS)
    return raw, said


class SealedReader(io.RawIOBase):
    """Opens a sealed file as it is read. Raises DoesNotOpen where it was altered or cut, so that
    nothing read may be used before the end was reached; NoKeys when its key is not in the ring."""

    def __init__(self, file: BinaryIO, *, ring: Ring) -> None:
        raw, self.header = _header_of(file)
        try:
            key = ring.find(str(self.header["use"]), str(self.header["key"]))
            salt = bytes.fromhex(self.header["salt"])
        except NoKeys:
            raise
        except (KeyError, TypeError, ValueError) as damaged:
            raise DoesNotOpen(NOT_OURS) from damaged
        self._file = file
        self._cipher = _cipher(key, salt)
        self._bound = hashlib.sha256(MAGIC + raw).digest()
        self._number = 0
        self._sealed = file.read(CHUNK + TAG)
        self._open = b""
        self._at = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._at == len(self._open) and not self._ended:
            self._next()
        given = self._open[self._at : self._at + len(buffer)]
        buffer[: len(given)] = given
        self._at += len(given)
        return len(given)

    def _next(self) -> None:
        following = self._file.read(CHUNK + TAG)
        nonce = _nonce(self._number, last=not following)
        try:
            self._open = self._cipher.decrypt(nonce, self._sealed, self._bound)
        except (InvalidTag, ValueError) as altered:
            raise DoesNotOpen(ALTERED) from altered
        self._at = 0
        self._number += 1
        self._sealed = following
        self._ended = not following
