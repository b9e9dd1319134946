"""A sheet printed for someone, and its page that came back with every answer in doubt: what the
pages of paper are about."""

import io
import json
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium

from relier.centres.models import Member
from relier.paper import actions
from relier.paper.models import PrintedPage
from relier.paper.reading.worker import PageAnswer
from relier.people.models import Person

from . import factories as make

SHEET = "support.request"
PIXELS_A_MM = 6.0


class Reader:
    """Stands for the process apart: it knows each page, is sure of none, shows it as printed."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        self.pictures = pictures

    def __call__(self) -> "Reader":
        return self

    def open(self, data: bytes) -> int:
        self.identifiers = json.loads(data[5:])
        return len(self.identifiers)

    def read(self, number: int, find: Any) -> PageAnswer:
        identifier = self.identifiers[number - 1]
        known = find(identifier)
        state = "read" if known else "unknown"
        return PageAnswer(
            state=state,
            why="" if known else "unknown",
            identifier=identifier,
            page=known[1] if known else None,
            picture=self.pictures.get(identifier, b""),
            pixels_a_mm=PIXELS_A_MM if known else None,
            reading={
                "boxes": [],
                "questions": {"reply": {"answers": ["letter"], "sure": False}},
                "written": {"words": 0.05, "on": 0.05},
            },
        )

    def picture(self, number: int) -> bytes:
        return self.pictures.get(self.identifiers[number - 1], b"")

    def close(self) -> None:
        pass


def plant(person: Person, member: Member, *, unknown: int = 0) -> dict[str, Any]:
    """The batch, the copy, the pile, the page and the sheet of it. `unknown`: so many pages that
    were not printed here, in the same pile."""
    by = make.actor(member)
    printed = actions.print_batch(SHEET, subjects=[person.subject], by=by)
    pages = list(PrintedPage.objects.filter(copy__printing=printed.printing).order_by("number"))
    pictures = {
        page.identifier: jpeg for page, jpeg in zip(pages, drawn(printed.pdf), strict=True)
    }
    pile = actions.begin_pile("scan", by=by)
    strangers = [f"{number:013}" for number in range(unknown)]
    named = [*(page.identifier for page in pages), *strangers]
    file = actions.receive(pile, io.BytesIO(b"%PDF-" + json.dumps(named).encode()), by=by)
    actions.read_waiting(by.own_centre, by=by, pile=pile, reader=Reader(pictures))
    scan = next(one for one in file.scans.order_by("number") if "reply" in questions_on(one))
    return {
        "batch": printed.printing,
        "copy": pages[0].copy,
        "pile": pile,
        "scan": scan,
        "printed": printed.printing.sheet,
    }


def questions_on(scan: Any) -> set[str]:
    page = scan.page.copy.printing.sheet.as_layout.page(scan.page.number) if scan.page else None
    return set(page.rows) if page else set()


def drawn(pdf: bytes) -> list[bytes]:
    """Each page as a straightened picture."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        grey = np.array(page.render(scale=PIXELS_A_MM * 25.4 / 72, grayscale=True).to_numpy())
        done, jpeg = cv2.imencode(".jpg", grey.reshape(grey.shape[0], grey.shape[1]))
        assert done
        found.append(jpeg.tobytes())
    document.close()
    return found
