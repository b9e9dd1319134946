"""Typography, refused words and gaps of a French translation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import french, gaps

RIGHT = [
    "Garder",
    "L’équipe est là\u00a0: « oui\u202f» ou non ?".replace("« ", "«\u00a0").replace(
        " ?", "\u202f?"
    ),
    "Voir <a href=\"/prets/?page=2\" class='lien'>l’accord</a>",
    "https://exemple.be/a?b=c&d=e",
    "Réunion de 14:30, 2&nbsp;heures",
    "Une adresse valide, une saison, un renseignement.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_well_set_text_has_no_fault_and_is_not_changed(text: str) -> None:
    assert french.faults(text) == []
    assert french.mend(text) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("l'accord de l'%(name)s", "l’accord de l’%(name)s"),
        ("D'<em>Awa</em>", "D’<em>Awa</em>"),
        ("Quand ?", "Quand\u00a0?"),
        ("Nom:", "Nom\u00a0:"),
        ("<b>Nom</b> : oui", "<b>Nom</b>\u00a0: oui"),
        ("«oui» ou « non »", "«\u00a0oui\u00a0» ou «\u00a0non\u00a0»"),
        ('Dire "oui".', "Dire «\u00a0oui\u00a0»."),
        ("Attendez...", "Attendez…"),
    ],
)
def test_typography_is_found_then_mended(text: str, mended: str) -> None:
    assert french.faults(text)
    assert french.mend(text) == mended
    assert french.faults(mended) == []


@pytest.mark.parametrize(
    "text",
    [
        "Bravo\u00a0!",
        "les travailleur·euse·s",
        "inscrit(e)",
        "heure(s)",
        "la personne bénéficiaire",
        "les usagères",
        "Utilisateurs",
        "Validez votre choix",
        "C’est validé",
        "Saisissez un nom",
        "la saisie",
        "Champ à renseigner",
        "'seul",
    ],
)
def test_a_slip_that_needs_a_human_is_found(text: str) -> None:
    assert french.faults(text)


def test_a_refused_word_can_be_allowed_by_name_and_no_other_with_it() -> None:
    text = "bénéficiaire de l’aide, usager"

    assert len(french.faults(text)) == 2
    assert len(french.faults(text, frozenset({"bénéficiaire"}))) == 1


@given(st.text(alphabet="aé l'\"«»:;?.!\u00a0\u202f%()s<>b/&", max_size=60))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = french.mend(text)

    assert french.mend(once) == once


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("%(count)s files", "%(count)s dossiers"),
        ("{name} is here", "{name} est là"),
        ("%(a)s of %(b)s", "sur %(b)s, %(a)s et %(a)s"),
        ("100 %% of %(a)s", "100 %% de %(a)s"),
        ("100 % yours", "100 % à vous"),
    ],
)
def test_the_same_gaps_are_right_in_any_order(source: str, translation: str) -> None:
    assert gaps.faults(source, translation) == []
    assert gaps.source_faults(source) == []


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("%(count)s files", "des dossiers"),
        ("%(count)s files", "%(nombre)s dossiers"),
        ("%(count)s files", "%(count) dossiers"),
        ("{name} is here", "{nom} est là"),
        ("100 %% of %(a)s", "100 % de %(a)s"),
        ("100 % yours", "100 %% à vous"),
    ],
)
def test_a_gap_that_would_break_the_page_is_found(source: str, translation: str) -> None:
    assert gaps.faults(source, translation)


@pytest.mark.parametrize("source", ["%s files", "%d files", "{} files"])
def test_a_gap_without_a_name_is_refused(source: str) -> None:
    assert gaps.source_faults(source)
