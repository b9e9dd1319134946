"""What is posted, and why: each deed leaves the entries that it caused, once."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404

from relier.accounts.actors import SYSTEM
from relier.journal.models import Line
from relier.people import actions as people
from relier.training import figures, posting
from relier.training.actions import absences, enrolments, journeys, presences, sessions, tracks
from relier.training.actions.closing import close_month
from relier.training.actions.presences import Took
from relier.training.models import Cause, Ending, LedgerEntry, Posting, Presence
from tests import factories as make

from .stories import MONDAY, begin, day, ledger, standing


def test_presence_posts_its_hours_once(training):
    session, key = training.session(0), uuid4()
    took = {training.house.awa: Took(345, missed=15)}

    for _twice in range(2):
        presences.take_presence(session, took, by=training.bram, form_key=key)

    assert ledger(training.enrolment) == [
        (0, 0, 345, "presence", False), (0, 10, 15, "presence", False),
    ]  # fmt: skip
    assert Line.objects.filter(kind="training.presence_taken").count() == 1


def test_posting_again_adds_nothing(training):
    training.follows(0)

    held = posting.hold([training.enrolment.pk])

    assert posting.post(held, cause=Cause.PRESENCE, by=SYSTEM) is None
    assert LedgerEntry.objects.count() == 1


def test_a_correction_is_a_new_row_and_a_new_entry(training):
    presence = training.follows(0)

    new = presences.correct_presence(presence, Took(300), by=training.bram)

    assert standing(presence) == new
    assert new.first == presence
    assert ledger(training.enrolment) == [
        (0, 0, 360, "presence", False), (0, 0, -60, "correction", False),
    ]  # fmt: skip


def test_a_correction_sent_twice_is_kept_once(training):
    presence, key = training.follows(0), uuid4()

    for _twice in range(2):
        presences.correct_presence(presence, Took(300), by=training.bram, form_key=key)

    assert Presence.objects.count() == 2


def test_two_devices_that_say_otherwise_are_both_kept_and_the_last_one_stands(training):
    presence = training.follows(0)

    other = training.follows(0, 200, by=training.nour)

    assert [row.minutes for row in Presence.objects.versions_of(presence)] == [360, 200]
    assert other.replaces == presence
    assert figures.minutes_of(training.enrolment).effective == 200


def test_two_devices_that_say_the_same_are_one(training):
    training.follows(0)

    assert training.follows(0, by=training.nour) is None
    assert Presence.objects.count() == 1


def test_a_late_correction_of_a_closed_month_leaves_an_entry_that_says_so(training):
    presence = training.follows(0)
    close_month(202601, by=training.coordinator)

    presences.correct_presence(presence, Took(300), by=training.bram)

    assert ledger(training.enrolment)[-1] == (0, 0, -60, "correction", True)
    when_closed = figures.statement_when_closed([training.enrolment], 202601)
    now = figures.month_statement([training.enrolment], 202601)
    assert when_closed[training.enrolment.pk].minutes == 360
    assert now[training.enrolment.pk].line.minutes == 300
    assert now[training.enrolment.pk].late == -60


def test_a_proof_that_arrives_late_turns_hours_without_a_reason_into_others(training):
    training.follows(0, 3600 // 10, missed=0)
    training.follows(1, 0)
    absence = absences.account_for_absence(
        training.enrolment, 1, from_on=day(1), until_on=day(1), by=training.nour
    )
    assert ledger(training.enrolment)[-1] == (1, 10, 36, "presence", False)

    absences.receive_proof(absence, on=day(20), by=training.nour, form_key=uuid4())

    assert ledger(training.enrolment)[-2:] == [
        (1, 10, -36, "proof", False), (1, 1, 360, "proof", False),
    ]  # fmt: skip


def test_an_absence_noted_by_mistake_is_taken_back(training):
    training.follows(0, 0)
    absence = absences.account_for_absence(
        training.enrolment, 6, from_on=day(0), until_on=day(0), by=training.nour,
        proof_received_on=day(1),
    )  # fmt: skip

    absences.correct_absence(absence, {"withdrawn": True}, by=training.nour, form_key=uuid4())

    assert [row[2] for row in ledger(training.enrolment)] == [360, -360]


def test_dropping_out_takes_back_the_hours_without_a_reason_and_no_others(training):
    training.follows(0, 360)
    training.follows(1, 0)
    training.follows(2, 0)
    absences.account_for_absence(
        training.enrolment, 8, from_on=day(2), until_on=day(2), by=training.nour,
        proof_received_on=day(2),
    )  # fmt: skip
    before = ledger(training.enrolment)

    ending = enrolments.drop_out(training.enrolment, on=day(3), by=training.nour)

    assert ledger(training.enrolment)[len(before) :] == [(1, 10, -36, "dropped", False)]

    enrolments.take_back_ending(ending, by=training.nour, form_key=uuid4())
    assert ledger(training.enrolment)[-1] == (1, 10, 36, "ending", False)


def test_an_ending_before_hours_that_were_followed_is_refused(training):
    training.follows(5)

    for wrong in (day(4), MONDAY - timedelta(days=1)):
        with pytest.raises(ValidationError, match=r"present after|before the day of entry"):
            enrolments.drop_out(training.enrolment, on=wrong, by=training.nour)
    assert not Ending.objects.exists()


def test_a_lasting_job_adds_the_hours_that_remained(house):
    training = begin(house, units=(("Tableur", 600),), in_group=True)
    training.follows(0, 300)

    enrolments.end(
        training.enrolment, "job", on=day(1), by=training.nour, job_months=6,
        form_received_on=day(1),
    )  # fmt: skip

    assert ledger(training.enrolment)[-1] == (1, 11, 300, "ending", False)


def test_a_session_that_is_moved_moves_its_hours(training):
    presence = training.follows(0)

    sessions.change_session(presence.session, {"day": day(30)}, by=training.bram)

    assert ledger(training.enrolment)[-2:] == [
        (0, 0, -360, "session", False), (30, 0, 360, "session", False),
    ]  # fmt: skip


def test_a_session_that_is_called_off_has_no_hours(training):
    presence = training.follows(0)

    sessions.change_session(presence.session, {"called_off": True}, by=training.bram)

    assert figures.minutes_of(training.enrolment).minutes == 0


def test_a_rule_that_changes_posts_what_differs_from_its_day_on(training):
    training.follows(0, modality="remote")
    training.follows(10, modality="remote")

    tracks.change_rule(
        "remote_hours_count", value=Decimal(0), from_on=day(5), source="a letter",
        reason="the administration answered", by=training.coordinator,
    )  # fmt: skip

    assert ledger(training.enrolment)[2:] == [(10, 0, -360, "rule", False)]


def test_what_was_counted_in_an_earlier_entry_is_taken_off_the_limit(training):
    tracks.change_rule(
        "programme_hours_most", value=Decimal(10), from_on=date(2020, 1, 1), source="a test",
        reason="a small limit", by=training.coordinator,
    )  # fmt: skip
    training.follows(0, 480)
    enrolments.end(training.enrolment, "moved", on=day(1), by=training.nour)
    again = enrolments.enrol(
        training.house.awa, training.programme, entered_on=day(10), by=training.bram
    )

    training.follows(11, 300)

    assert figures.minutes_of(again).effective == 120
    # Less in the first entry is more in the second.
    first = Presence.objects.get(enrolment=training.enrolment)
    presences.correct_presence(first, Took(420), by=training.bram)
    assert figures.minutes_of(again).effective == 180


def test_a_plan_that_is_longer_than_the_text_allows_is_refused(training):
    with pytest.raises(ValidationError, match="2100"):
        journeys.make_plan(training.enrolment, on=day(1), minutes=2101 * 60, by=training.bram)


def test_digistart_attests_from_eight_hours(house):
    with pytest.raises(ValidationError, match="at most 80"):
        begin(house, units=(("Base", 81 * 60),), scheme="digistart")


def test_digistart_is_not_attested_below_eight_hours(house):
    training = begin(house, units=(("Base", 40 * 60),), scheme="digistart")
    training.follows(0, 479, lasts=479)

    with pytest.raises(ValidationError, match="8 hours"):
        journeys.attest(training.enrolment, on=day(1), by=training.bram)

    training.follows(1, 1, lasts=1)
    attested = journeys.attest(training.enrolment, on=day(1), by=training.bram)
    assert attested.effective_minutes == 480


def test_who_is_in_no_track_has_a_presence_and_no_hours(training):
    lina = make.PersonFactory(centre=training.house.centre, followed_by=training.house.team)
    session = training.session(0, is_open=True)

    presences.take_presence(session, {lina: Took(60)}, by=training.bram)

    assert Presence.objects.get().enrolment is None
    assert not LedgerEntry.objects.exists()


def test_a_file_that_was_merged_counts_in_the_one_that_is_kept(training):
    gone = make.PersonFactory(centre=training.house.centre, followed_by=training.house.team)
    people.merge(training.house.awa, gone, by=training.coordinator)
    gone.refresh_from_db()
    session = training.session(0)

    presences.take_presence(session, {gone: Took(360)}, by=training.bram)

    assert figures.minutes_of(training.enrolment).effective == 360


# --- one call, a constant number of queries ------------------------------------------------------


@pytest.mark.parametrize("people_there", [3, 12])
def test_presence_is_taken_in_as_many_queries_however_many_they_are(
    people_there, training, django_assert_num_queries
):
    for _one in range(people_there):
        training.another()
    for number in range(3):
        session = training.session(number)
        took = {one.person: Took(360 - number) for one in training.trainees}
        if number < 2:
            presences.take_presence(session, took, by=training.bram)
    took = {one.person: Took(300, modality="remote") for one in training.trainees}

    # On PostgreSQL, two locks more: that of the ledger, that of the journal.
    with django_assert_num_queries(24 + 2 * (connection.vendor == "postgresql")):
        taken = presences.take_presence(session, took, by=training.bram, form_key=uuid4())

    assert len(taken.new) == people_there


# --- strangers -----------------------------------------------------------------------------------


def test_another_centre_takes_no_presence(training):
    session = training.session(0)

    with pytest.raises(Http404):
        presences.take_presence(
            session, {training.house.awa: Took(60)}, by=make.actor(training.house.zoe)
        )


def test_nobody_takes_the_presence_of_someone_whom_no_team_of_theirs_follows(training):
    stranger = make.PersonFactory(centre=training.house.centre)
    session = training.session(0)

    with pytest.raises(Http404):
        presences.take_presence(session, {stranger: Took(60)}, by=training.bram)
    assert presences.take_presence(session, {stranger: Took(60)}, by=training.coordinator).new


def test_a_placement_of_someone_else_is_refused(training):
    other = training.another()
    placement = journeys.plan_placement(
        other, "professional", from_on=day(0), until_on=day(30), minutes=6000, by=training.bram
    )

    with pytest.raises(ValidationError, match="someone else"):
        training.follows(0, placement=placement.pk)


def test_the_author_of_a_posting_is_named_by_an_opaque_id(training):
    training.follows(0)

    assert Posting.objects.get().author == training.house.bram.pk
