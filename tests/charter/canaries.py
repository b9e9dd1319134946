"""Words planted everywhere, so that a test can look for them where they must not be."""

from dataclasses import dataclass
from datetime import date

from relier.centres.models import Centre
from relier.competences.actions import positionings as actions
from relier.competences.models import Positioning
from relier.people.models import Audience, Fact, Situation
from relier.privacy.models import Consent
from relier.support.models import MandateScope
from tests import factories as make
from tests.house import House

DAY = date(2026, 11, 20)


@dataclass
class Planted:
    """Under secrecy, for the team, and names: each word is found nowhere else."""

    secret: list[str]
    content: list[str]
    names: list[str]


def plant(house: House) -> Planted:
    """One of everything about Awa, each with a word of its own."""
    awa, nour = house.awa, house.nour
    about = {"person": awa, "author": nour}
    secret, content = [], []

    def hidden(word: str) -> str:
        secret.append(f"secret-{word}")
        return secret[-1]

    def shown(word: str) -> str:
        content.append(f"content-{word}")
        return content[-1]

    make.NoteFactory(**about, words=hidden("note"))
    make.NoteFactory(**about, words=shown("note"), audience=Audience.TEAM)
    make.InterventionFactory(**about, words=hidden("intervention"))
    make.InterventionFactory(**about, words=shown("intervention"), audience=Audience.TEAM)
    procedure = make.ProcedureFactory(
        **about, about=hidden("procedure"), institution=hidden("institution"), deadline=DAY
    )
    make.ProcedureNewsFactory(procedure=procedure, words=hidden("news"))
    opened = make.ProcedureFactory(**about, about=shown("procedure"), open_to_team=True)
    make.ProcedureNewsFactory(procedure=opened, words=shown("news"))
    told = Situation.objects.create(**about, on=DAY)
    for facet, word, under_secrecy in (
        ("urgent", hidden("urgent"), True),
        ("private", hidden("private"), True),
        ("wishes", shown("wishes"), False),
    ):
        Fact.objects.create(
            person=awa, situation=told, facet=facet, words=word, under_secrecy=under_secrecy
        )
    mandate = make.MandateFactory(
        person=awa, received_by=nour, text=hidden("mandate"), helper=hidden("helper"), families=[]
    )
    MandateScope.objects.create(mandate=mandate, family="x", words=hidden("scope"))
    # The register of BCSS consultations is a CPAS's.
    Centre.objects.filter(pk=house.centre.pk).update(kind=Centre.Kind.CPAS)
    make.ConsultationFactory(
        person=awa,
        begun_by=nour,
        purpose_words=f"for {hidden('purpose')}",
        declaration=hidden("declaration"),
    )
    make.HelpRequestFactory(person=awa, heard_by=nour, followed_by=nour, words=shown("request"))
    make.AppointmentFactory(person=awa, with_member=nour, about=shown("about"))
    make.AgreedStepFactory(**about, words=shown("step"))
    make.MomentApartFactory(asked_by=nour, team=house.team, person=awa)
    found_out(house, seen=hidden("found-out"))
    actions.share(found_out(house, seen=shown("found-out")), by=make.actor(nour))
    text = shown("consent")
    Consent.objects.create(
        subject=awa.subject, purpose="file", text=text, text_hash="0", text_version="1",
        language="fr", how="orally", received_by=nour, given_on=DAY,
    )  # fmt: skip
    return Planted(secret, content, names=["Awa", "Diallo"])


def found_out(house: House, *, seen: str) -> Positioning:
    """What Nour saw Awa do: hers and Nour's, until it is shared."""
    return actions.note_on_a_page(
        house.awa, {"send-photo": "yes", "call": "could_learn"}, channel="afterwards",
        evidence="observed", language="en", on=DAY, seen=seen, by=make.actor(house.nour),
    )  # fmt: skip
