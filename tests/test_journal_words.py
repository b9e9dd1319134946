"""Every deed and every reading that the code may write in the journal has its words, so that the
person's page and the officer's never show a code."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.translation import override

import relier
from relier.journal import words
from relier.paper import sheets

PACKAGE = Path(relier.__file__).parent
ROOMS = "|".join(
    config.label for config in apps.get_app_configs() if config.name.startswith("relier.")
)
KIND = re.compile(rf"({ROOMS})\.[a-z][a-z_]+")
BEGINNING = re.compile(rf"({ROOMS})\.[a-z_]+_")
# Written like a kind, and none.
NO_KIND = {"people.toml", "accounts.second_factor"}


def sources():
    for path in sorted(PACKAGE.rglob("*.py")):
        # The person's page says kinds by their beginnings, in seven languages (own/words.py).
        words_of_kinds = path.name == "journal_words.py" or path.parts[-2:] == ("own", "words.py")
        if not {"tests", "migrations"} & set(path.parts) and not words_of_kinds:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def written():
    """Every kind that stands in the code, with the file where it stands."""
    for path, tree in sources():
        for node in ast.walk(tree):
            said = node.value if isinstance(node, ast.Constant) else None
            named = NO_KIND | set(sheets.names())  # a sheet is named as a kind is
            if isinstance(said, str) and KIND.fullmatch(said) and said not in named:
                yield said, path


def begun():
    """The beginning of each kind that is put together as it is recorded."""
    for path, tree in sources():
        for node in ast.walk(tree):
            first = node.values[0] if isinstance(node, ast.JoinedStr) else None
            if isinstance(first, ast.Constant) and BEGINNING.fullmatch(str(first.value)):
                yield first.value, path


def constants():
    """Every short text of the code: what ends a kind stands among them."""
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def calls():
    """What is given first to `journal.record`, `read` and `read_list`."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "journal"
                and node.func.attr in {"record", "read", "read_list"}
            ):
                yield node.args[0], path


def test_every_kind_in_the_code_has_its_words():
    kinds = dict(written())

    assert len(kinds) > 90
    beginnings = {beginning for beginning, _ in begun()}
    missing = {kind: path for kind, path in kinds.items()
               if kind not in words.kinds() and kind not in beginnings}  # fmt: skip
    assert not missing, "declare their words in the room's journal_words.py"


def test_a_kind_that_is_put_together_has_words_for_each_ending():
    for beginning, path in begun():
        assert [kind for kind in words.kinds() if kind.startswith(beginning)], (beginning, path)


def test_words_are_of_a_kind_that_is_written_somewhere():
    whole = {kind for kind, _ in written()}
    beginnings = tuple(beginning for beginning, _ in begun())
    endings = set(constants())

    for kind in words.kinds() - whole:
        beginning = next((one for one in beginnings if kind.startswith(one)), None)
        assert beginning, kind
        assert kind.removeprefix(beginning) in endings, kind


def test_a_kind_is_written_where_this_test_can_see_it():
    found = list(calls())

    assert len(found) > 60
    for given, path in found:
        assert isinstance(given, ast.Constant | ast.JoinedStr | ast.Name | ast.Subscript), path


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_words_are_said_in_both_languages(language):
    with override(language):
        said = {kind: str(words.words_of(kind)) for kind in words.kinds()}

    assert all(sentence[0].isupper() and "." not in sentence for sentence in said.values())
    assert len(set(said.values())) == len(said)


def test_french_is_not_english():
    with override("en"):
        english = {kind: str(words.words_of(kind)) for kind in words.kinds()}
    with override("fr"):
        assert not [k for k in words.kinds() if str(words.words_of(k)) == english[k]]


def test_a_kind_of_a_later_relier_is_said_as_it_is_written():
    assert words.words_of("loans.lent_by_drone") == "loans.lent_by_drone"


def test_words_are_not_declared_twice():
    with pytest.raises(ValueError, match="already"):
        words.declare({"desk.file_read": "x"})
