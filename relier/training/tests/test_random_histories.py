"""Deeds at random, in any order, in the database: the ledger always says what the slow oracle says
of the facts, no closed month changes without an entry that says so, and nothing is ever lost."""

from collections import Counter, defaultdict
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relier.accounts.actors import SYSTEM
from relier.training import figures, posting
from relier.training.actions import absences, enrolments, presences, sessions
from relier.training.actions.closing import close_month
from relier.training.actions.presences import Took
from relier.training.models import (
    Absence,
    Cause,
    Ending,
    LedgerEntry,
    MonthClosing,
    Presence,
    Session,
)
from tests import house as houses

from .oracle import Numbers, oracle
from .stories import begin, day

DAYS = st.integers(0, 75)
MINUTES = st.sampled_from([0, 30, 90, 180])
DEEDS = st.one_of(
    st.tuples(st.just("take"), DAYS, MINUTES, st.sampled_from([0, 30, 180])),
    st.tuples(st.just("take"), DAYS, MINUTES, st.just(0)),
    st.tuples(st.just("correct"), st.integers(0, 20), MINUTES, st.sampled_from([0, 60])),
    st.tuples(st.just("explain"), DAYS, st.integers(0, 40), st.sampled_from([1, 2, 3, 9, 12, 13])),
    st.tuples(st.just("prove"), st.integers(0, 5)),
    st.tuples(st.just("withdraw"), st.integers(0, 5)),
    st.tuples(st.just("move"), st.integers(0, 20), DAYS),
    st.tuples(st.just("call_off"), st.integers(0, 20), st.booleans()),
    st.tuples(st.just("drop")),
    st.tuples(st.just("return")),
    st.tuples(st.just("close"), st.sampled_from([202601, 202602, 202603])),
)


class Story:
    def __init__(self):
        self.training = begin(houses.build(), units=(("Tableur", 60 * 60),))
        self.nour, self.bram = self.training.nour, self.training.bram

    @property
    def enrolment(self):
        return self.training.enrolment

    def nth(self, rows, number):
        found = list(rows)
        return found[number % len(found)] if found else None

    def take(self, number, minutes, missed):
        if not Ending.objects.current().filter(taken_back=False).exists():
            self.training.follows(number, minutes, missed=missed, lasts=180)

    def correct(self, number, minutes, missed):
        presence = self.nth(Presence.objects.current().order_by("session__day", "pk"), number)
        if presence:
            presences.correct_presence(presence, Took(minutes, missed=missed), by=self.bram)

    def explain(self, number, lasts, ground):
        absences.account_for_absence(
            self.enrolment, ground, from_on=day(number), until_on=day(number + lasts), by=self.nour
        )

    def prove(self, number):
        absence = self.nth(self.absences(), number)
        if absence:
            absences.receive_proof(absence, on=day(90), by=self.nour, form_key=uuid4())

    def withdraw(self, number):
        absence = self.nth(self.absences(), number)
        if absence:
            absences.correct_absence(absence, {"withdrawn": True}, by=self.nour, form_key=uuid4())

    def absences(self):
        return Absence.objects.current().order_by("from_on", "pk")

    def move(self, number, to):
        session = self.nth(Session.objects.order_by("day", "pk"), number)
        if session and not Ending.objects.current().filter(taken_back=False).exists():
            sessions.change_session(session, {"day": day(to)}, by=self.bram)

    def call_off(self, number, off):
        session = self.nth(Session.objects.order_by("day", "pk"), number)
        if session:
            sessions.change_session(session, {"called_off": off}, by=self.bram)

    def drop(self):
        enrolments.drop_out(self.enrolment, on=day(80), by=self.nour)

    def leaves(self):
        return Ending.objects.current().filter(taken_back=False).first()

    def close(self, month):
        close_month(month, by=self.training.coordinator)


def standing_amounts(enrolment):
    found = posting.stands([enrolment])[enrolment.ledger_key]
    return {slot: minutes for slot, minutes in found.items() if minutes}


def by_month(late=None):
    rows = LedgerEntry.objects.all() if late is None else LedgerEntry.objects.filter(is_late=late)
    found = Counter()
    for row in rows:
        found[row.month] += row.minutes
    return found


def live(story, deed):
    """One deed, and what must hold before and after it."""
    name, *said = deed
    entries = list(LedgerEntry.objects.order_by("pk").values())
    months, closed = by_month(), set(MonthClosing.objects.values_list("month", flat=True))
    unjustified = Counter(
        {slot: n for slot, n in standing_amounts(story.enrolment).items() if slot.ground == 10}
    )
    before = standing_amounts(story.enrolment)

    if name == "return":
        if story.leaves():
            enrolments.take_back_ending(story.leaves(), by=story.nour, form_key=uuid4())
    else:
        getattr(story, name)(*said)

    now = list(LedgerEntry.objects.order_by("pk").values())
    assert now[: len(entries)] == entries, "an entry was altered"
    for row in now[len(entries) :]:
        assert row["is_late"] == (row["month"] in closed)
    late = Counter()
    for row in now[len(entries) :]:
        if row["is_late"]:
            late[row["month"]] += row["minutes"]
    for month in closed:
        assert by_month()[month] - months[month] == late[month], "a closed month moved in silence"
    if name == "drop" and entries != now:
        after = standing_amounts(story.enrolment)
        taken_back = Counter(before)
        taken_back.subtract(after)
        assert Counter({slot: n for slot, n in taken_back.items() if n}) == unjustified


@pytest.mark.django_db
@given(st.lists(DEEDS, max_size=14))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_happens_the_ledger_says_what_the_oracle_says(deeds):
    with transaction.atomic():
        story = Story()
        for deed in deeds:
            live(story, deed)

        held = posting.hold([story.enrolment.pk])
        facts = posting.facts_of(held.enrolments)[story.enrolment.pk](0)
        assert standing_amounts(story.enrolment) == oracle(facts, Numbers())
        line = figures.minutes_of(story.enrolment)
        assert line.effective + line.assimilated == sum(by_month().values())
        statements = defaultdict(int)
        for month in by_month():
            for one in figures.month_statement([story.enrolment], month).values():
                statements[month] += one.line.minutes
        assert dict(statements) == dict(by_month())
        assert posting.post(held, cause=Cause.PRESENCE, by=SYSTEM) is None
        transaction.set_rollback(True)
