"""What the grid knows of the day: an absence that is explained, a placement; and from a line to the
forms that say them."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.training.actions import absences, journeys, presences, sessions
from relier.training.actions.coming_back import Said, bring_back
from relier.training.actions.presences import Took
from relier.training.models import Absence, LedgerEntry, Presence, Session
from relier.training.models.sessions import Carrier
from tests import factories as make

ILL = 1


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def session(training, today):
    """Of today, six hours, Awa and Idris expected."""
    training.idris = training.another().person
    return planned(training, today)


def planned(training, day, **more):
    made = sessions.plan_session(
        "Tableur", day=day, starts_at=time(9), minutes=360, by=training.bram,
        track=training.track, team=training.house.team, **more,
    )  # fmt: skip
    people = [training.house.awa, training.idris]
    sessions.expect(people, made, from_on=day, by=training.bram)
    return made


@pytest.fixture
def away(training, session):
    """Awa is ill that day; the proof has not come."""
    return absences.account_for_absence(
        training.enrolment, ILL, from_on=session.day, until_on=session.day, by=training.nour
    )


@pytest.fixture
def placed(training, session):
    """Awa is in a company from the day before to the day after."""
    return journeys.plan_placement(
        training.enrolment, "acculturation", company="Boulangerie Noël", minutes=1200,
        from_on=session.day - timedelta(days=1), until_on=session.day + timedelta(days=1),
        by=training.bram,
    )  # fmt: skip


def grid(session):
    return reverse("training:presence", args=[session.pk])


def line(person, how="in_person", minutes="6h"):
    return {f"how_{person.pk.hex}": how, f"minutes_{person.pk.hex}": minutes}


def row(answer, person):
    """What the page says of one person, as it is drawn."""
    _before, _mark, after = answer.text.partition(f'<li data-person="{person.pk}"')
    return after.partition("</li>")[0]


def standing(person, session):
    return Presence.objects.current().filter(person=person, session=session).first()


# --- from a line to an absence -------------------------------------------------------------------


def test_one_gesture_keeps_the_list_and_opens_the_absence_of_that_person_and_day(
    training, session, enter, today
):
    awa, idris = training.house.awa, training.idris
    said = line(awa, "away") | line(idris) | {"explain": str(awa.pk)}

    answer = enter(training.house.nour).post(grid(session), said, follow=True)

    where, _status = answer.redirect_chain[-1]
    form = reverse("training:absence_new", args=[training.enrolment.pk])
    assert where == f"{form}?session={session.pk}"
    assert standing(awa, session).missed == standing(idris, session).minutes == 360
    assert answer.context["form"]["from_on"].value() == today
    assert answer.context["form"]["until_on"].value() == today


def test_the_absence_comes_back_to_the_grid_which_says_it(training, session, enter, today):
    form = reverse("training:absence_new", args=[training.enrolment.pk])
    said = {"ground": ILL, "from_on": today, "until_on": today, "proof_received_on": today}

    answer = enter(training.house.nour).post(f"{form}?session={session.pk}", said, follow=True)

    assert answer.redirect_chain[-1][0] == grid(session)
    (kept,) = Absence.objects.all()
    assert reverse("training:absence", args=[kept.pk]) in row(answer, training.house.awa)


def test_a_wrong_line_keeps_nothing_and_leads_nowhere(training, session, enter):
    awa, idris = training.house.awa, training.idris
    said = line(awa, "away") | line(idris, minutes="long") | {"explain": str(awa.pk)}

    answer = enter(training.house.nour).post(grid(session), said)

    assert answer.status_code == 200
    assert not Presence.objects.exists()


def test_a_line_that_stands_leads_to_the_absence_and_is_written_once(training, session, enter):
    presences.take_presence(session, {training.house.awa: Took(0)}, by=training.bram)
    said = {"explain": str(training.house.awa.pk)}

    answer = enter(training.house.nour).post(grid(session), said)

    assert answer.status_code == 302
    assert "absences/new" in answer["Location"]
    assert Presence.objects.count() == 1


def test_the_session_of_another_centre_is_no_way_back(training, session, enter, stranger_session):
    form = reverse("training:absence_new", args=[training.enrolment.pk])

    answer = enter(training.house.nour).get(f"{form}?session={stranger_session.pk}")

    assert answer.context["session"] is None


@pytest.fixture
def stranger_session(training, house, today):
    return Session.objects.create(
        centre=house.zoe.centre, team=make.TeamFactory(centre=house.zoe.centre), name="Texte",
        day=today, starts_at=time(9), minutes=60,
    )  # fmt: skip


# --- what the grid says of an absence ------------------------------------------------------------


def test_an_absence_that_covers_the_day_is_said_with_its_ground(training, session, away, enter):
    answer = enter(training.house.nour).get(grid(session))

    said = row(answer, training.house.awa)
    assert "An absence is explained" in said
    assert "waits for its proof" in said
    assert reverse("training:absence", args=[away.pk]) in said
    assert 'name="explain"' not in said
    assert 'name="explain"' in row(answer, training.idris)
    assert Line.objects.filter(kind="training.absences_shown").count() == 1


def test_whoever_is_not_bound_finds_a_line_like_any_other(training, session, away, enter):
    answer = enter(training.house.bram).get(grid(session))

    hers, others = row(answer, training.house.awa), row(answer, training.idris)
    assert hers.count("<") == others.count("<")
    assert "explained" not in answer.text
    assert not Line.objects.filter(kind="training.absences_shown").exists()


def test_another_day_and_an_absence_noted_by_mistake_say_nothing(
    training, session, away, enter, today
):
    earlier = planned(training, today - timedelta(days=1))
    absences.correct_absence(away, {"withdrawn": True}, by=training.nour, form_key=uuid4())
    client = enter(training.house.nour)

    for one in (session, earlier):
        assert "An absence is explained" not in client.get(grid(one)).text


def test_whoever_is_away_for_a_reason_is_proposed_as_not_here(training, session, away, enter):
    answer = enter(training.house.nour).get(grid(session))

    form, key = answer.context["form"], training.house.awa.pk.hex
    assert form[f"how_{key}"].value() == "away"
    assert form[f"minutes_{key}"].value() == "6\u00a0h"
    assert form[f"how_{training.idris.pk.hex}"].value() == ""


def test_the_others_were_here_leaves_out_whoever_is_away_for_a_reason(
    training, session, away, enter
):
    client = enter(training.house.nour)

    assert "The others were here" in client.get(grid(session)).text
    client.post(grid(session), {"everyone": "1"})

    assert standing(training.house.awa, session).missed == 360
    assert standing(training.idris, session).minutes == 360


def test_what_was_taken_back_by_hand_is_not_proposed_again(training, session, away, enter):
    presences.take_presence(session, {training.house.awa: Took(0, missed=0)}, by=training.bram)

    answer = enter(training.house.nour).get(grid(session))

    assert answer.context["form"][f"how_{training.house.awa.pk.hex}"].value() == ""


def test_the_page_that_a_device_keeps_says_nothing_of_it(training, session, away, placed, enter):
    client = enter(training.house.nour)
    answer = client.get(reverse("training:presence_along", args=[session.pk]))

    assert "An absence is explained" not in answer.text
    assert "Boulangerie" not in answer.text


# --- placements ----------------------------------------------------------------------------------


def test_a_placement_is_said_and_nothing_is_proposed_in_the_centre(
    training, session, placed, enter
):
    client = enter(training.house.bram)
    answer = client.get(grid(session))
    said = row(answer, training.house.awa)

    assert "On placement: Boulangerie Noël" in said
    assert reverse("training:placement", args=[placed.pk]) in said
    assert answer.context["form"][f"minutes_{training.house.awa.pk.hex}"].value() is None
    client.post(grid(session), {"everyone": "1"})
    assert standing(training.house.awa, session) is None
    assert standing(training.idris, session).minutes == 360


def test_the_hours_are_written_in_a_session_that_the_company_carries(
    training, session, placed, enter, today
):
    client, awa = enter(training.house.bram), training.house.awa
    address = f"{reverse('training:session_new')}?placement={placed.pk}&beside={session.pk}"
    shown = client.get(address)
    filled = shown.context["form"]
    assert filled["day"].value() == today
    assert filled["carrier"].value() == Carrier.COMPANY
    said = {
        "name": filled["name"].value(), "day": today, "starts_at": "09:00", "minutes": "7h",
        "carrier": "4", "team": training.house.team.pk, "track": training.track.pk,
    }  # fmt: skip

    answer = client.post(address, said)

    there = Session.objects.exclude(pk=session.pk).get()
    assert answer["Location"] == grid(there)
    assert "these are hours of the placement" in row(client.get(grid(there)), awa)
    client.post(grid(there), line(awa, minutes="7h"))
    assert standing(awa, there).placement_id == placed.pk
    entry = LedgerEntry.objects.of([training.enrolment]).get()
    assert (entry.carrier, entry.minutes) == (Carrier.COMPANY, 420)


def test_the_session_names_neither_the_person_nor_the_company(training, session, placed, enter):
    address = f"{reverse('training:session_new')}?placement={placed.pk}&beside={session.pk}"

    filled = enter(training.house.bram).get(address).context["form"]

    assert filled["name"].value() == "Placement"
    assert not filled["place"].value()


def test_a_session_of_that_day_that_a_company_carries_is_led_to_with_the_person(
    training, session, placed, enter, today
):
    there = sessions.plan_session(
        "Placement", day=today, starts_at=time(9), minutes=420, by=training.bram,
        track=training.track, team=training.house.team, carrier=Carrier.COMPANY,
    )  # fmt: skip
    client = enter(training.house.bram)
    address = f"{grid(there)}?add={training.house.awa.pk}"

    assert address in row(client.get(grid(session)), training.house.awa)
    assert row(client.get(address), training.house.awa)


def test_a_placement_that_did_not_take_place_is_not_said(training, session, placed, enter):
    changes = {"withdrawn": True}
    journeys.change_placement(placed, changes, by=training.bram, form_key=uuid4())

    assert "On placement" not in enter(training.house.bram).get(grid(session)).text


def test_what_a_device_says_of_a_day_in_a_company_is_of_the_placement_too(
    training, session, placed, today
):
    there = planned(training, today, carrier=Carrier.COMPANY)
    awa = training.house.awa

    bring_back(there, [Said(awa, Took(300), uuid4())], source="device", by=training.bram)

    assert standing(awa, there).placement_id == placed.pk


def test_a_day_of_the_centre_is_of_no_placement(training, session, placed):
    presences.take_presence(session, {training.house.awa: Took(300)}, by=training.bram)

    assert standing(training.house.awa, session).placement_id is None


def test_the_placement_of_someone_else_begins_no_session(training, session, placed, enter):
    other = enter(training.house.reception)

    assert other.get(f"{reverse('training:session_new')}?placement={placed.pk}").status_code == 404


# --- how much it costs ---------------------------------------------------------------------------


@pytest.mark.parametrize("member", ["bram", "nour"])
def test_three_who_are_away_and_thirty_cost_the_same(
    training, session, away, placed, enter, member, django_assert_max_num_queries
):
    client = enter(getattr(training.house, member))

    def cost():
        client.get(grid(session))
        with django_assert_max_num_queries(60) as asked:
            client.get(grid(session))
        return len(asked)

    few = cost()
    for _number in range(30):
        entered = training.another()
        sessions.expect([entered.person], session, from_on=session.day, by=training.bram)
        days = {"from_on": session.day, "until_on": session.day, "by": training.nour}
        absences.account_for_absence(entered, ILL, **days)
        journeys.plan_placement(entered, "acculturation", minutes=600, **days)

    assert cost() == few
