"""Named accidents of paper, each with what may be asked of whoever reads it.

`right`: read, its own identity, no answer given for sure that is wrong (doubt is allowed, rows
may go to a human). `tray`: not read, with a reason said. `either`: one or the other. What is
never allowed: an identity that is not the page's, an answer given for sure that is not the truth.

    for name in ARTEFACTS: case = draw(name, seed); …case.file, case.pages, case.accepted
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import cv2
import numpy as np
import segno

from relier.paper.reading.layouts import Layout

from . import accidents as paper
from .degradations import OFFICE, PHONE, File, grey, on_screen, shine
from .making import identifier_of
from .pens import PLAIN, Truth, fill_page, someone
from .photos import Camera, encode, moved
from .scans import Rng, bitonal, stained
from .sheets import Picture, bench_sheet, marker

Accepted = Literal["right", "tray", "either"]
Capture = Callable[[Picture, Rng], Picture]


@dataclass
class Pile:
    """The sheets that a case takes; `pages`: the truth of those this house printed, `strangers`
    the identifiers of those it did not."""

    seed: int
    salt: int
    pages: dict[str, Truth] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)

    def sheet(self, known: bool = True) -> Picture:
        """A filled page of plain marks; `known`: printed here."""
        number = len(self.pages) if known else 90
        rng = np.random.default_rng([self.seed, number, self.salt])
        sheet, identifier = bench_sheet(), identifier_of(self.seed, self.salt + number)
        page = sheet.draw(1, identifier)
        truth = fill_page(page, sheet.layout.page(1), someone(rng), rng, PLAIN)
        if known:
            self.pages[identifier] = truth
        else:
            self.strangers.add(identifier)
        return page

    def find(self, identifier: str) -> tuple[Layout, int] | None:
        return (bench_sheet().layout, 1) if identifier in self.pages else None


@dataclass(frozen=True)
class Artefact:
    name: str
    says: str
    accepted: Accepted
    take: Callable[[Pile, Rng], File]


@dataclass(frozen=True)
class Case:
    artefact: Artefact
    file: File
    pile: Pile


def draw(name: str, seed: int) -> Case:
    artefact, pile = ARTEFACTS[name], Pile(seed, zlib.crc32(name.encode()))
    rng = np.random.default_rng([seed, *name.encode()])
    return Case(artefact, artefact.take(pile, rng), pile)


# --- how it reaches us --------------------------------------------------------------------------


def scanned(page: Picture, rng: Rng) -> File:
    return encode(replace(OFFICE, dark_lid=0.0).scan(page, rng), ".jpg", 88), ".jpg"


def photographed(page: Picture, rng: Rng, camera: Camera = PHONE) -> File:
    return camera.save(camera.take(page, rng), rng), ".jpg"


def by(camera: Camera) -> Callable[[Picture, Rng], File]:
    return lambda page, rng: photographed(page, rng, camera)


def after(
    *happened: Callable[[Picture, Rng], Picture],
    then: Callable[[Picture, Rng], File] = scanned,
) -> Callable[[Pile, Rng], File]:
    """Those accidents, in order, then the capture."""

    def take(pile: Pile, rng: Rng) -> File:
        page = pile.sheet()
        for accident in happened:
            page = accident(page, rng)
        return then(page, rng)

    return take


def changed(
    change: Capture, then: Callable[[Picture, Rng], File] = scanned
) -> Callable[[Pile, Rng], File]:
    """The picture is changed after the capture."""

    def take(pile: Pile, rng: Rng) -> File:
        data, _ending = then(pile.sheet(), rng)
        return encode(change(grey(data), rng), ".jpg", 85), ".jpg"

    return take


# --- pictures that are wrong --------------------------------------------------------------------


def mirrored(picture: Picture, rng: Rng) -> Picture:
    return cv2.flip(picture, 1)


def through_a_window(page: Picture, rng: Rng) -> Picture:
    """The back, held against the light: all is there, mirrored and pale."""
    shown = cv2.GaussianBlur(cv2.flip(page, 1), (0, 0), 6)
    return cv2.convertScaleAbs(shown, alpha=0.35, beta=140)


def thumb(x: float, y: float) -> Capture:
    """Of the hand that holds the page, there in millimetres on it."""

    def hold(page: Picture, rng: Rng) -> Picture:
        middle = paper.px(x, y)
        shape, turned = paper.px(11, 24), rng.uniform(20, 60)
        cv2.ellipse(page, middle, shape, turned, 0, 360, (120,), -1, cv2.LINE_AA)
        cv2.ellipse(page, middle, paper.px(8, 21), turned, 0, 360, (145,), -1, cv2.LINE_AA)
        return page

    return hold


def slipped(page: Picture, rng: Rng) -> Picture:
    """The feeder lost its grip half-way down: what follows stands aside."""
    at, by_ = paper.px(rng.uniform(90, 190), rng.choice([-1, 1]) * rng.uniform(2.5, 5))
    page[at:] = np.roll(page[at:], by_, axis=1)
    return page


def pulled(page: Picture, rng: Rng) -> Picture:
    """The feeder slowed down for a while: two centimetres became three."""
    at, long = paper.px(rng.uniform(80, 180), 20)
    slow = cv2.resize(page[at : at + long], None, fx=1, fy=1.5)
    whole = np.vstack([page[:at], slow, page[at + long :]])
    return whole[: page.shape[0]]


def negative(picture: Picture, rng: Rng) -> Picture:
    return 255 - picture


def too_light(picture: Picture, rng: Rng) -> Picture:
    return cv2.convertScaleAbs(picture, alpha=0.45, beta=150)


def too_dark(picture: Picture, rng: Rng) -> Picture:
    return cv2.convertScaleAbs(picture, alpha=0.3, beta=4)


def by_an_app(picture: Picture, rng: Rng) -> Picture:
    """ "Scanner" applications: black and white, by the neighbourhood."""
    return cv2.adaptiveThreshold(
        picture, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 31, 12
    )


def glare(picture: Picture, rng: Rng) -> Picture:
    shine(picture, rng, 0.16)
    return picture


def shaken(picture: Picture, rng: Rng) -> Picture:
    return cv2.filter2D(picture, -1, moved(14, rng))


def out_of_focus(picture: Picture, rng: Rng) -> Picture:
    return cv2.GaussianBlur(picture, (0, 0), 4.5)


def half_out(picture: Picture, rng: Rng) -> Picture:
    """The right third of the page lies out of the picture."""
    return np.ascontiguousarray(picture[:, : round(picture.shape[1] * 0.66)])


# --- several sheets, other sheets ---------------------------------------------------------------


def two_in_one(pile: Pile, rng: Rng) -> File:
    both = np.hstack([pile.sheet(), np.full((7016, 300), 90, np.uint8), pile.sheet()])
    small = cv2.resize(both, (2400, 1650), interpolation=cv2.INTER_AREA)
    table = np.full((1800, 2600), 110, np.uint8)
    table[75:1725, 100:2500] = cv2.convertScaleAbs(small, alpha=0.8, beta=10)
    return encode(cv2.GaussianBlur(table, (0, 0), 0.7), ".jpg", 80), ".jpg"


def stuck_together(pile: Pile, rng: Rng) -> File:
    """Two went through the feeder: the second shows from the middle down, a little aside."""
    first, second = pile.sheet(), pile.sheet()
    at, aside = paper.px(rng.uniform(120, 170), rng.uniform(2, 6))
    first[at:] = np.roll(second, aside, axis=1)[at:]
    first[at - 30 : at] = (first[at - 30 : at] * 0.7).astype(np.uint8)
    return scanned(first, rng)


def glued(pile: Pile, rng: Rng) -> File:
    """The top of a sheet and the bottom of another, without a seam: two identities."""
    first, second = pile.sheet(), pile.sheet()
    first[first.shape[0] // 2 :] = second[second.shape[0] // 2 :]
    return scanned(first, rng)


def on_another(pile: Pile, rng: Rng) -> File:
    """On a table where another sheet sticks out, with one of its markers."""
    data, _ending = photographed(pile.sheet(), rng, replace(PHONE, fills=(0.7, 0.75)))
    photo = grey(data)
    side = 110
    patch = np.full((side + 60, side + 60), 205, np.uint8)
    patch[30:-30, 30:-30] = cv2.resize(marker(0), (side, side), interpolation=cv2.INTER_NEAREST)
    photo[8 : 8 + len(patch), 8 : 8 + len(patch)] = patch
    return encode(photo, ".jpg", 80), ".jpg"


def other_form(code: str | None, markers: bool) -> Callable[[Pile, Rng], File]:
    """Another house's form: frames, boxes, lines; its own code, or markers as ours, or neither."""

    def take(pile: Pile, rng: Rng) -> File:
        page = np.full_like(bench_sheet().clean[0], 255)
        for y in range(60, 240, 12):
            for x in (20, 70, 120):
                corner, end = paper.px(x, y), paper.px(x + 4, y + 4)
                cv2.rectangle(page, corner, end, (0,), 6)
                cv2.putText(page, "Ja / Oui", paper.px(x + 7, y + 4), 0, 3.5, (0,), 9)
        if code:
            matrix = segno.make(code, error="m").matrix
            small = np.array([[0 if dark else 255 for dark in row] for row in matrix], np.uint8)
            side = paper.px(22)[0]
            large = cv2.resize(small, (side, side), interpolation=cv2.INTER_NEAREST)
            page[300 : 300 + side, 3800 : 3800 + side] = large
        for at, (x, y) in enumerate(((15, 15), (185, 15), (185, 272), (15, 272))):
            if markers:
                side = paper.px(10)[0]
                large = cv2.resize(marker(at), (side, side), interpolation=cv2.INTER_NEAREST)
                left, top = paper.px(x, y)
                page[top : top + side, left : left + side] = large
        return scanned(page, rng)

    return take


def stranger(pile: Pile, rng: Rng) -> File:
    """A sheet like ours that another house printed, or that was forgotten here."""
    return scanned(pile.sheet(known=False), rng)


def blank(grey_level: int) -> Callable[[Pile, Rng], File]:
    def take(pile: Pile, rng: Rng) -> File:
        return scanned(np.full_like(bench_sheet().clean[0], grey_level), rng)

    return take


def back_side(pile: Pile, rng: Rng) -> File:
    """Nothing is printed there; the front shows through, pale and mirrored."""
    page = np.full_like(bench_sheet().clean[0], 255)
    front = cv2.GaussianBlur(255 - cv2.flip(pile.sheet(), 1), (0, 0), 5)
    pile.pages.clear()
    return scanned(paper.laid(page, front, 0.06), rng)


def screen(pile: Pile, rng: Rng) -> File:
    return on_screen(pile.sheet(), rng)


def resolution(dpi: int) -> Callable[[Pile, Rng], File]:
    scanner = replace(OFFICE, dpi=dpi)
    return after(then=lambda page, rng: (encode(scanner.scan(page, rng), ".jpg", 85), ".jpg"))


def quarter(turns: int) -> Callable[[Pile, Rng], File]:
    return changed(lambda picture, rng: cv2.rotate(picture, turns))


CLOTH = replace(PHONE, tables=("cloth",), fills=(0.7, 0.8))
GINGHAM = replace(PHONE, tables=("gingham",), fills=(0.7, 0.8))
STEEP = replace(PHONE, least=50.0, tilt=65.0, roll=20.0)
FAR = replace(PHONE, fills=(0.3, 0.36))
TABLE = by(replace(PHONE, tables=("wood",)))
NOT_OURS = "https://formulaires.example/f/2213?p=1"

ARTEFACTS: dict[str, Artefact] = {
    one.name: one
    for one in (
        Artefact("folded", "folded in three", "right", after(paper.folded)),
        Artefact(
            "folded-photo", "folded in three, a photo", "either", after(paper.folded, then=TABLE)
        ),
        Artefact(
            "crumpled", "crumpled, then flattened", "either", after(paper.crumpled, then=TABLE)
        ),
        Artefact("dog-ear", "a corner turned over a marker", "either", after(paper.dog_eared)),
        Artefact("stapled", "a staple", "right", after(paper.stapled)),
        Artefact(
            "staple-torn",
            "a staple torn out with its corner",
            "either",
            after(paper.staple_torn_out),
        ),
        Artefact("punched", "two holes in the margin", "right", after(paper.punched)),
        Artefact("punched-box", "a hole through a box", "either", after(paper.punched_through)),
        Artefact("corner-cut", "a corner cut off", "right", after(paper.corner_cut)),
        Artefact("corners-cut", "two corners cut off", "either", after(paper.corners_cut)),
        Artefact("torn", "the right edge torn off", "either", after(paper.torn)),
        Artefact("top-half", "the top half alone", "either", after(paper.top_half)),
        Artefact("bottom-half", "the bottom half alone", "either", after(paper.bottom_half)),
        Artefact("coffee-ring", "the ring of a cup", "either", after(paper.coffee_ring)),
        Artefact("coffee-spilt", "coffee over four rows", "either", after(paper.coffee_spilt)),
        Artefact("rain", "ink that ran under drops", "either", after(paper.rained_on)),
        Artefact("grease", "greasy fingers", "either", after(paper.greasy)),
        Artefact("highlighter", "answers under a highlighter", "either", after(paper.highlighted)),
        Artefact(
            "highlighter-code",
            "code and marker under pink",
            "right",
            after(paper.highlighted_codes),
        ),
        Artefact("ink-through", "felt pen from the back", "either", after(paper.through_the_paper)),
        Artefact(
            "print-through",
            "the print of the back shows",
            "right",
            after(paper.printed_on_the_back),
        ),
        Artefact("97", "printed at 97 %", "right", after(paper.scaled(0.97))),
        Artefact("103", "printed at 103 %", "right", after(paper.scaled(1.03))),
        Artefact("stretched", "printed 1 % too long", "right", after(paper.scaled(1.0, 1.01))),
        Artefact("reduced", "copied onto half the page", "either", after(paper.scaled(0.71))),
        Artefact("toner-lines", "lines of toner through boxes", "either", after(paper.toner_lines)),
        Artefact("white-band", "a band not printed", "either", after(paper.white_band)),
        Artefact("drum-spots", "spots of the drum, in boxes", "either", after(paper.drum_spots)),
        Artefact("dithered", "copied in dots", "either", after(paper.dithered)),
        Artefact("note", "a note stuck over three rows", "either", after(paper.note_stuck)),
        Artefact("code-scribbled", "one code scribbled over", "right", after(paper.code_scribbled)),
        Artefact(
            "codes-scribbled", "both codes scribbled over", "either", after(paper.codes_scribbled)
        ),
        Artefact("marker-hidden", "a label over a marker", "right", after(paper.marker_hidden)),
        Artefact(
            "markers-hidden", "labels over two markers", "either", after(paper.markers_hidden)
        ),
        Artefact("no-marker", "labels over all markers", "either", after(paper.no_marker)),
        Artefact("whitened", "a box painted white", "either", after(paper.corrected_with_white)),
        Artefact("stamp", "a stamp across answers", "either", after(paper.stamped)),
        Artefact("crayon", "a child drew over the page", "either", after(paper.drawn_by_a_child)),
        Artefact("pen-tried", "a pen tried in the margin", "right", after(paper.pen_tried)),
        Artefact("sleeve", "in a plastic sleeve", "either", after(paper.in_a_sleeve, then=TABLE)),
        Artefact(
            "dark-paper",
            "on grey recycled paper",
            "right",
            after(lambda p, r: stained(p, (165, 175), r)),
        ),
        Artefact("upside-down", "upside down", "right", quarter(cv2.ROTATE_180)),
        Artefact("sideways", "on its side", "right", quarter(cv2.ROTATE_90_CLOCKWISE)),
        Artefact("mirrored", "a photo that was mirrored", "tray", changed(mirrored)),
        Artefact(
            "window",
            "seen from the back, through a window",
            "tray",
            after(through_a_window, then=TABLE),
        ),
        Artefact("back", "the back of a sheet", "tray", back_side),
        Artefact("blank", "a white page", "tray", blank(255)),
        Artefact("black", "a black page", "tray", blank(0)),
        Artefact("other-form", "another form", "tray", other_form(None, False)),
        Artefact("other-code", "another form, with its code", "tray", other_form(NOT_OURS, False)),
        Artefact(
            "other-markers", "another form, with such markers", "tray", other_form(NOT_OURS, True)
        ),
        Artefact("unknown", "a sheet like ours, not printed here", "tray", stranger),
        Artefact("two-in-one", "two sheets in one photo", "either", two_in_one),
        Artefact("stuck", "two pages stuck together", "either", stuck_together),
        Artefact("glued", "halves of two sheets", "tray", glued),
        Artefact("on-another", "beside the corner of another sheet", "either", on_another),
        Artefact("tablecloth", "on a tablecloth of squares", "right", after(then=by(CLOTH))),
        Artefact("gingham", "on a gingham tablecloth", "right", after(then=by(GINGHAM))),
        Artefact("screen", "a photo of a screen", "either", screen),
        Artefact(
            "thumb-corner", "a thumb over a corner", "right", after(thumb(14, 288), then=TABLE)
        ),
        Artefact("thumb-boxes", "a thumb over boxes", "either", after(thumb(30, 140), then=TABLE)),
        Artefact("steep", "seen from very low", "either", after(then=by(STEEP))),
        Artefact("far", "seen from far", "either", after(then=by(FAR))),
        Artefact(
            "half-out", "a third of the page out of the photo", "either", changed(half_out, TABLE)
        ),
        Artefact("glare", "a lamp on the boxes", "either", changed(glare, TABLE)),
        Artefact("shaken", "a shaken photo", "either", changed(shaken, TABLE)),
        Artefact("out-of-focus", "a photo out of focus", "either", changed(out_of_focus, TABLE)),
        Artefact(
            "app", "made black and white by an application", "either", changed(by_an_app, TABLE)
        ),
        Artefact("slipped", "the feeder slipped", "either", after(slipped)),
        Artefact("pulled", "the feeder slowed down", "either", after(pulled)),
        Artefact("negative", "a negative", "either", changed(negative)),
        Artefact("too-light", "scanned too light", "either", changed(too_light)),
        Artefact("too-dark", "scanned too dark", "either", changed(too_dark)),
        Artefact("text-mode", "scanned as text, one bit", "either", changed(bitonal)),
        Artefact("100-dpi", "scanned at 100 dpi", "either", resolution(100)),
        Artefact("600-dpi", "scanned at 600 dpi", "right", resolution(600)),
    )
}
