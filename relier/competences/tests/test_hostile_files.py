"""Files that are cut, renamed, enormous or built to harm: each gets one sentence, nothing more."""

import io
import json
import os
import random
import struct
import tracemalloc
import zipfile

import pytest

from relier.competences.importing import opening, read_official
from relier.competences.strict import FrameworkError

from . import supplements as make

MB = 1024 * 1024


@pytest.fixture(scope="module")
def workbook():
    return make.as_workbook(make.nodes())


@pytest.fixture(scope="module")
def linked():
    return make.as_jsonld(make.nodes())


@pytest.fixture
def refusal(tmp_path):
    """What is answered to a file with this content (or at this path), as one line."""

    def answered(content: bytes | None = None, name: str = "file.xlsx", path=None) -> str:
        if content is not None:
            path = tmp_path / name
            path.write_bytes(content)
        with pytest.raises(FrameworkError) as caught:
            read_official(path)
        sentence = str(caught.value)
        assert "\n" not in sentence
        assert sentence.endswith(".")
        return sentence

    return answered


# --- the path --------------------------------------------------------------------------------


def test_no_file(refusal, tmp_path):
    assert "There is no file there" in refusal(path=tmp_path / "nothing.xlsx")


def test_a_folder(refusal, tmp_path):
    assert "This is a folder" in refusal(path=tmp_path)


def test_a_shortcut_is_not_followed(refusal, tmp_path, linked):
    (tmp_path / "good.jsonld").write_bytes(linked)
    (tmp_path / "link.jsonld").symlink_to(tmp_path / "good.jsonld")

    assert "This is a shortcut" in refusal(path=tmp_path / "link.jsonld")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="This system has no named pipes.")
def test_a_pipe_that_nobody_feeds_is_answered_at_once(refusal, tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")

    assert "a device or a pipe" in refusal(path=tmp_path / "pipe.xlsx")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="This system has no /dev/zero.")
def test_a_device(refusal):
    assert "a device or a pipe" in refusal(path="/dev/zero")


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, ""])
def test_a_path_that_cannot_be(refusal, path):
    assert refusal(path=path)


def test_a_file_of_200_mb_is_refused_before_it_is_read(refusal, tmp_path, monkeypatch):
    with open(tmp_path / "big.xlsx", "wb") as file:
        file.truncate(200 * MB)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("The file was read."))

    assert "larger than 4 MB" in refusal(path=tmp_path / "big.xlsx")


def test_a_file_that_grows_while_it_is_read_is_refused(refusal, monkeypatch):
    monkeypatch.setattr(opening.os, "read", lambda _handle, size: b"{" * size)

    assert "larger than 4 MB" in refusal(b"{}")


# --- another kind of file ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"PK\x05\x06" + b"\0" * 18, "an empty archive"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"<!doctype html><title>Download</title>", "a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or a locked workbook"),
        (b"\x1f\x8b\x08\0", "is compressed"),
        (b"Identifier;Title\n1.1;Browsing\n", "neither a workbook nor JSON-LD"),
        (b"\0" * 100, "neither a workbook nor JSON-LD"),
    ],
)
def test_another_kind_of_file(refusal, content, said):
    assert said in refusal(content)


def test_an_archive_that_is_not_a_workbook(refusal):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("readme.txt", "words")

    assert "not an Excel workbook" in refusal(written.getvalue())


# --- cut and changed -----------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0.01, 0.3, 0.9, 0.999])
def test_a_file_cut_anywhere(refusal, workbook, linked, kept):
    assert refusal(workbook[: int(len(workbook) * kept)])
    assert "not whole JSON" in refusal(linked[: int(len(linked) * kept)])


def test_bytes_changed_at_random_never_cause_another_error(tmp_path, workbook, linked):
    chance = random.Random(20261124)
    answers = []

    for good in (workbook, linked):
        for _ in range(60):
            changed = bytearray(good)
            for _ in range(chance.randrange(1, 20)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            (tmp_path / "changed").write_bytes(changed)
            try:
                read_official(tmp_path / "changed")
            except FrameworkError as error:
                answers.append(str(error))

    assert len(answers) > 60
    assert max(map(len, answers)) < 400


def changed(graph_change) -> bytes:
    graph = make.nodes()
    graph_change(graph)
    return make.as_jsonld(graph)


@pytest.mark.parametrize("kind", ["CompetenceStatement", "LearningOutcome", "Competence"])
def test_one_line_missing(refusal, kind):
    graph = make.nodes()
    graph.remove(next(node for node in graph if node["@type"] == kind))

    assert "where DigComp 3.0 has" in refusal(make.as_jsonld(graph))


def test_one_statement_too_many_in_the_workbook(refusal):
    book = make.as_book(make.nodes())
    rows = list(book["3 Statements"].iter_rows(min_row=2, max_row=2, values_only=True))
    book["3 Statements"].append(rows[0])

    assert "363 statements where DigComp 3.0 has 362" in refusal(make.saved(book))


def test_an_identifier_given_twice(refusal):
    def double(graph):
        rows = [node for node in graph if node["@type"] == "LearningOutcome"]
        rows[1]["@id"] = rows[0]["@id"]

    assert "“LO1.1.01” is given twice" in refusal(changed(double))


def test_a_statement_filed_under_another_competence(refusal):
    def move(graph):
        node = next(n for n in graph if n["@id"].endswith("CS1.1.01"))
        node["competence_id"], node["competence_area_id"] = "Competence/4.2", "CompetenceArea/4"

    assert "filed under “4.2”, where it does not belong" in refusal(changed(move))


def test_a_statement_filed_in_another_area(refusal):
    def move(graph):
        node = next(n for n in graph if n["@id"].endswith("CS1.1.01"))
        node["competence_area_id"] = "CompetenceArea/4"

    assert "does not belong" in refusal(changed(move))


def test_a_level_that_does_not_exist(refusal):
    def rename(graph):
        graph[-10]["four_levels_proficiency_name"] = "ProficiencyLevel/Expert"

    assert "“Expert” is not a level" in refusal(changed(rename))


def test_levels_that_correspond_otherwise(refusal):
    def shift(graph):
        level = next(n for n in graph if n["@type"] == "ProficiencyLevel")
        level["eight_levels_mapping"] = 8

    assert "levels correspond otherwise" in refusal(changed(shift))


def test_a_kind_of_node_that_nobody_knows(refusal):
    assert "“Virus” is not a part" in refusal(changed(lambda g: g.append({"@type": "Virus"})))


def test_a_field_that_nobody_knows(refusal):
    def add(graph):
        graph[0]["score"] = 7

    assert "The key “score” is not known" in refusal(changed(add))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<script>alert(1)</script>", "holds HTML"),
        ("Click <a href='x'>here</a>", "holds HTML"),
        ("=HYPERLINK(A1)", "starts like a formula"),
        ("safe \u202e eliforp", "cannot be seen"),
        ("bell \u0007", "cannot be seen"),
        ("", "Words belong here"),
        ("word " * 2000, "shorten it"),
    ],
)
def test_a_text_that_is_not_plain_words(refusal, text, said):
    def write(graph):
        next(n for n in graph if n["@id"].endswith("CS1.1.01"))["description"] = text

    assert said in refusal(changed(write))


def test_html_in_a_cell_of_the_workbook(refusal):
    book = make.as_book(make.nodes())
    book["4 Outcomes"]["D7"] = "<img src=x onerror=alert(1)>"

    assert refusal(make.saved(book)).startswith("4 Outcomes!7: A text holds HTML")


def test_an_empty_cell_in_the_workbook(refusal):
    book = make.as_book(make.nodes())
    book["3 Statements"]["H9"] = None

    assert refusal(make.saved(book)).startswith("3 Statements!9: A cell is empty")


# --- built to harm: JSON -------------------------------------------------------------------------

TERM = b'{"@type": "Glossary", "@id": "Glossary/A", "explanation": "B"},'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"@graph": ' + b"[" * 200_000, "nested too deep"),
        (b'{"@graph": ' + b'{"a":' * 200_000, "nested too deep"),
        (b'{"@graph": [{"eight_levels_mapping": NaN}]}', "“NaN” is not a number"),
        (b'{"@graph": [{"eight_levels_mapping": -Infinity}]}', "“-Infinity” is not a number"),
        (b'{"@graph": [], "@graph": []}', "given twice"),
        (b'{"@graph": {}}', "A list [ … ] belongs here"),
        (b'{"@graph": [' + TERM * 6000 + b"7]}", "far more than DigComp"),
        (b'{"@graph": ["\xff\xfe"]}', "not in UTF-8"),
        (b'{"@context": "http://evil.example/c", "@graph": []}', "0 areas where DigComp"),
        (b'{"@graph": [null]}', "An object { … } belongs here"),
    ],
)
def test_json_built_to_harm(refusal, content, said):
    assert said in refusal(content, name="file.jsonld")


# --- built to harm: workbooks --------------------------------------------------------------------


def test_macros(refusal, workbook):
    armed = make.with_parts(workbook, xl__vbaProject_bin=b"\xd0\xcf\x11\xe0")

    assert "carries macros" in refusal(armed)


def test_links_to_other_files(refusal, workbook):
    armed = make.with_parts(workbook, xl__externalLinks__externalLink1_xml=b"<externalLink/>")

    assert "links to other files" in refusal(armed)


def test_a_formula(refusal):
    book = make.as_book(make.nodes())
    book["5 Glossary"]["B2"] = "=1+1"

    assert "holds formulas" in refusal(make.saved(book))


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><sst>&c;</sst>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<sst><si><t>&x;</t></si></sst>"""


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, BOMB.decode().encode("utf-16")])
def test_entities_in_a_part(refusal, workbook, xml):
    for part in ("xl__sharedStrings_xml", "xl__workbook_xml", "docProps__core_xml"):
        assert "declares XML entities" in refusal(make.with_parts(workbook, **{part: xml}))


def test_a_part_that_unpacks_to_far_more(refusal, workbook):
    bomb = make.with_parts(workbook, xl__media__big_bin=b"\0" * 40 * MB)

    assert len(bomb) < MB
    assert "unpacks to far more" in refusal(bomb)


def test_many_parts_that_unpack_to_far_more_together(refusal, workbook):
    noise = bytes(random.Random(1).randrange(64) for _ in range(20_000)) * 50
    bomb = make.with_parts(workbook, **{f"xl__media__{n}_bin": noise for n in range(20)})

    assert "unpacks to far more" in refusal(bomb) or "larger than" in refusal(bomb)


def test_a_part_that_lies_about_its_size_costs_no_memory(refusal, workbook):
    bomb = make.with_parts(workbook, xl__sharedStrings_xml=b" " * 60 * MB)
    lying = bomb.replace(struct.pack("<L", 60 * MB), struct.pack("<L", 2000))

    tracemalloc.start()
    try:
        assert refusal(lying)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 20 * MB


def test_an_archive_inside(refusal, workbook):
    assert "another archive inside" in refusal(
        make.with_parts(workbook, xl__embeddings__more_bin=workbook)
    )


def test_thousands_of_parts(refusal, workbook):
    crowd = make.with_parts(workbook, **{f"xl__media__{n}_bin": b"x" for n in range(2000)})

    assert "unpacks to far more" in refusal(crowd)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_given_twice(refusal, workbook):
    written = io.BytesIO(workbook)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")

    assert refusal(written.getvalue())


@pytest.mark.parametrize("where", ["XFD2", "A1048576", "ZZZZZZ1", "A99999999999999", "2A", "Ａ1"])
def test_a_cell_far_away(refusal, workbook, where):
    sheet = make.part(workbook, "xl/worksheets/sheet6.xml")
    far = sheet.replace(b'r="A2"', f'r="{where}"'.encode())

    assert "rows or columns that DigComp 3.0 does not have" in refusal(
        make.with_parts(workbook, xl__worksheets__sheet6_xml=far)
    )


def test_a_row_far_away(refusal, workbook):
    sheet = make.part(workbook, "xl/worksheets/sheet6.xml")
    far = sheet.replace(b'<row r="2"', b'<row r="999999999999"')

    assert "does not have" in refusal(make.with_parts(workbook, xl__worksheets__sheet6_xml=far))


def test_a_number_of_a_thousand_digits(refusal, workbook):
    sheet = make.part(workbook, "xl/worksheets/sheet2.xml")
    long = sheet.replace(b"<v>1</v>", b"<v>" + b"9" * 1000 + b"</v>", 1)
    assert long != sheet

    assert refusal(make.with_parts(workbook, xl__worksheets__sheet2_xml=long))


def test_xml_nested_a_thousand_deep(refusal, workbook):
    tower = b"<sst>" + b"<si>" * 1000 + b"</si>" * 1000 + b"</sst>"

    assert "unpacks to far more" in refusal(make.with_parts(workbook, xl__sharedStrings_xml=tower))


def test_millions_of_elements(refusal, workbook):
    crowd = b"<sst>" + b"<si><t>word</t></si>" * 150_000 + b"</sst>"

    assert refusal(make.with_parts(workbook, xl__sharedStrings_xml=crowd))


@pytest.mark.parametrize(
    "part", ["xl__sharedStrings_xml", "xl__worksheets__sheet3_xml", "xl___rels__workbook_xml.rels"]
)
def test_a_part_that_is_not_there(refusal, workbook, part):
    whole = make.with_shared_strings(workbook)

    assert "take the official file" in refusal(make.with_parts(whole, **{part: None}))


@pytest.mark.parametrize("claim", ["A1:ZZZZZ10000000", "A1:ZZZ99999999", "", "A1:"])
def test_a_claim_of_ten_million_columns(refusal, workbook, claim):
    sheet = make.part(workbook, "xl/worksheets/sheet3.xml")
    claiming = sheet.replace(b'ref="A1:F9"', f'ref="{claim}"'.encode())

    assert "rows or columns that DigComp 3.0 does not have" in refusal(
        make.with_parts(workbook, xl__worksheets__sheet3_xml=claiming)
    )


def test_a_sheet_that_is_not_there(refusal):
    book = make.as_book(make.nodes())
    del book["4 Outcomes"]

    assert "no sheet with a column" in refusal(make.saved(book))


def test_the_messages_hold_nothing_that_a_terminal_would_obey(refusal):
    answer = refusal(
        json.dumps({"@graph": [{"@type": "\x1b[31m" + "x" * 500}]}).encode(), name="f.jsonld"
    )

    assert answer.isprintable()
    assert len(answer) < 300
