"""The five languages of the own page: nothing missing, nothing left over, all gaps kept."""

import polib
import pytest

from tools import catalogues, messages, own_page

VIEWS = """
from django.utils.translation import gettext as _, pgettext
_("Lend"), pgettext("own page", "My page"), pgettext("own page", "Until %(day)s") % {"day": "x"}
"""
FRENCH = {"Lend": "Prêter", "My page": "Ma page", "Until %(day)s": "Jusqu’au %(day)s"}


@pytest.fixture
def tool(tmp_path, write, capsys):
    """A house whose desk has an own page: `tool("check")` gives the exit code and what it said."""
    write("relier/desk/views.py", VIEWS)

    def run(*arguments: str) -> tuple[int, str]:
        code = messages.main(list(arguments), root=tmp_path)
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def translate(tmp_path):
    """Translate in one language, or change what it says: `translate("nl", {"My page": "…"})`."""

    def translated(language: str, said: dict[str, str]) -> None:
        path = catalogues.own_page_catalogue(tmp_path, language)
        if language == "fr":
            path = catalogues.catalogue_path(tmp_path / "relier/desk")
        catalogue = catalogues.read(path)
        for entry in catalogue:
            entry.msgstr = said.get(entry.msgid, entry.msgstr)
        catalogues.write(path, catalogue)

    return translated


@pytest.fixture
def complete(tool, translate):
    tool("update")
    translate("fr", FRENCH)
    for language in own_page.LANGUAGES:
        translate(language, {"My page": f"{language} 1", "Until %(day)s": f"{language} %(day)s"})


def test_update_writes_the_texts_of_the_own_page_and_no_others(tool, tmp_path):
    tool("update")

    for language in own_page.LANGUAGES:
        catalogue = catalogues.read(catalogues.own_page_catalogue(tmp_path, language))
        assert [entry.msgid for entry in catalogue] == ["My page", "Until %(day)s"]
        assert catalogue.metadata["Language"] == language


def test_a_complete_house_has_no_fault(tool, complete):
    assert tool("check")[0] == 0


@pytest.mark.parametrize("language", own_page.LANGUAGES)
def test_one_text_missing_in_one_language_fails(tool, complete, translate, language):
    translate(language, {"My page": ""})

    code, said = tool("check")

    assert code == 1
    assert f"missing in {own_page.LANGUAGES[language]}" in said


def test_a_gap_that_was_lost_fails(tool, complete, translate):
    translate("ar", {"Until %(day)s": "حتى"})

    assert tool("check")[0] == 1


def test_a_guess_fails(tool, complete, tmp_path):
    path = catalogues.own_page_catalogue(tmp_path, "tr")
    catalogue = catalogues.read(path)
    catalogue[0].flags.append("fuzzy")
    catalogues.write(path, catalogue)

    assert "a guess" in tool("check")[1]


def test_what_the_code_says_no_longer_fails_until_update(tool, complete, write):
    write("relier/desk/views.py", VIEWS.replace("My page", "My own page"))

    said = tool("check")[1]
    assert "no code says this any more" in said
    assert "missing in Dutch" in said

    tool("update")
    assert "no code says" not in tool("check")[1]


def test_a_house_without_an_own_page_needs_no_language(tool, write, translate):
    write("relier/desk/views.py", "from django.utils.translation import gettext as _\n_('Lend')")
    tool("update")
    translate("fr", FRENCH)

    assert tool("check")[0] == 0


def test_they_are_compiled_with_the_others(tool, complete, tmp_path):
    assert "6 catalogues compiled" in tool("compile")[1]
    compiled = catalogues.own_page_catalogue(tmp_path, "uk").with_suffix(".mo")
    assert polib.mofile(str(compiled)).find("My page", msgctxt="own page").msgstr == "uk 1"


def test_what_is_signed_changes_with_one_letter(tool, complete, translate):
    before = tool("signed")[1]
    translate("nl", {"My page": "Mijn pagina"})
    after = tool("signed")[1]

    changed = [b for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert [line.split(":")[0] for line in changed] == ["Dutch"]
