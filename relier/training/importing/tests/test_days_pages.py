"""The pages of a sheet by day, and of files with several sheets."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from relier.training.importing.models import ImportedFile, What
from relier.training.models import Presence

from .files import sent, xlsx_of

SHEET = xlsx_of(
    ["Bureautique"], ["Nom", "Prénom", 5, 6, 7, "Total"], ["Diallo", "Awa", "X", "CM", "zz", 3]
)
DATED = xlsx_of(["Nom", "Prénom", date(2026, 1, 5), date(2026, 1, 6)], ["Diallo", "Awa", "X", "CM"])


@pytest.fixture
def client(training, enter):
    return enter(training.house.coordinator)


def page(name, file):
    return reverse(f"training:{name}", args=[file.pk])


def send(client, data, name="liste.xlsx"):
    answer = client.post(
        reverse("training:imports"), {"file": SimpleUploadedFile(name, data)}, follow=True
    )
    return ImportedFile.objects.get(), answer.content.decode()


def said(file, **more):
    columns = {f"column_{at}": name for at, name in file.columns.items()}
    return {"what": file.what, "sheet": file.sheet, "heading": file.heading, **columns, **more}


def test_the_month_is_asked_where_nothing_says_it_and_kept_once_it_is_said(client):
    file, text = send(client, SHEET)
    assert "Of which month" in text
    assert "Columns C, D, E: say of which month or year they are" in text

    asked = client.get(page("import_columns", file), {"month": 1, "year": 2026})
    text = asked.content.decode()
    assert "3 days, from" in text
    assert "columns C to E." in text

    client.post(
        page("import_columns", file),
        said(file, month=1, year=2026, code_0="present", whole_day="6h"),
    )
    file.refresh_from_db()
    assert (file.options["month"], file.options["year"]) == (1, 2026)
    assert file.options["whole_day"] == 360


def test_a_sheet_whose_days_are_not_said_goes_no_further(client):
    file, _text = send(client, SHEET)

    answer = client.post(page("import_columns", file), said(file))

    assert "No column of this sheet says a day." in answer.content.decode()
    file.refresh_from_db()
    assert file.found == ""


def test_each_code_is_asked_with_how_often_and_where_it_stands(client):
    _file, text = send(client, DATED)

    assert "“X” means" in text
    assert "1 time, in C2." in text
    assert "“CM” means" in text


def test_how_long_a_whole_day_lasts_is_asked_where_no_session_is_planned(client, training):
    file, _text = send(client, DATED)
    codes = {"code_0": "present", "code_1": "ground_1", "make_sessions": "on"}

    refused = client.post(page("import_columns", file), said(file, **codes))
    assert "Say how long a whole day lasts" in refused.content.decode()

    training.session(0)
    training.session(1)
    taken = client.post(page("import_columns", file), said(file, **codes))
    assert taken.url == page("import_check", file)


def test_from_the_sheet_to_the_import_and_back(client):
    file, _text = send(client, DATED)
    codes = {"code_0": "present", "code_1": "ground_1", "make_sessions": "on", "whole_day": "6h"}
    checked = client.post(page("import_columns", file), said(file, **codes), follow=True)

    text = checked.content.decode()
    assert "Who, and how long" in text
    assert "2 presences" in text
    assert "1 absence with its ground" in text
    file.refresh_from_db()
    done = client.post(page("import_keep", file), {"plan": file.plan}, follow=True)
    assert "2 presences" in done.content.decode()
    assert Presence.objects.count() == 2

    client.post(page("import_undo", file))
    assert not Presence.objects.exists()


def several_sheets():
    book = Workbook()
    book.active.title = "janv"
    book.active.append(["Nom", "Prénom", date(2026, 1, 5), date(2026, 1, 6)])
    book.active.append(["Diallo", "Awa", 3, 3])
    people = book.create_sheet("Stagiaires")
    people.append(["Liste des stagiaires"])
    people.append(["Nom", "Prénom", "GSM", "Filière", "Entrée"])
    people.append(["Kaplan", "Idris", "0470 00 00 01", "Bureautique", date(2026, 1, 5)])
    hidden = book.create_sheet("Listes")
    hidden.append(["Nom", "Prénom", "GSM", "Adresse", "Filière", "Entrée", "Sortie", "Motif"])
    hidden.append(["Caché", "Jean"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_sheet_is_read_as_if_it_had_been_sent_alone(client):
    file, text = send(client, several_sheets())
    assert "Listes (hidden)" in text
    assert file.sheet != 2

    other = 1 if file.sheet == 0 else 0
    asked = {"sheet": other, "what": file.what, "heading": file.heading}
    text = client.get(page("import_columns", file), asked).content.decode()

    assert ("Its days" in text) == (other == 0)
    assert "A · Nom" in text


def test_what_else_the_file_held_is_said_once_it_is_imported(client, coordinator):
    file, _text = send(client, several_sheets())
    client.post(page("import_columns", file), said(file))
    file.refresh_from_db()

    done = client.post(page("import_keep", file), {"plan": file.plan, "leave_out": 1}, follow=True)

    assert "The file had 3 sheets, and one of them was read." in done.content.decode()


@pytest.mark.parametrize("what", What.values)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_model_is_recognised_for_what_it_is(client, coordinator, what, form):
    address = reverse("training:import_model") + f"?what={what}&form={form}"

    file, _checked = sent(client.get(address).content, coordinator)

    assert file.what == what or (what, file.what) == ("categories", "people")
