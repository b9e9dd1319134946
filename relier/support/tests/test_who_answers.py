"""Whoever asks is told who will answer, and when: on the request, and on the page to take home."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from relier.centres.models import AnswerDelay, Within
from relier.lib.days import after_working_days
from relier.support import waiting
from relier.support.models import HelpRequest
from relier.ui.dates import day

from .pages import told
from .reception import asked, request_page

TUESDAY, ANSWERED = date(2026, 11, 24), date(2026, 12, 1)
SAID = Within(5, "the team")


def home(person):
    return reverse("support:take_home", args=[person.pk]) + "?lang=en"


def on_paper(client, person):
    address = reverse("support:take_home_pdf", args=[person.pk]) + "?lang=en"
    reader = PdfReader(io.BytesIO(client.get(address).content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def said(house):
    return AnswerDelay.objects.create(
        centre=house.centre, author=house.coordinator, working_days=5, source="the team",
        from_on=date(2026, 1, 1),
    )  # fmt: skip


def test_a_delay_that_the_centre_said_is_promised_with_the_day_and_whom(house):
    request = HelpRequest(received_on=TUESDAY, followed_by=house.nour)

    with translation.override("en"):
        sentences = waiting.told(request, SAID, ANSWERED, on=TUESDAY)

    assert sentences == [
        "You asked us for help on Tuesday 24 November 2026.",
        "Nour looks after your request.",
        "You will have an answer by Tuesday 1 December 2026.",
        "No news that day? Call us.",
    ]


def test_a_delay_that_nobody_confirmed_promises_nothing():
    with translation.override("en"):
        sentences = waiting.told(HelpRequest(received_on=TUESDAY), Within(5), ANSWERED, on=TUESDAY)

    assert sentences[1:] == [
        "The team has your request.",
        "No news on Tuesday 1 December 2026? Call us.",
    ]


@pytest.mark.parametrize("within", [SAID, Within(5)])
def test_once_the_day_is_past_only_what_waits_is_said(house, within):
    later = ANSWERED + timedelta(days=1)
    waits = HelpRequest(received_on=TUESDAY)
    followed = HelpRequest(received_on=TUESDAY, followed_by=house.nour)

    with translation.override("en"):
        assert "You still have no answer? Call us." in waiting.told(
            waits, within, ANSWERED, on=later
        )
        assert waiting.told(followed, within, ANSWERED, on=later) == []


def test_the_request_says_it_as_soon_as_it_is_kept(house, enter, said):
    nour = enter(house.nour)

    address = reverse("support:request_new") + f"?person={house.awa.pk}"
    page = told(nour.post(address, {"words": "My gas."}, follow=True))

    by_day = after_working_days(timezone.localdate(), 5)
    with translation.override("en"):
        assert f"You will have an answer by {day(by_day)}." in page
    assert "has not said" not in page


def test_what_nobody_confirmed_is_shown_as_doubtful_to_the_worker(house, enter):
    page = told(enter(house.nour).get(request_page(asked(house, received_on=timezone.localdate()))))

    assert "Your centre has not said within how many days it answers" in page
    assert "You will have an answer" not in page


def test_an_ended_request_says_nothing_of_it(house, enter):
    ended = asked(house, received_on=TUESDAY, closed_on=TUESDAY)

    assert "To say to the person" not in told(enter(house.nour).get(request_page(ended)))


def test_the_page_to_take_home_says_it_and_not_what_was_asked(house, enter, said):
    asked(house, received_on=timezone.localdate(), words="canary-heron")

    nour = enter(house.nour)

    for page in (told(nour.get(home(house.awa))), on_paper(nour, house.awa)):
        assert "What you asked" in page
        assert "You will have an answer by" in page
        assert "canary-heron" not in page


def test_without_a_request_the_page_to_take_home_is_as_before(house, enter):
    assert "What you asked" not in told(enter(house.nour).get(home(house.awa)))


def test_the_page_costs_the_same_with_one_request_and_with_ten(
    house, enter, said, django_assert_num_queries
):
    nour = enter(house.nour)
    asked(house, received_on=timezone.localdate())
    nour.get(home(house.awa))
    with CaptureQueriesContext(connection) as few:
        nour.get(home(house.awa))

    for _one in range(9):
        asked(house, received_on=timezone.localdate())

    with django_assert_num_queries(len(few)):
        nour.get(home(house.awa))
