"""The linter of the texts for people accompanied: it must fail on each kind of fault."""

import json
from pathlib import Path

import polib
import pytest

from tools import catalogues, plain_words
from tools.plain.vocabulary import Vocabulary, bases, parts

EASY = "Vous pouvez venir au centre quand vous voulez. Nous sommes là pour vous. " * 3
LONG = "Vous pouvez venir au centre et nous sommes là pour vous et pour tous ceux qui veulent bien."
HARD = "L’autorisation nécessite probablement une justification. " * 8
COMMON = "tools/plain/common_fr.txt"


@pytest.fixture
def lint(tmp_path, write, capsys):
    """Runs the linter on a house whose people read these (English, French) pairs."""
    write(COMMON, (plain_words.ROOT / COMMON).read_text(encoding="utf-8"))
    write("tools/plain/glossary_fr.txt", "# none\n")
    write("tools/plain/allowed.toml", "")

    def run(*pairs: tuple[str, str], context: str = "person", report: bool = False):
        catalogue = catalogues.new_catalogue()
        for english, french in pairs:
            places = [("relier/loans/views.py", "")]
            catalogue.append(
                polib.POEntry(msgctxt=context, msgid=english, msgstr=french, occurrences=places)
            )
        catalogues.write(catalogues.catalogue_path(tmp_path / "relier/loans"), catalogue)
        code = plain_words.main(["--report"] if report else [], root=tmp_path)
        return code, capsys.readouterr().out

    return run


def test_plain_texts_pass(lint) -> None:
    code, said = lint(("You can come.", EASY), ("Yes", "Oui"))

    assert (code, "4 texts for people on 1 pages, 0 faults." in said) == (0, True)


def test_without_any_text_for_people_it_fails(lint) -> None:
    code, said = lint(("You can come.", EASY), context="worker")

    assert code == 1
    assert "no text for people was found in 'fr'" in said
    assert "no text for people was found in 'en'" in said


@pytest.mark.parametrize(
    ("english", "french", "wrong"),
    [
        ("You can come.", LONG, "18 words in one sentence, at most 15"),
        ("word " * 16, "Oui", "16 words in one sentence, at most 15"),
        ("Yes", "", "a text has no French"),
        ("Your bank", "Votre domiciliation", "rare word: domiciliation"),
        ("Your CPAS", "Votre CPAS", "rare word: CPAS"),
        ("Why", HARD, "Kandel-Moles"),
        ("Why", HARD, "LIX"),
    ],
)
def test_each_kind_of_fault_makes_it_fail(lint, english, french, wrong) -> None:
    code, said = lint((english, french))

    assert code == 1
    assert wrong in said


def test_texts_read_aloud_are_read_too(lint, write) -> None:
    write("relier/privacy/texts/file.fr.txt", "Votre domiciliation.")
    write("relier/privacy/texts/file.en.txt", "word " * 16)

    said = lint(("Yes", "Oui"))[1]

    assert "relier/privacy/texts/file.fr.txt\n    'Votre domiciliation.'" in said
    assert "relier/privacy/texts/file.en.txt" in said


def bank(**words: str) -> str:
    said = {"title": "Oui", "deed": "venir au centre", "example": "Vous venez.", **words}
    both = {key: {"en": "Come in.", "fr": french} for key, french in said.items()}
    title, item = both.pop("title"), both
    return json.dumps({"parts": [{"title": title}], "items": [item], "needs": []})


@pytest.mark.parametrize("key", ["title", "deed", "example"])
def test_what_a_bank_of_items_says_is_read_too(lint, write, key) -> None:
    write("relier/loans/items/odd.json", bank(**{key: "votre domiciliation"}))

    code, said = lint(("Yes", "Oui"))

    assert code == 1
    assert "relier/loans/items/odd.json\n    'votre domiciliation'" in said


def test_a_plain_bank_of_items_passes_in_both_languages(lint, write) -> None:
    write("relier/loans/items/plain.json", bank())

    code, said = lint(("You can come.", EASY))

    assert (code, "8 texts for people on 2 pages, 0 faults." in said) == (0, True)


def test_short_texts_of_one_file_are_judged_together(lint) -> None:
    pairs = [(f"Text {number}", "Autorisation probablement nécessaire.") for number in range(10)]

    assert "Kandel-Moles" not in lint(pairs[0])[1]
    assert "Kandel-Moles" in lint(*pairs)[1]


def test_a_name_inside_a_sentence_is_not_a_rare_word(lint) -> None:
    assert lint(("Hello Awa", "Bonjour Zébulonne"))[0] == 0
    assert lint(("Awa is here", "Zébulonne est là"))[0] == 1


def test_a_word_of_the_glossary_may_be_used_in_any_form(lint, write) -> None:
    write("tools/plain/glossary_fr.txt", "domiciliation — ce que la banque paie pour vous\n")

    assert lint(("Your bank", "Vos domiciliations"))[0] == 0


@pytest.mark.parametrize("line", ["domiciliation", "domiciliation — recevabilité d’un ordre"])
def test_an_explanation_must_be_there_and_plain(lint, write, line) -> None:
    write("tools/plain/glossary_fr.txt", line + "\n")

    assert lint(("Yes", "Oui"))[0] == 1


def many(count: int) -> list[tuple[str, str]]:
    return [(f"Text {number}", "Oui") for number in range(count)]


ALLOWANCE = '[[text]]\nsays = "Votre domiciliation"\nreason = "the word of the bank"\n'


def test_a_text_can_be_allowed_with_a_reason(lint, write) -> None:
    write("tools/plain/allowed.toml", ALLOWANCE)

    code, said = lint(("Your bank", "Votre domiciliation"), *many(40))

    assert code == 0, said


@pytest.mark.parametrize(
    ("allowance", "others", "wrong"),
    [
        (ALLOWANCE, 20, "1 of 23 texts are allowed, at most 3%"),
        (ALLOWANCE.replace("the word of the bank", " "), 40, "no reason given"),
        (ALLOWANCE + ALLOWANCE.replace("Votre", "Une"), 40, "this entry excuses nothing"),
        (ALLOWANCE + '[[page]]\nfile = "relier/x.py"\nreason = "x"', 40, "excuses nothing"),
    ],
)
def test_the_allow_list_is_itself_checked(lint, write, allowance, others, wrong) -> None:
    write("tools/plain/allowed.toml", allowance)

    code, said = lint(("Your bank", "Votre domiciliation"), *many(others))

    assert code == 1
    assert wrong in said


def test_a_page_can_be_allowed_only_among_many(lint, write) -> None:
    page = '[[page]]\nfile = "relier/loans/views.py"\nreason = "the words of the law"\n'
    write("tools/plain/allowed.toml", page)

    said = lint(("Why", HARD))[1]

    assert "Kandel-Moles" not in said
    assert "1 of 1 pages are allowed, at most 3%" in said


def test_the_report_gives_the_measures_of_each_page(lint) -> None:
    said = lint(("You can come.", EASY), report=True)[1]

    assert "    39    6.5   1.23  109.8    6.5  relier/loans/views.py" in said


KNOWN = """imprimer appeler manger finir rendre pouvoir payer prêt cheval actif école acheter dire
    envoyer joindre lire"""
VOCABULARY = Vocabulary(frozenset(KNOWN.split()), {})
FORMS = """imprimez appelle mangeons finissez rendu pouvez paierez prêts chevaux actives l’école
    achètera prêtes dirons enverrez joignez lue"""


@pytest.mark.parametrize("word", FORMS.split())
def test_an_inflected_form_of_a_known_word_is_known(word: str) -> None:
    assert VOCABULARY.knows(word)


@pytest.mark.parametrize("word", ["domiciliation", "imprimante", "apprêt", "itsme", "payeur"])
def test_another_word_is_not_taken_for_an_inflected_form(word: str) -> None:
    assert not VOCABULARY.knows(word)


def test_a_word_is_cut_at_its_elision_and_hyphens() -> None:
    assert parts("qu’est-ce") == ["est", "ce"]
    assert "prêt" in bases("prêtes")


def test_the_list_of_common_words_has_its_licence_beside_it() -> None:
    sources = Path(plain_words.ROOT / "tools/plain/SOURCES.md").read_text(encoding="utf-8")
    words = (plain_words.ROOT / COMMON).read_text(encoding="utf-8").split()

    assert "Attribution-ShareAlike 4.0" in sources
    assert "Robyn Speer" in sources
    assert words == sorted(set(words))
    assert f"{len(words):,}".replace(",", " ") in sources
