"""A sheet printed, scanned and read by the very process that reads it in a centre."""

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from relier.paper import actions
from relier.paper.models import Picture, Scan, State, Why
from relier.paper.settling import settled
from tests import factories as make

from .tray import BOXES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room")]

DOTS_A_MM = 200 / 25.4


def crossed(grey, box):
    """The same page, with a cross of a ballpoint in this box."""
    x, y, side = (round(length * DOTS_A_MM) for length in (box.x, box.y, box.side))
    for (x1, y1), (x2, y2) in (((0, 0), (1, 1)), ((1, 0), (0, 1))):
        cv2.line(grey, (x + round(x1 * side), y + round(y1 * side)),
                 (x + round(x2 * side), y + round(y2 * side)), 40, 4, cv2.LINE_AA)  # fmt: skip
    return grey


def pages_of(pdf: bytes):
    document = pdfium.PdfDocument(pdf)
    return [
        np.array(page.render(scale=200 / 72, grayscale=True).to_numpy()).reshape(2339, -1)
        for page in document
    ]


def test_a_page_that_was_printed_is_read_upside_down_twice_and_beside_a_stranger(house):
    nour = make.actor(house.nour)
    printed = actions.print_batch(BOXES, subjects=[house.awa.subject, None], by=nour)
    layout = printed.printing.sheet.as_layout
    letter = next(box for box in layout.page(1).boxes if box.choice == "letter")
    hers, blank = pages_of(printed.pdf)
    hers = crossed(hers, letter)
    pile = actions.begin_pile("telephone", by=nour)
    for grey in (hers[::-1, ::-1], cv2.GaussianBlur(hers, (3, 3), 0), blank, hers * 0 + 255):
        done, jpeg = cv2.imencode(".jpg", np.ascontiguousarray(grey))
        assert done
        actions.receive(pile, io.BytesIO(jpeg.tobytes()), by=nour)

    assert actions.read_waiting(house.centre.pk, by=nour, pile=pile) == 4

    scans = list(Scan.objects.order_by("received_at"))
    assert [scan.why for scan in scans] == ["", Why.DUPLICATE, "", Why.NO_CODE]
    assert scans[0].subject_id == house.awa.pk
    assert settled(scans[0])["reply"].answers == ("letter",)
    assert scans[0].state == State.CHECKED
    assert settled(scans[2])["reply"].answers is None  # nothing marked: a human looks
    straight = cv2.imdecode(np.frombuffer(scans[0].picture.content(), np.uint8), 0)
    assert straight.shape == (1782, 1260)
    wrong = np.abs(straight.astype(float) - cv2.resize(hers, (1260, 1782))).mean()
    assert wrong < 8
    assert Picture.objects.count() == 4
