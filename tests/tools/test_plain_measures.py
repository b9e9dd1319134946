"""Syllables, words, sentences and the two formulas."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.plain import measures
from tools.plain.syllables import syllables

PLAIN = """
Vous venez au centre mardi à 14 h 30. Nour vous attend. Elle a un téléphone pour vous.
Vous pouvez le garder un mois. C’est gratuit. Vous ne payez rien.
Vous avez une question ? Appelez-nous au 081 12 34 56. Vous pouvez aussi venir.
Vous pouvez dire non. Vous ne perdez aucune aide.
"""
ORDINARY = """
Le centre organise chaque mardi un atelier où l’on apprend à se servir d’un ordinateur ou d’un
téléphone. Les personnes qui le souhaitent reçoivent une convention de prêt, qu’elles signent avant
d’emporter le matériel. En cas de panne, il suffit de prévenir l’accueil, qui cherchera une solution
avec le formateur.
"""
ADMINISTRATIVE = """
La recevabilité de la demande introduite par le requérant est subordonnée à la production, dans un
délai de quinze jours ouvrables à dater de la notification, des attestations justificatives
établissant son inscription comme demandeur d’emploi inoccupé auprès de l’organisme compétent,
conformément aux dispositions réglementaires applicables.
"""


def counted_by_hand() -> list[tuple[str, int]]:
    lines = Path(__file__).with_name("syllables_fr.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split() for line in lines if line and not line.startswith("#")]
    return [(word, int(count)) for word, count in pairs]


def test_syllables_are_those_counted_by_hand_on_five_hundred_words() -> None:
    words = counted_by_hand()

    wrong = [(word, by_hand, syllables(word)) for word, by_hand in words]

    assert len(words) >= 490
    assert [(w, hand, ours) for w, hand, ours in wrong if hand != ours] == []


@given(st.text(max_size=40))
def test_any_word_has_at_least_one_syllable_and_no_more_than_its_signs(word: str) -> None:
    assert 1 <= syllables(word) <= max(2, 3 * len(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un. Deux ? Trois ! Quatre… Cinq", 5),
        ("Attendez... puis revenez.", 1),
        ("Choisissez : un prêt ; un atelier.", 1),
        ("Mme Petit et M. Dupont viennent.", 1),
        ("Un titre\n\nUne phrase\nsur deux lignes.", 2),
        ("Apportez :\n- une carte\n- un papier", 3),
        ("<p>Un</p><p>Deux<br>Trois <b>fois</b></p>", 3),
        ("« Oui. » Il part.", 2),
        ("Bonjour. %(name)s vous attend.", 2),
        ("… !", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: int) -> None:
    assert len(measures.sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’école est-elle ouverte\u00a0?", 3),
        ("À 14 h 30, le 24/11/2026", 4),
        ("%(count)s jours, {name} et {{ when }}", 5),
        ("Appelez le 081 12 34 56", 3),
        ("nour@exemple.be ou https://exemple.be/a?b", 3),
        ("— « » 50&nbsp;%% &amp;", 1),
        ('<a href="/prets/liste/" class="lien long">Mes prêts</a>', 2),
    ],
)
def test_words_are_what_stands_between_two_spaces(text: str, expected: int) -> None:
    assert len(measures.words(text)) == expected


@pytest.mark.parametrize("word", ["l’enfant", "rendez-vous", "maison", "d'aide"])
def test_an_elision_or_a_hyphen_does_not_make_a_word_long(word: str) -> None:
    assert not measures.is_long(word)


def test_the_formulas_give_their_published_values_on_counts_made_by_hand() -> None:
    counts = measures.count(["Le chat dort. Il rêve longuement."])

    assert counts == measures.Counts(words=6, sentences=2, syllables=8, long=1)
    assert measures.kandel_moles(counts) == pytest.approx(207 - 1.015 * 3 - 73.6 * 8 / 6)
    assert measures.lix(counts) == pytest.approx(3 + 100 / 6)


@pytest.mark.parametrize(
    ("text", "ease", "lix"),
    [(PLAIN, 95.2, 12.7), (ORDINARY, 67.9, 50.7), (ADMINISTRATIVE, -3.9, 89.4)],
)
def test_three_texts_are_ranked_as_a_reader_would(text: str, ease: float, lix: float) -> None:
    counts = measures.count([text])

    assert measures.kandel_moles(counts) == pytest.approx(ease, abs=0.05)
    assert measures.lix(counts) == pytest.approx(lix, abs=0.05)


@pytest.mark.parametrize("formula", [measures.kandel_moles, measures.lix])
def test_a_text_without_words_has_no_measure(formula) -> None:
    with pytest.raises(ValueError, match="without words"):
        formula(measures.count(["… !"]))


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_texts_can_be_counted(texts: list[str]) -> None:
    counts = measures.count(texts)

    assert 0 <= counts.long <= counts.words <= counts.syllables
    assert counts.sentences <= counts.words
    if counts.words:
        assert measures.lix(counts) >= 1
        assert measures.kandel_moles(counts) <= 207


@given(st.text(alphabet="aé A.?!…»«\n-:'%()s<b>/1", max_size=80))
def test_cutting_into_sentences_loses_no_word(text: str) -> None:
    # A sentence is plain already: made plain twice, two figures on two lines would become one.
    cut = [measures.WORD.findall(sentence) for sentence in measures.sentences(text)]

    assert sum(map(len, cut)) == len(measures.words(text))
