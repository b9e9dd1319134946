"""What the plain modules say is what the translators see, and it is said in French."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from relier import competences
from relier.competences.sentences import SENTENCES, tell
from relier.competences.strict import FrameworkError
from tools import gaps
from tools.catalogues import catalogue_path, is_complete, read

ROOM = Path(competences.__file__).parent
PLAIN = [
    *(ROOM / name for name in ("strict.py", "frameworks.py", "package_files.py")),
    *sorted((ROOM / "importing").glob("*.py")),
]


def said_in(path: Path) -> set[str]:
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    marked = [c for c in calls if getattr(c.func, "id", "") == "gettext_noop"]
    return {c.args[0].value for c in marked}


def test_the_translators_see_every_sentence_of_the_plain_modules_and_no_other():
    assert set(SENTENCES) == set().union(*map(said_in, PLAIN))
    assert len(set(SENTENCES)) == len(SENTENCES)


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_a_plain_module_imports_no_django(path):
    imported = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {n.module or "" for n in imported if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in imported if isinstance(n, ast.Import) for a in n.names}

    assert not [name for name in names if name.startswith("django")]


def test_every_sentence_has_its_french_with_the_same_gaps():
    french = {entry.msgid: entry for entry in read(catalogue_path(ROOM))}

    assert not [s for s in SENTENCES if not is_complete(french[s])]
    assert not [s for s in SENTENCES if gaps.faults(s, french[s].msgstr)]


def test_a_refusal_is_told_with_its_place_and_its_gaps_filled():
    refusal = FrameworkError("The key “%(key)s” is missing: add it.", place="x", key="id")

    with translation.override("en"):
        assert tell(refusal) == str(refusal)
    assert "%(" not in str(refusal)
