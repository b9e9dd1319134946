"""No link leads nowhere, whoever follows it: a page that offers what a role may not open is a
small lie. Asked of the pages themselves, without a browser."""

from collections import Counter
from copy import deepcopy
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from relier.centres.models import Member
from relier.config.planting.demo import plant_houses
from tests import crawl, planted

from . import world

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="SQLite only: links are the same on any database"
)
ROLES = ["Nour", "Bram", "Sofia", "Rosa", "Colette", "Achille"]
# Of one kind of page, a few are enough.
EXAMPLES = 6
FEWEST = 15
INSIDE = "inside the page"


@pytest.fixture(scope="module")
def planted_once(django_db_setup, django_db_blocker):
    with planted.once(plant, django_db_blocker) as found:
        yield found


@pytest.fixture
def members(planted_once, db) -> dict[str, Member]:
    return deepcopy(planted_once)


def plant() -> dict[str, Member]:
    plant_houses()
    nour = Member.objects.get(user__name__startswith="Nour")
    world.complete(world.awa_of(nour.centre), nour)
    everyone = {member.name.split()[0]: member for member in nour.centre.members.all()}
    # An administrator may work in a team as well: they read its files, and receive nobody.
    everyone["Achille"].teams.set(nour.teams.all())
    return everyone


def dead_ends(client: Client) -> list[str]:
    """Each address that does not open, with the page that led there."""
    waiting, known, dead = [("/", "")], {"/"}, []
    visited = Counter({INSIDE: EXAMPLES})
    while waiting:
        address, before = waiting.pop(0)
        response = client.get(address, follow=True)
        if response.status_code != 200:
            dead.append(f"{before} → {address}: {response.status_code}")
        elif response["Content-Type"].startswith("text/html"):
            for link in map(unescape, crawl.links(address, response.content.decode())):
                kind = kind_of(link)
                if link not in known and visited[kind] < EXAMPLES:
                    known.add(link)
                    visited[kind] += 1
                    waiting.append((link, address))
    assert len(visited) > FEWEST
    return dead


def kind_of(link: str) -> str:
    """The page that an address opens, with the questions that it asks: "support:requests ended"."""
    if link.startswith("data:"):
        return INSIDE
    path, _mark, query = link.partition("?")
    try:
        page = resolve(path).view_name
    except Resolver404:
        page = path
    return " ".join([page, *sorted(parse_qs(query))])


@pytest.mark.parametrize("who", ROLES)
def test_no_link_leads_nowhere(members, enter, who):
    assert dead_ends(enter(members[who])) == []
