"""Walls follow status, and are there by default: what is under secrecy is reached by no URL,
search, list or form of someone not bound; and nothing hints that something is withheld."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relier.competences.models import Positioning
from relier.people.models import Audience, Fact, Note
from relier.support.models import Consultation, Intervention, Mandate, MomentApart, Procedure
from tests import factories as make
from tests.crawl import crawl

from .canaries import plant


def test_06_walls_follow_status(house, enter):
    planted = plant(house)

    pages = crawl(enter(house.bram))

    seen = "\n".join(pages.values())
    assert not [word for word in planted.secret if word in seen]
    assert [word for word in planted.content if word in seen], "Bram should see his team's work"


@pytest.mark.parametrize("who", ["reception", "coordinator", "zoe"])
def test_content_stays_in_the_team(who, house, enter):
    planted = plant(house)

    seen = "\n".join(crawl(enter(getattr(house, who))).values())

    assert not [word for word in planted.secret + planted.content if word in seen]


def test_another_centre_does_not_even_see_the_name(house, enter):
    planted = plant(house)

    seen = "\n".join(crawl(enter(house.zoe)).values())

    # Whole words: three letters of a name may well stand inside a token drawn at random.
    assert not [name for name in planted.names if re.search(rf"\b{re.escape(name)}\b", seen)]


def test_nour_who_is_bound_sees_them(house, enter):
    planted = plant(house)

    seen = "\n".join(crawl(enter(house.nour)).values())

    assert not [word for word in planted.secret if word not in seen]


def test_nothing_hints_at_what_is_withheld(house, enter):
    # The same pages, to the byte and to the query, with and without what is under secrecy.
    plant(house)
    bram = enter(house.bram)
    addresses = [
        reverse("day"),
        reverse("file", args=[house.awa.pk]),
        reverse("people:story", args=[house.awa.pk]),
        reverse("people:list"),
        reverse("support:steps", args=[house.awa.pk]),
        reverse("support:take_home", args=[house.awa.pk]),
        reverse("support:procedure_new", args=[house.awa.pk]),
        reverse("support:intervention_new"),
        reverse("people:situation", args=[house.awa.pk]),
        reverse("support:mandates", args=[house.awa.pk]),
        reverse("support:mandate_new", args=[house.awa.pk]),
        reverse("positioning:person", args=[house.awa.pk]),
        reverse("positioning:over_time", args=[house.awa.pk]),
    ]
    visit(bram, addresses)

    with_secrets = visit(bram, addresses)
    Note.objects.filter(audience=Audience.SECRECY).delete()
    Intervention.objects.filter(audience=Audience.SECRECY).delete()
    Procedure.objects.filter(open_to_team=False).delete()
    Mandate.objects.filter(open_to_team=False).delete()
    Consultation.objects.all().delete()
    Fact.objects.filter(under_secrecy=True).delete()
    MomentApart.objects.update(person=None)
    Positioning.objects.filter(shared_at=None).delete()
    without = visit(bram, addresses)

    assert with_secrets == without


def visit(client, addresses):
    """Each page's bytes, without the keys that change at each visit, and its queries."""
    from tests.crawl import without_keys

    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        found[address] = (without_keys(response.content.decode()), len(captured))
    return found


def test_secrecy_is_the_default_of_someone_bound(house, enter):
    enter(house.nour).post(
        reverse("people:note_new", args=[house.awa.pk]), {"words": "One sentence, no more."}
    )

    assert Note.objects.get().audience == Audience.SECRECY


def test_a_procedure_is_under_secrecy_until_it_is_opened_on_purpose(house, enter):
    procedure = make.ProcedureFactory(person=house.awa, author=house.nour)
    address = reverse("support:procedure", args=[procedure.pk])

    assert enter(house.bram).get(address).status_code == 404
    procedure.open_to_team = True
    procedure.save()
    assert enter(house.bram).get(address).status_code == 200
