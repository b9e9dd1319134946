"""The grid of presence: a line for each person, kept once, corrected with its history."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.training.actions import closing, sessions
from relier.training.models import LedgerEntry, Presence
from tests import factories as make

from .stories import begin


@pytest.fixture
def training(house):
    return begin(house)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def session(training, today):
    """Of today, six hours, Awa and Idris expected."""
    planned = planned_on(training, today)
    training.idris = training.another().person
    sessions.expect([training.house.awa, training.idris], planned, from_on=today, by=training.bram)
    return planned


def planned_on(training, day, **more):
    from datetime import time

    details = {"track": training.track, "team": training.house.team, **more}
    return sessions.plan_session(
        "Tableur", day=day, starts_at=time(9), minutes=360, by=training.bram, **details
    )


def grid(session):
    return reverse("training:presence", args=[session.pk])


def line(person, how="in_person", minutes="6h", **more):
    key = person.pk.hex
    said = {f"how_{key}": how, f"minutes_{key}": minutes}
    return said | {f"{name}_{key}": value for name, value in more.items()}


def standing(person, session):
    return Presence.objects.current().get(person=person, session=session)


# --- taking ---


def test_four_choices_and_ones_own_hours_are_kept(training, session, enter):
    awa, idris = training.house.awa, training.idris

    enter(training.house.bram).post(
        grid(session),
        line(awa, "remote", "1h30", where="home", **{"with": "own_phone"}, missed="2h")
        | line(idris, "away", "4:00"),
    )

    kept = standing(awa, session)
    assert (kept.modality, kept.minutes, kept.missed) == ("remote", 90, 120)
    assert (kept.from_where, kept.equipment) == ("home", "own_phone")
    assert (standing(idris, session).minutes, standing(idris, session).missed) == (0, 240)


def test_everybody_was_here_is_one_gesture(training, session, enter):
    enter(training.house.bram).post(grid(session), {"everyone": "1"})

    kept = Presence.objects.filter(session=session)
    assert {(row.minutes, row.missed, row.modality) for row in kept} == {(360, 0, "in_person")}
    assert kept.count() == 2


def test_the_others_were_here_leaves_what_was_said(training, session, enter):
    enter(training.house.bram).post(grid(session), line(training.idris, "away") | {"everyone": "1"})

    assert standing(training.house.awa, session).minutes == 360
    assert standing(training.idris, session).minutes == 0


def test_a_line_without_an_answer_is_not_written_and_is_named(training, session, enter):
    client = enter(training.house.bram)

    answer = client.post(grid(session), line(training.house.awa), follow=True)

    assert Presence.objects.get().person == training.house.awa
    assert f"of: {training.idris.name}" in answer.content.decode()


def test_the_hours_follow_at_once(training, session, enter):
    enter(training.house.bram).post(grid(session), line(training.house.awa, minutes="1h30"))

    assert LedgerEntry.objects.of([training.enrolment]).get().minutes == 90


def test_the_same_form_sent_twice_is_kept_once(training, session, enter):
    client, said = enter(training.house.bram), line(training.house.awa) | {"form_key": uuid4()}

    client.post(grid(session), said)
    client.post(grid(session), said)

    assert Presence.objects.count() == 1


def test_the_same_form_that_says_something_else_is_kept_too(training, session, enter):
    client, key = enter(training.house.bram), {"form_key": uuid4()}

    client.post(grid(session), line(training.house.awa) | key)
    client.post(grid(session), line(training.house.awa, "remote") | key)

    assert standing(training.house.awa, session).modality == "remote"
    assert Presence.objects.count() == 2


@pytest.mark.parametrize("wrong", ["1h75", "long", "30h", ""])
def test_a_duration_that_cannot_be_keeps_nothing_and_what_was_typed(
    training, session, enter, wrong
):
    answer = enter(training.house.bram).post(
        grid(session), line(training.house.awa, minutes=wrong) | line(training.idris, "remote")
    )

    assert not Presence.objects.exists()
    assert f'name="how_{training.idris.pk.hex}" value="remote"' in answer.content.decode()
    assert 'class="summary"' in answer.content.decode()


def test_a_session_to_come_has_no_presence_yet(training, today, enter):
    tomorrow = planned_on(training, today + timedelta(days=1))
    sessions.expect([training.house.awa], tomorrow, from_on=today, by=training.bram)

    answer = enter(training.house.bram).post(grid(tomorrow), line(training.house.awa), follow=True)

    assert not Presence.objects.exists()
    assert "on the day of the session" in answer.content.decode()


def test_a_closed_month_says_that_hours_will_be_late(training, today, enter):
    past = planned_on(training, today.replace(day=1) - timedelta(days=3))
    closing.close_month(past.day.year * 100 + past.day.month, by=training.coordinator)

    page = enter(training.house.bram).get(grid(past)).content.decode()

    assert "told as late" in page


# --- someone who was not expected ---


def test_someone_who_came_is_added_without_losing_what_was_typed(training, session, enter):
    client, came = enter(training.house.bram), make.PersonFactory(
        centre=training.house.centre, followed_by=training.house.team, call_name="Zlatan"
    )  # fmt: skip
    typed = line(training.house.awa, "hybrid", "1h30")

    found = client.post(grid(session), typed | {"q": "zlat", "find": "1"}).content.decode()
    added = client.post(grid(session), typed | {"add": str(came.pk)}).content.decode()

    assert f'name="add" value="{came.pk}"' in found
    for page in (found, added):
        assert 'value="1h30"' in page
    assert f"how_{came.pk.hex}" in added
    assert not Presence.objects.exists()

    client.post(grid(session), typed | line(came) | {"more": str(came.pk)})

    assert standing(came, session).enrolment is None


def test_someone_of_another_team_is_not_found(training, session, enter):
    make.PersonFactory(
        centre=training.house.centre, followed_by=training.house.other_team, call_name="Zlatan"
    )

    page = enter(training.house.bram).post(grid(session), {"q": "zlat", "find": "1"})

    assert "nobody of this name" in page.content.decode()


# --- two at once, and correcting ---


def seen(person, session):
    return {"seen": str(standing(person, session).pk)}


def test_taken_by_another_meanwhile_both_are_kept_and_the_difference_is_said(
    training, session, enter
):
    awa = training.house.awa
    enter(training.house.nour).post(grid(session), line(awa, "remote"))

    answer = enter(training.house.bram).post(grid(session), line(awa, "away"), follow=True)

    assert [row.author.name for row in Presence.objects.order_by("written_at")] == ["Nour", "Bram"]
    page = answer.content.decode()
    assert "Nour had written “at a distance, 6\u00a0h”" in page
    assert "You wrote “not here, 6\u00a0h”" in page


def test_a_line_that_i_did_not_touch_does_not_undo_a_colleagues(training, session, enter):
    awa, idris = training.house.awa, training.idris
    bram, nour = enter(training.house.bram), enter(training.house.nour)
    bram.post(grid(session), line(awa) | line(idris))
    drawn = line(awa, **seen(awa, session)) | line(idris, "away", **seen(idris, session))
    nour.post(grid(session), line(awa, "remote", **seen(awa, session)))

    bram.post(grid(session), drawn)

    assert standing(awa, session).modality == "remote"
    assert standing(idris, session).minutes == 0


def test_what_was_kept_is_put_back_in_one_gesture_and_nothing_is_erased(training, session, enter):
    client, key, awa = enter(training.house.bram), uuid4(), training.house.awa
    undo = reverse("training:presence_undo", args=[session.pk])
    client.post(grid(session), line(awa) | {"form_key": key})

    client.post(undo, {"kept": str(key)})
    client.post(undo, {"kept": str(key)})

    assert (standing(awa, session).minutes, standing(awa, session).missed) == (0, 0)
    assert Presence.objects.count() == 2
    assert sum(row.minutes for row in LedgerEntry.objects.of([training.enrolment])) == 0


def test_an_undo_leaves_alone_what_a_colleague_wrote_since(training, session, enter):
    key, awa = uuid4(), training.house.awa
    bram = enter(training.house.bram)
    bram.post(grid(session), line(awa) | {"form_key": key})
    enter(training.house.nour).post(grid(session), line(awa, "remote", **seen(awa, session)))

    bram.post(reverse("training:presence_undo", args=[session.pk]), {"kept": str(key)})

    assert standing(awa, session).modality == "remote"


def test_every_version_stands_on_the_page_with_who_wrote_it(training, session, enter):
    client, awa = enter(training.house.bram), training.house.awa
    client.post(grid(session), line(awa))
    client.post(grid(session), line(awa, "remote", **seen(awa, session)))

    page = client.get(reverse("training:session", args=[session.pk])).content.decode()

    assert "What was written before" in page
    assert "here, 6\u00a0h" in page
    assert "at a distance, 6\u00a0h" in page


# --- who, and how much it costs ---


def test_only_the_team_and_the_coordinator_take_presence(training, session, enter):
    other = make.MemberFactory(centre=training.house.centre, teams=[training.house.other_team])

    assert enter(other).get(grid(session)).status_code == 404
    assert enter(training.house.reception).get(grid(session)).status_code == 404
    assert enter(training.house.coordinator).get(grid(session)).status_code == 200


def test_whoever_does_not_follow_reads_the_session_and_no_name(training, session, enter):
    other = make.MemberFactory(centre=training.house.centre, teams=[training.house.other_team])

    page = enter(other).get(reverse("training:session", args=[session.pk])).content.decode()

    assert "Tableur" in page
    assert "Awa" not in page


@pytest.mark.parametrize("name", ["training:presence", "training:session"])
def test_a_page_costs_the_same_for_three_and_for_thirty(
    training, session, enter, name, django_assert_max_num_queries
):
    client = enter(training.house.bram)
    page = reverse(name, args=[session.pk])
    few = queries(client, page, django_assert_max_num_queries)
    many = [training.another().person for _ in range(30)]
    sessions.expect(many, session, from_on=session.day, by=training.bram)

    assert queries(client, page, django_assert_max_num_queries) == few


def test_keeping_costs_the_same_for_three_and_for_thirty(
    training, session, enter, django_assert_max_num_queries
):
    client, few = enter(training.house.bram), [training.house.awa, training.idris]
    many = [training.another().person for _ in range(30)]
    sessions.expect(many, session, from_on=session.day, by=training.bram)

    def cost(people):
        said = {name: value for person in people for name, value in line(person).items()}
        with django_assert_max_num_queries(200) as asked:
            client.post(grid(session), said)
        return len(asked)

    assert cost(few) == cost(many)


def queries(client, page, django_assert_max_num_queries):
    client.get(page)  # the line of who was shown
    with django_assert_max_num_queries(60) as asked:
        client.get(page)
    return len(asked)
