"""Reads a PDF back, three ways: what the eye sees, what a voice says, what the file holds."""

import ctypes
import io
import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def page_texts(pdf: bytes) -> list[str]:
    """All that is printed, page by page, header and footer included."""
    return [page.extract_text() for page in opened(pdf).pages]


def squeezed(text: str) -> str:
    """Without white space: where a line is cut changes nothing of what is written."""
    return re.sub(r"\s", "", text)


def printed(pdf: bytes) -> str:
    return squeezed("".join(page_texts(pdf)))


def face_names(pdf: bytes) -> set[str]:
    """The embedded faces, without their subset mark. An unembedded face is an error."""
    names = set()
    for page in opened(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for inner in font["/DescendantFonts"]:
                descriptor = inner["/FontDescriptor"]
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
                names.add(str(descriptor["/FontName"]).split("+")[1])
    return names


class Piece(NamedTuple):
    """A run of text: what, in which face and size (points), its bounds on the page."""

    text: str
    face: str
    size: float
    left: float
    bottom: float
    right: float
    top: float
    tag: int


class Tag(NamedTuple):
    role: str
    text: str
    alt: str


def pieces(pdf: bytes) -> Iterator[Piece]:
    for page in pypdfium2.PdfDocument(pdf):
        yield from _pieces(page)


def read_aloud(pdf: bytes) -> list[Tag]:
    """The tags in logical order, with their own text: what a screen reader goes through."""
    found: list[Tag] = []
    for page in pypdfium2.PdfDocument(pdf):
        texts: dict[int, str] = {}
        for piece in _pieces(page):
            texts[piece.tag] = texts.get(piece.tag, "") + piece.text
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), texts, found)
    return found


def said(pdf: bytes) -> list[str]:
    """The words a voice says, in its order."""
    return [tag.text.strip() for tag in read_aloud(pdf) if tag.text.strip()]


def _pieces(page: pypdfium2.PdfPage) -> Iterator[Piece]:
    text_page = page.get_textpage()
    for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
        size, matrix = ctypes.c_float(), item.get_matrix()
        pdfium.FPDFTextObj_GetFontSize(item, size)
        words = _utf16(partial(pdfium.FPDFTextObj_GetText, item, text_page), wide=True)
        words = words.replace("\x02", "-")  # how pdfium tells a hyphen at the end of a line
        tag = pdfium.FPDFPageObj_GetMarkedContentID(item)
        yield Piece(words, _face(item), size.value * abs(matrix.a), *item.get_bounds(), tag)


def _face(item: object) -> str:
    font = pdfium.FPDFTextObj_GetFont(item)
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, name, length)
    return name.value.decode().split("+")[-1]


def _walk(element: object, texts: dict[int, str], found: list[Tag]) -> None:
    role = _utf16(partial(pdfium.FPDF_StructElement_GetType, element))
    alt = _utf16(partial(pdfium.FPDF_StructElement_GetAltText, element))
    count = pdfium.FPDF_StructElement_CountChildren(element)
    own = [pdfium.FPDF_StructElement_GetChildMarkedContentID(element, n) for n in range(count)]
    found.append(Tag(role, "".join(texts.get(tag, "") for tag in own if tag >= 0), alt))
    for index in range(count):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
            _walk(child, texts, found)


def _utf16(call, *, wide: bool = False) -> str:
    length = call(None, 0)
    if length <= 2:
        return ""
    buffer = ((ctypes.c_ushort * (length // 2)) if wide else (ctypes.c_char * length))()
    call(buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le")
