"""Why a track has these hours: by month, by day, entry by entry, for whoever answers for them."""

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from relier.accounts.actors import SYSTEM
from relier.privacy import actions as privacy
from relier.training.actions import presences
from relier.training.actions.presences import Took

from .stories import MONDAY
from .test_entry_pages import page, text


def test_a_year_leads_to_its_months_a_month_to_its_days_and_a_day_to_its_entries(training, enter):
    training.follows(0)
    training.follows(1, minutes=90)
    training.follows(31, minutes=60)
    client = enter(training.house.coordinator)
    why = page("track_why", training.track)

    assert f"{why}?year=2026" in text(client.get(page("track", training.track) + "?year=2026"))
    year = text(client.get(f"{why}?year=2026"))
    assert "8 h 30 in 2026: why?" in year
    assert "?month=202601" in year
    month = text(client.get(f"{why}?month=202601"))
    assert "7 h 30 in January 2026: why?" in month
    day = text(client.get(page("track_day", training.track) + "?day=2026-01-06"))
    assert "1 h 30 on" in day
    assert "Awa Diallo" in day
    assert "Tableur" in day


def test_who_does_not_answer_for_the_hours_finds_no_such_page(training, enter):
    training.follows(0)

    for member in (training.house.bram, training.house.nour, training.house.reception):
        client = enter(member)
        assert client.get(page("track_why", training.track) + "?month=202601").status_code == 404
        assert client.get(page("track_day", training.track) + "?day=2026-01-05").status_code == 404


def test_a_day_that_is_none_is_not_found(training, enter):
    client = enter(training.house.coordinator)

    for day in ("", "yesterday", "2026-02-30", "9" * 400):
        url = page("track_day", training.track) + f"?day={day}"
        assert client.get(url).status_code == 404


def test_the_hours_of_an_erased_file_stay_and_lead_to_nobody(training, enter):
    training.follows(0)
    privacy.erase([training.house.awa.pk], by=SYSTEM, entered_on=MONDAY)
    client = enter(training.house.coordinator)

    day = text(client.get(page("track_day", training.track) + "?day=2026-01-05"))

    assert "6 h 00 on" in day
    assert "A file that was erased" in day
    assert "Awa" not in day


def test_three_trainees_and_thirty_cost_the_same(training, enter):
    client = enter(training.house.coordinator)

    def counted(more, day):
        people = [training.another().person for _ in range(more)]
        session = training.session(day)
        took = {person: Took(60) for person in people}
        presences.take_presence(session, took, by=training.coordinator, form_key=uuid4())
        pages = [
            page("track_why", training.track) + "?month=202601",
            page("track_day", training.track) + f"?day=2026-01-0{5 + day}",
        ]
        with CaptureQueriesContext(connection) as queries:
            for url in pages:
                assert "h 00" in text(client.get(url))
        return len(queries)

    client.get("/")
    assert counted(3, 0) == counted(30, 1)
