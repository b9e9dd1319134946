"""The table of tests/walls.py, walked as each role × status × relation, against docs/walls.md."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from relier.centres.models import Centre, Member
from relier.competences import banks
from relier.competences.models import Annotation
from relier.people.models import Following, Merge, Person
from relier.privacy.models import Archive, ArchiveOpening, Consent, Purge, RightsRequest
from relier.support.models import CalendarFeed

from . import (
    counts_of_ballots,
    decisions_planted,
    entries_planted,
    found_out,
    imports_planted,
    inquiry_planted,
    pages_of_paper,
    piles_planted,
    planted,
    questions_asked,
    sessions_planned,
    walls,
)
from . import factories as make
from .charter.canaries import plant
from .crawl import text_of
from .entering import just_entered
from .walls import PAGES, Page

MATRIX = walls.matrix()
ROLES = [role for role in Member.Role if role != Member.Role.FEDERATION]
ROLE_WORDS = {
    Member.Role.SOCIAL_WORKER: "social worker",
    Member.Role.TRAINER: "trainer",
    Member.Role.COORDINATOR: "coordinator",
    Member.Role.RECEPTION: "reception",
    Member.Role.ADMINISTRATOR: "administrator",
}
WRITERS = {"social worker", "trainer", "coordinator", "reception"}


@dataclass(frozen=True)
class Visitor:
    """Someone at the door: role, status and relation, and their browser."""

    relation: (
        str  # same team, by a reason, same centre, other centre, federation, no centre, signed out
    )
    role: str = ""
    bound: bool = False

    def __str__(self) -> str:
        status = "bound" if self.bound else "not bound"
        return " ".join(part for part in (self.relation, self.role, status) if part)


VISITORS = [
    *(
        Visitor(relation, ROLE_WORDS[role], bound)
        for relation in ("same team", "by a reason", "same centre", "other centre")
        for role in ROLES
        for bound in (True, False)
    ),
    Visitor("federation", "federation", bound=True),
    Visitor("federation", "federation"),
    Visitor("no centre"),
    Visitor("signed out"),
]
# One of each relation walks on every database; what else differs between them is said by rules of
# ours, over rows that were found already.
ON_EVERY_DATABASE = {
    "same team coordinator bound",
    "same team reception not bound",
    "by a reason trainer not bound",
    "same centre social worker bound",
    "other centre coordinator bound",
    "federation federation bound",
    "no centre not bound",
    "signed out not bound",
}
WALKS = [
    pytest.param(one, marks=() if str(one) in ON_EVERY_DATABASE else pytest.mark.once, id=str(one))
    for one in VISITORS
]


def holds(cell: str, visitor: Visitor) -> bool:
    if cell in {"yes", "no"}:
        return cell == "yes"
    words = {word.strip() for word in cell.split(",")}
    return visitor.role in words or (visitor.bound and "bound" in words)


def allowed(kind: str, visitor: Visitor, *, writing: bool, about: str) -> bool:
    """What docs/walls.md says, and nothing that is read from the code."""
    in_centre = visitor.relation in {"same team", "by a reason", "same centre", "other centre"}
    simple = {
        walls.OPEN: True,
        walls.NOBODY: False,
        walls.CARD: True,  # led to the place where a code is written: see below
        walls.VOICE: True,
        walls.SIGNED_IN: visitor.relation != "signed out",
        walls.MEMBER: in_centre or visitor.relation == "federation",
        walls.IN_CENTRE: in_centre,
        # About one's own centre, whichever it is.
        walls.NEW_NAME: in_centre and visitor.role in WRITERS,
        walls.COUNTER_OF_CENTRE: in_centre and visitor.role in {"reception", "coordinator"},
        walls.TRAINS: in_centre and visitor.role in {"social worker", "trainer", "coordinator"},
        walls.ARCHIVES: in_centre and (visitor.bound or visitor.role == "coordinator"),
    }
    if kind in simple:
        return simple[kind]
    row = MATRIX[kind]
    # Pages about the centre itself are about one's own; those about a thing are about Awa's.
    of_the_centre = set(filter(None, about.split(","))) <= FIXED.keys()
    own = kind in {"settings", "waiting", "count", "months", "importing"} and of_the_centre
    if visitor.relation in {"same team", "by a reason"}:
        read = holds(row[f"{visitor.relation} reads"], visitor)
        return read and (not writing or holds(row[f"{visitor.relation} writes"], visitor))
    if visitor.relation == "same centre" or (own and in_centre):
        read = holds(row["centre reads"], visitor)
        return read and (not writing or holds(row["centre writes"], visitor))
    return False


@pytest.fixture(scope="module")
def planted_once(django_db_setup, django_db_blocker):
    with planted.once(plant_world, django_db_blocker) as found:
        yield found


@pytest.fixture
def world(planted_once, db):
    return deepcopy(planted_once)


def plant_world():
    """Awa, followed by a team, with one of everything; and everyone who may knock."""
    # A CPAS, so that the register of BCSS consultations has its pages.
    centre = make.CentreFactory(name="Les Passerelles", kind=Centre.Kind.CPAS)
    team, other_team = make.TeamFactory(centre=centre), make.TeamFactory(centre=centre)
    elsewhere = make.CentreFactory(name="La Rive", kind=Centre.Kind.CPAS)
    their_team = make.TeamFactory(centre=elsewhere)
    nour = make.MemberFactory(centre=centre, teams=[team])

    def someone(**more):
        return make.PersonFactory(centre=centre, followed_by=team, **more)

    awa, twin, gone = someone(call_name="Awa"), someone(call_name="Awa"), someone(call_name="Ava")
    merge = Merge.objects.create(kept=awa, gone=gone, by=nour)
    gone.root = awa
    gone.save()
    about = {"person": awa, "author": nour}
    things = {
        "person": awa,
        "twin": twin,
        "merge": merge,
        "team": other_team,
        "member": make.MemberFactory(centre=centre),
        "note": make.NoteFactory(**about),
        "request": make.HelpRequestFactory(person=awa, heard_by=nour, followed_by=nour),
        "waiting": make.HelpRequestFactory(person=awa, heard_by=nour, team=team),
        "appointment": make.AppointmentFactory(person=awa, with_member=nour),
        "delay": make.DelayFactory(**about),
        "procedure": make.ProcedureFactory(**about),
        "mandate": make.MandateFactory(person=awa, received_by=nour),
        "consultation": make.ConsultationFactory(person=awa, begun_by=nour),
        "step": make.AgreedStepFactory(**about),
        "intervention": make.InterventionFactory(**about),
        "moment": make.MomentApartFactory(asked_by=nour, team=team),
        "consent": Consent.objects.create(
            subject=awa.subject, purpose="image", text="…", text_hash="0", text_version="1",
            language="fr", how="orally", received_by=nour, given_on=date(2026, 11, 23),
        ),
        "annotation": Annotation.objects.create(
            centre=centre, author=nour, framework="digcomp-3.0", item="1.1", kind="note", words="…"
        ),
        "entry": make.EntryFactory(person=awa, member=make.MemberFactory(centre=centre)),
        "replacement": make.ReplacementFactory(team=team),
        "stay": make.StayFactory(user=nour.user),
        "passkey": make.PasskeyFactory(user=nour.user),
        "slip": make.SlipFactory(member__centre=centre, author=nour),
        "feed": CalendarFeed.objects.create(member=nour),
        **rights_of(awa, nour),
        **found_out.plant(awa, nour),
        **pages_of_paper.plant(awa, nour),
        **counts_of_ballots.plant(nour),
        **sessions_planned.plant(awa, nour, team),
        **entries_planted.plant(awa, nour, team),
        **imports_planted.plant(awa, nour),
        **(asked := questions_asked.plant(nour)),
        **piles_planted.plant(asked["question"], nour),
        **decisions_planted.plant(nour),
        **inquiry_planted.plant(nour),
        "planted": plant(SimpleNamespace(awa=awa, nour=nour, team=team, centre=centre)),
    }  # fmt: skip
    things["sharing"] = make.SharingFactory(
        person=awa, thing=things["note"].pk, sharer=nour, recipient__centre=centre
    )
    homes = {
        "by a reason": (centre, [other_team]),
        "same team": (centre, [team]),
        "same centre": (centre, [other_team]),
        "other centre": (elsewhere, [their_team]),
        "awa": awa.pk,
    }
    return things, homes


def rights_of(awa, nour):
    """What Awa asks for, a clearing out, and the archive of someone else, that Nour asked for."""
    day = date(2026, 11, 23)
    asked = [
        RightsRequest.objects.create(
            subject=awa.subject, what=what, asked_on=day, answer_by=day, heard_by=nour
        )
        for what in ("hand_over", "erase")
    ]
    archive = Archive.objects.create(
        centre=awa.centre, subject=uuid4(), document_class="cisp_file", entered_on=day,
        ends_on=date(2036, 11, 23), key_id="0", sealed=b"",
    )  # fmt: skip
    return {
        "right": asked[0],
        "purge": Purge.objects.create(centre=awa.centre, proposed_by=nour, files=1),
        "archive": archive,
        "opening": ArchiveOpening.objects.create(archive=archive, reason="…", asked_by=nour),
    }


def browser_of(visitor: Visitor, homes) -> Client:
    client = Client()
    if visitor.relation == "signed out":
        return client
    if visitor.relation == "no centre":
        just_entered(client, make.UserFactory())
        return client
    status = Member.Status.BOUND if visitor.bound else Member.Status.DISCRETION
    if visitor.relation == "federation":
        member = make.MemberFactory(of_federation=True, status=status)
    else:
        centre, teams = homes[visitor.relation]
        role = next(role for role, words in ROLE_WORDS.items() if words == visitor.role)
        member = make.MemberFactory(centre=centre, teams=teams, role=role, status=status)
    if visitor.relation == "by a reason":
        make.EntryFactory(person=Person.objects.get(pk=homes["awa"]), member=member)
    just_entered(client, member.user)
    return client


# What comes with Relier, the same for every centre.
FIXED = {
    "family": "health",
    "code": "7K3MQ-9XT2H-FD8CB",
    "what": "password",
    "wrong_code": "aaaaaaaaaaaa",
    "asked": "send-photo",
    "sheet_name": pages_of_paper.SHEET,
    "asked_on_paper": "reply",
    "framework": "digcomp-3.0",
    "item": "1.1",
    "kind": "note",
    "bank": "craft",
    "sheet": "support.request",
    "paper_of_hours": "contract",
    "paper_of_told": "plan",
    "paper_month": "202601",
    "paper_form": "pdf",
    "number": "0",
    "past_round": "1",
    "thanked": "idea",
    "first_version": "1",
    "tied_kind": "resource",
    "opening_question": "minimum",
    "pile_name": "deliberation.voices",
    "year": "2026",
    "draw": "7",
    "needing": banks.find("craft").needs[0].item,
    "needed": banks.find("craft").needs[0].needs,
}


def address(page: Page, things) -> str:
    arguments = []
    for part in filter(None, page.about.split(",")):
        if part == "purpose":
            arguments.append("contact")
        elif part in FIXED:
            arguments.append(FIXED[part])
        elif part == "feed":
            arguments.append(things["feed"].token)
        else:
            arguments.append(things[part].pk)
    return reverse(page.name, args=arguments) + walls.query_of(page, things["person"].pk)


def ask(client: Client, url: str, *, writing: bool):
    """The answer, as if nothing had been asked: what a POST changes is undone at once."""
    with transaction.atomic():
        response = client.post(url, {}) if writing else client.get(url)
        transaction.set_rollback(True)
    return response


def closed_words(planted, visitor: Visitor) -> list[str]:
    """Words that no answer may hold for this visitor, whatever they ask."""
    if visitor.relation not in {"same team", "by a reason"}:
        return planted.secret + planted.content
    return [] if visitor.bound else planted.secret


def verdict(response, visitor: Visitor) -> str:
    """open, or closed as a stranger should find it: 404, or the way to the sign-in page."""
    if visitor.relation == "signed out" and response.status_code == 302:
        return "closed" if response.url.startswith(reverse("account_login")) else "open"
    if response.status_code == 404:
        return "closed"
    assert response.status_code in {200, 204, 302}, response.status_code
    return "open"


def test_one_of_each_relation_walks_on_every_database():
    kept = [one for one in VISITORS if str(one) in ON_EVERY_DATABASE]

    assert len(kept) == len(ON_EVERY_DATABASE)
    assert {one.relation for one in kept} == {one.relation for one in VISITORS}


@pytest.mark.parametrize("visitor", WALKS)
def test_someone_finds_the_pages_that_the_walls_allow_and_no_other(visitor, world):
    things, homes = world
    client = browser_of(visitor, homes)
    # Some pages sign out or change the language: each is asked with the cookies of the beginning.
    at_first = {name: cookie.value for name, cookie in client.cookies.items()}
    closed = closed_words(things["planted"], visitor)
    wrong = []

    for page in PAGES:
        url = address(page, things)
        for kind, writing in ((page.read, False), (page.write, True)):
            if kind in {walls.NO_GET, walls.NO_POST}:
                continue
            client.cookies.load(at_first)
            expected = (
                "open" if allowed(kind, visitor, writing=writing, about=page.about) else "closed"
            )
            answer = ask(client, url, writing=writing)
            found = verdict(answer, visitor)
            where = f"{'POST' if writing else 'GET'} {page.name}"
            if found != expected:
                wrong.append(f"{where}: {found}")
            text = text_of(answer) if closed else ""
            wrong += [f"{where}: {word}" for word in closed if word in text]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.write == walls.NO_POST], ids=lambda page: page.name
)
def test_a_page_only_is_not_posted_to(page, world):
    things, homes = world
    client = browser_of(Visitor("same team", "coordinator", bound=True), homes)

    assert client.post(address(page, things)).status_code == 405


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.read == walls.NO_GET], ids=lambda page: page.name
)
def test_a_deed_is_not_done_by_following_a_link(page, world):
    things, homes = world
    client = browser_of(Visitor("same team", "coordinator", bound=True), homes)

    assert client.get(address(page, things)).status_code == 405


@pytest.mark.parametrize(("of", "door"), [(walls.CARD, "own:home"), (walls.VOICE, "voice:home")])
def test_without_a_card_every_page_of_one_leads_to_where_a_code_is_written(world, of, door):
    things, homes = world
    of_a_card = [page for page in PAGES if of in {page.read, page.write}]

    assert len(of_a_card) >= 9
    for visitor in VISITORS:
        client = browser_of(visitor, homes)
        for page in of_a_card:
            for kind, writing in ((page.read, False), (page.write, True)):
                if kind == of:
                    answer = ask(client, address(page, things), writing=writing)
                    assert answer.status_code == 302, page.name
                    assert answer.url == reverse(door), page.name


def test_every_address_is_in_the_table():
    listed = {page.name for page in PAGES}
    in_code = set()
    for name, prefix in named_patterns():
        in_code.add(f"{prefix}:{name}" if prefix else name)

    assert in_code - listed == set()
    assert listed - in_code == set()


def test_every_address_has_a_name_of_its_own():
    """Two of one name, and links to one lead to the other."""
    assert [one for one, times in Counter(named_patterns()).items() if times > 1] == []


def named_patterns(resolver=None, prefix=""):
    from django.urls import URLResolver

    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_patterns(pattern, pattern.namespace or prefix)
        else:
            yield pattern.name, prefix


def test_the_matrix_is_read_whole():
    kinds = {
        "name", "counter", "ending", "content", "secrecy", "whole", "apart", "following", "opening",
        "waiting", "settings", "archive", "count", "session", "planning",
        "hours", "entering", "grounds", "told", "months", "importing", "question", "asking",
        "objecting",
        "testimony", "problem", "resource", "thread",
    }  # fmt: skip

    assert set(MATRIX) == kinds
    assert {page.read for page in PAGES} | {page.write for page in PAGES} >= kinds


def test_a_person_belongs_to_a_centre_so_a_federation_holds_none(db):
    from django.db import IntegrityError

    federation = make.MemberFactory(of_federation=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=federation.pk).update(centre=make.CentreFactory())


def test_a_team_that_no_longer_follows_finds_nothing(world):
    things, homes = world
    visitor = Visitor("same team", "social worker", bound=True)
    client = browser_of(visitor, homes)
    Following.objects.update(ended_on=date(2026, 11, 22))

    assert client.get(reverse("people:note", args=[things["note"].pk])).status_code == 404
