"""The page to take home: for someone who reads with difficulty, on paper."""

import pytest

from .reading import page_texts, pieces, printed, read_aloud, said, squeezed
from .samples import STEPS, take_home

MARGIN = 21 / 25.4 * 72
WIDTH, HEIGHT = 210 / 25.4 * 72, 297 / 25.4 * 72


def test_a_voice_says_everything_in_the_order_of_the_page():
    assert said(take_home()) == [
        "Ma feuille",
        "Pour",
        "Awa",
        "mardi 24 novembre 2026",
        "Vos rendez-vous",
        "Jeudi 26 novembre à 10 h",
        *("Où", "Les Passerelles, local 2", "Avec", "Nour"),
        *("À apporter", "La lettre de la mutuelle"),
        "Ce que nous avons décidé",
        *("1", "Retrouver le mot de passe", "Qui", "Vous et Bram", "Quand", "jeudi 26 novembre"),
        "C’est fait",
        *("2", "Appeler la mutuelle", "Qui", "Nour", "Quand", "avant vendredi"),
        "Une question\u00a0? Appelez-nous.",
        "081 22 33 44",
        "Les Passerelles",
        *("Demandez", "Nour", "Quand", "Le mardi"),
        *("Adresse", "Rue du Moulin 125000 Namur", "Ouvert", "Du lundi au vendredi"),
        "Pour écrire",
    ]


def test_sections_are_headings_and_steps_a_numbered_list():
    tags = read_aloud(take_home())

    assert [tag.text for tag in tags if tag.role == "H1"] == ["Ma feuille"]
    assert [tag.text for tag in tags if tag.role == "H2"][:2] == [
        "Vos rendez-vous",
        "Ce que nous avons décidé",
    ]
    numbers = [tag.text.strip() for tag in tags if tag.role == "Lbl"]
    assert [number for number in numbers if number.isdigit()] == ["1", "2"]


def test_an_empty_box_is_for_the_eye_and_says_nothing():
    to_do = take_home(steps=[STEPS[1]])

    assert "Fait" in printed(to_do)
    assert "Fait" not in said(to_do)


def test_a_row_is_left_empty_to_add_a_step_by_hand():
    boxes = [page.count("Fait") for page in page_texts(take_home(steps=[], empty_steps=4))]

    assert sum(boxes) == 4


def test_the_words_are_large_and_the_number_to_call_larger():
    sizes = {}
    for piece in pieces(take_home()):
        sizes.setdefault(piece.text.strip(), set()).add(round(piece.size))

    assert sizes["Nour"] == {17}
    assert sizes["Retrouver le mot de passe"] == {19}
    assert max(sizes["081 22 33 44"]) == 36
    aside = {"Fait", "C’est fait", "Les Passerelles", "081 22 33 44", "mardi 24 novembre 2026"}
    assert (
        min(min(at) for words, at in sizes.items() if words not in aside | {"Page 1 sur 2"}) >= 13
    )


def test_each_page_names_the_centre_its_number_the_day_and_the_telephone():
    pages = page_texts(take_home(steps=STEPS * 15))

    for number, words in enumerate(pages, start=1):
        assert "Les Passerelles" in words
        assert "081 22 33 44" in words
        assert "mardi 24 novembre 2026" in words
        assert f"Page {number} sur {len(pages)}" in words


def test_thirty_steps_each_stand_whole_on_one_page():
    steps = [
        {"words": f"Étape {n}, avec des mots", "who": f"Qui-{n}.", "when": f"Quand-{n}."}
        for n in range(1, 31)
    ]

    pages = page_texts(take_home(steps=steps))

    assert 6 <= len(pages) <= 9
    for n in range(1, 31):
        whole = [page for page in pages if f"Étape {n}," in page]
        assert len(whole) == 1
        assert f"Qui-{n}." in whole[0]
        assert f"Quand-{n}." in whole[0]


def test_the_ordinary_page_fits_a_sheet_and_an_empty_one_its_front():
    assert len(page_texts(take_home(steps=STEPS * 2))) == 2
    assert len(page_texts(take_home(steps=[], appointments=[]))) == 1


def test_an_empty_section_says_so_kindly():
    words = said(take_home(steps=[], appointments=[]))

    assert words[4:8] == [
        "Vos rendez-vous",
        "Pas de rendez-vous pour le moment.",
        "Ce que nous avons décidé",
        "Rien n’est décidé pour le moment.",
    ]


def test_the_name_of_a_row_is_never_cut():
    written = "\n".join(page_texts(take_home())).split()

    for word in ("Où", "Avec", "apporter", "Qui", "Quand", "Demandez", "Adresse", "Ouvert"):
        assert word in written


def test_what_is_absent_leaves_no_empty_row():
    bare = take_home(appointments=[{"when": "Demain"}], worker=None, centre=None, icons=None)

    words = said(bare)

    assert not {"Où", "Avec", "À apporter", "Demandez", "Adresse"} & set(words)
    assert "Demain" in words


def stays_on_the_page(pdf: bytes) -> bool:
    return all(
        piece.left >= MARGIN - 1
        and piece.right <= WIDTH - MARGIN + 2
        and 0 < piece.bottom < piece.top < HEIGHT
        for piece in pieces(pdf)
        if piece.text.strip()
    )


@pytest.mark.parametrize(
    "word",
    ["W" * 60, "prenom.nom@" + "administration-" * 6 + "example.be", "Щ" * 80],
    ids=["wide", "address", "cyrillic"],
)
def test_a_word_too_long_for_its_line_is_cut_and_never_runs_off_the_page(word):
    pdf = take_home(
        title=word,
        person=word,
        date=word,
        appointments=[{"when": word, "where": word}],
        steps=[{"words": word, "who": word, "when": word, "pictogram": "phone"}],
        centre={"name": word, "phone": word, "address": word},
    )

    assert stays_on_the_page(pdf)
    assert squeezed("".join(said(pdf))).count(word) == 11


def test_a_head_made_of_lines_stays_in_its_margin():
    pdf = take_home(centre={"name": "a\nb\n" * 3, "phone": "\n😀\n\n"}, date="Ça\ndure\n" * 9)

    assert stays_on_the_page(pdf)


def test_a_line_of_five_thousand_letters_goes_on_from_page_to_page():
    endless = "x" * 5000

    pdf = take_home(steps=[{"words": endless, "who": "Awa"}])

    assert stays_on_the_page(pdf)
    assert endless in "".join(said(pdf))
    assert 7 <= len(page_texts(pdf)) <= 12


def test_words_that_fit_are_never_cut():
    words = "anticonstitutionnellement professionnellement l’accompagnement " * 3

    lines = "\n".join(page_texts(take_home(steps=[{"words": words}]))).split()

    assert lines.count("anticonstitutionnellement") == 3
    assert lines.count("professionnellement") == 3
