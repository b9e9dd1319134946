"""The week, workshops and sessions: planned, moved, called off; who is expected; preparing."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.training.actions import sessions
from relier.training.models import Participation, PreparationNote, Session, Workshop
from tests import factories as make

from .stories import begin


@pytest.fixture
def training(house):
    return begin(house)


@pytest.fixture
def workshop(training):
    return sessions.open_workshop(
        "Tableur", team=training.house.team, track=training.track, by=training.bram
    )


@pytest.fixture
def session(training, workshop):
    return sessions.plan_session(
        "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=180,
        team=training.house.team, workshop=workshop, place="room 2",
        trainers=[training.house.bram], by=training.bram,
    )  # fmt: skip


def page(name, *things):
    return reverse(f"training:{name}", args=[thing.pk for thing in things])


SLOT = {"starts_at": "09:00", "minutes": "3h", "place": "room 2", "carrier": "1"}


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("home", ""), ("workshops", ""), ("workshop_new", ""), ("session_new", ""),
        ("workshop", "workshop"), ("workshop_edit", "workshop"), ("series_new", "workshop"),
        ("workshop_people", "workshop"), ("session", "session"), ("session_edit", "session"),
        ("session_people", "session"), ("preparation", "session"), ("presence", "session"),
    ],
)  # fmt: skip
def test_every_page_is_drawn_for_a_trainer(house, training, workshop, session, enter, name, of):
    things = {"workshop": [workshop], "session": [session], "": []}[of]

    answer = enter(house.bram).get(page(name, *things))

    assert answer.status_code == 200


def test_an_empty_centre_is_told_how_to_begin(house, enter):
    told = enter(house.bram).get(page("home")).content.decode()

    assert "To begin" in told
    assert page("workshop_new") in told


# --- planning ---


def test_a_session_is_planned_alone_in_a_track(house, training, enter):
    said = SLOT | {"name": "Writing", "day": "2026-12-01", "track": training.track.pk,
                   "team": house.team.pk, "trainers": [house.bram.pk]}  # fmt: skip

    enter(house.bram).post(page("session_new"), said)

    kept = Session.objects.get()
    assert (kept.minutes, kept.track, kept.team) == (180, training.track, house.team)
    assert list(kept.trainers.all()) == [house.bram]


def test_the_next_session_of_a_workshop_is_filled_as_the_latest(house, workshop, session, enter):
    told = enter(house.bram).get(f"{page('session_new')}?workshop={workshop.pk}").content.decode()

    assert 'value="room 2"' in told
    assert 'value="3\u00a0h"' in told


def days_of(workshop):
    return list(workshop.sessions.values_list("day", flat=True))


def test_a_series_shows_its_days_leaves_out_a_holiday_and_plans_what_is_ticked(
    house, workshop, enter
):
    client = enter(house.bram)
    # Tuesdays; 11 November 2025 is a holiday.
    said = SLOT | {"from_on": "2025-11-04", "until_on": "2025-11-25"}

    looked = client.post(page("series_new", workshop), said | {"look": "1"})
    assert days_of(workshop) == []
    form = looked.context["form"]
    again = {"looked_at": form.data["looked_at"], "form_key": form.data.get("form_key", "")}
    assert form.ticked == {"2025-11-04", "2025-11-18", "2025-11-25"}
    said |= again | {"plan": "1", "days": ["2025-11-04", "2025-11-25"]}
    client.post(page("series_new", workshop), said)

    assert days_of(workshop) == [date(2025, 11, 4), date(2025, 11, 25)]


def test_a_series_asked_otherwise_is_shown_again_before_it_is_planned(house, workshop, enter):
    client = enter(house.bram)
    said = SLOT | {"from_on": "2025-11-04", "until_on": "2025-11-25", "plan": "1"}

    client.post(page("series_new", workshop), said | {"looked_at": "other", "days": "2025-11-04"})

    assert days_of(workshop) == []


def test_hours_at_a_distance_propose_three_times_as_long_to_prepare(
    house, training, workshop, enter
):
    client = enter(house.bram)
    said = SLOT | {"name": "Far", "day": "2026-12-01", "remote": "2h"}

    told = client.post(f"{page('session_new')}?workshop={workshop.pk}", said, follow=True)

    assert 'value="6\u00a0h"' in told.content.decode()
    assert "rule of thumb" in told.content.decode()
    client.post(page("preparation", Session.objects.get()), {"minutes": "4h30", "words": "Ask."})
    assert PreparationNote.objects.get().minutes == 270


def test_the_rule_of_thumb_is_said_otherwise_from_a_day_with_its_source(
    house, training, session, enter
):
    said = {"value": "2", "from_on": "2026-01-01", "reason": "we know now", "source": "our notes"}

    enter(house.coordinator).post(page("remote_rule"), said)

    told = enter(house.bram).get(page("preparation", session) + "?remote=60").content.decode()
    assert 'value="2\u00a0h"' in told
    assert "our notes" in told
    assert enter(house.bram).get(page("remote_rule")).status_code == 404


# --- moving, calling off ---


def test_a_session_is_moved_and_welcomed_by_someone_else(house, session, enter):
    said = SLOT | {"name": "Tableur", "day": "2026-12-03", "trainers": [house.nour.pk]}

    enter(house.bram).post(page("session_edit", session), said)

    session.refresh_from_db()
    assert session.day == date(2026, 12, 3)
    assert list(session.trainers.all()) == [house.nour]


def test_calling_off_is_undone(house, session, enter):
    client = enter(house.bram)

    client.post(page("session_state", session), {"state": "off"})
    assert Session.objects.get().called_off
    client.post(page("session_state", session), {"state": "on"})

    assert not Session.objects.get().called_off


# --- who is expected ---


def test_people_of_the_track_are_offered_and_others_are_found_by_name(
    house, training, workshop, enter
):
    client = enter(house.bram)
    make.PersonFactory(centre=house.centre, followed_by=house.team, call_name="Zlatan")

    assert "Awa" in client.get(page("workshop_people", workshop)).content.decode()
    found = client.post(page("workshop_people", workshop), {"q": "zlat", "from_on": "2026-12-01"})

    assert "Zlatan" in found.content.decode()
    client.post(
        page("workshop_people", workshop), {"people": [house.awa.pk], "from_on": "2026-12-01"}
    )
    kept = Participation.objects.get()
    assert (kept.person, kept.from_on) == (house.awa, date(2026, 12, 1))


def test_someone_withdrawn_from_a_day_is_no_longer_on_the_list_and_may_come_back(
    house, training, workshop, session, enter
):
    client, today = enter(house.bram), session.day
    row = sessions.expect([house.awa], workshop, from_on=today, by=training.bram)[0]
    key = f"how_{house.awa.pk.hex}"

    assert key in client.get(page("presence", session)).content.decode()
    client.post(page("participation", row), {"until_on": today - timedelta(days=1)})
    assert key not in client.get(page("presence", session)).content.decode()
    client.post(page("participation", row), {"again": "1"})

    assert key in client.get(page("presence", session)).content.decode()


def test_someone_withdrawn_from_one_session_may_be_expected_at_it_again(
    house, training, session, enter
):
    client = enter(house.bram)
    row = sessions.expect([house.awa], session, from_on=session.day, by=training.bram)[0]
    client.post(page("participation", row), {"until_on": session.day - timedelta(days=1)})

    client.post(page("session_people", session), {"people": [house.awa.pk]})

    assert f"how_{house.awa.pk.hex}" in client.get(page("presence", session)).content.decode()


# --- how much it costs ---


@pytest.mark.parametrize("name", ["home", "workshop"])
def test_a_page_costs_the_same_for_three_sessions_and_for_thirty(
    house, training, workshop, enter, name, django_assert_max_num_queries
):
    client = enter(house.bram)
    things = [workshop] if name == "workshop" else []

    def cost(number):
        for _ in range(number):
            sessions.plan_session(
                "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=60,
                team=house.team, workshop=workshop, by=training.bram,
            )  # fmt: skip
        client.get(page(name, *things))
        with django_assert_max_num_queries(40) as asked:
            client.get(page(name, *things))
        return len(asked)

    assert cost(3) == cost(27)
    assert Workshop.objects.count() == 1


# --- where it shows elsewhere ---


def test_the_day_of_whoever_welcomes_holds_the_session_and_no_ones_elses(house, session, enter):
    day = reverse("day")

    assert "Tableur" in enter(house.bram).get(day).content.decode()
    assert "Tableur" not in enter(house.nour).get(day).content.decode()


def test_a_file_says_the_hours_of_this_month_and_the_next_session(house, training, session, enter):
    sessions.expect([house.awa], session, from_on=session.day, by=training.bram)
    client, key = enter(house.bram), house.awa.pk.hex
    client.post(page("presence", session), {f"how_{key}": "in_person", f"minutes_{key}": "1h30"})

    told = client.get(reverse("file", args=[house.awa.pk])).content.decode()

    assert "1\u00a0h\u00a030 followed, 0\u00a0min assimilated" in told
    assert page("session", session) in told


# --- sent twice ---


def test_a_workshop_a_session_and_a_series_sent_twice_are_kept_once(house, workshop, enter):
    client, key = enter(house.bram), "0b6f0b0e-8d55-4b0a-9b0e-1f6b1b3b0c11"
    said = SLOT | {"name": "Writing", "day": "2026-12-01", "team": house.team.pk, "form_key": key}
    for _again in range(2):
        client.post(page("workshop_new"), said)
        client.post(page("session_new"), said)

    assert Workshop.objects.filter(name="Writing").count() == 1
    assert Session.objects.filter(name="Writing").count() == 1
