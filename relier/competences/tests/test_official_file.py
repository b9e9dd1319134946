"""A good data supplement, in either format: every count, every link, the same facts twice."""

import tracemalloc

import pytest

from relier.competences.importing import read_official
from relier.competences.package_files import as_data, from_data

from . import supplements as make

SHA256 = {
    ".xlsx": "cc7e9879f1f4df9fa71f68190aedf487cbcd26ddd86c92dc387618b61e3287c7",
    ".jsonld": "f282a4f76891e1a0f5371cd2f2b13dd0ca3c36ead430980ca4114aa0dec84390",
}


@pytest.fixture(params=[".xlsx", ".jsonld"])
def official(request):
    return read_official(make.official(request.param))


def test_the_official_file_has_its_exact_counts(official):
    framework = official.framework

    assert (len(framework.groups), len(framework.items)) == (5, 21)
    assert (len(framework.statements), len(framework.outcomes)) == (362, 523)
    assert len(framework.terms) == 126


def test_the_official_file_is_recognised_and_agrees_with_the_shipped_facts(official):
    assert official.sha256 == SHA256[f".{official.format}"]
    assert official.remarks == ()


def test_the_official_file_carries_licence_and_attribution(official):
    assert official.framework.licence == "CC-BY-4.0"
    assert "European Union, 2025" in official.framework.attribution
    assert "10.2760/0001149" in official.framework.attribution


def test_every_statement_and_outcome_has_its_words(official):
    filed = (*official.framework.statements, *official.framework.outcomes)

    assert all(row.text and row.text == " ".join(row.text.split()) for row in filed)


def test_the_words_of_one_statement_and_one_outcome(official):
    framework = official.framework

    statement = next(s for s in framework.statements if s.id == "CS1.1.04")
    outcome = next(o for o in framework.outcomes if o.id == "LO1.1.01")

    assert statement.text == (
        "Use digital search tools to implement, refine and update basic information searches."
    )
    assert (statement.level, statement.ai) == ("basic", "implicit")
    assert (outcome.level, outcome.kind) == ("basic", "attitude")


def test_both_official_formats_give_the_same_facts():
    workbook = read_official(make.official(".xlsx")).framework
    linked = read_official(make.official(".jsonld")).framework

    assert workbook == linked


def test_an_imported_framework_is_kept_without_loss(official):
    assert from_data(as_data(official.framework)) == official.framework


def test_reading_the_official_file_holds_less_than_60_mb(official):
    path = make.official(f".{official.format}")

    tracemalloc.start()
    try:
        read_official(path)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 60 * 1024 * 1024


# --- made up, so that these run everywhere -----------------------------------------------------


@pytest.fixture
def keep(tmp_path):
    def written(name: str, content: bytes):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return written


def test_both_made_up_formats_give_the_same_facts(keep):
    linked = read_official(keep("a.jsonld", make.as_jsonld(make.nodes())))
    workbook = read_official(keep("a.xlsx", make.as_workbook(make.nodes())))

    assert (linked.format, workbook.format) == ("jsonld", "xlsx")
    assert linked.framework == workbook.framework
    assert linked.framework.statements_of("1.1")[0].text == "Words of CS1.1.01."


def test_a_file_that_is_not_the_official_one_is_taken_with_a_remark(keep):
    taken = read_official(keep("a.jsonld", make.as_jsonld(make.nodes())))

    assert [str(remark) for remark in taken.remarks] == [
        "This is not one of the two files of 24 November 2025: "
        "check that it comes from the European Commission."
    ]


def test_the_content_counts_and_not_the_name(keep):
    workbook = read_official(keep("a.jsonld", make.as_workbook(make.nodes())))
    linked = read_official(keep("a.xlsx", make.as_jsonld(make.nodes())))

    assert (workbook.format, linked.format) == ("xlsx", "jsonld")
    assert str(workbook.remarks[0]) == (
        "The name says .jsonld, the content is .xlsx: the content counts."
    )


def test_a_statement_filed_at_another_level_is_taken_and_told(keep):
    graph = make.nodes()
    changed = next(node for node in graph if node["@id"].endswith("CS2.3.04"))
    changed["four_levels_proficiency_name"] = "ProficiencyLevel/Highly advanced"

    taken = read_official(keep("a.jsonld", make.as_jsonld(graph)))

    assert str(taken.remarks[-1]) == ("It differs from the facts that come with Relier: CS2.3.04.")


def test_a_renamed_competence_is_taken_and_told(keep):
    graph = make.nodes()
    next(n for n in graph if n["@id"] == "Competence/2.5")["name"] = "Netiquette"

    taken = read_official(keep("a.jsonld", make.as_jsonld(graph)))

    assert taken.framework.item("2.5").title.en == "Netiquette"
    assert "2.5 “Netiquette”" in str(taken.remarks[-1])


def test_texts_shared_between_cells_are_read_like_texts_in_the_cells(keep):
    inline = make.as_workbook(make.nodes())

    shared = make.with_shared_strings(inline)

    assert make.part(shared, "xl/sharedStrings.xml") != b""
    assert (
        read_official(keep("shared.xlsx", shared)).framework
        == read_official(keep("inline.xlsx", inline)).framework
    )


def test_a_workbook_without_a_claimed_size_is_read(keep):
    workbook = make.as_workbook(make.nodes())
    sheet = make.part(workbook, "xl/worksheets/sheet3.xml")
    start, end = sheet.index(b"<dimension"), sheet.index(b"/>", sheet.index(b"<dimension"))

    unsized = make.with_parts(workbook, xl__worksheets__sheet3_xml=sheet[:start] + sheet[end + 2 :])

    assert len(read_official(keep("a.xlsx", unsized)).framework.statements) == 362


def test_a_workbook_that_claims_the_whole_sheet_is_read_by_what_it_holds(keep):
    workbook = make.as_workbook(make.nodes())
    sheet = make.part(workbook, "xl/worksheets/sheet3.xml")

    huge = make.with_parts(
        workbook, xl__worksheets__sheet3_xml=sheet.replace(b'ref="A1:F9"', b'ref="A1:XFD1048576"')
    )

    assert len(read_official(keep("a.xlsx", huge)).framework.statements) == 362
