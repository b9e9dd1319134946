"""Practical sheets: written, found, revised, never lost, printed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from relier.resources import actions, ages
from relier.resources.models import Resource
from relier.resources.rules.pieces import pieces
from relier.resources.rules.searching import folded
from tests import factories as make

TEXT = """# Avant
Prenez la carte.
Et le lecteur.

- une carte
- un code
  à quatre chiffres

1. Ouvrez le site.

2. Écrivez le code.
Puis attendez."""


def written(member, title="Déclarer en ligne", text=TEXT):
    return actions.write(title, text, by=make.actor(member))


def test_a_text_is_cut_into_headings_lists_steps_and_paragraphs():
    assert [(one.kind, list(one.lines)) for one in pieces(TEXT)] == [
        ("heading", ["Avant"]),
        ("paragraph", ["Prenez la carte.", "Et le lecteur."]),
        ("list", ["une carte", "un code à quatre chiffres"]),
        ("steps", ["Ouvrez le site.", "Écrivez le code."]),
        ("paragraph", ["Puis attendez."]),
    ]


@pytest.mark.parametrize("text", ["", "#", "# ", "-", "1.", "\n\n", " - \n", "-\t\n1)"])
def test_signs_without_words_are_no_piece_of_a_list(text):
    assert all(one.kind == "paragraph" for one in pieces(text))


def test_two_paragraphs_stay_two():
    assert [one.lines for one in pieces("One.\n\nTwo.")] == [("One.",), ("Two.",)]


def test_markup_of_another_kind_is_words(house, enter):
    sheet = written(house.nour, text="# <b>x</b>\n<script>alert(1)</script>")

    page = enter(house.bram).get(reverse("resources:sheet", args=[sheet.pk])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


@pytest.mark.parametrize("typed", ["declarer", "LECTEUR chiffres", "écrivez ligne", ""])
def test_a_sheet_is_found_by_its_words_whatever_their_accents(house, enter, typed):
    written(house.nour)
    written(house.nour, "Scanner", "Posez la feuille.")

    page = enter(house.bram).get(reverse("resources:sheets"), {"words": typed}).content.decode()

    assert "Déclarer en ligne" in page
    assert ("Scanner" in page) == (not typed)


def test_a_sheet_that_is_not_found_is_said(house, enter):
    page = enter(house.bram).get(reverse("resources:sheets"), {"words": "rien %_"})

    assert "No sheet holds these words." in page.content.decode()
    assert folded("Œuvre ’É") == "œuvre 'e"


def test_a_sheet_of_another_centre_is_not_found(house, enter):
    sheet, zoe = written(house.nour), enter(house.zoe)

    assert "Déclarer" not in zoe.get(reverse("resources:sheets")).content.decode()
    for page in ("sheet", "sheet_revise", "sheet_earlier", "sheet_pdf"):
        assert zoe.get(reverse(f"resources:{page}", args=[sheet.pk])).status_code == 404


def test_revising_keeps_what_it_said_and_why_it_changed(house, enter):
    sheet, bram = written(house.nour), enter(house.bram)
    bram.post(
        reverse("resources:sheet_revise", args=[sheet.pk]),
        {"title": "Déclarer", "text": "Autre.", "why": "Le site a changé.", "expected": 1},
    )
    bram.post(reverse("resources:sheet_go_back", args=[sheet.pk, 1]))

    said = [(one.number, one.title, one.why, one.author.name) for one in sheet.versions.all()]
    assert said == [
        (3, "Déclarer en ligne", "What version 1 said.", "Bram"),
        (2, "Déclarer", "Le site a changé.", "Bram"),
        (1, "Déclarer en ligne", "", "Nour"),
    ]
    page = bram.get(reverse("resources:sheet_earlier", args=[sheet.pk])).content.decode()
    assert "Le site a changé." in page
    assert bram.post(reverse("resources:sheet_go_back", args=[sheet.pk, 9])).status_code == 404


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(house, enter):
    sheet = written(house.nour)
    actions.revise(sheet, "Nour", "Nour.", by=make.actor(house.nour))

    answer = enter(house.bram).post(
        reverse("resources:sheet_revise", args=[sheet.pk]),
        {"title": "Bram", "text": "Bram keeps his words.", "expected": 1},
    )

    assert "Bram keeps his words." in answer.content.decode()
    assert Resource.objects.get().title == "Nour"


def test_the_same_words_are_no_new_version(house):
    sheet = written(house.nour)

    actions.revise(sheet, sheet.title, sheet.text, by=make.actor(house.nour))

    assert sheet.versions.count() == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "revised today"),
        (1, "revised 1 day ago"),
        (60, "revised 2 months ago"),
        (364, "revised 12 months ago"),
        (365, "not revised for 1 year"),
        (800, "not revised for 2 years"),
        (-3, "revised today"),
    ],
)
def test_its_age_is_said_in_words(days, said):
    today = date(2026, 11, 27)

    with override("en"):
        assert ages.age(today - timedelta(days=days), on=today) == said


def test_an_old_sheet_says_to_look_at_it_first(house, enter):
    sheet = written(house.nour)
    Resource.objects.update(revised_on=timezone.localdate() - timedelta(days=400))

    page = enter(house.bram).get(reverse("resources:sheet", args=[sheet.pk])).content.decode()

    assert "still true" in page


def test_it_prints(house, enter):
    sheet = written(house.nour)

    answer = enter(house.bram).get(reverse("resources:sheet_pdf", args=[sheet.pk]))

    assert answer.content.startswith(b"%PDF")


def test_a_form_sent_twice_keeps_one_sheet(house, enter):
    bram, key = enter(house.bram), "0b1f7f5c-3d1e-4a55-9c61-0d9a3f6b8e22"

    for _time in range(2):
        bram.post(reverse("resources:sheet_new"), {"title": "A", "text": "B", "form_key": key})

    assert Resource.objects.count() == 1


def test_the_list_costs_the_same_however_long(house, enter):
    bram, counts = enter(house.bram), []

    for many in (3, 20):
        for number in range(many):
            written(house.nour, f"Fiche {number}")
        with CaptureQueriesContext(connection) as asked:
            bram.get(reverse("resources:sheets"))
        counts.append(len(asked))

    assert counts[0] == counts[1]
