"""What the tests of the tray need: a sheet, a room that receives it, a machine that reads what
it is told to, and small files of every kind."""

import io
import json
import struct
import zlib
from contextlib import suppress

import cv2
import numpy as np
import pytest

from relier.paper import actions
from relier.paper.models import PrintedPage
from relier.paper.reading.headers import Fault, Unreadable
from relier.paper.reading.worker import PageAnswer
from relier.paper.sheets import Choice, Date, Line, Number, OneChoice, Sheet, registry
from tests import factories as make

NAME, BOXES = "tests.tray", "tests.boxes"
CHOICES = (Choice("phone", "Par téléphone"), Choice("letter", "Par lettre"))


def sheet(**occasion) -> Sheet:
    return Sheet(
        name=NAME,
        version="1",
        title="Votre demande",
        questions=(
            OneChoice("reply", "Comment vous répondre ?", choices=CHOICES),
            Date("day", "Depuis quel jour ?"),
            Line("words", "Avec vos mots", lines=2, longest=40),
        ),
    )


def boxes_only(**occasion) -> Sheet:
    return Sheet(
        name=BOXES,
        version="1",
        title="Votre choix",
        questions=(OneChoice("reply", "Comment vous répondre ?", choices=CHOICES),),
    )


def counting_sheet(**occasion) -> Sheet:
    return Sheet(
        name="tests.count",
        version="1",
        title="Présences",
        audience="worker",
        questions=(Number("present", "Combien de personnes ?", digits=2),),
    )


def two_pages(**occasion) -> Sheet:
    lines = [Line(f"words_{number}", "Avec vos mots", lines=10) for number in range(2)]
    return Sheet(name="tests.two_pages", version="1", title="Deux pages", questions=tuple(lines))


def ballot(**occasion) -> Sheet:
    return Sheet(
        name="tests.ballot",
        version="1",
        title="Votre voix",
        kind="ballot",
        keeps="ballot",
        questions=(OneChoice("voice", "Oui ou non ?", choices=CHOICES),),
    )


class Room:
    """Receives answers, as the room of a sheet does."""

    def __init__(self) -> None:
        self.received = []
        self.refusal = None

    def receive(self, answered, by):
        if self.refusal:
            raise self.refusal
        self.received.append(answered)
        return answered


@pytest.fixture
def room():
    made = Room()
    registry.register(NAME, build=sheet, receive=made.receive)
    registry.register(BOXES, build=boxes_only, receive=made.receive)
    registry.register("tests.count", build=counting_sheet, receive=made.receive)
    registry.register("tests.two_pages", build=two_pages, receive=made.receive)
    registry.register("tests.ballot", build=ballot, receive=made.receive)
    yield made
    for name in (NAME, BOXES, "tests.count", "tests.two_pages", "tests.ballot"):
        with suppress(KeyError):
            del registry._entries[name]


# --- a machine that says what it is told ---------------------------------------------------------


def page(identifier=None, *, state="read", why="", sure=True, reply=("letter",), written=0.0):
    """What the machine will say of one page."""
    return {
        "identifier": identifier,
        "state": state,
        "why": why,
        "reading": {
            "boxes": [],
            "questions": {"reply": {"answers": list(reply), "sure": sure}},
            "written": {"day": written, "words": written, "present": written},
        },
    }


def file_of(*pages) -> io.BytesIO:
    """A file that is a PDF at first sight, and holds what the machine will say."""
    return io.BytesIO(b"%PDF-" + json.dumps(pages).encode())


def a_picture() -> bytes:
    done, jpeg = cv2.imencode(".jpg", np.full((1782, 1260), 240, np.uint8))
    assert done
    return jpeg.tobytes()


class Told:
    """Stands for the process apart. `fault`: what happens at a page of this number instead."""

    def __init__(self, *, faults=None, at_page=None) -> None:
        self.faults, self.at_page = faults or {}, at_page
        self.opened = 0

    def __call__(self):
        return self

    def open(self, data: bytes) -> int:
        self.opened += 1
        self.pages = json.loads(data[5:])
        return len(self.pages)

    def read(self, number, find) -> PageAnswer:
        if self.at_page:
            self.at_page(number)
        if number in self.faults:
            raise Unreadable(Fault(self.faults[number]))
        said = self.pages[number - 1]
        known = find(said["identifier"]) if said["identifier"] else None
        if said["identifier"] and known is None:
            said = {**said, "state": "unknown", "why": "unknown"}
        straight = said["state"] == "read"
        return PageAnswer(
            state=said["state"],
            why=said["why"],
            identifier=said["identifier"],
            page=known[1] if known else None,
            picture=a_picture(),
            pixels_a_mm=6.0 if straight else None,
            reading=said["reading"] if straight else {},
        )

    def picture(self, number) -> bytes:
        return a_picture()

    def close(self) -> None:
        pass


def printed_for(house, *people, by=None, name=NAME, **more):
    """The identifiers of the pages printed for these people (None: a blank copy), by rank."""
    printed = actions.print_batch(
        name,
        subjects=[person.subject if person else None for person in people],
        by=make.actor(by or house.nour),
        **more,
    )
    rows = PrintedPage.objects.filter(copy__printing=printed.printing)
    return list(rows.order_by("copy__number", "number"))


def received(house, *pages, by=None, reader=None):
    """A file of these pages, received by Nour and read."""
    actor = make.actor(by or house.nour)
    pile = actions.begin_pile("scan", by=actor)
    file = actions.receive(pile, file_of(*pages), by=actor)
    actions.read_waiting(house.centre.pk, by=actor, reader=reader or Told())
    return list(file.scans.order_by("number"))


# --- small files of every kind -------------------------------------------------------------------


def png_of(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that says it is of this size; its pixels are those of a small one."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" + bytes(width)) if width < 5000 else zlib.compress(b"\0" * 100)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_exif(jpeg: bytes, words: bytes) -> bytes:
    """The same JPEG, with an EXIF segment and a comment that say where it was taken."""
    exif = b"Exif\0\0" + words
    segments = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    segments += b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words
    return jpeg[:2] + segments + jpeg[2:]


def tiff_g4(*heights: int, width: int = 64) -> bytes:
    """White pages in CCITT group 4: each line says "as the one above", one bit."""
    data = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for height in heights:
        bits = "1" * height + "000000000001" * 2
        strip = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
        at = len(data)
        data += strip + b"\0" * (len(strip) % 2)
        tags = [
            (256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 4), (262, 3, 0),
            (273, 4, at), (277, 3, 1), (278, 4, height), (279, 4, len(strip)),
        ]  # fmt: skip
        struct.pack_into("<I", data, link, len(data))
        data += struct.pack("<H", len(tags))
        for tag, kind, value in tags:
            data += struct.pack("<HHII", tag, kind, 1, value)
        link = len(data)
        data += b"\0\0\0\0"
    return bytes(data)


def pdf_of(pages: int, *, size: tuple[float, float] = (595.0, 842.0)) -> bytes:
    """Empty pages."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(*size)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
