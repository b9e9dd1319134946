"""Categories, absences and placements: what is said of an entry that stands."""

from datetime import date

import pytest

from relier.training import figures
from relier.training.actions import absences, enrolments, journeys
from relier.training.importing.checking.absences import ground_of
from relier.training.importing.checking.eligible import category_of
from relier.training.importing.keeping import keep
from relier.training.importing.undoing import StillInUse, undo
from relier.training.models import Absence, Eligibility, Enrolment, Placement
from relier.training.posting import hold, post
from relier.training.tests import stories

from .dumps import everything
from .files import codes, csv_of, sent, xlsx_of


def categories(*lines):
    return csv_of("Nom;Prénom;Date de naissance;Éligibilité", *lines)


def away(*lines):
    return csv_of("Nom;Prénom;Du;Au;Motif;Justificatif;Justificatif reçu le", *lines)


def placed(*lines):
    headings = "Nom;Prénom;Entreprise;Du;Au;Heures de stage;Type de stage;Contrat signé le"
    return csv_of(headings, *lines)


STAGE = "Diallo;Awa;Librairie;02/02/2026;20/02/2026;90;acculturation;30/01/2026"


def read(data, actor, what, **more):
    return sent(data, actor, what=what, **more)


def imported(data, actor, what, **more):
    file, checked = read(data, actor, what, **more)
    return keep(file, by=actor, plan=checked.digest)


# --- categories ---


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("5, 3° bis", "5-3bis"), ("art. 5, 3°bis", "5-3bis"), ("Article 5.1", "5-1"), ("6", "6"),
        ("5-7", "5-7"), ("revenu d’intégration ou équivalent", "5-7"), ("5", ""), ("7", ""),
        ("chômeur", ""), ("5, 9°", ""),
    ],
)  # fmt: skip
def test_a_category_is_read_as_people_write_it(said, key):
    assert category_of(said) == key


def test_categories_are_added_to_entries_and_taken_back(training, coordinator):
    before = everything()
    file = imported(categories("Diallo;Awa;;5, 1°"), coordinator, "categories")

    said = Eligibility.objects.get()
    assert (said.enrolment, said.category) == (training.enrolment, "5-1")

    undo(file, by=coordinator)
    assert everything() == before


def test_a_category_that_stands_is_never_changed(training, coordinator):
    enrolments.say_category(training.enrolment, "5-1", by=coordinator)

    _file, same = read(categories("Diallo;Awa;;5.1"), coordinator, "categories")
    _file, other = read(categories("Diallo;Awa;;6"), coordinator, "categories")

    assert codes(same) == [(2, "D", "known")]
    assert codes(other) == [(2, "D", "category_otherwise")]


def test_two_lines_about_one_entry_are_named(training, coordinator):
    lines = ("Diallo;Awa;;6", "DIALLO;awa;;6", "Diallo;Awa;;5.1")

    _file, checked = read(categories(*lines), coordinator, "categories")

    assert codes(checked) == [(3, "", "twice"), (4, "", "twice_otherwise")]


def test_which_of_two_entries_is_meant_is_asked(training, coordinator):
    enrolments.end(training.enrolment, "completed", on=stories.day(30), by=coordinator)
    enrolments.enrol(
        training.house.awa, training.programme, entered_on=stories.day(60), by=coordinator
    )
    dated = csv_of("Nom;Prénom;Date d'entrée;Éligibilité", "Diallo;Awa;05/01/2026;6")

    _file, unsure = read(categories("Diallo;Awa;;6"), coordinator, "categories")
    _file, sure = read(dated, coordinator, "categories")

    assert codes(unsure) == [(2, "", "which_entry")]
    assert codes(sure) == []


def test_a_name_that_is_alike_is_asked_about(training, coordinator):
    file, checked = read(categories("Dialo;Awa;;6"), coordinator, "categories")
    assert [one.line for one in checked.questions] == [2]

    decided = {"2": f"p:{training.house.awa.pk}"}
    file.decisions = decided
    file.save()
    from relier.training.importing import staged

    checked = staged.look(file, by=coordinator)
    keep(file, by=coordinator, plan=checked.digest)

    assert Eligibility.objects.get().enrolment == training.enrolment


def test_a_list_of_people_may_bring_their_category_along(training, coordinator):
    data = csv_of(
        "Nom;Prénom;Filière;Date d'entrée;Catégorie d'éligibilité",
        "Kaplan;Idris;Bureautique;05/01/2026;5, 3° bis",
    )

    file = imported(data, coordinator, "people")

    assert Eligibility.objects.get().category == "5-3bis"
    undo(file, by=coordinator)
    assert not Enrolment.objects.exclude(pk=training.enrolment.pk).exists()


# --- absences ---


@pytest.mark.parametrize(
    ("said", "ground"),
    [("1", 1), ("maladie", 1), ("CM", 1), ("Enfant malade", 3), ("convocation", 7), ("14", 0),
     ("vacances", 0), ("force majeure", 13)],
)  # fmt: skip
def test_a_ground_is_read_as_people_write_it(said, ground):
    assert ground_of(said, {}) == ground


def test_a_code_of_the_centre_says_its_ground(training):
    assert ground_of("EF", {"ef": "ground_8"}) == 8


def test_an_absence_turns_missed_hours_into_hours_on_its_ground(training, coordinator):
    training.follows(0, 0)
    before, hours = everything(), figures.minutes_of(training.enrolment).minutes

    file = imported(
        away("Diallo;Awa;05/01/2026;06/01/2026;maladie;certificat;07/01/2026"), coordinator,
        "absences",
    )  # fmt: skip

    row = Absence.objects.get()
    assert (row.ground, row.from_on, row.until_on, row.proof) == (
        1, date(2026, 1, 5), date(2026, 1, 6), "certificat",
    )  # fmt: skip
    assert figures.minutes_of(training.enrolment).assimilated == 360
    assert post(hold([training.enrolment.pk]), cause="import", by=coordinator) is None

    undo(file, by=coordinator)
    assert everything() == before
    assert figures.minutes_of(training.enrolment).minutes == hours


def test_one_day_needs_no_last_day(training, coordinator):
    imported(away("Diallo;Awa;05/01/2026;;1;;"), coordinator, "absences")

    assert Absence.objects.get().until_on == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("05/01/2026;06/01/2026;vacances;;", (2, "E", "not_listed_ground")),
        ("05/01/2026;06/01/2026;10;;", (2, "E", "ground_not_said")),
        ("06/01/2026;05/01/2026;1;;", (2, "D", "until_before")),
        ("02/01/2026;06/01/2026;1;;", (2, "C", "not_entered")),
        ("05/01/2026;06/01/2026;;;", (2, "E", "empty")),
        ("05/01/2026;31/02/2026;1;;", (2, "D", "not_day")),
    ],
)
def test_an_absence_that_cannot_be_is_named(training, coordinator, line, code):
    _file, checked = read(away(f"Diallo;Awa;{line}"), coordinator, "absences")

    assert codes(checked) == [code]
    assert not checked.drafts.absences


def test_an_absence_that_crosses_one_that_stands_is_not_added(training, coordinator):
    absences.account_for_absence(
        training.enrolment, 1, from_on=stories.day(0), until_on=stories.day(4), by=coordinator
    )

    _file, checked = read(
        away("Diallo;Awa;06/01/2026;07/01/2026;1;;", "Diallo;Awa;09/01/2026;12/01/2026;7;;"),
        coordinator, "absences",
    )  # fmt: skip

    assert codes(checked) == [(2, "C", "known"), (3, "C", "absence_otherwise")]


def test_lines_that_cross_one_another_are_named(training, coordinator):
    lines = ("Diallo;Awa;05/01/2026;07/01/2026;1;;08/01/2026",
             "Diallo;Awa;05/01/2026;07/01/2026;1;;08/01/2026",
             "Diallo;Awa;07/01/2026;09/01/2026;7;;12/01/2026")  # fmt: skip

    _file, checked = read(away(*lines), coordinator, "absences")

    assert codes(checked) == [(3, "C", "twice"), (4, "C", "crosses")]


def test_undoing_refuses_where_the_proof_came_since(training, coordinator):
    file = imported(away("Diallo;Awa;05/01/2026;;1;;"), coordinator, "absences")
    from uuid import uuid4

    absences.receive_proof(
        Absence.objects.get(), on=stories.day(3), by=coordinator, form_key=uuid4()
    )

    with pytest.raises(StillInUse) as refused:
        undo(file, by=coordinator)
    assert [(one.line, one.what) for one in refused.value.touched] == [(2, "training.Absence")]


# --- placements ---


def test_placements_are_added_and_taken_back(training, coordinator):
    before = everything()
    file = imported(placed(STAGE), coordinator, "placements")

    row = Placement.objects.get()
    assert (row.kind, row.company, row.minutes, row.signed_on) == (
        "acculturation", "Librairie", 90 * 60, date(2026, 1, 30),
    )  # fmt: skip

    undo(file, by=coordinator)
    assert everything() == before


def test_a_placement_that_stands_or_crosses_is_named(training, coordinator):
    journeys.plan_placement(
        training.enrolment, "acculturation", from_on=date(2026, 2, 2), until_on=date(2026, 2, 20),
        minutes=90 * 60, company="Librairie", by=coordinator,
    )  # fmt: skip
    crossing = STAGE.replace("20/02/2026", "27/02/2026")

    _file, checked = read(placed(STAGE, crossing), coordinator, "placements")

    assert codes(checked) == [(2, "D", "known"), (3, "D", "placement_otherwise")]


def test_what_the_text_would_refuse_is_said_and_forbids_nothing(training, coordinator):
    long = "Diallo;Awa;Atelier;02/02/2026;30/06/2026;900;professionnel;"

    _file, checked = read(placed(long), coordinator, "placements")

    assert codes(checked) == [(2, "D", "placement_fault"), (2, "F", "placement_fault")]
    assert len(checked.drafts.placements) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (STAGE.replace("acculturation", "vacances"), (2, "G", "not_listed")),
        (STAGE.replace(";90;", ";beaucoup;"), (2, "F", "not_duration")),
        (STAGE.replace(";90;", ";;"), (2, "F", "empty")),
        (STAGE.replace("20/02/2026", "20/01/2026"), (2, "E", "until_before")),
        (STAGE.replace("02/02/2026", "02/01/2026"), (2, "D", "not_entered")),
    ],
)
def test_a_placement_that_cannot_be_is_named(training, coordinator, line, code):
    _file, checked = read(placed(line), coordinator, "placements")

    assert code in codes(checked)
    assert not checked.drafts.placements


# --- days kept as texts ---


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], []),
        (["31/12/1990"], []),
        (["12/31/1990"], [(2, "C", "two_ways"), (3, "C", "not_day")]),
        ([date(1990, 12, 31)], [(2, "C", "two_ways")]),
    ],
)
def test_texts_of_a_workbook_are_days_where_no_day_that_it_knew_stands_beside(
    training, coordinator, others, said
):
    rows = [["Kaplan", "Idris", "04/05/1990"]]
    rows += [["Marchal", "Lucie" + "a" * at, other] for at, other in enumerate(others)]

    _file, checked = sent(xlsx_of(["Nom", "Prénom", "Date de naissance"], *rows), coordinator)

    assert codes(checked) == said
