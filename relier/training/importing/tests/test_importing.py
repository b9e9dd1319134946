"""Sent, looked at, imported, undone."""

from datetime import date
from uuid import uuid4

import pytest

from relier.centres.models import Team
from relier.people.models import Following, NameKey, Person
from relier.training import figures
from relier.training.importing import staged
from relier.training.importing.keeping import ChangedMeanwhile, NotReady, keep
from relier.training.importing.models import ImportedRow, KnownHeading, State
from relier.training.importing.undoing import StillInUse, undo
from relier.training.models import Ending, Enrolment, LedgerEntry, Presence, Session, Track
from tests import factories as make

from .dumps import everything
from .files import codes, csv_of, looked, sent, xlsx_of

PEOPLE = csv_of(
    "Nom;Prénom;Date de naissance;GSM;Filière;Date d'entrée;Date de sortie;Motif de sortie",
    "Kaplan;Idris;12/04/1991;0470 00 00 01;Bureautique;05/01/2026;;",
    "Öztürk;Elif;30-11-78;04 000 00 02;bureautique;5/1/2026;26/06/2026;Emploi",
    "Marchal;Lucie;;;;;;",
)


def imported(data, actor, **more):
    file, checked = sent(data, actor, **more)
    return keep(file, by=actor, plan=checked.digest)


# --- people and entries ---


def test_people_and_their_entries_are_added_from_a_csv(training, coordinator):
    file, checked = sent(PEOPLE, coordinator)
    assert file.what == "people"
    assert codes(checked) == []

    keep(file, by=coordinator, plan=checked.digest)

    idris = Person.objects.get(call_name="Idris")
    assert (idris.family_name, idris.born_on, idris.phone) == (
        "Kaplan", date(1991, 4, 12), "0470 00 00 01",
    )  # fmt: skip
    entry = Enrolment.objects.get(person=idris)
    assert (entry.track, entry.programme, entry.entered_on) == (
        training.track, training.programme, date(2026, 1, 5),
    )  # fmt: skip
    elif_ = Person.objects.get(call_name="Elif")
    assert elif_.born_on == date(1978, 11, 30)
    ending = Ending.objects.get(enrolment__person=elif_)
    assert (ending.on, ending.reason) == (date(2026, 6, 26), Ending.Reason.JOB)


def test_someone_who_enters_a_track_is_followed_by_its_team_and_found(training, coordinator):
    imported(PEOPLE, coordinator)

    idris, lucie = (Person.objects.get(call_name=name) for name in ("Idris", "Lucie"))
    assert Following.objects.get(person=idris).team == training.house.team
    assert not Following.objects.filter(person=lucie).exists()
    assert NameKey.objects.filter(person=lucie).exists()


def test_the_file_is_forgotten_once_it_is_imported(training, coordinator):
    file = imported(PEOPLE, coordinator)

    file.refresh_from_db()
    assert (file.book, file.found, file.name, file.decisions) == ("", "", "", {})
    assert file.counts["people"] == 3


def test_a_second_press_imports_nothing_more(training, coordinator):
    file, checked = sent(PEOPLE, coordinator)
    keep(file, by=coordinator, plan=checked.digest)

    keep(file, by=coordinator, plan=checked.digest)

    assert Person.objects.filter(call_name="Idris").count() == 1


def test_what_changed_since_the_dry_run_stops_the_import(training, coordinator):
    file, checked = sent(PEOPLE, coordinator)
    training.track.name = "Autre"
    training.track.save()

    with pytest.raises(NotReady):
        keep(file, by=coordinator, plan=checked.digest)

    training.track.name = "Bureautique"
    training.track.team = training.house.other_team
    training.track.save()
    with pytest.raises(ChangedMeanwhile):
        keep(file, by=coordinator, plan=checked.digest)
    assert not Person.objects.filter(call_name="Idris").exists()


def test_two_imports_of_the_same_file_never_open_two_files(training, coordinator):
    first, one = sent(PEOPLE, coordinator)
    second, other = sent(PEOPLE, coordinator)
    keep(first, by=coordinator, plan=one.digest)

    with pytest.raises((NotReady, ChangedMeanwhile)):
        keep(second, by=coordinator, plan=other.digest)

    assert Person.objects.filter(call_name="Idris").count() == 1


def test_lines_that_are_stopped_stay_out_only_when_somebody_says_so(training, coordinator):
    data = csv_of("Nom;Prénom;Date de naissance", "Kaplan;Idris;31/02/1990", "Marchal;Lucie;")
    file, checked = sent(data, coordinator)
    assert codes(checked) == [(2, "C", "not_day")]
    with pytest.raises(NotReady):
        keep(file, by=coordinator, plan=checked.digest)

    file = staged.choose(file, {"leave_out": True}, by=coordinator)
    keep(file, by=coordinator, plan=checked.digest)

    assert Person.objects.filter(call_name="Lucie").exists()
    assert not Person.objects.filter(call_name="Idris").exists()


# --- who is who ---


def test_someone_who_is_here_already_is_proposed_and_waits_for_a_human(training, coordinator):
    data = csv_of("Nom et prénom", "DIALLO Awa", "diallo  awà")
    file, checked = sent(data, coordinator)

    assert [one.line for one in checked.undecided] == [2, 3]
    assert checked.undecided[0].proposals[0].ref == f"p:{training.house.awa.pk}"
    with pytest.raises(NotReady):
        keep(file, by=coordinator, plan=checked.digest)


def test_the_same_person_gets_no_second_file_and_keeps_what_is_said_of_them(training, coordinator):
    awa = training.house.awa
    data = csv_of(
        "Prénom;Nom;GSM;Filière;Entrée", "Awa;Diallo;0499 99 99 99;Bureautique;01/03/2026"
    )
    file, _ = sent(data, coordinator)
    staged.decide(file, {"2": f"p:{awa.pk}"}, by=coordinator)
    file.refresh_from_db()
    file, checked = looked(file, coordinator)

    keep(file, by=coordinator, plan=checked.digest)

    assert Person.objects.filter(call_name="Awa").count() == 1
    awa.refresh_from_db()
    assert awa.phone != "0499 99 99 99"
    assert Enrolment.objects.filter(person=awa, entered_on=date(2026, 3, 1)).exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Traoré;Aïcha", "TRAORE;aicha"),
        ("Dupont;Marie-Claire", "Dupont;Marie Claire"),
        ("Van den Berghe;Jan", "Jan;Van den Berghe"),
        ("Mohamed;Idrissi", "Mouhammed;Idrissi"),
    ],
)
def test_the_same_person_twice_in_a_file_is_proposed(training, coordinator, one, other):
    _file, checked = sent(csv_of("Nom;Prénom", one, other), coordinator)

    assert [(q.line, q.proposals[0].ref) for q in checked.undecided] == [(3, "l:2")]


def test_two_lines_of_one_person_open_one_file(training, coordinator):
    data = csv_of(
        "Nom;Prénom;Filière;Entrée",
        "Traoré;Aïcha;Bureautique;05/01/2026",
        "TRAORE;Aicha;Bureautique;06/07/2026",
    )
    file, _ = sent(data, coordinator)
    staged.decide(file, {"3": "l:2"}, by=coordinator)
    file.refresh_from_db()
    file, checked = looked(file, coordinator)

    keep(file, by=coordinator, plan=checked.digest)

    aicha = Person.objects.get(call_name="Aïcha")
    assert Enrolment.objects.filter(person=aicha).count() == 2


def test_a_decision_about_someone_who_was_not_proposed_is_none(training, coordinator):
    stranger = make.PersonFactory(centre=training.house.zoe.centre)
    file, _ = sent(csv_of("Nom;Prénom", "Diallo;Awa"), coordinator)
    staged.decide(file, {"2": f"p:{stranger.pk}"}, by=coordinator)
    file.refresh_from_db()
    _file, checked = looked(file, coordinator)

    assert [one.line for one in checked.undecided] == [2]


# --- presences ---


def presences(*lines, heading="Nom;Prénom;Date;Filière;Heures suivies;Heures manquées"):
    return csv_of(heading, *lines)


def test_hours_go_to_the_same_ledger_as_those_of_the_screen(training, coordinator):
    training.session(0), training.session(1)
    imported(
        presences("Diallo;Awa;05/01/2026;Bureautique;6h;", "DIALLO;AWA;06/01/2026;;3,5;2h30"),
        coordinator,
    )

    line = figures.annual_table(coordinator.own_centre, 2026)[training.track.pk][1]
    assert line.effective == 570
    rows = LedgerEntry.objects.of([training.enrolment]).order_by("day", "pk")
    assert {row.posting.cause for row in rows} == {"import"}
    assert Presence.objects.get(session__day=date(2026, 1, 6)).missed == 150


def test_a_presence_outside_a_session_is_named_or_its_session_is_made(training, coordinator):
    data = presences("Diallo;Awa;07/01/2026;Bureautique;4h;", "Diallo;Awa;2025-12-01;;2h;")
    file, checked = sent(data, coordinator)
    assert codes(checked) == [(2, "C", "no_session"), (3, "C", "not_entered")]

    file, checked = looked(file, coordinator, options={"make_sessions": True, "leave_out": True})
    assert codes(checked) == [(3, "C", "not_entered")]
    keep(file, by=coordinator, plan=checked.digest)

    session = Session.objects.get(day=date(2026, 1, 7))
    assert (session.minutes, session.track, session.team) == (
        240, training.track, training.track.team,
    )  # fmt: skip


def test_hours_beyond_the_session_or_the_day_are_named(training, coordinator):
    training.session(0, 360)
    training.session(1, 360)
    data = presences("Diallo;Awa;05/01/2026;;7h;", "Diallo;Awa;06/01/2026;;1800 min;")
    _file, checked = sent(data, coordinator)

    assert codes(checked) == [(2, "E", "beyond_session"), (3, "E", "too_many_hours")]


def test_a_presence_that_was_taken_is_never_changed(training, coordinator):
    training.follows(0, 300)
    training.follows(1, 300)
    data = presences("Diallo;Awa;05/01/2026;;300 min;", "Diallo;Awa;06/01/2026;;2h;")
    _file, checked = sent(data, coordinator)

    assert codes(checked) == [(2, "E", "known"), (3, "E", "taken_otherwise")]
    assert not checked.drafts


def test_someone_unknown_has_no_presence(training, coordinator):
    training.session(0)
    _file, checked = sent(presences("Zzyzx;Qorm;05/01/2026;;2h;"), coordinator)

    assert codes(checked) == [(2, "A", "nobody")]


def test_the_same_presence_twice_is_named(training, coordinator):
    training.session(0)
    line = "Diallo;Awa;05/01/2026;;2h;"
    _file, checked = sent(presences(line, line, "Awa;Diallo;05/01/2026;;3h;"), coordinator)

    assert codes(checked) == [(3, "C", "twice"), (4, "C", "twice_otherwise")]


# --- sessions, tracks ---


def test_sessions_and_tracks_are_added(training, coordinator):
    imported(
        csv_of(
            "Filière;Équipe;Dispositif;Catégorie;Méthode;Ouverte depuis;Heures",
            "Premiers pas;Accueil social;Digistart;;;01/09/2025;60",
            "Bureautique;Accueil social;CISP;base;DéFI;01/09/2025;600",
        ),
        coordinator,
    )
    track = Track.objects.get(name="Premiers pas")
    assert track.programmes.get().minutes == 3600

    imported(
        csv_of(
            "Date;Heure;Durée;Intitulé;Filière;Lieu", "06/01/2026;9h;3h30;Tableur;Premiers pas;s2"
        ),
        coordinator,
    )
    session = Session.objects.get(track=track)
    assert (session.minutes, session.place, session.team.name) == (210, "s2", "Accueil social")


def test_a_programme_that_is_too_long_is_named(training, coordinator):
    data = csv_of(
        "Filière;Équipe;Heures", "Trop long;Accueil social;3000", "Sans équipe;Personne;9"
    )
    _file, checked = sent(data, coordinator)

    assert codes(checked) == [(2, "C", "programme_length"), (3, "B", "no_team")]


# --- columns ---


def test_headings_are_remembered_by_the_centre(training, coordinator):
    data = csv_of("Bénéf.;Truc", "Diallo Fanta;x")
    file = staged.receive(data, name="a.csv", by=coordinator, form_key=uuid4())
    assert "full_name" not in file.columns.values()
    looked(file, coordinator, columns={0: "full_name"}, what="people")

    again = staged.receive(data, name="b.csv", by=coordinator, form_key=uuid4())

    assert (again.what, again.columns) == ("people", {"0": "full_name"})
    assert list(KnownHeading.objects.values_list("heading", flat=True)) == ["benef"]


def test_headings_are_found_below_a_title(training, coordinator):
    data = xlsx_of(["Les Passerelles — liste 2019"], [], ["NOM", "PRENOM", "Né(e) le"],
                   ["Kaplan", "Idris", date(1991, 4, 12)])  # fmt: skip
    file, checked = sent(data, coordinator)

    assert file.heading == 3
    assert [(one.line, one.call_name) for one in checked.drafts.people] == [(4, "Idris")]


# --- back ---


def test_undo_restores_the_previous_state_exactly(training, coordinator):
    training.follows(0, 300)
    training.session(1)
    before, figures_before = everything(), figures.annual_table(coordinator.own_centre, 2026)
    people = imported(PEOPLE, coordinator)
    data = presences(
        "Diallo;Awa;06/01/2026;;6h;", "Kaplan;Idris;06/01/2026;;3h;", "Kaplan;Idris;09/01/2026;;3h;"
    )
    hours = imported(data, coordinator, options={"make_sessions": True})
    assert everything() != before

    undo(hours, by=coordinator)
    undo(people, by=coordinator)

    assert everything() == before
    assert figures.annual_table(coordinator.own_centre, 2026) == figures_before
    assert not ImportedRow.objects.exists()
    people.refresh_from_db()
    assert people.state == State.UNDONE


def test_undoing_twice_takes_back_once(training, coordinator):
    file = imported(PEOPLE, coordinator)
    undo(file, by=coordinator)
    entries = LedgerEntry.objects.count()

    undo(file, by=coordinator)

    assert LedgerEntry.objects.count() == entries


def test_what_was_touched_since_is_named_and_nothing_is_taken_back(training, coordinator):
    file = imported(PEOPLE, coordinator)
    idris, lucie = (Person.objects.get(call_name=name) for name in ("Idris", "Lucie"))
    Person.objects.filter(pk=idris.pk).update(phone="0471 00 00 00")
    Following.objects.create(person=lucie, team=Team.objects.first())
    before = everything()

    with pytest.raises(StillInUse) as refused:
        undo(file, by=coordinator)

    assert [(one.line, one.what) for one in refused.value.touched] == [
        (2, "people.Person"),
        (4, "people.Following"),
    ]
    assert everything() == before


def test_hours_imported_later_stand_in_the_way_of_undoing_the_people(training, coordinator):
    training.session(1)
    people = imported(PEOPLE, coordinator)
    imported(presences("Kaplan;Idris;06/01/2026;;3h;"), coordinator)

    with pytest.raises(StillInUse) as refused:
        undo(people, by=coordinator)

    assert {(one.line, one.what) for one in refused.value.touched} == {(2, "training.Presence")}


def test_hours_corrected_since_stand_in_the_way(training, coordinator):
    training.session(1)
    file = imported(presences("Diallo;Awa;06/01/2026;;3h;"), coordinator)
    training.follows(1, 120)

    with pytest.raises(StillInUse) as refused:
        undo(file, by=coordinator)

    assert [(one.line, one.what) for one in refused.value.touched] == [(2, "training.Presence")]
