"""Sealed files: whole or refused, whatever is done to them."""

import io
import random
from datetime import UTC, datetime

import pytest

from relier.lib import keyring, sealed_files
from relier.lib.sealed_files import CHUNK, TAG
from relier.lib.sealing import DoesNotOpen

RING = keyring.new_ring(at=datetime(2026, 11, 26, tzinfo=UTC))
KEY = RING.newest(keyring.BACKUPS)


def sealed(content: bytes, *, finish: bool = True) -> bytes:
    file = io.BytesIO()
    writer = sealed_files.SealedWriter(file, key=KEY, header={"made_at": "2026-11-26"})
    for at in range(0, len(content), 300_000):
        writer.write(content[at : at + 300_000])
    if finish:
        writer.finish()
    return file.getvalue()


def opened(data: bytes, ring: keyring.Ring = RING) -> bytes:
    reader = sealed_files.SealedReader(io.BytesIO(data), ring=ring)
    return io.BufferedReader(reader).read()


def begins_at(data: bytes) -> int:
    head = len(sealed_files.MAGIC) + 4
    return head + int.from_bytes(data[head - 4 : head], "big")


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_is_sealed_is_read_back_the_same(length):
    content = random.Random(length).randbytes(length)

    assert opened(sealed(content)) == content


def test_the_header_is_readable_without_a_key():
    assert sealed_files.read_header(io.BytesIO(sealed(b"x")))["made_at"] == "2026-11-26"


def test_words_are_not_in_the_file():
    assert b"Awa Diallo" not in sealed(b"Awa Diallo" * 1000)


def test_any_byte_changed_is_found():
    data = sealed(random.Random(1).randbytes(CHUNK + 100))
    places = [*range(0, begins_at(data), 7), begins_at(data), begins_at(data) + CHUNK + 20, -1]

    for at in places:
        altered = bytearray(data)
        altered[at] ^= 1
        with pytest.raises((DoesNotOpen, keyring.NoKeys)):
            opened(bytes(altered))


def test_an_end_cut_off_is_found_even_between_two_chunks():
    data = sealed(random.Random(2).randbytes(3 * CHUNK))
    start = begins_at(data)

    for end in (start, start + CHUNK + TAG, start + 2 * (CHUNK + TAG), len(data) - 1):
        with pytest.raises(DoesNotOpen):
            opened(data[:end])


def test_two_chunks_exchanged_are_found():
    data = sealed(random.Random(3).randbytes(3 * CHUNK))
    start, size = begins_at(data), CHUNK + TAG
    first, second = data[start : start + size], data[start + size : start + 2 * size]

    with pytest.raises(DoesNotOpen):
        opened(data[:start] + second + first + data[start + 2 * size :])


def test_what_was_never_finished_does_not_open():
    with pytest.raises(DoesNotOpen):
        opened(sealed(b"x" * (2 * CHUNK), finish=False))


def test_another_ring_does_not_open_it():
    with pytest.raises(keyring.NoKeys):
        opened(sealed(b"x"), keyring.new_ring(at=datetime(2026, 11, 26, tzinfo=UTC)))


@pytest.mark.parametrize("data", [b"", b"RELIER", sealed_files.MAGIC, b"\0" * 100_000])
def test_another_file_is_refused_in_a_sentence(data):
    with pytest.raises(DoesNotOpen, match="not a file that Relier sealed"):
        opened(data)
