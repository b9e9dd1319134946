"""The sheets of the rooms on paper: few pages, no question alone, nothing said of boxes where there
is none."""

from functools import cache

import pytest

from relier.paper.printing import layout_of
from relier.paper.reading.layouts import Layout
from relier.paper.sheets import names, registry, worded

from .printed_sheets import identities, print_of
from .reading import page_texts, printed, squeezed

NAMES = names()
every_size = pytest.mark.parametrize("large", [False, True])
every_language = pytest.mark.parametrize("language", ["fr", "en", "ar"])
every_sheet = pytest.mark.parametrize("name", NAMES)


@cache
def words_of(name: str, language: str):
    return worded(registry.entry(name).example(), language)


@cache
def layout(name: str, language: str, large: bool) -> Layout:
    return layout_of(words_of(name, language), large=large)


def pages_by_question(found: Layout) -> dict[str, int]:
    return {key: page.number for page in found.pages for key in page.rows}


def test_the_first_sheets_are_there():
    assert {
        "support.request", "people.situation", "competences.positioning", "people.consent",
        "support.mandate", "support.steps",
    } <= set(NAMES)  # fmt: skip


@every_sheet
@every_language
@every_size
def test_no_question_stands_alone_on_the_last_page(name, language, large):
    pages = layout(name, language, large).pages

    assert len(pages) == 1 or len(pages[-1].rows) > 1


@every_sheet
@every_language
@every_size
def test_a_question_without_a_picture_stands_with_the_one_before(name, language, large):
    words, pages = words_of(name, language), pages_by_question(layout(name, language, large))
    # A row of a list may begin a page, under its heads; what follows the list stands with the last.
    rows = {row.keys[0] for row in words.table.rows} if words.table else set()
    pairs = [
        (one.key, other.key)
        for one, other in zip(words.questions, words.questions[1:], strict=False)
        if not other.pictogram and other.key not in rows
    ]

    assert [pair for pair in pairs if pages[pair[0]] != pages[pair[1]]] == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["support.request", "people.consent"])
def test_where_one_page_is_enough_there_is_one(name, language):
    assert len(layout(name, language, False).pages) == 1


@pytest.mark.parametrize("name", ["people.consent", "support.mandate"])
@every_size
def test_one_signs_on_the_page_that_holds_the_last_words_of_the_text(name, large):
    words, found = words_of(name, "fr"), layout(name, "fr", large)
    pdf = print_of(words, identities(1, len(found.pages)), large=large)

    signed_on = squeezed(page_texts(pdf)[pages_by_question(found)["signed"] - 1])
    assert squeezed(words.introduction[-1]) in signed_on


@pytest.mark.parametrize(
    ("name", "said"),
    [("people.consent", False), ("support.mandate", False), ("support.request", True)],
)
def test_what_to_do_with_boxes_is_said_where_there_are_boxes(name, said):
    words, found = words_of(name, "fr"), layout(name, "fr", False)
    text = printed(print_of(words, identities(1, len(found.pages))))

    assert (squeezed(words.words["tick"]) in text) is said
    assert (squeezed(words.words["correct"]) in text) is said
