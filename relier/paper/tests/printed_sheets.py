"""What the tests of printed sheets share: a sheet in each language and size, printed once."""

from functools import cache

import numpy
import pypdfium2
import pytest

from relier.paper.printing import layout_of, print_sheet
from relier.paper.reading import identifiers
from relier.paper.reading.layouts import Layout
from relier.paper.sheets import worded
from relier.paper.worded import Worded

from .sheet_samples import EVERY_KIND, HEAD, MADE_AT, in_arabic

DPI = 300
PIXELS = DPI / 25.4  # in a millimetre
KINDS = [(language, large) for language in ("fr", "en", "ar") for large in (False, True)]
every_kind = pytest.mark.parametrize(("language", "large"), KINDS)


@cache
def sheet_in(language: str) -> Worded:
    return in_arabic() if language == "ar" else worded(EVERY_KIND, language)


@cache
def layout(language: str, large: bool) -> Layout:
    return layout_of(sheet_in(language), large=large)


def identities(copies: int, pages: int) -> list[list[str]]:
    """Always the same, so that what is printed is too."""
    letters = identifiers.codes.ALPHABET
    return [
        [
            letters[copy % 32] + letters[copy // 32] + letters[page] + "7K3MQ9XT2W"
            for page in range(pages)
        ]
        for copy in range(copies)
    ]


@cache
def pdf_in(language: str, large: bool) -> bytes:
    pages = len(layout(language, large).pages)
    return print_of(sheet_in(language), identities(1, pages), large=large, head=HEAD)


def print_of(words: Worded, copies, *, large=False, head=(), **how) -> bytes:
    return print_sheet(words, copies, large=large, made_at=MADE_AT, head=head, **how)


def pictures(pdf: bytes, dpi: int = DPI) -> list[numpy.ndarray]:
    """Each page as a scanner at rest would see it, in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            numpy.atleast_3d(page.render(scale=dpi / 72, grayscale=True).to_numpy())[..., 0].copy()
            for page in document
        ]
    finally:
        document.close()
