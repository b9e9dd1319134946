"""Walls follow status, and are there by default: what is under secrecy is reached by no URL,
search, list or form of someone not bound; and nothing hints that something is withheld."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relier.accounts import stays
from relier.competences.models import Positioning
from relier.journal import actions as journal
from relier.people.models import Audience, Entry, Fact, Note, Sharing
from relier.support.models import (
    CalendarFeed,
    Consultation,
    Intervention,
    Mandate,
    MomentApart,
    Procedure,
)
from tests import factories as make
from tests.crawl import crawl, text_of, without_keys

from .canaries import is_planted, plant, secret_fields

# What changes in a query from one visit to the next: its values, and PostgreSQL's numbered cursors.
VALUE = re.compile(r"'[^']*'|\b\d+\b|_django_curs_\w+")


def test_06_walls_follow_status(house, enter):
    planted = plant(house)

    pages = crawl(enter(house.bram))

    seen = "\n".join(pages.values())
    assert not [word for word in planted.secret if word in seen]
    assert [word for word in planted.content if word in seen], "Bram should see his team's work"


@pytest.mark.parametrize(
    "who",
    [
        "reception",
        pytest.param("coordinator", marks=pytest.mark.once),
        pytest.param("zoe", marks=pytest.mark.once),
    ],
)
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

    hers = set(planted.secret) - set(planted.unshown)
    assert not [word for word in hers if word not in seen]


def test_every_field_under_secrecy_is_planted(house):
    # A table born under secrecy is covered the day it is declared.
    plant(house)

    assert len(secret_fields()) >= 2
    for model, fields in secret_fields().items():
        assert is_planted(model, fields), f"{model._meta.label}: {fields}"


@pytest.mark.once
def test_nothing_hints_at_what_is_withheld(house, enter, monkeypatch):
    # The same pages, to the byte and to the query, with and without what is under secrecy. A stay
    # notes each minute that it is still used, whatever is read: not while these are compared.
    monkeypatch.setattr(stays, "EVERY", timedelta(days=1))
    plant(house)
    bram = enter(house.bram)
    addresses = [
        # Ways to enter are about oneself, and draw new keys at each visit.
        *(where for where in crawl(bram) if not where.startswith("/entering/")),
        # No link leads someone not bound there; typed by hand, they answer all the same.
        reverse("support:procedure_new", args=[house.awa.pk]),
        reverse("people:beyond", args=[house.awa.pk]),
        reverse("shared"),
        reverse("support:mandates", args=[house.awa.pk]),
        reverse("support:mandate_new", args=[house.awa.pk]),
    ]
    visit(bram, addresses)

    with_secrets = visit(bram, addresses)
    forget_secrets()
    without = visit(bram, addresses)

    assert len(addresses) > 40
    assert {where for where in addresses if with_secrets[where] != without[where]} == set()


def forget_secrets():
    Note.objects.filter(audience=Audience.SECRECY).delete()
    Intervention.objects.filter(audience=Audience.SECRECY).delete()
    Procedure.objects.filter(open_to_team=False).delete()
    Mandate.objects.filter(open_to_team=False).delete()
    Consultation.objects.all().delete()
    Fact.objects.filter(under_secrecy=True).delete()
    MomentApart.objects.update(person=None)
    Positioning.objects.filter(shared_at=None).delete()
    Sharing.objects.all().delete()
    for entry in Entry.objects.all():
        make.rewrite(entry, reason="Another reason.")


def visit(client, addresses):
    """Each page's bytes, without the keys that change at each visit, and the text of its queries,
    without the values that change with the hour."""
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address, follow=True)
        assert response.status_code in {200, 404}, address
        # A stay notes from time to time that it is still used, whatever is read.
        asked = [
            VALUE.sub("?", one["sql"]) for one in captured if "accounts_stay" not in one["sql"]
        ]
        found[address] = (response.status_code, without_keys(text_of(response)), asked)
    return found


def test_an_error_says_nothing(house, enter, monkeypatch, caplog, capfd, mailoutbox):
    # Someone bound reads it all; what breaks then is told to engineers, without a word of it.
    planted = plant(house)
    nour = enter(house.nour)
    nour.raise_request_exception = False
    note = Note.objects.filter(audience=Audience.SECRECY).first()
    pages = [reverse("file", args=[house.awa.pk]), reverse("people:note", args=[note.pk])]

    def broken(*_args, **_given):
        words = note.words
        raise RuntimeError(words)

    monkeypatch.setattr(journal, "read", broken)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(house.nour.user)
    with caplog.at_level(0):
        answers = [
            *(nour.get(page) for page in pages),
            nour.get("/people/notes/not-a-key/"),
            nour.get(pages[0], headers={"host": "elsewhere.example"}),
            strict.post(reverse("people:note_new", args=[house.awa.pk]), {"words": note.words}),
        ]

    assert [answer.status_code for answer in answers] == [500, 500, 404, 400, 403]
    told = "".join(answer.content.decode() for answer in answers)
    terminal = capfd.readouterr()
    for word in planted.secret + planted.content:
        assert word not in told
        assert word not in terminal.out + terminal.err
    assert not mailoutbox


def test_a_calendar_says_when_and_not_what(house, client):
    planted = plant(house)
    feed = CalendarFeed.objects.create(member=house.nour)

    told = client.get(reverse("support:calendar_feed", args=[feed.token])).content.decode()

    assert "BEGIN:VEVENT" in told
    words = planted.secret + planted.content + planted.names
    assert not [word for word in words if word in told]


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
