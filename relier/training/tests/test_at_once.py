"""Two people at the same instant: nothing is doubled, nothing is lost, and a month that is being
closed waits for what is being posted."""

from uuid import uuid4

import pytest
from django.db import connection, transaction

from relier.training import figures
from relier.training.actions import absences, presences
from relier.training.actions.closing import close_month
from relier.training.actions.presences import Took
from relier.training.models import LedgerEntry, MonthClosing, Posting, Presence
from tests.hostile.racing import in_threads

from .stories import begin, day

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: its locks"),
]


def test_the_same_list_sent_four_times_at_once_is_kept_once(house):
    training, key = begin(house), uuid4()
    session = training.session(0)

    def send():
        return presences.take_presence(
            session, {house.awa: Took(360)}, by=training.bram, form_key=key
        )

    given = in_threads(*[send] * 4)

    assert not [one for one in given if isinstance(one, Exception)], given
    assert Presence.objects.count() == 1
    assert figures.minutes_of(training.enrolment).effective == 360
    assert Posting.objects.count() == 1


def test_two_people_who_say_otherwise_are_both_kept_and_counted_once(house):
    training = begin(house)
    session = training.session(0)

    def say(minutes, by):
        return lambda: presences.take_presence(
            session, {house.awa: Took(minutes)}, by=by, form_key=uuid4()
        )

    given = in_threads(say(360, training.bram), say(300, training.nour))

    assert not [one for one in given if isinstance(one, Exception)], given
    assert Presence.objects.count() == 2
    stands = Presence.objects.current().get().minutes
    assert figures.minutes_of(training.enrolment).effective == stands


def test_different_deeds_about_one_person_at_once_add_up(house):
    training = begin(house)
    sessions = [training.session(number) for number in range(6)]
    training.follows(0)

    def take(session, minutes):
        return lambda: presences.take_presence(
            session, {house.awa: Took(minutes)}, by=training.bram, form_key=uuid4()
        )

    def explain():
        return absences.account_for_absence(
            training.enrolment, 8, from_on=day(5), until_on=day(5), by=training.nour,
            proof_received_on=day(5),
        )  # fmt: skip

    deeds = [take(session, 100 + n) for n, session in enumerate(sessions[1:5])]
    given = in_threads(*deeds, take(sessions[5], 0), explain)

    assert not [one for one in given if isinstance(one, Exception)], given
    line = figures.minutes_of(training.enrolment)
    assert line.effective == 360 + 100 + 101 + 102 + 103
    assert line.assimilated == 360


def test_a_month_that_is_closed_meanwhile_marks_what_comes_after_and_nothing_else(house):
    training = begin(house)
    others = [training.another() for _ in range(6)]
    session = training.session(0)

    def take(enrolment):
        def deed():
            with transaction.atomic():
                presences.take_presence(
                    session, {enrolment.person: Took(360)}, by=training.bram, form_key=uuid4()
                )

        return deed

    given = in_threads(
        *[take(one) for one in others], lambda: close_month(202601, by=training.coordinator)
    )

    assert not [one for one in given if isinstance(one, Exception)], given
    closed_at = MonthClosing.objects.get().closed_at
    for entry in LedgerEntry.objects.select_related("posting"):
        assert entry.is_late == (entry.posting.at > closed_at), entry


def test_the_threads_have_a_database_that_waits():
    assert connection.vendor == "postgresql"
