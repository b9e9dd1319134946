"""Words planted everywhere, so that a test can look for them where they must not be."""

import inspect
import re
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.db.models import Model

from relier.centres.models import Centre
from relier.competences.actions import positionings as actions
from relier.competences.models import Positioning
from relier.people.models import Audience, Fact, Sharing, Situation
from relier.privacy.models import Consent
from relier.support.models import MandateScope
from tests import factories as make
from tests.house import House

DAY = date(2026, 11, 20)
SEALED = re.compile(r"# under secrecy\n\s+(\w+) = ")


def secret_fields() -> dict[type[Model], list[str]]:
    """Every field that its model says is under secrecy, by the words above it. What is sealed at
    rest is more: it holds content too, which the team reads."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("relier."):
            continue
        said = SEALED.findall(inspect.getsource(model))
        if said:
            found[model] = sorted(said)
    return found


def factory_of(model: type[Model]):
    """The factory of a table under secrecy; without one, nothing of it could be planted."""
    for factory in vars(make).values():
        made = getattr(factory, "_meta", None) if hasattr(factory, "create_batch") else None
        if getattr(made, "model", None) is model:
            return factory
    raise LookupError(f"tests/factories.py makes no {model._meta.label}: write its factory.")


@dataclass
class Planted:
    """Under secrecy, for the team, and names: each word is found nowhere else."""

    secret: list[str]
    content: list[str]
    names: list[str]
    # Under secrecy too, in fields that nobody thought of one by one: no page has to show them.
    unshown: list[str] = field(default_factory=list)


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
    make.EntryFactory(person=awa, reason=hidden("reason"))
    make.SharingFactory(
        person=awa, sharer=nour, interest=hidden("interest"), informed_words=hidden("not-told-yet"),
        informed=Sharing.Informed.NOT_YET, informed_on=None,
    )  # fmt: skip
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
    shown_to_nour = len(secret)
    for model, fields in secret_fields().items():
        if not is_planted(model, fields):
            words = {name: hidden(f"{model._meta.model_name}-{name}") for name in fields}
            plant_one(model, words, house)
    unshown = secret[shown_to_nour:]
    return Planted(secret, content, names=["Awa", "Diallo"], unshown=unshown)


def is_planted(model: type[Model], fields: list[str]) -> bool:
    """Whether a row holds a word of ours in each field. Read one by one: what is sealed in the
    database is not searched there."""
    return all(
        any("secret-" in str(getattr(row, name)) for row in model._base_manager.all())
        for name in fields
    )


# How a word stands in a field that holds more than words.
SHAPES = {
    "reading": lambda word: {"questions": {"reply": {"answers": [word], "sure": False}}},
    "given": lambda word: {"answers": [word]},
}


def plant_one(model: type[Model], words: dict[str, str], house: House) -> None:
    """A row of a table that nobody thought of above, about Awa, by Nour."""
    theirs = {"person": house.awa, "subject": house.awa.subject, "author": house.nour}
    factory = factory_of(model)
    shaped = {name: shape(word) for name, word in words.items() if (shape := SHAPES.get(name))}
    known = {*(field.name for field in model._meta.fields), *factory._meta.parameters}
    factory(**{name: one for name, one in theirs.items() if name in known}, **{**words, **shaped})


def found_out(house: House, *, seen: str) -> Positioning:
    """What Nour saw Awa do: hers and Nour's, until it is shared."""
    return actions.note_on_a_page(
        house.awa, {"send-photo": "yes", "call": "could_learn"}, channel="afterwards",
        evidence="observed", language="en", on=DAY, seen=seen, by=make.actor(house.nour),
    )  # fmt: skip
