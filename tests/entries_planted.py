"""A track with its programme, someone who entered it, and one of each thing that is written along a
training: what pages of entries are about."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.training.actions import absences, enrolments, journeys, tracks
from relier.training.documents import keeping
from relier.training.documents.about import About
from relier.training.documents.kinds import KINDS

from . import factories as make

HOUR = 60


def coordinator_of(member) -> Actor:
    role = Member.Role.COORDINATOR
    known = Member.objects.active().of_centre(member.centre_id).filter(role=role).first()
    return actor_of(known or make.MemberFactory(centre=member.centre, role=role))


def plant(person, member, team):
    """Written by `member`, who is bound and of the team."""
    by, today = actor_of(member), timezone.localdate()
    steers = coordinator_of(member)
    entered = today - timedelta(days=40)
    track = tracks.open_track(
        "Bureautique du soir",
        team=team,
        opened_on=entered,
        category="base",
        method="defi",
        by=steers,
    )
    units = [("Tableur", 300 * HOUR), ("Texte", 200 * HOUR)]
    programme = tracks.open_programme(track, "Bureautique", units, from_on=entered, by=steers)
    approval = tracks.add_approval(
        "CISP-1", scheme="cisp", from_on=entered, until_on=today + timedelta(days=700), by=steers
    )
    tracks.approve_hours(approval, track, year=today.year, hours=12000, by=steers)
    enrolment = enrolments.enrol(
        person, programme, entered_on=entered, contract_on=entered, category="5-1", by=by
    )
    week = {"from_on": today, "until_on": today + timedelta(days=6)}
    journeys.make_plan(enrolment, on=today, words="Apprendre le tableur.", by=by)
    return {
        "track": track,
        "enrolment": enrolment,
        "evidence": enrolments.receive_evidence(enrolment, "a23", received_on=today, by=by),
        "absence": absences.account_for_absence(enrolment, 1, from_on=today, until_on=today, by=by),
        "placement": journeys.plan_placement(enrolment, "professional", minutes=600, by=by, **week),
        "evaluation": journeys.evaluate(enrolment, "entry", "Un bon départ.", on=today, by=by),
        **printed(About(enrolment.centre, today, enrolment, track), by, steers),
    }


def printed(about, by, steers):
    """A document of each wall, as it was kept."""
    year = About(about.centre, about.on, period=about.on.year)
    annual = keeping.keep_content(KINDS["annual"], year, by=steers, language="fr", key=uuid4())
    keeping.keep_files(annual, KINDS["annual"])
    return {
        "printed_hours": keeping.print_document(KINDS["contract"], about, by=by, language="fr"),
        "printed_told": keeping.print_document(KINDS["plan"], about, by=by, language="fr"),
        "printed_months": annual,
    }
