"""A printed sheet: what the eye sees, what a voice says, page by page and copy by copy."""

import ctypes
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as raw
import pytest
import zxingcpp
from django.utils import translation

from relier.paper.printing import NotPrintable, layout_of, print_list, print_sheet
from relier.paper.reading import identifiers
from relier.paper.reading.layouts import from_json
from relier.paper.sheets import LANGUAGES, list_words, names, registry, worded
from relier.paper.typeset import TypesetError
from relier.paper.worded import Worded, WordedChoice

from .printed_sheets import every_kind, identities, layout, pdf_in, pictures, print_of, sheet_in
from .reading import opened, page_texts, printed, read_aloud, said, squeezed
from .sheet_samples import EVERY_KIND, HEAD, MADE_AT, positioning

# --- what is said --------------------------------------------------------------------------------


@every_kind
def test_a_voice_reads_the_sheet_in_its_order(language, large):
    words = sheet_in(language)
    heard = [squeezed(one) for one in said(pdf_in(language, large))]
    expected = [words.title, *words.introduction, words.words["tick"], words.words["correct"]]
    for number, question in enumerate(words.questions, start=1):
        expected.append(f"{number}{question.wording}")
        expected += [question.hint] if question.hint else []
        expected += [choice.wording + choice.hint for choice in question.choices]
        if question.kind == "date":
            expected.append("".join(words.words[part] for part in ("day", "month", "year")))
        expected += [question.who] if question.who else []

    assert len(heard) == len(expected)
    if language != "ar":  # pdfium gives Arabic as its glyphs: dots and letters apart
        assert heard == [squeezed(one) for one in expected]


def test_a_question_is_a_heading_and_its_choices_a_list():
    tags = read_aloud(pdf_in("fr", False))
    roles = [tag.role for tag in tags]

    assert roles[:3] == ["Document", "Part", "H1"]
    assert roles.count("H1") == 1
    assert roles.count("H2") == 7
    assert roles.count("L") == 3
    assert roles.count("LI") == 3 + 4 + 3
    for at, tag in enumerate(tags):
        if tag.role == "LBody":
            assert tags[at + 1].role == "P"
            assert tags[at + 1].text.strip()


@every_kind
def test_what_is_there_for_a_machine_is_not_read_aloud(language, large):
    tags = read_aloud(pdf_in(language, large))
    code = identifiers.as_printed(identifiers.by_hand(identities(1, 1)[0][0]))

    assert not any(tag.role in {"Figure", "Formula"} or tag.alt for tag in tags)
    assert code in page_texts(pdf_in(language, large))[0]
    assert not any(code in tag.text for tag in tags)
    assert not any(HEAD[0] in tag.text for tag in tags)


@every_kind
def test_whatever_is_drawn_is_out_of_the_tags(language, large):
    """Frames, markers, pictures, codes: each is an artifact, or it would be an unnamed figure."""
    drawn = list(marks_of_drawings(pdf_in(language, large)))

    assert len(drawn) >= 40
    assert all("Artifact" in marks for marks in drawn)


def marks_of_drawings(pdf: bytes):
    """What each path and each drawn object of a page is marked as."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        for item in page.get_objects([raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM], max_depth=1):
            count = raw.FPDFPageObj_CountMarks(item)
            yield {name_of(raw.FPDFPageObj_GetMark(item, at)) for at in range(count)}
    document.close()


def name_of(mark) -> str:
    length = ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, None, 0, length)
    name = (ctypes.c_ushort * (length.value // 2))()
    raw.FPDFPageObjMark_GetName(mark, name, length.value, length)
    return bytes(name).decode("utf-16-le").rstrip("\0")


@every_kind
def test_the_file_says_its_language_its_title_and_that_it_is_accessible(language, large):
    pdf = pdf_in(language, large)
    reader = opened(pdf)
    catalog = reader.trailer["/Root"]

    assert catalog["/Lang"][:2] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == sheet_in(language).title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


# --- the pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("large", [False, True])
def test_a_long_sheet_is_cut_between_questions_and_never_within(large):
    words = worded(positioning(30), "fr")
    found = layout_of(words, large=large)

    assert len(found.pages) == (16 if large else 8)
    for page in found.pages:
        assert {box.question for box in page.boxes} == set(page.rows)
        assert len(page.boxes) == 4 * len(page.rows)
    assert [key for page in found.pages for key in page.rows] == [
        f"item_{number}" for number in range(1, 31)
    ]


def test_the_boxes_of_a_sheet_stand_in_few_columns():
    found = layout_of(worded(positioning(30), "fr"), large=False)

    assert len({box.x for page in found.pages for box in page.boxes}) <= 2


def test_each_page_says_which_it_is():
    pages = page_texts(pdf_in("fr", False))

    for number, text in enumerate(pages, start=1):
        assert f"Page {number} sur {len(pages)}" in text


def test_how_to_correct_stands_on_every_page():
    for text in page_texts(pdf_in("fr", False)):
        assert squeezed("Pour corriger") in squeezed(text)


def test_who_gives_the_sheet_changes_nothing_of_where_things_stand():
    words, pages = sheet_in("fr"), len(layout("fr", False).pages)
    long_head = ("Centre d'insertion socioprofessionnelle du Fil de l'eau " * 4, "081", "Namur")
    plain = print_of(words, identities(1, pages))
    named = print_of(words, identities(1, pages), head=long_head)

    for one, other in zip(pictures(plain, 100), pictures(named, 100), strict=True):
        below = round(40 / 25.4 * 100)
        assert (one[below:] == other[below:]).all()


def examples():
    """Two of the tests, and whatever the rooms have registered."""
    house = {name: registry.entry(name).example() for name in names()}
    return [EVERY_KIND, positioning(12), *house.values()]


@pytest.mark.django_db
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_of_the_house_prints_in_each_language(language, large):
    for sheet in examples():
        words = worded(sheet, language)
        found = layout_of(words, large=large)
        pdf = print_of(words, identities(1, len(found.pages)), large=large, head=HEAD)

        assert len(opened(pdf).pages) == len(found.pages)
        assert from_json(found.to_json()) == found


# --- words that would disturb --------------------------------------------------------------------

HOSTILE = '#import "@preview/x:1.0.0": * $x$ *gras* _bas_ `code` \\ <a> @b // = [1] {2} \x00 "fin"'


def worded_with(wording: str, **changes) -> Worded:
    words = worded(EVERY_KIND, "fr")
    first = replace(words.questions[0], wording=wording, hint=wording)
    return replace(words, questions=(first, *words.questions[1:]), **changes)


def test_words_are_printed_as_they_were_written():
    words = worded_with(HOSTILE, title=HOSTILE, introduction=(HOSTILE,))
    pages = len(layout_of(words, large=False).pages)
    text = printed(print_of(words, identities(1, pages), head=(HOSTILE,)))

    assert text.count(squeezed(HOSTILE.replace("\x00", ""))) >= 4


@pytest.mark.parametrize(
    "wording",
    [
        "Чи є у вас комп'ютер?",
        "هل عندك حاسوب؟ (CPAS)",
        "你有电脑吗?",
        "Bạn có máy tính không?",
        "😀?",
    ],
)
def test_a_wording_in_any_script_is_printed(wording):
    words = worded_with(wording)
    found = layout_of(words, large=True)

    assert print_of(words, identities(1, len(found.pages)), large=True).startswith(b"%PDF")


@pytest.mark.parametrize("letters", ["a" * 10_000, "mot " * 2500])
def test_a_question_longer_than_a_page_is_refused_by_its_name(letters):
    with pytest.raises(NotPrintable, match="too long for one page"):
        layout_of(worded_with(letters), large=False)


def test_too_many_choices_for_a_page_are_refused():
    words = worded(EVERY_KIND, "fr")
    many = tuple(WordedChoice(f"c{n}", f"Une réponse assez longue, numéro {n}") for n in range(45))
    first = replace(words.questions[0], choices=many)

    with pytest.raises(NotPrintable, match="fewer choices"):
        layout_of(replace(words, questions=(first,)), large=True)


def test_a_long_title_and_introduction_take_pages_of_their_own():
    words = replace(sheet_in("fr"), title="Titre " * 400, introduction=("Mot " * 3000,))
    found = layout_of(words, large=False)

    assert len(found.pages) > 4
    assert not found.pages[1].rows
    assert len(found.pages[1].markers) == 4


# --- copies --------------------------------------------------------------------------------------


def test_the_same_inputs_give_the_same_bytes():
    words, pages = sheet_in("fr"), len(layout("fr", False).pages)
    one, again = (print_of(words, identities(3, pages), head=HEAD) for _ in range(2))
    other = print_of(words, identities(4, pages)[1:], head=HEAD)

    assert one == again
    assert one != other
    assert opened(one).trailer["/ID"] != opened(other).trailer["/ID"]


def test_each_copy_carries_its_own_codes_in_the_order_given():
    pages = len(layout("fr", False).pages)
    copies = identities(5, pages)
    seen = [
        {identifiers.read_payload(one.text) for one in zxingcpp.read_barcodes(picture)}
        for picture in pictures(print_of(sheet_in("fr"), copies), dpi=150)
    ]

    assert seen == [
        {identifiers.Seen(code, "A"), identifiers.Seen(code, "B")}
        for copy in copies
        for code in copy
    ]


def test_the_last_copy_is_tagged_as_the_first():
    pages = len(layout("fr", False).pages)
    one, many = (read_aloud(print_of(sheet_in("fr"), identities(n, pages))) for n in (1, 3))

    assert many == one * 3
    assert len(opened(print_of(sheet_in("fr"), identities(3, pages))).outline) == 3


def test_copies_look_alike_but_for_their_codes():
    pages = len(layout("fr", False).pages)
    drawn = pictures(print_of(sheet_in("fr"), identities(2, pages)), dpi=100)

    for page, first, second in zip(
        layout("fr", False).pages, drawn[:pages], drawn[pages:], strict=True
    ):
        for code in page.codes:
            around = tuple(
                slice(round((at - 15) / 25.4 * 100), round((at + code.side + 15) / 25.4 * 100))
                for at in (code.y, code.x)
            )
            assert (first[around] != second[around]).any()
            first[around] = second[around] = 255
        assert (first == second).all()


def test_progress_is_told_until_the_last_copy():
    told: list[int] = []
    words = worded(positioning(2), "fr")
    print_of(words, identities(230, 1), progress=told.append)

    assert told == [100, 200, 230]


@pytest.mark.parametrize("copies", [[], [[]], [["A" * 13], ["A" * 13] * 2]])
def test_copies_that_differ_in_pages_are_refused(copies):
    with pytest.raises(ValueError, match="same pages"):
        print_of(sheet_in("fr"), copies)


@pytest.mark.parametrize("pages", [1, 7])
def test_identifiers_for_other_pages_than_the_sheet_has_are_refused(pages):
    with pytest.raises(ValueError, match="copies"):
        print_of(sheet_in("fr"), identities(1, pages))


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(TypesetError, match="time zone"):
        print_sheet(
            sheet_in("fr"),
            identities(1, len(layout("fr", False).pages)),
            large=False,
            made_at=MADE_AT.replace(tzinfo=None),
        )


# --- the list that stays at the centre -----------------------------------------------------------


def test_the_list_says_who_has_which_codes_in_a_table():
    rows = list(zip(("Awa Diallo", "Олена Коваль", "#strong[x]"), identities(3, 2), strict=True))
    with translation.override("en"):
        words = list_words()
    pdf = print_list(sheet_in("fr"), rows, words=words, language="en", made_at=MADE_AT, head=HEAD)
    tags = read_aloud(pdf)

    for who, codes in rows:
        assert squeezed(who) in printed(pdf)
        for code in codes:
            assert identifiers.as_printed(identifiers.by_hand(code)) in printed(pdf)
    assert [tag.role for tag in tags].count("TR") == 4
    assert [tag.role for tag in tags].count("TH") == 4
    assert "This list stays at the centre." in " ".join(said(pdf))
