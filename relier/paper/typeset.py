"""A page to print: a template of ours, plain data, and the PDF that Typst makes of them.

    pdf = typeset(TAKE_HOME, data, language="fr", made_at=now, pictograms=pictures("phone"))

The PDF is tagged (PDF/UA-1), carries its title and language, and is the same to the byte for the
same inputs. What the data hold is never read as markup: it reaches Typst as JSON. A template reads
nothing outside this package and nothing from the network. Data are already worded: dates are
sentences by then, and every label comes from the caller, so that translation stays in gettext.

No Django here. Threads may typeset together (measured: 8 threads, 64 pages, the bytes of one).
A process forked from one that has already typeset may not: Typst's own threads do not survive the
fork and the child would wait for them for ever. So it is refused at once; start workers first.
"""

import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import defusedxml.ElementTree
import typst
from defusedxml.common import DefusedXmlException

from . import faces
from .printable import beyond_latin, printable

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parents[1]
HOUSE = Path(__file__).parent / "typst"

# The last five are those of a person's own page only.
Language = Literal["fr", "en", "nl", "de", "ar", "tr", "uk"]
_REGION = {"fr": "BE", "en": "GB", "nl": "BE", "de": "BE", "ar": "MA", "tr": "TR", "uk": "UA"}

# The ink of the house (`--ink` of the stylesheet); a pictogram's `currentColor` becomes it.
INK = "#1d1f1e"


class TypesetError(Exception):
    """The page could not be typeset: what was wrong, for a log. It may quote a bit of the data."""


@dataclass(frozen=True)
class Template:
    """A Typst file of this package.

    `path` is relative to the folder `relier`: "paper/typst/take_home.typ". The template finds the
    house style at "/paper/typst/house.typ". Raises TypesetError for a file that is elsewhere, is
    missing, or would fetch a package from the web.
    """

    path: str

    def __post_init__(self) -> None:
        file = self.file
        if not file.is_relative_to(PACKAGE) or file.suffix != ".typ" or not file.is_file():
            raise TypesetError(f"{self.path} is not a Typst file of this package.")
        for source in (file, *sorted(HOUSE.glob("*.typ"))):
            _refuse_web_packages(source)

    @property
    def file(self) -> Path:
        return (PACKAGE / self.path).resolve()


def typeset(
    template: Template,
    data: Mapping[str, object],
    *,
    language: Language,
    made_at: datetime,
    pictograms: Mapping[str, bytes] | None = None,
    tagged: bool = True,
) -> bytes:
    """The PDF of `template` filled with `data`.

    `data` holds only text, whole numbers, booleans, None, lists and dicts with text keys; what
    each template expects stands at its head. `data["title"]` is the title of the document.
    `made_at` (with its time zone) is the moment written in the PDF, and the only one: no clock is
    read. `pictograms` are SVG files by name; templates draw those that the data name. `tagged` is
    false only for what is laid over a page that has its tags (`copies`). Raises TypesetError.
    """
    inputs = _inputs(data, language, pictograms or {})
    if made_at.utcoffset() is None:
        raise TypesetError("made_at needs its time zone.")
    with _refusals(template):
        pdf, warnings = typst.compile_with_warnings(
            template.file,
            root=PACKAGE,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards="ua-1" if tagged else [],
            pdf_tags=tagged,
            timestamp=int(made_at.timestamp()),
        )
    for warning in warnings:
        logger.warning("%s: %s", template.path, warning.message)
    return pdf


def positions(
    template: Template,
    data: Mapping[str, object],
    *,
    language: Language,
    pictograms: Mapping[str, bytes] | None = None,
) -> list[Any]:
    """What `template` says of where it drew things: the value of each metadata labelled
    `<position>`, in the order of the page, from the same typesetting as `typeset` with the same
    inputs. Raises TypesetError."""
    inputs = _inputs(data, language, pictograms or {})
    with _refusals(template):
        found = typst.query(
            template.file,
            "<position>",
            field="value",
            format="json",
            root=PACKAGE,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )
    values: list[Any] = json.loads(found)
    return values


def _inputs(
    data: Mapping[str, object], language: Language, pictograms: Mapping[str, bytes]
) -> dict[str, str]:
    """All that a template is given. Raises TypesetError."""
    if language not in get_args(Language):
        raise TypesetError(f"No pages in {language!r}; there are {', '.join(get_args(Language))}.")
    clean = _plain(data, "data")
    if not str(clean.get("title") or "").strip():
        raise TypesetError("A document needs a title: data['title'].")
    text = json.dumps(clean, ensure_ascii=False)
    drawings = {name: _drawing(name, svg) for name, svg in pictograms.items()}
    return {
        "data": text,
        "language": language,
        "region": _REGION[language],
        "faces": json.dumps(
            {"order": faces.ORDER, "cyrillic": faces.CYRILLIC, "arabic": faces.ARABIC}
        ),
        "beyond_latin": beyond_latin(text),
        "pictograms": json.dumps(drawings, ensure_ascii=False),
    }


@contextmanager
def _refusals(template: Template) -> Iterator[None]:
    """What Typst refuses, said as a TypesetError."""
    _refuse_after_fork()
    try:
        yield
    except typst.TypstError as error:
        hints = "".join(f" ({hint})" for hint in error.hints)
        refused = TypesetError(f"{template.path}: {error.message}{hints}")
        refused.add_note(error.diagnostic)  # where in the template
        raise refused from error


def _plain(value: object, where: str) -> Any:
    """`value` as JSON can hold it, its text made printable; `where` names it in the error."""
    if isinstance(value, str):
        return printable(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypesetError(f"{where}: the key {key!r} is not text.")
        return {key: _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    kind = type(value).__name__
    raise TypesetError(f"{where} is of type {kind}: put it into words first, as str.")


def _drawing(name: str, svg: bytes) -> str:
    try:
        return _checked_svg(svg)
    except (ValueError, SyntaxError) as error:  # ParseError is a SyntaxError
        raise TypesetError(f"The pictogram {name!r} is refused: {error}") from error


@lru_cache(maxsize=512)
def _checked_svg(svg: bytes) -> str:
    """The drawing in the ink of the house; ValueError if it calls anything from outside itself."""
    try:
        root = defusedxml.ElementTree.fromstring(svg, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ValueError("it declares entities or a document type") from error
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise ValueError("it is not an SVG")
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if attribute.endswith("href") and not value.startswith("#"):
                raise ValueError("it calls a file from outside itself")
    return svg.decode("utf-8").replace("currentColor", INK)


@cache
def _fonts() -> typst.Fonts:
    """Our faces and no others: neither the machine's nor those inside Typst."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(faces.FOLDER)],
    )


@cache
def _refuse_web_packages(source: Path) -> None:
    # Typst would download `#import "@preview/…"` without asking: a page must not call anyone.
    found = re.search(r'"@[\w-]+/[^"]*"', source.read_text(encoding="utf-8"))
    if found:
        raise TypesetError(f"{source.name} imports {found[0]}: packages from the web are refused.")


_started_in: int | None = None  # the process that typeset first


def _refuse_after_fork() -> None:
    global _started_in
    if _started_in is None:
        _started_in = os.getpid()
    elif _started_in != os.getpid():
        raise TypesetError(
            "This process was forked from one that had already typeset; Typst would never answer. "
            "Start the workers before the first page is made."
        )


TAKE_HOME = Template("paper/typst/take_home.typ")
DOCUMENT = Template("paper/typst/document.typ")
KEYS_KIT = Template("paper/typst/keys.typ")
POSITIONING = Template("paper/typst/positioning.typ")
CARD = Template("paper/typst/card.typ")
SLIP = Template("paper/typst/slip.typ")
SHEET = Template("paper/typst/sheet.typ")
SHEET_CODES = Template("paper/typst/sheet_codes.typ")
COVERING_LIST = Template("paper/typst/covering_list.typ")
