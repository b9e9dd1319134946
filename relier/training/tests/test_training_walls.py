"""The walls of training (docs/walls.md): hours, grounds, what is told; and what an erasure
leaves."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils.translation import override

from relier.accounts.actors import SYSTEM
from relier.journal.models import Detail, Line
from relier.privacy import actions as privacy
from relier.privacy import held
from relier.privacy.models import Archive
from relier.training import access, figures
from relier.training.actions import absences, enrolments, journeys, sessions, tracks
from relier.training.models import (
    Absence,
    Approval,
    Eligibility,
    EndAttestation,
    Ending,
    Enrolment,
    Evaluation,
    EvidenceReceived,
    LedgerEntry,
    Participation,
    Placement,
    Posting,
    Presence,
    Programme,
    Session,
    Track,
    TrainingPlan,
)
from tests import factories as make

from .stories import MONDAY, day

HOURS = [Enrolment, Ending, Placement, Participation, Presence, LedgerEntry]
GROUNDS = [Absence, Eligibility, EvidenceReceived]
TOLD = [TrainingPlan, Evaluation, EndAttestation]
OF_ALL = [Track, Programme, Session, Approval]


@pytest.fixture
def full(training):
    """One of everything about Awa."""
    entry, nour, house = training.enrolment, training.nour, training.house
    enrolments.say_category(entry, "5-4", by=nour)
    enrolments.receive_evidence(entry, "justice", received_on=day(3), by=nour)
    sessions.expect([house.awa], training.session(0), from_on=day(0), by=training.bram)
    training.follows(0)
    training.follows(1, 0)
    absences.account_for_absence(
        entry, 12, from_on=day(1), until_on=day(1), proof="from the prison", by=nour
    )
    journeys.make_plan(entry, on=day(2), words="To write a letter.", by=nour)
    journeys.plan_placement(
        entry, "professional", from_on=day(30), until_on=day(40), minutes=600, company="Le Pain",
        by=nour,
    )  # fmt: skip
    journeys.evaluate(entry, "entry", "She writes at ease.", on=day(2), by=nour)
    journeys.attest(entry, on=day(60), acquired="To write a letter.", by=nour)
    enrolments.end(entry, "moved", on=day(60), by=nour)
    tracks.add_approval(
        "26/001", scheme="cisp", from_on=MONDAY, until_on=day(700), by=training.coordinator
    )
    return training


def seen(models, actor):
    return {model.__name__: model.objects.visible_to(actor).count() for model in models}


def all_of(models):
    return {model.__name__: model.objects.count() for model in models}


def test_whoever_is_bound_in_the_team_sees_it_all(full):
    for models in (HOURS, GROUNDS, TOLD, OF_ALL):
        assert all(all_of(models).values())
        assert seen(models, full.nour) == all_of(models)
    assert access.may_see_grounds(full.nour)


def test_whoever_is_not_bound_sees_hours_and_what_is_told_and_no_ground(full):
    assert seen(HOURS, full.bram) == all_of(HOURS)
    assert seen(TOLD, full.bram) == all_of(TOLD)
    assert not any(seen(GROUNDS, full.bram).values())
    assert not access.may_see_grounds(full.bram)


def test_the_coordinator_sees_hours_and_grounds_and_nothing_that_is_told(full):
    assert seen(HOURS, full.coordinator) == all_of(HOURS)
    assert seen(GROUNDS, full.coordinator) == all_of(GROUNDS)
    assert not any(seen(TOLD, full.coordinator).values())


@pytest.mark.parametrize("who", ["reception", "other team", "administrator"])
def test_the_others_of_the_centre_see_what_names_nobody(who, full):
    house = full.house
    member = {
        "reception": house.reception,
        "other team": make.MemberFactory(centre=house.centre, teams=[house.other_team]),
        "administrator": make.MemberFactory(centre=house.centre, role="administrator"),
    }[who]
    actor = make.actor(member)

    for models in (HOURS, GROUNDS, TOLD):
        assert not any(seen(models, actor).values())
    assert seen(OF_ALL, actor) == all_of(OF_ALL)


def test_another_centre_a_federation_and_nobody_see_nothing(full):
    federation = make.actor(make.MemberFactory(of_federation=True))
    for actor in (make.actor(full.house.zoe), federation, None):
        for models in (HOURS, GROUNDS, TOLD, OF_ALL):
            assert not any(seen(models, actor).values()), actor


def test_whoever_is_not_bound_hands_a_proof_over_and_reads_it_no_more(full):
    absence = absences.account_for_absence(
        full.enrolment, 1, from_on=day(5), until_on=day(5), by=full.bram
    )

    assert not access.may_see(full.bram, absence)
    with pytest.raises(Http404):
        absences.receive_proof(absence, on=day(6), by=full.bram, form_key=uuid4())


def test_strangers_do_none_of_it(full):
    zoe, reception = make.actor(full.house.zoe), make.actor(full.house.reception)
    for by in (zoe, reception):
        for deed in (
            lambda by: enrolments.enrol(full.house.awa, full.programme, entered_on=day(9), by=by),
            lambda by: enrolments.say_category(full.enrolment, "6", by=by),
            lambda by: enrolments.drop_out(full.enrolment, on=day(70), by=by),
            lambda by: absences.account_for_absence(
                full.enrolment, 1, from_on=day(5), until_on=day(5), by=by
            ),
            lambda by: journeys.evaluate(full.enrolment, "final", "x", on=day(5), by=by),
            lambda by: journeys.make_plan(full.enrolment, on=day(5), by=by),
            lambda by: sessions.say_supervision(full.track, day(5), minutes=60, by=by),
            lambda by: sessions.plan_series(
                full_workshop(full), [day(9)], by=by, form_key=uuid4(), starts_at=None, minutes=60
            ),
            lambda by: tracks.change_track(full.track, {"name": "x"}, by=by),
        ):
            with pytest.raises(Http404):
                deed(by)


def full_workshop(full):
    return sessions.open_workshop("Tableur", team=full.house.team, by=full.bram)


def test_a_trainer_says_no_hours_of_supervision(full):
    # What is said by the trainer themself would be a figure of theirs.
    with pytest.raises(Http404):
        sessions.say_supervision(full.track, day(5), minutes=60, by=full.bram)


# --- twice ---------------------------------------------------------------------------------------


def test_each_deed_sent_twice_is_done_once(full):
    key = uuid4()
    for _twice in range(2):
        enrolments.receive_evidence(
            full.enrolment, "sworn", received_on=day(3), by=full.nour, form_key=key
        )
        absences.account_for_absence(
            full.enrolment, 4, from_on=day(6), until_on=day(6), by=full.nour, form_key=key
        )
        journeys.evaluate(
            full.enrolment, "final", "At ease.", on=day(50), by=full.nour, form_key=key
        )
        workshop = sessions.open_workshop(
            "Tableur", team=full.house.team, by=full.bram, form_key=key
        )
        planned = sessions.plan_series(
            workshop, [day(70), day(77)], by=full.bram, form_key=key, starts_at="09:00",
            minutes=60,
        )  # fmt: skip
        sessions.expect([full.house.awa], workshop, from_on=day(70), by=full.bram)

    assert EvidenceReceived.objects.count() == 2
    assert Absence.objects.count() == 2
    assert Evaluation.objects.count() == 2
    assert Session.objects.filter(workshop=workshop).count() == len(planned) == 2
    assert Participation.objects.filter(workshop=workshop).count() == 1


# --- what is held, and what an erasure leaves ----------------------------------------------------


def test_a_person_reads_their_hours_and_why_they_count(full):
    with override("en"):
        tables = {table.title: table for table in held.tables([full.house.awa.pk])}
        absence = str(tables["Absences"].entries)

    hours = [dict(entry) for entry in tables["Hours that count"].entries]
    assert (hours[0]["Account"], hours[0]["Minutes"]) == ("Effective", "360")
    assert "constraint of the prison" in absence
    assert "sentenced" in str(tables["Why one may enter"].entries)
    assert "To write a letter." in str(tables["Training plans"].entries)
    handed = privacy.hand_over([full.house.awa.pk], by=SYSTEM)
    assert len(handed["training.LedgerEntry"]["rows"]) == LedgerEntry.objects.count()


def test_erased_the_figures_stand_and_nothing_leads_to_anyone(full):
    key = full.enrolment.ledger_key
    before = figures.annual_table(full.house.centre.pk, 2026)
    entries = list(LedgerEntry.objects.order_by("pk").values())
    assert entries

    privacy.erase([full.house.awa.pk], by=SYSTEM, entered_on=MONDAY)

    assert figures.annual_table(full.house.centre.pk, 2026) == before
    assert list(LedgerEntry.objects.order_by("pk").values()) == entries
    for model in (*HOURS[:-1], *GROUNDS, *TOLD):
        assert not model.objects.exists(), model
    assert LedgerEntry.objects.visible_to(full.nour).count() == 0
    # The key of the ledger stands nowhere else, and the journal never knew it.
    for text in (key.hex, str(key)):
        assert not Detail.objects.filter(said__contains=text).exists()
        assert not Line.objects.filter(thing_id=text).exists()
    assert not Line.objects.filter(subject=key).exists()


def test_what_the_law_keeps_of_a_training_is_in_the_one_archive(full):
    privacy.erase([full.house.awa.pk], by=SYSTEM, entered_on=MONDAY)

    archive = Archive.objects.get()
    assert (archive.document_class, archive.entered_on) == ("cisp_file", MONDAY)
    assert archive.ends_on == date(2036, 1, 5)
    asked = privacy.ask_opening(archive, "an inspection", by=full.nour, form_key=uuid4())
    content = privacy.open_archive(privacy.agree_opening(asked, by=full.coordinator), by=full.nour)
    kept = {name: len(rows["rows"]) for name, rows in content["tables"].items()}
    assert kept["training.LedgerEntry"] == LedgerEntry.objects.count()
    assert kept["training.Presence"] == 2
    assert "To write a letter." in str(content["read"])


def test_the_ten_years_count_from_the_latest_entry(full):
    enrolments.enrol(full.house.awa, full.programme, entered_on=day(90), by=full.nour)

    privacy.erase([full.house.awa.pk], by=SYSTEM, entered_on=MONDAY)

    assert Archive.objects.get().entered_on == day(90)


def test_the_author_and_the_minutes_of_an_entry_are_all_that_a_posting_says(full):
    for posting in Posting.objects.all():
        said = json.dumps(
            {field.name: str(getattr(posting, field.attname)) for field in posting._meta.fields}
        )
        assert str(full.house.awa.pk) not in said
        assert str(full.enrolment.pk) not in said
