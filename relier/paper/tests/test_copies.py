"""Many copies in one file: every object is found, every tag leads to its page."""

import re

import pytest

from relier.paper.copies import UnknownPdf, multiply, read, trailer
from relier.paper.typeset import DOCUMENT, typeset

from .reading import opened, page_texts, read_aloud
from .sheet_samples import MADE_AT

HOSTILE = "Titre (12 0 R) ) \\( endobj stream\n/Creator(x) <</Type/Page/Contents 1 0 R>>"


def document(paragraphs: int = 3, title: str = "Une page", *, tagged: bool = True) -> bytes:
    return typeset(
        DOCUMENT,
        {
            "title": title,
            "labels": {"page": "Page %(page)s sur %(pages)s"},
            "paragraphs": [f"{title} {number}" for number in range(paragraphs)],
        },
        language="fr",
        made_at=MADE_AT,
        tagged=tagged,
    )


def own(pages: int) -> bytes:
    """As many pages that are not tagged."""
    for paragraphs in range(1, 2000, 10):
        pdf = document(paragraphs, "Mienne", tagged=False)
        if len(opened(pdf).pages) == pages:
            return pdf
    raise AssertionError(pages)


def test_every_object_of_a_page_is_read_and_none_is_lost():
    pdf = document()
    things = read(pdf)

    assert len(things) == pdf.count(b" 0 obj\n")
    assert set(trailer(pdf)) <= set(things)
    for thing in things.values():
        assert set(thing.references) <= set(things)


def test_written_again_with_the_same_numbers_it_is_the_same():
    pdf = document(title=HOSTILE)
    for number, thing in read(pdf).items():
        same = {one: one for one in thing.references}
        assert b"%d 0 obj\n%s" % (number, thing.written(same)) in pdf


def test_a_title_that_looks_like_a_pdf_changes_nothing():
    copies = multiply(document(title=HOSTILE), [own(2)], ["ONE", "TWO"])

    assert opened(copies).metadata.title == HOSTILE
    assert len(opened(copies).pages) == 2


def test_every_reference_leads_to_an_object_that_is_there():
    copies = multiply(document(), [own(3)], ["A", "B", "C"])
    things = read(copies)

    for thing in things.values():
        assert set(thing.references) <= set(things)
    assert opened(copies).xref_objStm == {}


def test_a_tag_of_each_copy_leads_to_a_page_of_that_copy():
    one = document(40)
    pages = len(opened(one).pages)
    copies = multiply(one, [own(3 * pages)], ["A", "B", "C"])
    things = read(copies)
    kids = [n for n, thing in things.items() if thing.is_a(b"Page")]
    tags = [thing for thing in things.values() if thing.is_a(b"StructElem")]
    led_to = [int(found[1]) for tag in tags if (found := pg(tag))]

    assert pages > 1
    assert set(led_to) == set(kids)
    assert {led_to.count(page) for page in kids[:pages]} == {
        led_to.count(page) for page in kids[pages : 2 * pages]
    }
    assert read_aloud(copies) == read_aloud(multiply(one, [own(pages)], ["A"])) * 3


def pg(tag):
    return re.search(rb"/Pg (\d+) 0 R", tag.written({n: n for n in tag.references}))


def test_what_is_laid_over_is_seen_and_not_read_aloud():
    copies = multiply(document(), [own(2)], ["A", "B"])

    for text in page_texts(copies):
        assert "Mienne" in text
        assert "Une page 0" in text
    assert not any("Mienne" in tag.text for tag in read_aloud(copies))


def test_what_is_laid_over_may_come_in_several_files():
    whole = multiply(document(), [own(2), own(1)], ["A", "B", "C"])

    assert [mark.title for mark in opened(whole).outline] == ["A", "B", "C"]
    assert len(opened(whole).pages) == 3


@pytest.mark.parametrize("titles", [["A"], ["A", "B", "C"]])
def test_too_few_pages_or_too_many_are_refused(titles):
    with pytest.raises(ValueError, match="copies were asked for"):
        multiply(document(), [own(2)], titles)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"%PDF-1.7\n",
        b"%PDF-1.7\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f\r\n0000000001 00000 n\r\n"
        b"startxref\n29\n%%EOF",
    ],
)
def test_a_pdf_of_another_kind_is_refused(other):
    with pytest.raises(UnknownPdf):
        multiply(other, [], ["A"])


def test_a_document_that_is_not_tagged_is_refused():
    with pytest.raises(UnknownPdf, match="StructTreeRoot"):
        multiply(document(tagged=False), [own(1)], ["A"])


def test_a_page_that_draws_objects_already_is_refused():
    """A picture in its own object: none of our sheets has one; nothing is lost in silence."""
    pdf = document().replace(b"/ProcSet", b"/XObject", 1)

    with pytest.raises(UnknownPdf, match="draw objects"):
        multiply(pdf, [own(1)], ["A"])
