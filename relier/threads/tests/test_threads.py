"""The whole path of a problem on one page: what is there, and what is missing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relier.centres.access import Refused
from relier.inquiry.actions import problems, testimonies, ties
from relier.resources.models import Resource
from relier.threads import actions
from relier.threads.actions import End
from relier.threads.kinds import Kind, register
from relier.threads.models import Thread, Tie
from relier.threads.printing import printed
from relier.threads.telling import told
from tests import factories as make


@pytest.fixture
def by(house):
    return make.actor(house.nour)


@pytest.fixture
def problem(by):
    return problems.write("Forms are online only", "People come back.", by=by)


FIRST = "She came back three times."


def given(by, words):
    return testimonies.give_words(words, whose="worker", by=by)


def of_problem(problem):
    return End("problem", problem.pk)


def page(enter, member, problem):
    return enter(member).get(reverse("threads:thread", args=[problem.pk])).content.decode()


def test_what_is_missing_is_said_gently_and_reading_begins_no_thread(house, enter, problem):
    said = page(enter, house.bram, problem)

    for missing in (
        "Nobody told what they lived yet.", "It is not linked to another problem yet.",
        "No question was asked yet.", "Nothing was decided yet.",
        "No sheet was written or revised yet.", "What it changed was not told yet.",
    ):  # fmt: skip
        assert missing in said
    assert not Thread.objects.exists()


def test_the_whole_path_stands_in_order(house, enter, problem, by):
    bram = enter(house.bram)
    ties.found(problem, given(by, FIRST), "three times", by=by)
    ties.link(problem, problems.write("The counter is full", by=by), "worsens", by=by)
    bram.post(
        reverse("threads:sheet_new", args=[problem.pk]), {"title": "On paper", "text": "1. Ask."}
    )
    after = given(by, "She filled it in alone.")
    sheet = Resource.objects.get()
    bram.post(
        reverse("threads:changed", args=[problem.pk]),
        {"after": f"resource {sheet.pk}", "thing": after.pk},
    )

    said = page(enter, house.bram, problem)

    order = ["three times", "worsens: The counter is full", "Nothing was decided yet.", "On paper",
             "She filled it in alone."]  # fmt: skip
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert [(tie.from_kind, tie.to_kind) for tie in Tie.objects.all()] == [
        ("problem", "resource"), ("resource", "testimony"),
    ]  # fmt: skip


def test_no_author_stands_on_it_even_of_what_was_signed(house, enter, problem, by):
    signed = testimonies.give_words(
        "I lost an hour.", whose="worker", sign=True, by=make.actor(house.bram)
    )
    actions.tie(problem, End("testimony", signed.pk), of_problem(problem), by=by)

    said = page(enter, house.coordinator, problem)

    assert "I lost an hour." in said
    assert "Bram" not in said
    assert "Nour" not in said


def test_a_tie_is_made_once_and_undone(house, enter, problem, by):
    one, bram = given(by, FIRST), enter(house.bram)
    for _time in range(2):
        bram.post(reverse("threads:tie", args=[problem.pk, "testimony"]), {"thing": one.pk})
    assert "three times" in page(enter, house.bram, problem)

    bram.post(reverse("threads:untie", args=[Tie.objects.get().pk]))

    assert not Tie.objects.exists()
    assert "Nobody told what they lived yet." in page(enter, house.bram, problem)


def test_a_testimony_taken_back_leaves_the_thread(house, enter, problem, by):
    one = testimonies.give_words("I lost an hour.", whose="worker", sign=True, by=by)
    actions.tie(problem, End("testimony", one.pk), of_problem(problem), by=by)

    testimonies.withdraw(one, by=by)

    assert "Nobody told what they lived yet." in page(enter, house.bram, problem)


def test_nothing_of_another_centre_is_tied(house, enter, problem, by):
    theirs = given(make.actor(house.zoe), FIRST)

    with pytest.raises(Refused):
        actions.tie(problem, End("testimony", theirs.pk), of_problem(problem), by=by)
    with pytest.raises(Refused):
        actions.tie(problem, End("testimony", theirs.pk), of_problem(problem),
                    by=make.actor(house.zoe))  # fmt: skip
    answer = enter(house.nour).post(
        reverse("threads:tie", args=[problem.pk, "testimony"]), {"thing": theirs.pk}
    )
    assert answer.status_code == 200
    assert enter(house.zoe).get(reverse("threads:thread", args=[problem.pk])).status_code == 404


def test_what_leads_nowhere_is_refused(problem, by):
    one, other = given(by, FIRST), problems.write("Another", by=by)

    with pytest.raises(ValidationError):
        actions.tie(problem, End("testimony", one.pk), End("testimony", one.pk), by=by)
    with pytest.raises(Refused):
        actions.tie(problem, End("testimony", one.pk), of_problem(other), by=by)
    with pytest.raises(Refused):
        actions.tie(problem, of_problem(problem), End("question", one.pk), by=by)


def test_a_kind_is_registered_once_and_is_one_of_those_that_are_known():
    for name in ("testimony", "loan"):
        with pytest.raises(ValueError, match=name):
            register(Kind(name, "x.X", label="", title=str, address=str, day="on"))


def test_a_kind_without_pages_yet_has_none_to_tie(house, enter, problem):
    for name in ("problem", "loan"):
        address = reverse("threads:tie", args=[problem.pk, name])
        assert enter(house.nour).get(address).status_code == 404


def test_a_long_thread_prints_on_two_pages(house, enter, problem, by):
    import pypdfium2

    problem = problems.rewrite(problem, "x" * 160, "Mots. " * 330, by=by)
    for number in range(12):
        one = given(by, f"{number} " + "des mots qui durent longtemps " * 60)
        ties.found(problem, one, by=by)
        actions.tie(problem, of_problem(problem), End("testimony", one.pk), by=by)
        actions.write_sheet(problem, f"Fiche {number} " + "y" * 120, "1. Un pas.", by=by)
        ties.link(problem, problems.write("Autre " + "z" * 140, by=by), "worsens", by=by)

    pdf = printed(problem, told(problem, by))

    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) <= 2
    answer = enter(house.bram).get(reverse("threads:thread_pdf", args=[problem.pk]))
    assert answer.content.startswith(b"%PDF")


def test_a_thread_costs_the_same_however_long(house, enter, problem, by):
    bram, counts = enter(house.bram), []

    for many in (3, 15):
        for _number in range(many):
            one = given(by, FIRST)
            ties.found(problem, one, by=by)
            actions.tie(problem, of_problem(problem), End("testimony", one.pk), by=by)
            actions.write_sheet(problem, "Fiche", "Texte.", by=by)
        with CaptureQueriesContext(connection) as asked:
            bram.get(reverse("threads:thread", args=[problem.pk]))
        counts.append(len(asked))

    assert counts[0] == counts[1]
