"""Data supplements made up for the tests: the identifiers of DigComp 3.0, invented texts.

So the tests of the importer run where the official files are not, and each hostile file differs
from a good one by one thing only.
"""

import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from relier.competences.frameworks import find

LEVELS = {
    "basic": "Basic",
    "intermediate": "Intermediate",
    "advanced": "Advanced",
    "highly-advanced": "Highly advanced",
}
AI = {"explicit": "AI-Explicit", "implicit": "AI-Implicit", "none": "AI not Implicit or Explicit"}
OFFICIAL = "digcomp-3.0-data-supplement-2025-11-24"


def official(suffix: str) -> Path:
    """The official file, or the test is skipped and says why."""
    beside = Path(__file__).resolve().parents[3].parent / "shared"
    folder = Path(os.environ.get("RELIER_SHARED", beside)) / "data" / "digcomp"
    path = folder / f"{OFFICIAL}{suffix}"
    if not path.exists():
        pytest.skip(f"{path.name} is not here: set RELIER_SHARED to the folder that holds data/.")
    return path


def nodes() -> list[dict]:
    """The nodes of a whole supplement, in the order of the official one."""
    base = find("digcomp", "3.0")
    found = [
        {
            "@type": "CompetenceArea",
            "@id": f"CompetenceArea/{g.id}",
            "name": g.title.en,
            "description": f"What area {g.id} is about.",
        }
        for g in base.groups
    ]
    found += [
        {
            "@type": "Competence",
            "@id": f"Competence/{i.id}",
            "name": i.title.en,
            "description": f"What competence {i.id} is about.",
            "competence_area_id": f"CompetenceArea/{i.group}",
        }
        for i in base.items
    ]
    for step in base.scale("eight").steps:
        (four,) = base.covers("eight", step.id, to="four")
        (six,) = base.covers("eight", step.id, to="six")
        found.append(
            {
                "@type": "ProficiencyLevel",
                "@id": f"ProficiencyLevel/{LEVELS[four]}_{step.id}",
                "four_levels_name": LEVELS[four],
                "eight_levels_mapping": int(step.id),
                "six_levels_mapping": six,
                "four_levels_description": f"The level {four}.",
                "eight_levels_description": f"The level {step.id}.",
                "applies_to": "For life.",
            }
        )
    found += [_filed(row, "CompetenceStatement") for row in base.statements]
    found += [_filed(row, "LearningOutcome") | {"type": row.kind.title()} for row in base.outcomes]
    found.append(
        {"@type": "Glossary", "@id": "Glossary/Screen", "explanation": "What one looks at."}
    )
    return found


def _filed(row, kind: str) -> dict:
    return {
        "@type": kind,
        "@id": f"{kind}/{row.id}",
        "description": f"Words of {row.id}.",
        "ai_label": AI[row.ai],
        "competence_area_id": f"CompetenceArea/{row.item[0]}",
        "competence_id": f"Competence/{row.item}",
        "four_levels_proficiency_name": f"ProficiencyLevel/{LEVELS[row.level]}",
    }


def as_jsonld(graph: list[dict]) -> bytes:
    return json.dumps({"@context": {}, "@graph": graph}, ensure_ascii=False).encode()


def as_book(graph: list[dict]) -> Workbook:
    """The same nodes as the five sheets of the official workbook."""
    by_id = {node["@id"]: node for node in graph}
    book = Workbook()
    book.active.title = "ReadMe"

    def sheet(title: str, headings: str, rows: list[list]) -> None:
        for row in [headings.split("; "), *rows]:
            (book[title] if title in book else book.create_sheet(title)).append(row)

    def of(kind: str) -> list[dict]:
        return [node for node in graph if node["@type"] == kind]

    def last(link: str) -> str:
        return link.rpartition("/")[2]

    def competence(node: dict) -> list:
        area = by_id[node["competence_area_id"]]
        return [
            int(last(area["@id"])),
            area["name"],
            area["description"],
            float(last(node["@id"])),
            node["name"],
            node["description"],
        ]

    areas = (
        "Competence area number; Competence area name; Competence area descriptor; "
        "Competence number; Competence name; Competence descriptor"
    )
    sheet("1 Competences", areas, [competence(node) for node in of("Competence")])
    sheet(
        "2 Levels",
        "Proficiency level name; Four level proficiency level description; Purpose; "
        "Eight level mapping; Six level mapping; Eight level proficiency level description",
        [
            [
                n["four_levels_name"],
                n["four_levels_description"],
                n["applies_to"],
                n["eight_levels_mapping"],
                n["six_levels_mapping"],
                n["eight_levels_description"],
            ]
            for n in of("ProficiencyLevel")
        ],
    )
    sheet(
        "3 Statements",
        f"{areas}; Competence statement ID; Competence statement; Proficiency level name; AI label",
        [
            [
                *competence(by_id[n["competence_id"]]),
                last(n["@id"]),
                n["description"],
                last(n["four_levels_proficiency_name"]),
                n["ai_label"],
            ]
            for n in of("CompetenceStatement")
        ],
    )
    sheet(
        "4 Outcomes",
        "Competence area number; Competence number; Learning Outcome ID; Learning Outcome; "
        "Proficiency level; Knowledge skill or attitude; AI label",
        [
            [
                int(last(n["competence_area_id"])),
                float(last(n["competence_id"])),
                last(n["@id"]),
                n["description"],
                last(n["four_levels_proficiency_name"]),
                n["type"],
                n["ai_label"],
            ]
            for n in of("LearningOutcome")
        ],
    )
    sheet(
        "5 Glossary",
        "Term; Explanation",
        [[last(n["@id"]), n["explanation"]] for n in of("Glossary")],
    )
    return book


def as_workbook(graph: list[dict]) -> bytes:
    return saved(as_book(graph))


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_parts(workbook: bytes, **changes: bytes | None) -> bytes:
    """The workbook with parts replaced, added, or (None) left out: `xl__workbook_xml=b"…"`."""
    wanted = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): content
        for name, content in changes.items()
    }
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, content in wanted.items():
            if content is not None:
                new.writestr(name, content)
    return written.getvalue()


def with_shared_strings(workbook: bytes) -> bytes:
    """The workbook as Excel writes it: each text once, in a part of its own."""
    texts: list[bytes] = []

    def moved(match: re.Match[bytes]) -> bytes:
        texts.append(match[2])
        return b'<c r="%s" t="s"><v>%d</v></c>' % (match[1], len(texts) - 1)

    cell = re.compile(rb'<c r="([A-Z]+[0-9]+)" t="inlineStr"><is>(.*?)</is></c>')
    sheets = {
        f"xl__worksheets__sheet{n}_xml": cell.sub(
            moved, part(workbook, f"xl/worksheets/sheet{n}.xml")
        )
        for n in range(1, 7)
    }
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    types = part(workbook, "[Content_Types].xml").replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    strings = b'<sst xmlns="%s">%s</sst>' % (main.encode(), items)
    return with_parts(
        workbook, **sheets, xl__sharedStrings_xml=strings, **{"[Content_Types]_xml": types}
    )


def part(workbook: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(name)
