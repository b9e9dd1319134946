"""A house to walk through: the demonstration's, with what its stories do not tell, and more of
everything than fits on a page."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.centres.models import Centre, Member
from relier.competences.models import Annotation
from relier.config.planting.demo import plant_houses
from relier.people.actions import merges, notes
from relier.people.models import Audience, Person
from relier.privacy import actions as privacy
from relier.privacy import texts
from relier.privacy.actions.retention import Ended
from relier.privacy.models import Archive
from relier.support.actions import interventions, reception, requests
from relier.training.actions import coming_back, lists, presences
from relier.training.actions.presences import Took
from relier.training.models import Difference, Session, Workshop
from tests import (
    counts_of_ballots,
    decisions_planted,
    entries_planted,
    found_out,
    imports_planted,
    inquiry_planted,
    pages_of_paper,
    piles_planted,
    questions_asked,
)
from tests import factories as make

# What makes a page too wide: an address without a space, a name of a whole line.
LONG_ADDRESS = "https://exemple.invalid/" + "formulaire-de-demande-d-allocation/" * 3
LONG_NAME = "Anne-Françoise-Emmanuelle-Joséphine"
LONG_FAMILY_NAME = "van den Broeck-Vandenkerckhove-Schellekens"
MORE_THAN_A_PAGE = 55


@dataclass
class World:
    """Awa, about whom the pages are, and those who look. `colette` sees most: she coordinates, is
    bound by secrecy and works in every team."""

    awa: Person
    colette: Member
    reception: Member
    administrator: Member
    trainer: Member
    other_team: Member
    federation: Member
    newcomer: Member
    stranger: Member

    def __getitem__(self, who: str) -> Member:
        member: Member = getattr(self, who)
        return member


def plant() -> World:
    plant_houses()
    centre = Centre.objects.get(name="Les Passerelles")
    awa = awa_of(centre)
    colette = make.MemberFactory(
        user__name="Colette",
        centre=centre,
        role=Member.Role.COORDINATOR,
        status=Member.Status.BOUND,
        teams=list(centre.teams.all()),
    )
    complete(awa, colette)
    lengthen(awa, colette)
    members = {member.name.split()[0]: member for member in centre.members.all()}
    return World(
        awa=awa,
        colette=colette,
        reception=members["Rosa"],
        administrator=members["Achille"],
        trainer=members["Bram"],
        other_team=members["Sofia"],
        federation=Member.objects.get(role=Member.Role.FEDERATION),
        newcomer=make.MemberFactory(centre=make.CentreFactory(name="La Maison Neuve")),
        stranger=make.MemberFactory(left_on=timezone.localdate() - timedelta(days=1)),
    )


def awa_of(centre: Centre) -> Person:
    person: Person = Person.objects.get(centre=centre, call_name="Awa", family_name="Diallo")
    return person


def complete(awa: Person, member: Member) -> None:
    """One of each thing that no story of the demonstration holds."""
    by, today = actor_of(member), timezone.localdate()
    twin = make.PersonFactory(
        centre=awa.centre, call_name="Ava", family_name="Dialo", followed_by=awa.teams_today[0].team
    )
    merges.merge(awa, twin, by=by)
    make.PersonFactory(
        centre=awa.centre, call_name="Awa", family_name="Diallo-Barry",
        followed_by=awa.teams_today[0].team,
    )  # fmt: skip
    interventions.name_moment(interventions.ask_moment(by=by), awa, by=by)
    reception.make_address(by=by)
    entries_planted.plant(awa, member, awa.teams_today[0].team)
    imports_planted.plant(awa, member)
    said_twice(awa, member)
    requests.take("Je cherche quelqu'un pour m'aider avec itsme.", received_on=today, by=by)
    requests.take(
        "Je n'ai plus de réseau depuis lundi.", received_on=today, by=by, person=awa,
        team=awa.teams_today[0].team, urgent=True,
    )  # fmt: skip
    privacy.receive_consent(
        awa.subject, texts.latest("image", "fr"), how="orally", helper="", on=today, by=by
    )
    Annotation.objects.create(
        centre=member.centre, author=member, framework="digcomp", version="3.0", item="1.1",
        kind="contest", words="Chez nous, cela commence par tenir la souris.",
    )  # fmt: skip
    asked_by_right(awa, member)
    consulted(awa, member)
    found_out.plant(awa, member)
    pages_of_paper.plant(awa, member, unknown=2)
    counts_of_ballots.plant(member)
    inquiry_planted.plant(member)
    asked = questions_asked.plant(member)
    piles_planted.plant(asked["question"], member)
    decisions_planted.plant(member)
    colleague = awa.centre.members.exclude(pk=member.pk).first()
    questions_asked.plant_answered(member, member, colleague)
    beyond_the_team(awa, member)
    note = notes.write_note(awa, "Elle vient le mardi.", on=today, audience=Audience.TEAM, by=by)
    notes.correct_note(note, words="Elle vient le jeudi.", audience=Audience.TEAM, on=today, by=by)


def said_twice(awa: Person, member: Member) -> None:
    """Of each team that has one, a session, its list on paper, and what a device said otherwise of
    someone: by whoever may run them all."""
    by = entries_planted.coordinator_of(member)
    for team in awa.centre.teams.all():
        workshop = Workshop.objects.filter(team=team).exclude(participations=None).first()
        session = Session.objects.filter(workshop=workshop, day__lte=timezone.localdate()).last()
        if session is None:
            continue
        lists.print_list(session, by=by, remote=True)
        presences.take_presence(session, {awa: Took(60)}, by=by)
        said = coming_back.Said(awa, Took(0), uuid4())
        coming_back.bring_back(session, [said], source=Difference.Source.DEVICE, by=by)


def asked_by_right(awa: Person, member: Member) -> None:
    """An erasure to decide on, a clearing out that waits, and an archive opened by two; whoever
    looks is also the officer, who reads the journal."""
    by, today = actor_of(member), timezone.localdate()
    others = awa.centre.members.filter(role=Member.Role.COORDINATOR).exclude(pk=member.pk)
    coordinator = actor_of(others[0])
    privacy.ask_right(awa.subject, "erase", on=today, by=by)
    past = Person.objects.get(centre=awa.centre, call_name="Lazare")
    ended = Ended([past.pk], today, today)
    privacy.propose_purge([ended], by=coordinator, form_key=uuid4())
    archive = Archive.objects.get(centre=awa.centre)
    asked = privacy.ask_opening(archive, "L'inspection le demande.", by=by, form_key=uuid4())
    privacy.agree_opening(asked, by=coordinator)
    Member.objects.filter(pk=member.pk).update(is_officer=True)


def consulted(awa: Person, member: Member) -> None:
    """The register of BCSS consultations is a CPAS's, so this house is one: it has every page of
    the others, and these. One line is whole; of the other, the agreement is still to be asked."""
    Centre.objects.filter(pk=awa.centre_id).update(kind=Centre.Kind.CPAS)
    about = {"person": awa, "begun_by": member, "declaration": LONG_ADDRESS}
    make.ConsultationFactory(**about, done=True)
    make.ConsultationFactory(**about)


def beyond_the_team(awa: Person, member: Member) -> None:
    """A file opened with a reason, a note shared, a replacement, and what someone left behind."""
    team = awa.teams_today[0].team
    gone = make.MemberFactory(
        centre=awa.centre, teams=[team], left_on=timezone.localdate(), user__name=LONG_NAME
    )
    someone = make.PersonFactory(centre=awa.centre, followed_by=team, followed_by__worker=gone)
    tomorrow = timezone.now() + timedelta(days=1)
    make.AppointmentFactory(person=someone, with_member=gone, starts_at=tomorrow)
    make.EntryFactory(person=awa, reason=LONG_ADDRESS)
    make.SharingFactory(person=awa, recipient=member, interest=LONG_ADDRESS)
    make.ReplacementFactory(team=team)


def lengthen(awa: Person, member: Member) -> None:
    """Lists of several pages, names of a whole line, words that no line can break."""
    team = awa.teams_today[0].team
    names = {"call_name": LONG_NAME, "family_name": LONG_FAMILY_NAME}
    crowd = [make.PersonFactory(centre=awa.centre, followed_by=team, **names)]
    crowd += [
        make.PersonFactory(centre=awa.centre, followed_by=team) for _ in range(MORE_THAN_A_PAGE)
    ]
    for person in crowd:
        make.HelpRequestFactory(person=person, heard_by=member, team=team, words=LONG_ADDRESS)
        make.AppointmentFactory(
            person=person, with_member=member, place=LONG_NAME, starts_at=timezone.now()
        )
    about = {"person": awa, "author": member}
    make.NoteFactory(**about, words=LONG_ADDRESS, on=timezone.localdate())
    make.ProcedureFactory(**about, about=LONG_ADDRESS, institution=LONG_FAMILY_NAME)
    make.AgreedStepFactory(**about, words=f"J'écris à {LONG_FAMILY_NAME} {LONG_ADDRESS}"[:200])
    make.DelayFactory(**about, why=LONG_ADDRESS)
