"""The command that keeps the French catalogues."""

import gettext
import re

import polib
import pytest

from tools import catalogues, messages

VIEWS = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Lend"), pgettext("person", "Your loan"), ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
"""
FRENCH = {
    "Lend": "Prêter",
    "Your loan": "Votre prêt",
    "%(n)s day": {0: "%(n)s jour", 1: "%(n)s jours"},
}
CATALOGUE = "relier/loans/locale/fr/LC_MESSAGES/django.po"


@pytest.fixture
def tool(tmp_path, write, capsys):
    """Runs a command on a house with one room, `loans`; gives its exit code and what it said."""
    write("relier/loans/views.py", VIEWS)

    def run(*arguments: str) -> tuple[int, str]:
        code = messages.main(list(arguments), root=tmp_path)
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def change(tmp_path):
    """Changes entries of a catalogue: `change({"Lend": "Prêter"})`."""

    def change_entries(translations: dict, catalogue: str = CATALOGUE) -> None:
        file = polib.pofile(str(tmp_path / catalogue), wrapwidth=0)
        for entry in file:
            given = translations.get(entry.msgid)
            if isinstance(given, dict):
                entry.msgstr_plural = given
            elif given is not None:
                entry.msgstr = given
        catalogues.write(tmp_path / catalogue, file)

    return change_entries


@pytest.fixture
def translated(tool, change):
    tool("update")
    change(FRENCH)


def test_update_writes_new_texts_without_a_translation(tool, tmp_path) -> None:
    code, said = tool("update")

    written = (tmp_path / CATALOGUE).read_text()
    assert code == 0
    assert "3 texts, 3 to translate" in said
    assert 'msgctxt "person"\nmsgid "Your loan"\nmsgstr ""' in written
    assert 'msgstr[0] ""\nmsgstr[1] ""' in written


def test_places_are_files_without_line_numbers(tool, tmp_path) -> None:
    tool("update")

    places = set(re.findall(r"^#: (.*)$", (tmp_path / CATALOGUE).read_text(), re.MULTILINE))

    assert places == {"relier/loans/views.py"}


def test_update_keeps_translations_and_drops_what_is_no_longer_said(
    tool, translated, write, tmp_path
) -> None:
    write("relier/loans/views.py", VIEWS.replace('_("Lend")', '_("Lend it")'))

    said = tool("update")[1]

    file = polib.pofile(str(tmp_path / CATALOGUE))
    assert file.find("Your loan").msgstr == "Votre prêt"
    assert file.find("Lend it").msgstr == ""
    assert file.find("Lend") is None
    assert "'Lend', was ['Prêter']" in said


def test_update_twice_changes_nothing(tool, translated, tmp_path) -> None:
    before = (tmp_path / CATALOGUE).read_bytes()

    tool("update")

    assert (tmp_path / CATALOGUE).read_bytes() == before


def test_a_room_that_says_nothing_gets_no_catalogue(tool, write, tmp_path) -> None:
    write("relier/lib/dates.py", "TODAY = None")

    tool("update")

    assert not (tmp_path / "relier/lib/locale").exists()


def test_an_unknown_room_is_named(tool) -> None:
    with pytest.raises(SystemExit, match="garage"):
        tool("update", "garage")


def test_a_complete_catalogue_passes(tool, translated) -> None:
    assert tool("check")[0] == 0


def test_without_any_catalogue_every_text_is_missing(tool) -> None:
    code, said = tool("check")

    assert code == 1
    assert said.count("missing in French") == 3


@pytest.mark.parametrize(
    ("entries", "advice"),
    [
        ({"Lend": ""}, "not translated"),
        ({"%(n)s day": {0: "%(n)s jour"}}, "2 forms"),
        ({"%(n)s day": {0: "Un jour", 1: "%(n)s jours"}}, "the gap %(n) is missing"),
        ({"%(n)s day": {0: "%(n)s jour", 1: "%(x)s jours"}}, "the gap %(x) does not exist"),
        ({"Lend": "L'objet"}, "apostrophe"),
        ({"Lend": "Validez"}, "is not our word"),
    ],
)
def test_check_fails_on_a_faulty_translation(tool, translated, change, entries, advice) -> None:
    change(entries)

    code, said = tool("check")

    assert code == 1
    assert advice in said


def test_check_fails_on_a_guess(tool, translated, tmp_path) -> None:
    path = tmp_path / CATALOGUE
    path.write_text(path.read_text().replace('msgid "Lend"', '#, fuzzy\nmsgid "Lend"'))

    code, said = tool("check")

    assert code == 1
    assert "a guess (fuzzy)" in said


@pytest.mark.parametrize(
    ("before", "after", "advice"),
    [
        ('_("Lend")', '_("Lend!")', "nothing exclaims"),
        ('_("Lend")', '_("Lend %s")', "give the gap %s a name"),
        ('_("Lend")', "_(f'Lend {n}')", "between quotes"),
        ('_("Lend")', '_("Lend"), ngettext("Lend", "Lends", 2)', "two different plurals"),
        ('_("Lend")', "None", "no code says this any more"),
        ('_("Lend")', '_("Lend"), _("Take back")', "missing in French"),
    ],
)
def test_check_fails_when_the_code_and_the_catalogue_part(
    tool, translated, write, before, after, advice
) -> None:
    write("relier/loans/views.py", VIEWS.replace(before, after))

    code, said = tool("check")

    assert code == 1
    assert advice in said


def test_check_fails_when_a_text_has_moved_to_another_file(tool, translated, tmp_path) -> None:
    (tmp_path / "relier/loans/views.py").rename(tmp_path / "relier/loans/forms.py")

    code, said = tool("check")

    assert code == 1
    assert "out of date: run update" in said


def test_check_fails_on_an_entry_written_twice(tool, translated, tmp_path) -> None:
    path = tmp_path / CATALOGUE
    path.write_text(
        path.read_text() + '\n#: relier/loans/views.py\nmsgid "Lend"\nmsgstr "Sortir"\n'
    )

    assert "written twice" in tool("check")[1]


def test_check_fails_on_a_catalogue_that_cannot_be_read(tool, write) -> None:
    write(CATALOGUE, 'msgid "Lend"\nmsgstr "l"objet"\n')

    code, said = tool("check")

    assert code == 1
    assert "cannot be read" in said


def test_two_rooms_must_agree_on_one_translation(tool, translated, write, change) -> None:
    write("relier/people/views.py", 'from django.utils.translation import gettext\ngettext("Lend")')
    tool("update", "people")
    change({"Lend": "Confier"}, CATALOGUE.replace("loans", "people"))

    code, said = tool("check")

    assert code == 1
    assert "loans: Prêter; people: Confier" in said


def test_a_refused_word_passes_with_a_reason_beside_it(tool, translated, change, tmp_path) -> None:
    change({"Lend": "Statut de bénéficiaire"})
    path = tmp_path / CATALOGUE
    assert tool("check")[0] == 1

    reason = "# allow bénéficiaire: name of the status in the decree\n#: relier"
    path.write_text(path.read_text().replace("#: relier", reason))

    assert tool("check")[0] == 0
    tool("update")
    assert path.read_text().count("# allow bénéficiaire") == 3


def test_texts_read_aloud_exist_in_both_languages_with_the_same_gaps(
    tool, translated, write
) -> None:
    write("relier/loans/texts/loan.2026-11.en.txt", "You borrow {thing}.")
    assert "loan.2026-11.fr.txt is missing" in tool("check")[1]

    write("relier/loans/texts/loan.2026-11.fr.txt", "L'usager emprunte.")
    code, said = tool("check")

    assert code == 1
    assert "{thing} is missing" in said
    assert "apostrophe" in said
    assert "is not our word" in said


def test_fix_never_touches_a_text_that_people_agreed_to(tool, translated, write) -> None:
    agreed = write("relier/loans/texts/loan.2026-11.fr.txt", "J'emprunte.")

    tool("fix")

    assert agreed.read_text() == "J'emprunte."


def test_fix_puts_the_typography_right(tool, translated, change, tmp_path) -> None:
    change({"Lend": "Prêter l'objet ?", "%(n)s day": {0: "l'%(n)s", 1: "d'%(n)s"}})

    tool("fix")

    written = (tmp_path / CATALOGUE).read_text()
    assert "Prêter l’objet\u00a0?" in written
    assert "l’%(n)s" in written
    assert "d’%(n)s" in written


def test_compiled_catalogues_are_read_by_python_with_french_plurals(
    tool, translated, tmp_path
) -> None:
    tool("compile")

    with (tmp_path / CATALOGUE).with_suffix(".mo").open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    assert french.pgettext("person", "Your loan") == "Votre prêt"
    assert [french.ngettext("%(n)s day", "%(n)s days", n) for n in (0, 1, 2)] == [
        "%(n)s jour",
        "%(n)s jour",
        "%(n)s jours",
    ]
