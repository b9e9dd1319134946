"""Pages of documents: who finds them, what they say, what they cost; and what an erasure takes."""

import hashlib
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.journal.registry import holdings
from relier.training.actions import journeys, presences
from relier.training.actions.presences import Took
from relier.training.documents import keeping
from relier.training.documents.about import About
from relier.training.documents.kinds import KINDS
from relier.training.models import Enrolment, NamedIn, PrintedDocument, PrintedFile

from . import stories
from .stories import MONDAY


def client_of(member):
    client = Client()
    client.force_login(member.user)
    return client


def main_of(answer):
    """What the page says, without its form of sign-out and its token."""
    return answer.text.partition("<main")[2].partition("</main>")[0]


def papers(training):
    return reverse("training:entry_papers", args=[training.enrolment.pk])


def printing(training, key):
    return reverse("training:paper_new", args=[training.enrolment.pk, key])


def print_one(training, key, **more):
    about = About(
        training.house.centre, timezone.localdate(), training.enrolment, training.track, **more
    )
    return keeping.print_document(KINDS[key], about, by=training.nour, language="en")


def print_track(training, month=202601):
    about = About(training.house.centre, date(2026, 2, 2), track=training.track, period=month)
    return keeping.print_document(
        KINDS["track_month"], about, by=training.coordinator, language="en"
    )


# --- printing ------------------------------------------------------------------------------------


def test_a_document_is_printed_from_its_page_and_read_again(training):
    client = client_of(training.house.bram)

    answer = client.post(printing(training, "contract"), follow=True)

    document = PrintedDocument.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("training:paper", args=[document.pk])
    assert document.sha256 in answer.text
    assert "The signed paper is the original" in answer.text
    file = client.get(reverse("training:paper_file", args=[document.pk, "pdf"]))
    assert hashlib.sha256(file.content).hexdigest() == document.files.get().sha256
    assert "Awa" not in file.headers["Content-Disposition"]


def test_the_page_says_what_changed_since(training):
    training.follows(0)
    document = print_one(training, "hours")
    client = client_of(training.house.bram)
    url = reverse("training:paper", args=[document.pk])
    assert "Nothing it says has changed since." in client.get(url).text

    training.follows(1)

    for page in (url, printing(training, "hours")):
        text = client.get(page).text
        assert "Changed since:" in text
        assert "<li>the hours</li>" in text


def test_what_is_missing_is_said_and_nothing_is_printed(training):
    client = client_of(training.house.nour)

    assert "The plan is not written yet." in client.get(printing(training, "plan")).text
    client.post(printing(training, "plan"))
    assert not PrintedDocument.objects.exists()


def test_a_month_is_chosen_among_those_with_hours(training):
    training.follows(0)
    client = client_of(training.house.bram)

    assert "January 2026" in client.get(printing(training, "month")).text
    for month in ("209901", "0", "abc", "9" * 40, "202513"):
        client.post(printing(training, "month"), {"month": month})
    assert not PrintedDocument.objects.exists()
    client.post(printing(training, "month"), {"month": "202601"})
    assert PrintedDocument.objects.get().period == 202601
    assert PrintedFile.objects.count() == 3


def test_digistart_asks_what_shows_the_condition_of_entry(house):
    training = stories.begin(house, units=(("Le clavier", 40 * 60),), scheme="digistart")
    for number in (0, 1):
        training.follows(number)
    journeys.attest(training.enrolment, on=MONDAY, acquired="Le clavier.", by=training.nour)
    client = client_of(house.bram)
    assert "is not said" in client.get(printing(training, "digistart")).text

    url = reverse("training:condition", args=[training.enrolment.pk])
    client.post(url, {"shown_by": "talk", "on": "2026-01-05"})
    client.post(printing(training, "digistart"))

    assert PrintedDocument.objects.get().kind == "digistart"
    assert client.get(printing(training, "end")).status_code == 404


def test_printing_and_reading_are_lines_of_the_journal(training):
    client = client_of(training.house.bram)
    client.post(printing(training, "contract"), follow=True)

    kinds = set(Line.objects.values_list("kind", flat=True))

    assert {"training.document_printed", "training.document_read"} <= kinds
    assert Line.objects.get(kind="training.document_printed").subject == training.house.awa.pk


# --- walls ---------------------------------------------------------------------------------------


def test_what_is_told_is_not_hinted_at_to_the_coordinator(training):
    client = client_of(training.house.coordinator)
    before = main_of(client.get(papers(training)))
    journeys.make_plan(training.enrolment, on=MONDAY, words="Le tableur", by=training.nour)
    print_one(training, "plan")

    assert "Individual training plan" not in before
    assert main_of(client.get(papers(training))) == before
    assert client.get(printing(training, "plan")).status_code == 404


@pytest.mark.parametrize("form", ["exe", "odt", "ods", "p" * 200])
def test_a_form_that_is_not_there_is_not_found(training, form):
    document = print_one(training, "contract")
    url = reverse("training:paper_file", args=[document.pk, form])

    assert client_of(training.house.bram).get(url).status_code == 404


@pytest.mark.parametrize("year", ["1999", "2101", "0", "-1", "9" * 30, "abc", "", "٢٠٢٦", "\x00"])
def test_a_year_that_is_none_is_this_one(training, year):
    client = client_of(training.house.coordinator)

    for name in ("annual", "report"):
        answer = client.get(reverse(f"training:{name}"), {"year": year})
        assert answer.status_code == 200
        assert str(timezone.localdate().year) in answer.text


@pytest.mark.parametrize("month", ["000000", "202613", "999912", "20260", "abc", "2026011"])
def test_a_month_that_is_none_is_not_found(training, month):
    url = reverse("training:track_month", args=[training.track.pk, month])

    assert client_of(training.house.coordinator).get(url).status_code == 404


def test_the_centre_prints_its_year(training):
    training.follows(0)
    client = client_of(training.house.coordinator)

    for key in ("annual", "report"):
        client.post(reverse(f"training:{key}") + "?year=2026")
    url = reverse("training:track_month", args=[training.track.pk, "202601"])
    assert reverse("training:why", args=[training.enrolment.pk]) in client.get(url).text
    client.post(url)

    assert set(PrintedDocument.objects.values_list("kind", flat=True)) == {
        "annual", "report", "track_month",
    }  # fmt: skip
    text = client.get(reverse("training:papers")).text
    assert text.count("printed on") == 3


# --- cost ----------------------------------------------------------------------------------------


def count(client, url):
    client.get(url)  # what is written once in fifteen minutes is written
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def copies(document, number):
    rows = []
    for _ in range(number):
        row = PrintedDocument.objects.get(pk=document.pk)
        row.pk, row.form_key = uuid4(), uuid4()
        row.content = dict(row.content)
        row._state.adding = True
        rows.append(row)
    PrintedDocument.objects.bulk_create(rows)


def test_lists_of_documents_cost_the_same_for_three_and_three_hundred(training):
    training.follows(0)
    contract, statement = print_one(training, "contract"), print_track(training)
    lists = [
        (client_of(training.house.bram), papers(training)),
        (client_of(training.house.coordinator), reverse("training:papers")),
    ]
    copies(contract, 2)
    copies(statement, 2)
    few = [count(*one) for one in lists]

    copies(contract, 297)
    copies(statement, 297)

    many = [count(*one) for one in lists]
    # A list of several pages counts its rows, and says so.
    assert many == few


def test_a_statement_costs_the_same_for_three_people_and_thirty(training):
    client = client_of(training.house.coordinator)
    url = reverse("training:track_month", args=[training.track.pk, "202601"])

    def with_more(number, day):
        session = training.session(day)
        people = {training.another().person: Took(360) for _ in range(number)}
        presences.take_presence(session, people, by=training.coordinator)
        return count(client, url)

    assert with_more(3, 1) == with_more(27, 2)
    assert len(client.get(url).context["rows"]) == 30


# --- erased --------------------------------------------------------------------------------------


def test_erased_documents_of_someone_are_gone_and_statements_lose_what_they_said(training):
    training.follows(0)
    print_one(training, "contract")
    print_track(training)
    assert NamedIn.objects.count() == 1

    for holding in holdings(about="person"):
        if holding.model.startswith("training."):
            holding.erase(holding, [training.house.awa.pk])

    assert not Enrolment.objects.exists()
    statement = PrintedDocument.objects.get()
    assert statement.kind == "track_month"
    assert statement.content == {}
    assert statement.emptied_at
    assert not PrintedFile.objects.exists()
    text = (
        client_of(training.house.coordinator)
        .get(reverse("training:paper", args=[statement.pk]))
        .text
    )
    assert "its copy went along" in text
    assert "Awa" not in text


def test_what_is_handed_over_is_in_words_and_without_bytes(training):
    print_one(training, "contract")
    found = {one.model: one for one in holdings(about="person")}

    [row] = found["training.PrintedFile"].hand_over(
        found["training.PrintedFile"], [training.house.awa.pk]
    )
    document = PrintedDocument.objects.get()

    assert "sealed" not in row
    assert "key" not in row
    words = found["training.PrintedDocument"].said["content"](document)
    assert "Tableur" in words
