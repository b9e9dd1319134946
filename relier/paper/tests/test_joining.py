"""Several sheets in one file: each page, each tag, each bookmark, as in the file it came from."""

import re

import pytest

from relier.paper.copies import UnknownPdf, multiply, read
from relier.paper.joining import join

from .reading import opened, page_texts, read_aloud
from .test_copies import HOSTILE, document, own


def sheet(title: str, copies: int = 1, paragraphs: int = 3) -> bytes:
    one = document(paragraphs, title)
    pages = len(opened(one).pages)
    titles = [f"{title[:4].strip()} {number}" for number in range(copies)]
    return multiply(one, [own(pages * copies)], titles)


@pytest.fixture(scope="module")
def three():
    return [sheet("Matin", 2), sheet("Midi", paragraphs=40), sheet("Soir")]


def test_the_pages_follow_in_order_and_say_what_they_said(three):
    whole = join(three, title="Mardi 24 novembre")

    assert page_texts(whole) == [text for one in three for text in page_texts(one)]
    assert len(opened(three[1]).pages) > 1


def test_a_voice_reads_every_sheet_as_in_its_own_file(three):
    assert read_aloud(join(three, title="x")) == [tag for one in three for tag in read_aloud(one)]


def test_each_bookmark_leads_to_its_page(three):
    whole = opened(join(three, title="x"))

    marks = [(mark.title, whole.get_destination_page_number(mark)) for mark in whole.outline]
    first_of_last = len(whole.pages) - 1
    assert marks == [("Mati 0", 0), ("Mati 1", 1), ("Midi 0", 2), ("Soir 0", first_of_last)]


def test_every_reference_leads_to_an_object_that_is_there(three):
    things = read(join(three, title="x"))

    for thing in things.values():
        assert set(thing.references) <= set(things)


def test_each_page_finds_its_own_tags(three):
    things = read(join(three, title="x"))
    same = {number: number for number in things}
    pages = [thing.written(same) for thing in things.values() if thing.is_a(b"Page")]
    root = next(thing for thing in things.values() if thing.is_a(b"StructTreeRoot")).written(same)

    places = [int(re.search(rb"/StructParents (\d+)", page)[1]) for page in pages]
    keys = re.search(rb"/Nums\[([^]]*)\]", root)[1]
    assert sorted(places) == list(range(len(pages)))
    assert [int(key) for key in re.findall(rb"(\d+) \d+ 0 R", keys)] == sorted(places)


def test_it_has_a_title_of_its_own_whatever_letters_it_has(three):
    title = "Été & <hiver> (12 0 R) \\1"

    whole = opened(join(three, title=title))

    assert whole.metadata.title == title
    assert whole.xmp_metadata.dc_title["x-default"] == title
    assert len(whole.pages) == int(re.search(r"NPages>(\d+)", xmp(whole))[1])


def xmp(pdf):
    return pdf.trailer["/Root"]["/Metadata"].get_data().decode()


def test_the_same_files_make_the_same_bytes(three):
    assert join(three, title="x") == join(three, title="x")


def test_a_title_that_looks_like_a_pdf_changes_nothing():
    one = sheet(HOSTILE)

    assert page_texts(join([one, one], title="x")) == page_texts(one) * 2


def test_one_file_alone_says_the_same():
    one = sheet("Seule")

    assert read_aloud(join([one], title="Seule")) == read_aloud(one)


def test_no_file_at_all_is_refused():
    with pytest.raises(ValueError, match="one file"):
        join([], title="x")


def test_a_pdf_of_another_kind_is_refused():
    with pytest.raises(UnknownPdf):
        join([b"%PDF-1.7\n%%EOF"], title="x")
