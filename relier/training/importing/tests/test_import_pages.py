"""The pages of an import, one step each."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from relier.journal import registry
from relier.journal.models import Line
from relier.lib.tests.sheets_made import bomb, with_macros
from relier.people.models import Person
from relier.training.importing import progress, staged
from relier.training.importing.models import ImportedFile, ImportedRow, State

from .files import csv_of, sent, xlsx_of

LIST = csv_of("Nom;Prénom;GSM", "Kaplan;Idris;0470 00 00 01", "Diallo;Awa;", "Çelik;Elif;470123456")


@pytest.fixture
def client(training, enter):
    return enter(training.house.coordinator)


def page(name, file):
    return reverse(f"training:{name}", args=[file.pk])


def send(client, data, name="liste.csv"):
    upload = SimpleUploadedFile(name, data)
    return client.post(reverse("training:imports"), {"file": upload}, follow=True)


def columns_of(file, **more):
    said = {f"column_{at}": name for at, name in file.columns.items()}
    return {"what": file.what, "sheet": file.sheet, "heading": file.heading, **said, **more}


def waiting(client, data=LIST):
    send(client, data)
    file = ImportedFile.objects.get()
    client.post(page("import_columns", file), columns_of(file))
    file.refresh_from_db()
    return file


# --- sending ---


def test_a_file_is_read_and_its_columns_are_proposed(client):
    answer = send(client, LIST)

    text = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/columns/")
    assert "A · Nom" in text
    assert "Kaplan" in text
    assert ImportedFile.objects.get().columns == {
        "0": "family_name", "1": "call_name", "2": "phone",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "There is nothing in this file."),
        (b"%PDF-1.7", "This is no spreadsheet."),
        (bomb(), "it is a trap"),
        (b"PK\x03\x04zzz", "damaged"),
    ],
)
def test_a_file_that_is_refused_says_why_and_leaves_nothing(client, data, said):
    answer = send(client, data, "liste.xlsx")

    assert said in answer.content.decode()
    assert not ImportedFile.objects.exists()


def test_macros_are_said(client):
    answer = send(
        client, with_macros(xlsx_of(["Nom", "Prénom"], ["Kaplan", "Idris"])), "liste.xlsm"
    )

    assert "they were not run" in answer.content.decode()


def test_no_file_is_said(client):
    answer = client.post(reverse("training:imports"), {})

    assert "Choose a file first." in answer.content.decode()


def test_what_is_sealed_does_not_stand_in_the_database(client, connection_rows):
    send(client, LIST)

    assert "Kaplan" not in connection_rows("training_importedfile")


@pytest.fixture
def connection_rows():
    from django.db import connection

    def rows(table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            return repr(cursor.fetchall())

    return rows


# --- columns ---


def test_columns_that_are_missing_or_said_twice_are_named(client):
    send(client, LIST)
    file = ImportedFile.objects.get()

    answer = client.post(
        page("import_columns", file),
        {"what": "people", "sheet": 0, "heading": 1, "column_0": "phone", "column_2": "phone"},
    )

    text = answer.content.decode()
    assert "Column A is this already." in text
    assert "Say which column is" in text


def test_the_sheet_is_shown_as_it_is_asked_to_be_read(client):
    send(client, LIST)
    file = ImportedFile.objects.get()

    answer = client.get(page("import_columns", file), {"what": "presences", "heading": 2})

    text = answer.content.decode()
    assert "A · Kaplan" in text
    assert "how long they followed" in text
    file.refresh_from_db()
    assert (file.what, file.heading) == ("people", 1)


# --- dry run, decisions, import ---


def test_the_dry_run_names_each_problem_by_its_line_and_column(client):
    file = waiting(client)

    text = client.get(page("import_check", file)).content.decode()

    assert "Line 4, column C" in text
    assert "lost its first zero: 470123456" in text
    assert "Say who is who" in text
    assert not Person.objects.filter(call_name="Idris").exists()


def test_the_whole_list_is_a_csv_whose_cells_are_no_formulas(client, training):
    file = waiting(client, csv_of("Nom;Prénom;GSM", "Kaplan;Idris;=1+1", "Çelik;Elif;@a"))

    said = client.get(page("import_problems", file)).content.decode("utf-8-sig")

    assert said.splitlines()[0] == "Line;Column;State;What to do"
    assert said.splitlines()[1].startswith("2;C;stopped;A formula")


def test_from_the_file_to_the_import_and_back(client):
    file = waiting(client)
    awa = Person.objects.get(call_name="Awa")
    client.post(page("import_people", file), {"who_3": f"p:{awa.pk}"})
    file.refresh_from_db()
    refused = client.post(page("import_keep", file), {"plan": file.plan}, follow=True)
    assert "Nothing was imported" in refused.content.decode()

    done = client.post(page("import_keep", file), {"plan": file.plan, "leave_out": 1}, follow=True)

    assert "1 person" in done.content.decode()
    assert "1 line was left out." in done.content.decode()
    assert Person.objects.get(call_name="Idris").phone == "0470 00 00 01"
    assert not Person.objects.filter(call_name="Elif").exists()

    undone = client.post(page("import_undo", file), follow=True)

    assert "All is as it was before." in undone.content.decode()
    assert not Person.objects.filter(call_name="Idris").exists()


def test_all_names_are_decided_at_once(client):
    file = waiting(client, csv_of("Nom;Prénom", "Diallo;Awa", "Diallo;Awa"))

    client.post(page("import_people", file), {"all_new": 1})

    file.refresh_from_db()
    assert file.decisions == {"2": "new", "3": "new"}
    assert file.state == State.CHECKED


def test_undoing_what_was_touched_says_where_and_takes_nothing_back(client):
    file = waiting(client, csv_of("Nom;Prénom", "Kaplan;Idris"))
    client.post(page("import_keep", file), {"plan": file.plan})
    Person.objects.filter(call_name="Idris").update(phone="04")

    answer = client.post(page("import_undo", file))

    text = answer.content.decode()
    assert "Line 2" in text
    assert "the name or the address was changed" in text
    assert Person.objects.filter(call_name="Idris").exists()


def test_the_form_of_a_file_sent_twice_keeps_it_once(client):
    key = "6b1f0f0a-7f5e-4d5e-9d9b-0c3f1f1f1f1f"
    for _ in range(2):
        upload = SimpleUploadedFile("liste.csv", LIST)
        client.post(reverse("training:imports"), {"file": upload, "form_key": key})

    assert ImportedFile.objects.count() == 1


def test_long_work_is_done_beside_the_page_and_says_how_far_it_is(client, training, monkeypatch):
    file = waiting(client, csv_of("Nom;Prénom", "Kaplan;Idris"))
    telling = progress.Telling(file.pk)
    telling(40, 120)

    text = client.get(page("import", file)).content.decode()
    assert "<strong>40</strong> of 120" in text
    again = client.post(page("import_keep", file), {"plan": file.plan})
    assert again.url == page("import", file)
    assert not Person.objects.filter(call_name="Idris").exists()

    telling.failed("changed")
    assert "Nothing was imported" in client.get(page("import", file)).content.decode()
    client.post(page("import_check", file))
    assert progress.progress_of(file.pk) is None


def test_work_that_fell_silent_is_said_to_be_cut(client, monkeypatch):
    file = waiting(client)
    progress.Telling(file.pk)(1, 2)
    monkeypatch.setattr(progress, "SILENT", -1.0)

    assert "The work was cut." in client.get(page("import", file)).content.decode()


def test_the_models_can_be_imported_as_they_are(client, training):
    for form in ("xlsx", "csv"):
        ImportedFile.objects.all().delete()
        address = reverse("training:import_model") + f"?what=people&form={form}"
        data = client.get(address).content
        _file, checked = sent(data, training.coordinator)
        assert [one.code for one in checked.problems] == []
        assert len(checked.drafts.people) == 2
        assert len(checked.drafts.entries) == 2


# --- who, how long, how many queries ---


@pytest.mark.parametrize("who", ["nour", "bram", "reception", "zoe"])
def test_only_coordinators_of_the_centre_find_an_import(training, enter, coordinator, who):
    file, _ = sent(LIST, coordinator)
    client = enter(getattr(training.house, who))

    assert client.get(reverse("training:imports")).status_code == 404
    assert client.get(page("import_check", file)).status_code == 404
    assert client.post(page("import_keep", file)).status_code == 404
    assert "Bring in spreadsheets" not in client.get(reverse("training:home")).content.decode()


def test_the_list_of_imports_costs_the_same_with_three_and_thirty(client, coordinator):
    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("training:imports"))
        return len(asked)

    member = coordinator.id
    rows = [ImportedFile(centre_id=coordinator.centre, author_id=member, form="csv", what="people",
                         state=State.FORGOTTEN) for _ in range(33)]  # fmt: skip
    ImportedFile.objects.bulk_create(rows[:3])
    client.get(reverse("training:imports"))
    few = cost()
    ImportedFile.objects.bulk_create(rows[3:])

    assert cost() == few


def test_each_step_is_a_line_of_the_journal(client):
    file = waiting(client, csv_of("Nom;Prénom", "Kaplan;Idris"))
    client.get(page("import_check", file))
    client.post(page("import_keep", file), {"plan": file.plan})
    client.post(page("import_undo", file))

    kinds = set(Line.objects.filter(kind__startswith="training.").values_list("kind", flat=True))
    assert kinds >= {
        "training.file_received", "training.import_read", "training.people_imported",
        "training.file_imported", "training.import_undone",
    }  # fmt: skip
    line = Line.objects.get(kind="training.people_imported")
    assert len(line.details["shown"]) == 1


def test_a_file_that_nobody_imports_is_forgotten_and_so_are_old_notes(client, coordinator):
    old, kept = waiting(client, LIST), None
    kept, checked = sent(csv_of("Nom;Prénom", "Kaplan;Idris"), coordinator)
    from relier.training.importing.keeping import keep

    keep(kept, by=coordinator, plan=checked.digest)
    assert ImportedRow.objects.exists()

    later = timezone.now() + timedelta(days=staged.UNDONE_DAYS + 1)
    assert staged.forget_imports(by=coordinator, now=later) > 1

    old.refresh_from_db()
    assert (old.state, old.book, old.name) == (State.FORGOTTEN, "", "")
    assert not ImportedRow.objects.exists()
    assert not staged.may_be_undone(ImportedFile.objects.get(pk=kept.pk), later)


def test_a_file_that_waits_goes_with_whoever_is_erased(training, coordinator):
    awa = training.house.awa
    bears, _ = sent(LIST, coordinator)
    other, _ = sent(csv_of("Nom;Prénom", "Marchal;Lucie"), coordinator)
    holding = next(
        one for one in registry.holdings(about="person") if one.model == "training.ImportedFile"
    )
    assert [row["line"] for row in holding.hand_over(holding, [awa.pk])] == [3]

    holding.erase(holding, [awa.pk])

    bears.refresh_from_db()
    other.refresh_from_db()
    assert (bears.state, bears.book) == (State.FORGOTTEN, "")
    assert other.is_waiting


def test_someone_erased_takes_the_notes_of_the_import_along(training, coordinator):
    from relier.training.importing.keeping import keep
    from relier.training.importing.undoing import undo

    file, checked = sent(csv_of("Nom;Prénom", "Kaplan;Idris", "Marchal;Lucie"), coordinator)
    keep(file, by=coordinator, plan=checked.digest)
    idris = Person.objects.get(call_name="Idris")
    idris.subject.delete()

    assert not ImportedRow.objects.filter(person=idris.pk).exists()
    undo(file, by=coordinator)
    assert not Person.objects.filter(call_name="Lucie").exists()


def test_long_undoing_is_done_beside_the_page_and_says_what_stood_in_its_way(client, monkeypatch):
    from relier.training.importing import views

    def at_once(pk, work):
        telling = progress.Telling(pk)
        telling(0, 0)
        if not work(telling):
            telling.over()

    file = waiting(client, csv_of("Nom;Prénom", "Kaplan;Idris"))
    client.post(page("import_keep", file), {"plan": file.plan})
    monkeypatch.setattr(views, "AT_ONCE", 0)
    monkeypatch.setattr(views, "in_the_background", at_once)
    Person.objects.filter(call_name="Idris").update(phone="04")

    answer = client.post(page("import_undo", file), follow=True)

    assert "the name or the address was changed" in answer.content.decode()
    assert "What will happen" in client.get(page("import_undo", file)).content.decode()
    Person.objects.filter(call_name="Idris").update(phone="")
    client.post(page("import_undo", file), follow=True)
    assert not Person.objects.filter(call_name="Idris").exists()
