"""Piles of ballots of a question: printed, filled by hand, degraded, and really read."""

import io
from dataclasses import dataclass
from uuid import uuid4

import cv2
import numpy as np
import pypdfium2 as pdfium

from relier.deliberation.sheets import NAME, key_of
from relier.paper import actions
from relier.paper.actions.ballots_apart import pdf_of_pile
from relier.paper.models import BallotCount, BallotPage, BallotSheet
from relier.paper.rules.ballots import BLANK, VOID
from relier.paper.rules.proposals import on_page
from relier.paper.tests.tray import Told
from relier.paper.tests.tray import file_of as told

from . import factories as make
from . import filled

WORDS = {1: "agree", -1: "disagree", 0: "pass", 2: "unclear"}


def pile(question, house, kind="accompanied", copies=10, by_hand=None, **more):
    """A count that Nour opened from the question, sworn, with Nour and Bram to read it."""
    nour = make.actor(house.nour)
    count = actions.open_pile(
        NAME, question.pk, kind=kind, copies=copies, readers=(house.nour, house.bram), by=nour,
        **{"form_key": uuid4(), "language": "fr", **more},
    )  # fmt: skip
    for reader in (house.nour, house.bram):
        actions.swear(count, by=make.actor(reader))
    count.refresh_from_db()
    return count if by_hand is None else actions.say_by_hand(count, by_hand, by=nour)


def printed(count):
    """Each ballot of the pile: its receipt, the identifiers of its pages, their pictures."""
    pictures = filled.drawn(pdf_of_pile(count, by=make.actor(count.opened_by)))
    rows = {}
    pages = BallotPage.objects.filter(ballot__count=count).select_related("ballot")
    for page in pages.order_by("number"):
        rows.setdefault(page.ballot, []).append(page.identifier)
    several = len(count.sheet.as_layout.pages)
    return [
        (ballot.receipt, rows[ballot], pictures[at * several : (at + 1) * several])
        for at, ballot in enumerate(sorted(rows, key=lambda one: str(one.pk)))
    ]


def fill(count, pictures, row, seed, odd=None):
    """One ballot, marked as this row says: number -> answer."""
    answers = {key_of(number): WORDS[answer] for number, answer in row.items()}
    for page, picture in zip(count.sheet.as_layout.pages, pictures, strict=True):
        filled.fill(picture, page, answers, odd or {}, seed)


def file_of(jpegs):
    """The file that a scanner makes."""
    document = pdfium.PdfDocument.new()
    for jpeg in jpegs:
        image = pdfium.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(jpeg), inline=True)
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        page = document.new_page(595, 842)
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    out.seek(0)
    return out


def cut_off(picture):
    """Without the part that its holder keeps: the scanner sees its own white there."""
    picture = picture.copy()
    picture[round(picture.shape[0] * (297 - 31.5) / 297) :] = 250
    return picture


def scanned(pictures, level, seed):
    return [
        filled.degraded(cut_off(one), level, seed * 20 + at, upside_down=seed % 3 == 1)
        for at, one in enumerate(pictures)
    ]


def look(count, house, truth):
    """Both readers say what stands on the paper, for each strip. `truth`: receipt -> row."""
    for doubt in list(count.doubts.select_related("ballot")):
        number = int(doubt.question.removeprefix("s"))
        answer = truth[doubt.ballot.receipt].get(number, BLANK)
        says = [answer if answer in (BLANK, VOID) else WORDS[answer]]
        for reader in (house.nour, house.bram):
            actions.say_vote(doubt, says, by=make.actor(reader))


def close(count, house):
    return actions.close_count(BallotCount.objects.get(pk=count.pk), by=make.actor(house.bram))


def as_image(jpeg):
    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)


# --- a machine that says what it is told ----------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    receipt: str
    identifiers: list[str]
    pages: list[list[str]]  # for each page, the questions on it


def pages_of(count):
    """The ballots of a pile, without drawing them."""
    layout = count.sheet.as_layout
    asked = [[one.key for one in on_page(layout, page)] for page in layout.pages]
    rows = {}
    for page in BallotPage.objects.filter(ballot__count=count).order_by("ballot", "number"):
        rows.setdefault(page.ballot_id, []).append(page.identifier)
    return [
        Printed(ballot.receipt, rows[ballot.pk], asked)
        for ballot in BallotSheet.objects.filter(count=count).order_by("pk")
    ]


def says(one, row, unsure=(), page=1):
    """What the machine says of one page of a ballot that is marked so; of `unsure` lines, it is not
    sure."""
    read_there = {
        key: {
            "answers": [WORDS[row[number]]] if number in row else [],
            "sure": number not in unsure,
        }
        for key in one.pages[page - 1]
        for number in [int(key[1:])]
    }
    return {
        "identifier": one.identifiers[page - 1],
        "state": "read",
        "why": "",
        "reading": {"questions": read_there, "written": {}},
    }


def read(house, count, *pages, by=None, reader=None):
    actor = make.actor(by or house.nour)
    return actions.read_ballots(count, told(*pages), by=actor, reader=reader or Told())
