"""A sheet on paper: its PDF, and where each thing stands on it, from one typesetting.

    layout = layout_of(worded, large=False)
    pdf = print_sheet(worded, [[new_identifier() for _ in layout.pages]], large=False, made_at=now)

Each page carries four markers, the same identifier in two codes, and a short code under each for
a hand. What is fixed of the page (`GEOMETRY`) is written here and nowhere else: the template takes
it from here, the layout gives it to the reader. No Django, no clock, no chance: the same inputs
give the same bytes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from .copies import multiply
from .reading import identifiers
from .reading.fiducials import CODE_MODULES, QUIET_MODULES, code_svg, marker_svg
from .reading.layouts import HEIGHT, WIDTH, Box, Cell, Code, Layout, Marker, Page, Question, Room
from .typeset import COVERING_LIST, SHEET, SHEET_CODES, Language, positions, typeset
from .worded import Worded, WordedQuestion, WordedTable

# Thousandths of a millimetre. Markers stand 15 mm from the edge, or a page that is a little askew
# loses them; boxes stand 6 mm apart at least, or a large cross reaches the next one.
INSET, MARKER, MODULE, CODE_WORDS = 15_000, 10_000, 900, 3_000
CODE, QUIET = CODE_MODULES * MODULE, QUIET_MODULES * MODULE
GEOMETRY = {
    "inset": INSET,
    "marker": MARKER,
    "code": CODE,
    "quiet": QUIET,
    "code_words": CODE_WORDS,
    "code_width": 34_000,  # eight of the widest letters
    # The top left corners of the two codes: beside two markers, top right and bottom left.
    "a_x": round(WIDTH * 1000) - INSET - MARKER - QUIET - CODE,
    "a_y": INSET,
    "b_x": INSET + MARKER + QUIET,
    "b_y": round(HEIGHT * 1000) - INSET - CODE - QUIET - CODE_WORDS,
    "frame": 280,
    "top": 47_000,
    "bottom": 47_000,
    "signature_width": 90_000,
    "signature_height": 25_000,
}
NORMAL = {
    "box": 5_000,
    "row": 11_000,
    "cell_width": 8_000,
    "cell_height": 10_000,
    "cell_gap": 1_500,
    "line": 11_000,
    "between": 9_000,
    # A line of a table: the width of a column for each choice, the squares of a length of time,
    # the room to sign in.
    "table_row": 12_000,
    "table_choice": 15_500,
    "table_cell_width": 6_000,
    "table_cell_height": 8_500,
    "table_signature": 44_000,
    # Where the label of a line is a whole sentence.
    "tall_choice": 20_000,
    "tall_picture": 9_000,
}
LARGE = {
    "box": 7_000,
    "row": 14_000,
    "cell_width": 10_000,
    "cell_height": 12_500,
    "cell_gap": 1_500,
    "line": 14_000,
    "between": 12_000,
    "table_row": 18_000,
    "table_choice": 18_000,
    "table_cell_width": 6_500,
    "table_cell_height": 11_000,
    "table_signature": 38_000,
    "tall_choice": 24_000,
    "tall_picture": 11_000,
}
# A part to cut off at the foot of each page: all that stands there is moved up by its height.
STUB = 32_000
MARKERS = (0, 1, 2, 3)
# A batch of codes: a tenth of a second, and a few megabytes.
PAGES_AT_ONCE = 100


class NotPrintable(Exception):  # noqa: N818 — said as a sentence
    """The sheet cannot be printed as it is: which question, and why."""


def layout_of(worded: Worded, *, large: bool) -> Layout:
    """Where everything stands on the pages of one copy. Raises NotPrintable, TypesetError."""
    found = positions(
        SHEET,
        _data(worded, large=large, head=()),
        language=worded.language,
        pictograms=_drawings(worded),
    )
    sizes = _sizes(worded, large)
    _refuse_what_is_too_tall(found, worded, sizes)
    return Layout(
        sheet=worded.name,
        version=worded.version,
        language=worded.language,
        large=large,
        questions=tuple(_question(question) for question in worded.questions),
        pages=_pages(found, sizes),
    )


def print_sheet(
    worded: Worded,
    copies: Sequence[Sequence[str]],
    *,
    large: bool,
    made_at: datetime,
    head: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
    receipts: Sequence[str] = (),
) -> bytes:
    """The PDF of one copy or of many, tagged, each page with an identifier of its own.

    `copies`: for each copy, the identifier of each of its pages, as many as the layout has.
    `head`: who gives the sheet (the centre, its telephone), at most three short lines; it is on
    every copy, so never the name of a person. `progress` is told, now and then, how many copies
    are made. `receipts`: for each copy, what stands on the part to cut off of each of its pages.
    Raises ValueError when a copy has not the pages of the layout, TypesetError.
    """
    pages = {len(copy) for copy in copies}
    if len(pages) != 1 or 0 in pages:
        raise ValueError("There is one copy at least, and every copy has the same pages.")
    one = typeset(
        SHEET,
        _data(worded, large=large, head=head),
        language=worded.language,
        made_at=made_at,
        pictograms=_drawings(worded),
    )
    titles = [_code(copy[0]) for copy in copies]
    geometry = _sizes(worded, large)
    told = progress or _untold
    return multiply(one, _codes(copies, receipts, geometry, made_at, told), titles)


def print_list(
    worded: Worded,
    rows: Sequence[tuple[str, Sequence[str]]],
    *,
    words: Mapping[str, str],
    language: Language,
    made_at: datetime,
    date: str = "",
    head: Sequence[str] = (),
) -> bytes:
    """The list that goes with a batch, and stays at the centre: who was given which copy.

    `rows`: a name, and the identifier of each page of their copy. `words`: `sheets.list_words()`
    in `language`. Raises TypesetError.
    """
    return typeset(
        COVERING_LIST,
        {
            "title": words["title"],
            "sheet": worded.title,
            "date": date,
            "head": head,
            "note": words["note"],
            "rows": [{"who": who, "codes": [_code(one) for one in pages]} for who, pages in rows],
            "words": words,
        },
        language=language,
        made_at=made_at,
    )


def _code(identifier: str) -> str:
    return identifiers.as_printed(identifiers.by_hand(identifier))


def _untold(_copies: int) -> None:
    pass


def _codes(
    copies: Sequence[Sequence[str]],
    receipts: Sequence[str],
    geometry: Mapping[str, int],
    made_at: datetime,
    progress: Callable[[int], None],
) -> Iterator[bytes]:
    """What is laid over the pages, some copies at a time, so that little is held in memory."""
    at_once = max(1, PAGES_AT_ONCE // len(copies[0]))
    for start in range(0, len(copies), at_once):
        some = copies[start : start + at_once]
        pages = [identifier for copy in some for identifier in copy]
        cut_off = [
            receipt
            for receipt, copy in zip(receipts[start : start + at_once], some, strict=False)
            for _page in copy
        ]
        yield typeset(
            SHEET_CODES,
            {
                "title": "-",
                "codes": [_code(identifier) for identifier in pages],
                "receipts": cut_off,
                "sizes": geometry,
            },
            language="en",
            made_at=made_at,
            pictograms={
                f"{corner}{index}": code_svg(identifiers.payload(identifier, corner))
                for index, identifier in enumerate(pages)
                for corner in identifiers.CORNERS
            },
            tagged=False,
        )
        progress(start + len(some))


def _sizes(worded: Worded, large: bool) -> dict[str, int]:
    stub = STUB if worded.keep else 0
    above_it = {
        "stub": stub,
        "b_y": GEOMETRY["b_y"] - stub,
        "bottom": GEOMETRY["bottom"] + stub,
    }
    return {**GEOMETRY, **above_it, **(LARGE if large else NORMAL)}


def _data(worded: Worded, *, large: bool, head: Sequence[str]) -> dict[str, Any]:
    listed = {key for row in worded.table.rows for key in row.keys} if worded.table else set()
    return {
        "title": worded.title,
        "reader": "person" if large else "worker",
        "introduction": worded.introduction,
        "head": head,
        "table": _tabled(worded, worded.table) if worded.table else None,
        "questions": [_asked(one) for one in worded.questions if one.key not in listed],
        "sizes": _sizes(worded, large),
        "keep": worded.keep,
        "words": worded.words,
    }


def _tabled(worded: Worded, table: WordedTable) -> dict[str, Any]:
    return {
        "heads": table.heads,
        "tall": table.tall,
        "rows": [
            {
                "label": row.label,
                "pictogram": row.pictogram,
                "questions": [_asked(worded.question(key)) for key in row.keys],
            }
            for row in table.rows
        ],
    }


def _asked(question: WordedQuestion) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind,
        "wording": question.wording,
        "hint": question.hint,
        "pictogram": question.pictogram,
        "choices": [
            {
                "key": choice.key,
                "wording": choice.wording,
                "hint": choice.hint,
                "pictogram": choice.pictogram,
            }
            for choice in question.choices
        ],
        "digits": question.digits,
        "lines": question.lines,
        "who": question.who,
    }


def _drawings(worded: Worded) -> dict[str, bytes]:
    markers = {f"marker{identity}": marker_svg(identity) for identity in MARKERS}
    return {**worded.drawings, **markers}


# --- from positions to a layout ------------------------------------------------------------------


def _question(question: WordedQuestion) -> Question:
    choices = tuple(one.key for one in question.choices)
    return Question(question.key, question.kind, choices, question.by_ink)


def _pages(found: Sequence[Mapping[str, Any]], sizes: Mapping[str, int]) -> tuple[Page, ...]:
    last = max(one["page"] for one in found)
    return tuple(
        _page(number, [one for one in found if one["page"] == number], sizes)
        for number in range(1, last + 1)
    )


def _page(number: int, found: Sequence[Mapping[str, Any]], sizes: Mapping[str, int]) -> Page:
    side = {name: sizes[name] / 1000 for name in ("box", "marker", "code")}

    def of(part: str) -> list[tuple[Mapping[str, Any], float, float]]:
        return [(one, _mm(one["x"]), _mm(one["y"])) for one in found if one["part"] == part]

    cells: dict[str, list[Cell]] = {}
    for one, x, y in of("cell"):
        # In a table the squares are smaller, and say so.
        width = one.get("width", sizes["cell_width"] / 1000)
        height = one.get("height", sizes["cell_height"] / 1000)
        cell = Cell(x, y, _mm(width), _mm(height))
        cells.setdefault(one["question"], []).append(cell)
    return Page(
        number=number,
        boxes=tuple(
            Box(one["question"], one["choice"], x, y, side["box"]) for one, x, y in of("box")
        ),
        rooms=tuple(_room(one, x, y, cells.get(one["question"], ())) for one, x, y in of("room")),
        markers=tuple(Marker(one["id"], x, y, side["marker"]) for one, x, y in of("marker")),
        codes=tuple(Code(one["corner"], x, y, side["code"]) for one, x, y in of("code")),
        rows=_rows(found),
    )


def _room(one: Mapping[str, Any], x: float, y: float, cells: Sequence[Cell]) -> Room:
    """A comb reaches from its first square to its last; another room says its own size."""
    if not cells:
        return Room(one["question"], x, y, _mm(one["width"]), _mm(one["height"]))
    first, last = cells[0], cells[-1]
    return Room(
        one["question"],
        first.x,
        first.y,
        _mm(last.x + last.width - first.x),
        first.height,
        tuple(cells),
    )


def _rows(
    found: Sequence[Mapping[str, Any]],
) -> dict[str, tuple[float, float, float, float]]:
    """The strip of each question: the whole width of the text, from its first line to its last."""
    bottoms = {one["question"]: one["y"] for one in found if one["part"] == "bottom"}
    return {
        one["question"]: (
            _mm(one["x"]),
            _mm(one["y"]),
            _mm(one["width"]),
            _mm(bottoms.get(one["question"], HEIGHT) - one["y"]),
        )
        for one in found
        if one["part"] == "top"
    }


def _refuse_what_is_too_tall(
    found: Sequence[Mapping[str, Any]], worded: Worded, sizes: Mapping[str, int]
) -> None:
    """A question is never cut, so none may be taller than a page."""
    room = HEIGHT - (sizes["top"] + sizes["bottom"]) / 1000
    for one in found:
        if one["part"] == "top" and one["whole"] > room:
            wording = worded.question(one["question"]).wording
            raise NotPrintable(
                f"The question “{wording[:60]}” is too long for one page: "
                "it needs fewer words or fewer choices."
            )


def _mm(length: float) -> float:
    """To the hundredth of a millimetre, finer than any printer: a layout that is easy to read."""
    return round(length, 2)
