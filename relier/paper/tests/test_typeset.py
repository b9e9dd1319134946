"""What every page we print is owed: tags, language, our faces, the same bytes, and no surprise."""

import hashlib
import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from relier.paper import faces
from relier.paper.typeset import TAKE_HOME, Template, TypesetError, typeset

from .reading import face_names, opened, pieces, printed, read_aloud, said, squeezed
from .samples import MORNING, document, take_home, take_home_data

LATIN = {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}


def test_a_page_is_tagged_and_says_so():
    root = opened(take_home()).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_a_page_carries_its_title_and_its_language():
    french = opened(take_home())
    english = opened(
        typeset(TAKE_HOME, take_home_data(title="My page"), language="en", made_at=MORNING)
    )

    assert french.metadata.title == "Ma feuille"
    assert french.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert french.trailer["/Root"]["/Lang"] == "fr-BE"
    assert english.metadata.title == "My page"
    assert english.trailer["/Root"]["/Lang"] == "en-GB"


def test_the_same_inputs_give_the_same_bytes_in_another_process():
    script = (
        "import hashlib; from relier.paper.tests.samples import take_home; "
        "print(hashlib.sha256(take_home()).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "random", "TZ": "Pacific/Auckland"}

    other = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    )

    assert other.stdout.strip() == hashlib.sha256(take_home()).hexdigest()


def test_the_moment_written_is_the_one_given():
    assert opened(take_home()).metadata.creation_date == MORNING


def test_threads_typeset_together_without_mixing_pages():
    names = ["Awa", "Idris", "Lucie", "Олена"]
    alone = {name: take_home(person=name) for name in names}

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: (name, take_home(person=name)), names * 6))

    assert len(set(alone.values())) == 4
    assert all(pdf == alone[name] for name, pdf in together)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_forked_after_a_page_is_refused_rather_than_left_waiting():
    script = """
import os, sys
from relier.paper.tests.samples import take_home
from relier.paper.typeset import TypesetError
take_home()
child = os.fork()
if not child:
    try:
        take_home()
    except TypesetError as error:
        os._exit(7 if "forked" in str(error) else 1)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

    run = subprocess.run([sys.executable, "-W", "ignore", "-c", script], timeout=60, check=False)

    assert run.returncode == 7


def test_french_never_leaves_the_hyperlegible_face():
    words = "Où êtes-vous né\u202f? «\u202fÀ Liège\u202f», l’été… 12\u202f€ – œuf, Noël, ça, aïe"

    pdf = take_home(person=words)

    assert face_names(pdf) == LATIN
    assert squeezed(words).replace("\u202f", "") in printed(pdf)


def faces_added_by(name: str) -> set[str]:
    """The faces a name brings to a page, when nothing of it is in bold."""
    return face_names(document(paragraphs=[name])) - LATIN


@pytest.mark.parametrize(
    ("name", "face"),
    [
        ("Олена Шевченко", "Andika"),
        ("Nguyễn Thị Hạnh", "Andika"),
        ("محمد بن عبد الله", "NotoNaskhArabic-Regular"),
        ("😀", "NotoEmoji-Regular"),
    ],
)
def test_each_script_has_its_face(name, face):
    assert faces_added_by(name) == {face}


def set_in(face: str, text: str) -> str:
    """What of a page that holds `text` is set in `face`."""
    return "".join(
        piece.text for piece in pieces(document(paragraphs=[text])) if piece.face == face
    )


def test_ukrainian_is_set_wholly_in_the_cyrillic_face():
    sentence = "Олена, Ірина та Юлія. Добрий день: о 10:00, як справи"

    assert set_in("Andika", sentence).strip() == sentence


def test_arabic_is_set_wholly_in_the_arabic_face():
    sentence = "محمد، العربي 10 مرحبا"

    assert set(sentence) <= set(set_in("NotoNaskhArabic-Regular", sentence))


def test_a_name_never_mixes_two_faces():
    assert set_in("Andika", "Madame Nguyễn Thị Hạnh est là.").split() == ["Nguyễn", "Thị", "Hạnh"]


def test_nothing_comes_from_the_faces_of_the_machine():
    assert face_names(take_home(person="漢字 Ω ა አ")) <= LATIN | {"Andika", "Andika-Bold"}


HOSTILE = [
    '#import "@preview/cetz:0.3.0"',
    '#panic() #read("/etc/passwd") #eval("1")',
    "$x^2$ *gras* _italique_ `code` = titre\n- point\n+ point",
    "<script>alert('x')</script> &amp; </svg> <etiquette>",
    "a \\ b // c /* d */ ~ -- --- ... @ref #1 {{ x }} {% y %}",
    "\"guillemets\" 'droits' et «\u00a0courbes\u00a0»",
    "%(page)s %s {0} \\u0041 \\n",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("sheet", [take_home, document])
def test_a_hostile_string_is_printed_as_it_is_written(sheet, text):
    field = "person" if sheet is take_home else "title"

    assert squeezed(text) in printed(sheet(**{field: text}))


def test_words_that_no_page_should_hold_still_print():
    for text in ["\x00\x07\ufeff\ue000\ud800", "\u202eabc", "漢\u0301", "e\u0301\u0323", "\u0301"]:
        assert printed(document(paragraphs=[text, "La suite."])).count("Lasuite.") == 1


def test_a_warning_of_typst_is_logged_and_none_is_given_today(caplog):
    with caplog.at_level(logging.WARNING):
        take_home()
        document()

    assert not caplog.records


def test_a_date_must_be_put_into_words_first():
    with pytest.raises(TypesetError, match=r"data\.steps\[0\]\.when is of type date"):
        take_home(steps=[{"words": "Appeler", "when": date(2026, 11, 24)}])


@pytest.mark.parametrize("title", ["", "  ", None])
def test_a_document_needs_a_title(title):
    with pytest.raises(TypesetError, match="title"):
        take_home(title=title)


def test_a_missing_word_is_refused_by_its_name():
    data = take_home_data(labels={"page": "Page %(page)s"})

    with pytest.raises(TypesetError, match=r"labels\.for is missing"):
        typeset(TAKE_HOME, data, language="fr", made_at=MORNING)


def test_a_moment_without_its_time_zone_is_refused():
    naive = datetime(2026, 11, 24)  # noqa: DTZ001 — this is the point

    with pytest.raises(TypesetError, match="time zone"):
        typeset(TAKE_HOME, take_home_data(), language="fr", made_at=naive)


def test_an_unknown_language_is_refused():
    with pytest.raises(TypesetError, match="'xx'"):
        typeset(TAKE_HOME, take_home_data(), language="xx", made_at=MORNING)


@pytest.mark.parametrize("path", ["../outside.typ", "paper/typeset.py", "paper/typst/none.typ"])
def test_a_template_lives_in_this_package(path):
    with pytest.raises(TypesetError, match="not a Typst file of this package"):
        Template(path)


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> Template:
    """A template of our own making, in a package that is a temporary folder."""
    monkeypatch.setattr("relier.paper.typeset.PACKAGE", tmp_path)
    (tmp_path / "page.typ").write_text(source, encoding="utf-8")
    return Template("page.typ")


def test_a_template_may_not_call_a_package_from_the_web(tmp_path, monkeypatch):
    with pytest.raises(TypesetError, match=r'"@preview/cetz:0\.3\.0"'):
        written(tmp_path, monkeypatch, '#import "@preview/cetz:0.3.0": canvas')


def test_a_template_reads_nothing_outside_the_package(tmp_path, monkeypatch):
    template = written(tmp_path, monkeypatch, '#set document(title: "T")\n#read("../secret.txt")')
    (tmp_path.parent / "secret.txt").write_text("secret", encoding="utf-8")

    with pytest.raises(TypesetError, match="escape the project root"):
        typeset(template, {"title": "T"}, language="fr", made_at=MORNING)


def test_an_error_says_where_in_the_template(tmp_path, monkeypatch):
    template = written(tmp_path, monkeypatch, '#set document(title: "T")\n#nowhere')

    with pytest.raises(TypesetError, match="unknown variable: nowhere") as caught:
        typeset(template, {"title": "T"}, language="fr", made_at=MORNING)

    assert any("page.typ:2" in note for note in caught.value.__notes__)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        (b"not a drawing", "syntax error"),
        (b"<html/>", "not an SVG"),
        (SVG % b'<image href="file:///etc/passwd"/>', "outside itself"),
        (SVG % b'<use xmlns:l="http://www.w3.org/1999/xlink" l:href="x.svg"/>', "outside itself"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % b"&a;", "entities or a document type"),
    ],
)
def test_a_drawing_that_calls_something_else_is_refused(drawing, reason):
    with pytest.raises(TypesetError, match=f"'trap'.*{reason}"):
        typeset(
            TAKE_HOME,
            take_home_data(),
            language="fr",
            made_at=MORNING,
            pictograms={"trap": drawing},
        )


def test_a_pictogram_alone_says_its_words(tmp_path, monkeypatch):
    source = """#set document(title: "T")
#let drawn = json(bytes(sys.inputs.pictograms)).dot
#image(bytes(drawn), format: "svg", alt: "Un point")"""
    template = written(tmp_path, monkeypatch, source)

    pdf = typeset(
        template,
        {"title": "T"},
        language="fr",
        made_at=MORNING,
        pictograms={"dot": SVG % b'<circle r="4"/>'},
    )

    assert [tag.alt for tag in read_aloud(pdf) if tag.role == "Figure"] == ["Un point"]


def test_a_pictogram_beside_its_word_is_silent():
    with_pictures = take_home()
    without = take_home(
        icons={}, steps=[{**step, "pictogram": None} for step in take_home_data()["steps"]]
    )

    assert said(with_pictures) == said(without)
    assert not [tag for tag in read_aloud(with_pictures) if tag.role == "Figure"]
    assert len(with_pictures) > len(without)


def test_the_order_of_faces_begins_with_the_hyperlegible_one():
    assert faces.ORDER[0] == faces.LATIN


def test_typesetting_needs_no_django():
    script = "import sys, relier.paper.typeset; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
