"""The house in which the tests' stories take place."""

from dataclasses import dataclass

from relier.centres.models import Centre, Member, Team
from relier.people.models import Person

from . import factories as make


@dataclass
class House:
    """Awa, and those around her. `team` follows her; `other_team` does not."""

    centre: Centre
    team: Team
    other_team: Team
    awa: Person
    nour: Member
    bram: Member
    reception: Member
    coordinator: Member
    zoe: Member


def build() -> House:
    centre = make.CentreFactory(name="Les Passerelles")
    team = make.TeamFactory(centre=centre, name="Accueil social")
    other_team = make.TeamFactory(centre=centre, name="Bureautique")

    def member(name: str, role: str, status: str, teams: list[Team]) -> Member:
        return make.MemberFactory(
            user__name=name, centre=centre, role=role, status=status, teams=teams
        )

    bound, discretion = Member.Status.BOUND, Member.Status.DISCRETION
    nour = member("Nour", Member.Role.SOCIAL_WORKER, bound, [team])
    awa = make.PersonFactory(
        centre=centre,
        call_name="Awa",
        family_name="Diallo",
        followed_by=team,
        followed_by__worker=nour,
    )
    return House(
        centre=centre,
        team=team,
        other_team=other_team,
        awa=awa,
        nour=nour,
        bram=member("Bram", Member.Role.TRAINER, discretion, [team]),
        reception=member("Rosa", Member.Role.RECEPTION, discretion, []),
        coordinator=member("Colette", Member.Role.COORDINATOR, discretion, [other_team]),
        zoe=make.MemberFactory(user__name="Zoé"),
    )
