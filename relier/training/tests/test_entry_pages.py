"""Pages of tracks, entries, hours, numbers and months: what is asked, what is read, by whom."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.training import figures
from relier.training.actions import absences, closing, enrolments
from relier.training.forms.tracks import units_of
from relier.training.legal import rulebook
from relier.training.models import (
    Absence,
    Approval,
    Ending,
    Enrolment,
    MonthClosing,
    Programme,
    RuleChange,
    Track,
    TrainingPlan,
)
from tests import factories as make

from .stories import begin, day


@pytest.fixture
def training(house):
    return begin(house)


def page(name, row):
    return reverse(f"training:{name}", args=[row.pk])


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


# --- tracks ---


def test_a_coordinator_opens_a_track_and_writes_its_programme(house, enter):
    client = enter(house.coordinator)
    client.post(
        reverse("training:track_new"),
        {"name": "Bureau", "scheme": "cisp", "team": house.team.pk, "opened_on": "2026-01-05"},
    )
    track = Track.objects.get(name="Bureau")

    client.post(
        page("programme_new", track),
        {"name": "2026", "from_on": "2026-01-05", "units": "Tableur : 120 h\nTexte, 80,5"},
    )

    programme = Programme.objects.get(track=track)
    assert programme.minutes == 120 * 60 + 80 * 60 + 30
    assert list(programme.units.values_list("name", flat=True)) == ["Tableur", "Texte"]


def test_a_programme_longer_than_the_text_allows_is_refused_and_kept_on_the_page(training, enter):
    client = enter(training.house.coordinator)
    sent = {"name": "Long", "from_on": "2026-01-05", "units": "Tout, 2101"}

    answer = client.post(page("programme_new", training.track), sent)

    assert answer.context["form"].non_field_errors() or answer.context["form"].errors
    assert "Tout, 2101" in text(answer)
    assert not Programme.objects.filter(name="Long").exists()


@pytest.mark.parametrize("line", ["Tableur", "12", "Tableur: douze", "Tableur, 0"])
def test_a_unit_without_hours_is_told_by_its_line(line):
    with pytest.raises(ValidationError):
        units_of(f"Texte, 10\n{line}")


def test_the_state_of_a_track_is_for_its_team_and_the_coordinator(training, enter):
    training.follows()
    url = page("track", training.track) + "?year=2026"

    assert "6 h 00" in text(enter(training.house.bram).get(url))
    assert "6 h 00" in text(enter(training.house.coordinator).get(url))
    assert "6 h 00" not in text(enter(training.house.reception).get(url))


def test_who_steers_reads_how_many_derogations_may_still_be(training, enter):
    others = [training.another(category="5-1") for _ in range(4)]
    training.another(category="6")
    url = page("track", training.track) + "?year=2026"
    coordinator = enter(training.house.coordinator)

    seen = text(coordinator.get(url))

    assert f"1 of {len(others) + 2}" in seen
    assert "No other is allowed, for now." in seen
    assert "Relier does not know your basin" in seen
    assert "Entries by derogation" not in text(enter(training.house.bram).get(url))

    training.another(category="6")
    assert "1 more than the text allows." in text(coordinator.get(url))
    coordinator.post(
        reverse("training:number_change") + "?number=basin_gap",
        {"value": "-16", "from_on": "2026-01-01", "reason": "Notre bassin", "source": "Avis 2025"},
    )
    seen = text(coordinator.get(url))
    assert "1 more is allowed." in seen
    assert "40 in 100" in seen


def test_approved_hours_said_again_take_the_place_of_before(training, enter):
    client = enter(training.house.coordinator)
    client.post(
        reverse("training:approval_new"),
        {"number": "C1", "scheme": "cisp", "from_on": "2026-01-01", "until_on": "2031-12-31"},
    )
    for hours in ("12000", "11000"):
        client.post(
            page("approved_hours", training.track),
            {"approval": Approval.objects.get().pk, "year": 2026, "hours": hours},
        )

    assert [row.hours for row in training.track.approved_hours.all()] == [11000]


# --- entries ---


def test_someone_enters_from_their_file_with_one_form(training, enter):
    person = make.PersonFactory(centre=training.house.centre, followed_by=training.house.team)
    client = enter(training.house.bram)
    link = reverse("training:entry_new", args=[person.pk])

    assert link in client.get(reverse("file", args=[person.pk])).content.decode()
    answer = client.post(
        link, {"programme": training.programme.pk, "entered_on": "2026-02-02", "category": "5-1"}
    )

    entry = Enrolment.objects.get(person=person)
    assert answer.url == page("entry", entry)
    assert entry.eligibilities.get().category == "5-1"


def test_documents_stand_with_the_day_they_are_due_for_those_who_read_grounds(training, enter):
    enrolments.say_category(training.enrolment, "5-1", by=training.nour)
    url = page("entry", training.enrolment)

    read = text(enter(training.house.nour).get(url))
    not_read = text(enter(training.house.bram).get(url))

    assert "Form A 23" in read
    assert "missing: it was due on" in read
    assert "Form A 23" not in not_read


def test_whoever_is_not_bound_hands_an_absence_over_and_reads_it_no_more(training, enter):
    client = enter(training.house.bram)
    sent = {"ground": 1, "from_on": "2026-01-06", "until_on": "2026-01-06", "proof": "certificat"}

    client.post(page("absence_new", training.enrolment), sent)

    row = Absence.objects.get()
    assert client.get(page("absence", row)).status_code == 404
    assert "certificat" not in text(client.get(page("entry", training.enrolment)))
    assert enter(training.house.nour).get(page("absence", row)).status_code == 200


def test_a_proof_that_comes_turns_the_hours(training, enter):
    training.follows(0)
    training.follows(1, 0, missed=360)
    row = absences.account_for_absence(
        training.enrolment, 1, from_on=day(1), until_on=day(1), by=training.nour
    )

    enter(training.house.nour).post(page("absence", row), {"on": "2026-01-09", "proof": "vu"})

    assert Absence.objects.current().get().proof_received_on == date(2026, 1, 9)
    assert figures.minutes_of(training.enrolment).assimilated == 360


def test_a_plan_that_changes_keeps_its_earlier_version(training, enter):
    client = enter(training.house.bram)
    for words in ("Le tableur.", "Le texte."):
        client.post(page("plan", training.enrolment), {"on": "2026-01-10", "words": words})

    assert TrainingPlan.objects.count() == 2
    assert "Le tableur." in text(client.get(page("plan", training.enrolment)))


def test_an_end_that_is_taken_back_leaves_both(training, enter):
    client = enter(training.house.bram)
    client.post(page("entry_end", training.enrolment), {"on": "2026-03-02", "reason": "dropped"})
    client.post(page("entry_end", training.enrolment), {"goes_on": "1"})

    assert [row.taken_back for row in Ending.objects.order_by("written_at")] == [False, True]


def test_an_entry_that_is_read_is_journaled(training, enter):
    enter(training.house.nour).get(page("entry", training.enrolment))

    assert Line.objects.filter(kind="training.entry_read").exists()


# --- hours ---


def test_each_figure_is_the_sum_of_the_entries_it_leads_to(training, enter):
    training.follows(0)
    training.follows(1, 0, missed=360)
    absences.account_for_absence(
        training.enrolment, 1, from_on=day(1), until_on=day(1), proof_received_on=day(3),
        by=training.nour,
    )  # fmt: skip
    client, url = enter(training.house.nour), page("why", training.enrolment)

    totals = [
        client.get(f"{url}?{query}").context["total"]
        for query in ("month=202601&account=1", "month=202601&account=2", "")
    ]

    line = figures.minutes_of(training.enrolment)
    assert totals == [line.effective, line.assimilated, line.minutes]


def test_without_grounds_nothing_says_that_a_proof_came(training, enter):
    for number in range(2, 14):
        training.follows(number)
    training.follows(1, 0, missed=360)
    row = absences.account_for_absence(
        training.enrolment, 1, from_on=day(1), until_on=day(1), by=training.nour
    )
    absences.receive_proof(row, on=day(3), by=training.nour, form_key=uuid4())
    url = page("why", training.enrolment)

    seen = enter(training.house.bram).get(url)
    bound = enter(training.house.nour).get(url)

    assert {line.ground for line in seen.context["lines"]} == {0}
    assert seen.context["total"] == bound.context["total"]
    assert "proof" not in text(seen)
    assert "proof" in text(bound)


def test_what_is_written_after_a_month_was_closed_is_told_as_late(training, enter):
    training.follows(0)
    closing.close_month(202601, by=training.coordinator)
    training.follows(1)

    answer = enter(training.house.bram).get(page("hours", training.enrolment))

    assert answer.context["late"] == 360
    assert "of which 6 h 00 late" in text(answer)


@pytest.mark.parametrize("name", ["hours", "why", "entry"])
def test_a_page_of_an_entry_costs_the_same_however_many_hours(
    training, enter, name, django_assert_max_num_queries
):
    client, url = enter(training.house.nour), page(name, training.enrolment)
    training.follows(0)
    few = cost(client, url, django_assert_max_num_queries)

    for number in range(1, 25):
        training.follows(number)

    assert cost(client, url, django_assert_max_num_queries) == few


def test_the_list_of_entries_costs_the_same_however_many(
    training, enter, django_assert_max_num_queries
):
    client, url = enter(training.house.nour), reverse("training:entries")
    few = cost(client, url, django_assert_max_num_queries)

    for _number in range(12):
        training.another()

    assert cost(client, url, django_assert_max_num_queries) == few


def cost(client, url, at_most):
    client.get(url)  # the line of a reading is kept once in 15 minutes
    with at_most(60) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


# --- legal numbers, months ---


def test_a_number_said_otherwise_keeps_its_history(training, enter):
    url = reverse("training:number_change") + "?number=plan_days"
    client = enter(training.house.coordinator)
    sent = {"value": "45", "from_on": "2026-02-01", "reason": "Nouvel arrêté", "source": "Art. 10"}

    client.post(url, sent)

    book = rulebook(training.house.centre.pk)
    assert book.number("plan_days", date(2026, 1, 31)) == Decimal(30)
    assert book.number("plan_days", date(2026, 2, 1)) == Decimal(45)
    assert "Nouvel arrêté" in text(client.get(url))


def test_a_number_becomes_again_as_it_came(training, enter):
    url = reverse("training:number_change") + "?number=plan_days"
    client = enter(training.house.coordinator)
    client.post(url, {"value": "45", "from_on": "2026-02-01", "reason": "a", "source": "b"})

    client.post(url, {"as_it_came": "on", "from_on": "2026-03-01", "reason": "erreur"})

    assert rulebook(training.house.centre.pk).number("plan_days", date(2026, 3, 2)) == 30


@pytest.mark.parametrize("value", ["-1", "100000", "x", ""])
def test_a_number_that_cannot_be_is_refused(training, enter, value):
    url = reverse("training:number_change") + "?number=plan_days"

    enter(training.house.coordinator).post(
        url, {"value": value, "from_on": "2026-02-01", "reason": "a", "source": "b"}
    )

    assert not RuleChange.objects.exists()


def test_closing_a_month_says_first_that_it_is_not_undone(training, enter):
    client, url = enter(training.house.coordinator), reverse("training:month_close")

    assert "not undone" in text(client.get(f"{url}?month=202601"))
    assert not MonthClosing.objects.exists()
    client.post(f"{url}?month=202601")
    assert MonthClosing.objects.get().month == 202601


def test_a_month_that_is_not_over_is_not_closed(training, enter):
    today = timezone.localdate()
    url = f"{reverse('training:month_close')}?month={today:%Y%m}"

    assert enter(training.house.coordinator).post(url).status_code == 404


def test_months_add_up_by_track(training, enter):
    training.follows(0)
    training.follows(40)

    answer = enter(training.house.coordinator).get(reverse("training:months") + "?year=2026")

    (of,) = answer.context["tracks"]
    assert of.whole.minutes == 720
    assert sum(line.minutes for _day, line in of.months) == 720
