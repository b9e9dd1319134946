"""The sheet of the bench: its layout, and the clean page it prints, in grey at 600 dpi.

Ten questions of four choices (eight in large print), seven with their words beside the box, the
others as a scale of boxes close together; a date in a comb; a signature. `Sheet` is what the rest
of the bench knows: a layout and the picture of each of its pages, whoever drew them. A sheet that
was really typeset is swapped in with `from_pdf`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import segno
import typst
from numpy.typing import NDArray

from relier.paper.reading.identifiers import Corner, as_printed, by_hand, payload
from relier.paper.reading.layouts import (
    HEIGHT,
    WIDTH,
    Box,
    Cell,
    Code,
    Layout,
    Marker,
    Page,
    Question,
    Room,
)

DPI = 600
PER_MM = DPI / 25.4
Picture = NDArray[Any]  # grey levels, 0 to 255, as bytes

FRAME = 0.28
MODULE = 0.95
EDGE = 15.0
CHOICES = ("a", "b", "c", "d")
FONTS = Path(__file__).parents[2] / "relier" / "paper" / "fonts"
LATIN = "Atkinson Hyperlegible Next"
# question, its four answers; a scale (boxes close together) where the answers are short
ASKED: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    ("Allumer et éteindre un ordinateur", ("Oui, seul", "Avec de l'aide", "Pas encore", "Inutile")),
    ("Écrire un message et l'envoyer", ("Oui, seul", "Avec de l'aide", "Pas encore", "Inutile")),
    ("Retrouver un fichier téléchargé", ("Oui, seul", "Avec de l'aide", "Pas encore", "Inutile")),
    ("Me sentir à l'aise avec un écran tactile", ("1", "2", "3", "4")),
    ("Prendre rendez-vous sur un site", ("Oui, seul", "Avec de l'aide", "Pas encore", "Inutile")),
    ("Reconnaître un message malhonnête", ("Oui, seul", "Avec de l'aide", "Pas encore", "Inutile")),
    ("Me sentir à l'aise avec un clavier", ("1", "2", "3", "4")),
    ("Payer une facture à la banque", ("Oui, seul", "Avec de l'aide", "Pas encore", "Inutile")),
    ("Envie d'apprendre en groupe", ("1", "2", "3", "4")),
    ("Me servir d'une carte d'identité", ("Oui, seul", "Avec de l'aide", "Pas encore", "Inutile")),
)


@dataclass(frozen=True)
class Measures:
    """Millimetres, and points for letters: the ordinary print, or the large one."""

    rows: int
    first: float
    pitch: float
    box: float
    scale_pitch: float
    column: float
    letters: float


ORDINARY = Measures(10, 62.0, 15.2, 5.0, 11.6, 43.0, 10.5)
LARGE = Measures(8, 64.0, 18.6, 7.0, 14.0, 43.0, 13.5)
LEFT = 22.0


@dataclass(frozen=True)
class Sheet:
    """`clean` holds one grey picture a page, 600 dpi, without codes: `draw` adds those."""

    layout: Layout
    clean: tuple[Picture, ...]

    def draw(self, number: int, identifier: str) -> Picture:
        """The clean page of one identifier: its two codes and, under each, the code for a hand."""
        picture = self.clean[number - 1].copy()
        for code in self.layout.page(number).codes:
            _put(picture, qr(identifier, code.corner), code.x, code.y, code.side)
            _write_under(picture, as_printed(by_hand(identifier)), code)
        return picture


@cache
def bench_sheet(large: bool = False) -> Sheet:
    layout = _layout(LARGE if large else ORDINARY, large)
    return Sheet(layout, (_clean(layout, LARGE if large else ORDINARY),))


def from_pdf(layout: Layout, pdf: bytes) -> Sheet:
    """The pages of a PDF as they print; its codes, if any, are drawn over by `draw`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = (page.render(scale=DPI / 72, grayscale=True).to_numpy() for page in document)
    return Sheet(layout, tuple(np.ascontiguousarray(page.squeeze()) for page in pages))


def grey(data: bytes) -> Picture:
    """The picture of a file, as the reader takes it."""
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise ValueError("This is not a picture.")
    return picture


def qr(identifier: str, corner: Corner) -> Picture:
    """One pixel a module: 21 × 21, 0 for black."""
    made = segno.make(payload(identifier, corner), version=1, error="q", mode="alphanumeric")
    return np.array([[0 if dark else 255 for dark in row] for row in made.matrix], np.uint8)


def marker(number: int) -> Picture:
    """One pixel a module: 6 × 6."""
    words = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    return cv2.aruco.generateImageMarker(words, number, 6)


# --- the layout ---------------------------------------------------------------------------------


def _layout(measures: Measures, large: bool) -> Layout:
    boxes: list[Box] = []
    rows: dict[str, tuple[float, float, float, float]] = {}
    for at, (_asked, answers) in enumerate(ASKED[: measures.rows]):
        y = measures.first + at * measures.pitch
        key = f"q{at + 1}"
        step = measures.scale_pitch if _is_scale(answers) else measures.column
        start = 125.0 if _is_scale(answers) else LEFT
        boxes += [
            Box(key, choice, start + step * one, y, measures.box)
            for one, choice in enumerate(CHOICES)
        ]
        rows[key] = (EDGE, y - 7.0, WIDTH - 2 * EDGE, measures.pitch)
    rooms, written = _rooms(measures)
    asked = [Question(key, "one", CHOICES) for key in rows] + [
        Question("date", "date"),
        Question("signature", "signature"),
    ]
    page = Page(1, tuple(boxes), rooms, _markers(), _codes(), {**rows, **written})
    return Layout("bench", "1", "fr", large, tuple(asked), (page,))


def _is_scale(answers: tuple[str, ...]) -> bool:
    return len(answers[0]) == 1


def _rooms(
    measures: Measures,
) -> tuple[tuple[Room, ...], Mapping[str, tuple[float, float, float, float]]]:
    y = measures.first + measures.rows * measures.pitch + 2.0
    gaps = (0, 0, 3, 3, 6, 6, 6, 6)
    cells = tuple(Cell(LEFT + 6.2 * at + gaps[at], y, 6.2, 8.0) for at in range(8))
    date = Room("date", LEFT, y, 6.2 * 8 + 6, 8.0, cells)
    signature = Room("signature", 105.0, y, 85.0, 25.0)
    return (date, signature), {
        "date": (EDGE, y - 6.0, 80.0, 16.0),
        "signature": (100.0, y - 6.0, 95.0, 32.0),
    }


def _markers() -> tuple[Marker, ...]:
    right, bottom = WIDTH - EDGE - 10, HEIGHT - EDGE - 10
    places = ((EDGE, EDGE), (right, EDGE), (right, bottom), (EDGE, bottom))
    return tuple(Marker(at, x, y, 10.0) for at, (x, y) in enumerate(places))


def _codes() -> tuple[Code, ...]:
    side = 21 * MODULE
    return (
        Code("A", WIDTH - EDGE - 10 - 6 - side, EDGE, side),
        Code("B", EDGE + 10 + 6, HEIGHT - EDGE - 5 - side, side),
    )


# --- the clean page -----------------------------------------------------------------------------


def _clean(layout: Layout, measures: Measures) -> Picture:
    png = typst.compile(
        _source(layout, measures).encode(),
        format="png",
        ppi=float(DPI),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
    )
    picture = grey(png)
    for one in layout.page(1).markers:
        _put(picture, marker(one.id), one.x, one.y, one.side)
    return picture


def _source(layout: Layout, measures: Measures) -> str:
    page = layout.page(1)
    lines = [
        f"#set page(width: {WIDTH}mm, height: {HEIGHT}mm, margin: 0pt)",
        f'#set text(font: "{LATIN}", size: {measures.letters}pt, lang: "fr")',
        _words(LEFT + 8, 16, "Là où j'en suis", size=20, bold=True),
        _words(LEFT + 8, 26, "Faites une croix dans une case par ligne.", size=12),
        _words(LEFT, 42, "Vous vous êtes trompé ? Noircissez la case, et cochez l'autre.", size=11),
        _words(LEFT, 48, "Personne ne vous note. Vous pouvez demander de l'aide.", size=11),
    ]
    for at, (asked, answers) in enumerate(ASKED[: measures.rows]):
        y = measures.first + at * measures.pitch
        scale = _is_scale(answers)
        lines.append(_words(LEFT, y if scale else y - 5.6, f"{at + 1}. {asked}", bold=not scale))
        for one, box in enumerate(page.boxes[4 * at : 4 * at + 4]):
            lines.append(_frame(box.x, box.y, box.side, box.side))
            if scale:
                lines.append(_words(box.x + box.side / 2 - 0.9, box.y - 5.2, answers[one]))
            else:
                lines.append(_words(box.x + box.side + 2.2, box.y + 0.7, answers[one]))
    for room in page.rooms:
        title = "Date" if room.question == "date" else "Signature"
        lines.append(_words(room.x, room.y - 5.2, title, bold=True))
        for cell in room.cells or (room,):
            lines.append(_frame(cell.x, cell.y, cell.width, cell.height))
    lines.append(_words(60, 276, "Relier · feuille 1 · page 1 sur 1", size=8))
    return "\n".join(lines)


def _words(x: float, y: float, words: str, *, size: float = 0, bold: bool = False) -> str:
    style = (f"size: {size}pt, " if size else "") + ('weight: "bold", ' if bold else "")
    return f'#place(dx: {x}mm, dy: {y}mm, text({style}"{words}"))'


def _frame(x: float, y: float, width: float, height: float) -> str:
    """A frame whose outer edge is the rectangle: Typst draws a stroke on both sides of its line."""
    half = FRAME / 2
    return (
        f"#place(dx: {x + half}mm, dy: {y + half}mm, rect(width: {width - FRAME}mm, "
        f"height: {height - FRAME}mm, stroke: {FRAME}mm + black))"
    )


def _put(picture: Picture, symbol: Picture, x: float, y: float, side: float) -> None:
    left, top, size = round(x * PER_MM), round(y * PER_MM), round(side * PER_MM)
    larger = cv2.resize(symbol, (size, size), interpolation=cv2.INTER_NEAREST)
    picture[top : top + size, left : left + size] = larger


@cache
def _face() -> "cv2.FontFace":
    return cv2.FontFace(str(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"))


def _write_under(picture: Picture, words: str, code: Code) -> None:
    """Letters of 3 mm, below the symbol and its white."""
    place = (round((code.x - 1) * PER_MM), round((code.y + code.side + 5.6) * PER_MM))
    picture_size = round(3.4 * PER_MM)
    cv2.putText(picture, words, place, (0,), _face(), picture_size, 400)
