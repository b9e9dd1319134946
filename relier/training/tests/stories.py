"""A small centre that trains: a track of Awa's team, a programme, Awa who entered on Monday
5 January 2026, and what happens to her."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import uuid4

from relier.training.actions import enrolments, presences, sessions, tracks
from relier.training.actions.presences import Took
from relier.training.models import Enrolment, LedgerEntry, Presence, Programme, Session, Track
from tests import factories as make

MONDAY = date(2026, 1, 5)


def day(number):
    return MONDAY + timedelta(days=number)


@dataclass
class Training:
    house: object
    track: Track
    programme: Programme
    enrolment: Enrolment
    trainees: list = field(default_factory=list)

    def __post_init__(self):
        self.bram = make.actor(self.house.bram)
        self.nour = make.actor(self.house.nour)
        self.coordinator = make.actor(self.house.coordinator)

    def session(self, number=0, minutes=360, **more):
        details = {"track": self.track, "team": self.house.team, **more}
        return sessions.plan_session(
            "Tableur", day=day(number), starts_at=time(9), minutes=minutes, by=self.bram, **details
        )

    def follows(self, number=0, minutes=360, *, lasts=360, by=None, **more):
        """Awa in a session of that day."""
        session = Session.objects.filter(day=day(number), track=self.track).first()
        session = session or self.session(number, lasts)
        taken = presences.take_presence(
            session, {self.house.awa: Took(minutes, **more)}, by=by or self.bram, form_key=uuid4()
        )
        return (taken.new or taken.corrected or [None])[0]

    def another(self, **more):
        """Someone else who entered the same day."""
        person = make.PersonFactory(centre=self.house.centre, followed_by=self.house.team)
        enrolled = enrolments.enrol(
            person, self.programme, entered_on=MONDAY, by=self.coordinator, **more
        )
        self.trainees.append(enrolled)
        return enrolled


def begin(house, *, units=(("Tableur", 600 * 60), ("Texte", 400 * 60)), **track):
    coordinator = make.actor(house.coordinator)
    of = tracks.open_track(
        "Bureautique", team=house.team, opened_on=date(2020, 1, 1), by=coordinator,
        category="base", method="defi", **track,
    )  # fmt: skip
    programme = tracks.open_programme(
        of, "Bureautique 2026", units, from_on=date(2026, 1, 1), by=coordinator
    )
    enrolled = enrolments.enrol(
        house.awa, programme, entered_on=MONDAY, contract_on=MONDAY, by=make.actor(house.bram)
    )
    return Training(house, of, programme, enrolled)


def ledger(enrolment):
    """(day number, ground, minutes, cause, late), in the order of posting."""
    rows = LedgerEntry.objects.of([enrolment]).select_related("posting").order_by("pk")
    return [
        ((row.day - MONDAY).days, row.ground, row.minutes, row.posting.cause, row.is_late)
        for row in rows
    ]


def standing(presence):
    return Presence.objects.versions_of(presence).get(correction=None)
