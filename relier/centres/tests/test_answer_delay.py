"""Within how many working days a centre answers: said from a day on, with its source."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import USUAL_WORKING_DAYS, AnswerDelay, Within, in_force
from relier.journal.models import Line

PAGE = reverse("centres:answer_delay")
SOURCE = "the team, 3 November 2026"


@pytest.fixture
def colette(house, enter):
    return enter(house.coordinator)


def said(client, days="5", **more):
    today = timezone.localdate().isoformat()
    return client.post(PAGE, {"working_days": days, "from_on": today, "source": SOURCE, **more})


def test_a_centre_that_said_nothing_has_the_usual_number_shown_as_doubtful(colette):
    pages = [colette.get(address).content.decode() for address in (PAGE, "/centre/")]

    assert "Nobody has confirmed it yet" in pages[0]
    assert "nobody has confirmed it" in pages[1]
    assert f"within {USUAL_WORKING_DAYS} working days" in pages[1]


def test_what_is_said_counts_with_its_source_and_its_author(colette, house):
    answer = said(colette)

    row = AnswerDelay.objects.get()
    assert answer.url == reverse("centres:team_settings")
    assert (row.centre, row.author, row.working_days) == (house.centre, house.coordinator, 5)
    assert Line.objects.filter(kind="centres.answer_delay_said").count() == 1
    assert SOURCE in colette.get(PAGE).content.decode()
    assert "confirmed" not in colette.get(PAGE).content.decode()


def test_a_day_counts_with_what_was_said_by_then(house):
    today = timezone.localdate()
    about = {"centre": house.centre, "author": house.coordinator, "source": SOURCE}
    for days, from_on in ((5, date(2026, 1, 1)), (8, today), (3, today + timedelta(days=9))):
        AnswerDelay.objects.create(working_days=days, from_on=from_on, **about)
    rows = AnswerDelay.objects.of_centre(house.centre.pk)

    assert in_force(rows, on=today) == Within(8, SOURCE)
    assert in_force(rows, on=today - timedelta(days=1)) == Within(5, SOURCE)
    assert in_force(rows, on=date(2025, 12, 31)) == Within(USUAL_WORKING_DAYS)


@pytest.mark.parametrize("wrong", [{"days": "0"}, {"days": "61"}, {"source": ""}])
def test_what_cannot_be_a_promise_is_refused_and_what_was_typed_stays(colette, wrong):
    page = said(colette, **wrong)

    assert page.context["form"].errors
    assert not AnswerDelay.objects.exists()
    assert page.context["form"]["from_on"].value()


def test_those_who_do_not_set_the_centre_find_nothing(house, enter):
    for member in (house.nour, house.reception):
        assert enter(member).get(PAGE).status_code == 404
        assert said(enter(member)).status_code == 404
    assert not AnswerDelay.objects.exists()
