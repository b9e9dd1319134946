"""The process apart: what it opens, what it refuses, and what ends it."""

import io
import os
import signal
import sys
import time
import tracemalloc
import zlib

import cv2
import numpy as np
import pytest

from relier.paper.reading import headers, worker
from relier.paper.reading.headers import Fault, Unreadable
from relier.paper.reading.pictures import Pages
from relier.paper.reading.worker import Worker
from relier.paper.tests.tray import a_picture, pdf_of, png_of, tiff_g4


def fault_of(data: bytes, **limits) -> Fault:
    with Worker(**limits) as one, pytest.raises(Unreadable) as refused:
        one.open(data)
    return refused.value.fault


# --- what it opens -------------------------------------------------------------------------------


def test_a_page_is_shown_as_it_was_taken():
    with Worker() as one:
        one.open(a_picture())
        shown = cv2.imdecode(np.frombuffer(one.picture(1), np.uint8), cv2.IMREAD_UNCHANGED)

    assert shown.shape == (1782, 1260)


def test_every_kind_of_file_gives_grey_pages():
    tiff = tiff_g4(40, 90)
    for data, sizes in (
        (pdf_of(2), [(2690, 1901)] * 2),
        (tiff, [(40, 64), (90, 64)]),
        (a_picture(), [(1782, 1260)]),
        (png_of(8, 1), [(1, 8)]),
    ):
        pages = Pages(data)
        found = [pages.page(number + 1) for number in range(pages.count)]
        assert [page.shape for page in found] == sizes
        assert all(page.dtype == np.uint8 for page in found)


def test_the_pages_of_a_fax_are_white():
    assert Pages(tiff_g4(40)).page(1).min() == 255


def test_pages_are_read_in_any_order():
    pages = Pages(tiff_g4(40, 90, 20))

    assert [pages.page(number).shape[0] for number in (3, 1, 2, 3)] == [20, 40, 90, 20]


def test_a_poster_is_drawn_smaller():
    page = Pages(pdf_of(1, size=(14400, 14400))).page(1)

    assert page.size <= 12_100_000


def test_the_process_says_how_many_pages_there_are():
    with Worker() as one:
        assert one.open(pdf_of(7)) == 7
        assert one.open(tiff_g4(10, 10)) == 2


# --- what it refuses -----------------------------------------------------------------------------


def test_nothing_is_no_file():
    assert fault_of(b"") is Fault.EMPTY


def test_thirty_thousand_pixels_by_as_many_are_refused_before_they_are_decoded():
    began = time.monotonic()

    assert fault_of(png_of(30_000, 30_000)) is Fault.LARGE
    assert time.monotonic() - began < 10


def test_a_jpeg_that_says_it_is_huge_is_refused():
    huge = bytearray(a_picture())
    at = next(start for mark, start, _ in headers._jpeg_segments(huge) if mark in headers._FRAMES)
    huge[at + 5 : at + 9] = b"\xff\xff\xff\xff"

    assert fault_of(bytes(huge)) is Fault.LARGE


def test_a_tiff_that_leads_back_to_itself_is_damaged():
    tiff = bytearray(tiff_g4(10))
    at = int.from_bytes(tiff[4:8], "little")
    tiff[-4:] = at.to_bytes(4, "little")

    assert fault_of(bytes(tiff)) is Fault.DAMAGED


def test_a_tiff_of_huge_pages_is_refused():
    assert fault_of(tiff_g4(10, width=900_000_000)) is Fault.LARGE


def test_a_file_of_more_than_five_thousand_pages_is_refused():
    assert fault_of(pdf_of(5001)) is Fault.MANY
    with Worker() as one:
        assert one.open(pdf_of(5000)) == 5000


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\nPK\x03\x04" + b"\0" * 500])
def test_what_is_only_called_a_pdf_is_damaged(data):
    assert fault_of(data) is Fault.DAMAGED


@pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*"])
def test_noise_behind_a_good_beginning_is_refused(start):
    noise = np.random.default_rng(7).integers(0, 256, 4000, np.uint8).tobytes()

    assert fault_of(start + noise) in (Fault.DAMAGED, Fault.LARGE, Fault.NO_PAGES)


def test_a_pdf_with_a_password_says_so():
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("only we know", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)

    assert fault_of(out.getvalue()) is Fault.LOCKED


# --- what ends it --------------------------------------------------------------------------------


def test_a_page_that_takes_too_long_ends_the_process():
    one = Worker(to_open=0.05)  # less than the process takes to start
    began = time.monotonic()

    with pytest.raises(Unreadable) as refused:
        one.open(pdf_of(1))

    assert refused.value.fault is Fault.SLOW
    assert one.pid is None
    assert time.monotonic() - began < 5


def test_a_process_that_was_killed_is_an_answer_and_another_goes_on():
    with Worker() as one:
        one.open(pdf_of(1))
        os.kill(one.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

        with pytest.raises(Unreadable) as refused:
            one.open(pdf_of(1))

        assert refused.value.fault is Fault.CRASHED
        assert one.open(pdf_of(2)) == 2


def test_closing_leaves_no_process_behind():
    one = Worker()
    one.open(pdf_of(1))
    process = one._process

    one.close()

    assert process.poll() is not None


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells of it")
@pytest.mark.parametrize("kind", ["picture", "words"])
def test_a_bomb_in_a_pdf_is_bounded(kind):
    """A picture of 60 000 × 20 000 pixels, or 700 MB of spaces, in a small file: refused, or drawn
    without it, within the memory and the time there is."""
    data = BOMBS[kind]()
    assert len(data) < 3_000_000
    began = time.monotonic()
    with Worker(to_open=20, to_read=20) as one:
        outcome = what_became_of(one, data)
        if outcome is None:
            assert peak_of(one.pid) < worker.MOST_MEMORY
        else:
            assert outcome in (Fault.MEMORY, Fault.CRASHED, Fault.SLOW, Fault.DAMAGED)
        assert one.open(pdf_of(1)) == 1

    assert time.monotonic() - began < 45


def what_became_of(one: Worker, data: bytes) -> Fault | None:
    """Why its first page is not shown; None when it is."""
    try:
        one.open(data)
        one.picture(1)
    except Unreadable as refused:
        return refused.fault
    return None


def peak_of(pid) -> int:
    """The most memory that it held, in bytes."""
    with open(f"/proc/{pid}/status") as told:
        return next(int(line.split()[1]) for line in told if line.startswith("VmHWM")) * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells of it")
def test_the_process_may_use_600_megabytes_and_write_no_file():
    with Worker() as one:
        one.open(pdf_of(1))
        with open(f"/proc/{one.pid}/limits") as told:
            limits = told.read().splitlines()
        with open(f"/proc/{one.pid}/status") as told:
            sizes = {line.split(":")[0]: line.split()[1] for line in told if "kB" in line}

    space = next(int(line.split()[3]) for line in limits if line.startswith("Max address space"))
    unused = (int(sizes["VmSize"]) - int(sizes["VmRSS"])) * 1024
    assert abs(space - unused - worker.MOST_MEMORY) < 60_000_000
    assert any(line.startswith("Max file size") and line.split()[3] == "0" for line in limits)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells of it")
def test_the_process_knows_nothing_of_the_centre(monkeypatch):
    monkeypatch.setenv("RELIER_KEYS", "/where/the/keys/are")
    monkeypatch.setenv("RELIER_SECRET_KEY", "of the centre")
    with Worker() as one:
        one.open(pdf_of(1))
        with open(f"/proc/{one.pid}/environ") as told:
            environment = told.read()
        with open(f"/proc/{one.pid}/maps") as told:
            loaded = told.read()

    assert "RELIER" not in environment
    assert "_sqlite3" not in loaded


def test_five_thousand_pages_cost_little_on_this_side():
    data = pdf_of(5000)
    tracemalloc.start()
    with Worker() as one:
        one.open(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < len(data) + 2_000_000


def packed(part: bytes, times: int) -> bytes:
    press = zlib.compressobj(1)
    return b"".join(press.compress(part) for _ in range(times)) + press.flush()


def picture_bomb() -> bytes:
    pixels = packed(b"\x7f" * 60_000 * 20, 1000)
    return pdf_with(
        b"<</Length 29>>stream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream",
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 20000/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream"
        % stream(zlib.compress(pixels)),
    )


def words_bomb() -> bytes:
    words = zlib.compress(packed(b" " * 1_000_000, 700))
    return pdf_with(
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % stream(words),
        b"null",
    )


def stream(data: bytes) -> tuple[int, bytes]:
    return len(data), data


BOMBS = {"picture": picture_bomb, "words": words_bomb}


def pdf_with(content: bytes, thing: bytes) -> bytes:
    """One page that draws `content`, where `thing` is called /I."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        content,
        thing,
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj" % number + part + b"endobj\n"
    at = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return body + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % at
