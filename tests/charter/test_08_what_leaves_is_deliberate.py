"""What leaves is deliberate: nothing is sent by itself, the federation is handed nothing."""

import re

from django.urls import reverse

from relier.journal.models import Line
from tests import factories as make
from tests.crawl import crawl
from tests.test_house import PACKAGE

from .canaries import plant


def test_08_what_leaves_is_deliberate():
    # No room calls another machine: no client of HTTP, mail or sockets is imported.
    callers = re.compile(
        r"^\s*(import|from) (requests|httpx|urllib\.request|smtplib|socket|http\.client)\b", re.M
    )
    for module in PACKAGE.rglob("*.py"):
        if "tests" not in module.parts:
            assert not callers.search(module.read_text("utf-8")), module


def test_a_federation_sees_nobody(house, enter):
    planted = plant(house)
    member = make.MemberFactory(of_federation=True)

    seen = "\n".join(crawl(enter(member)).values())

    assert not [w for w in planted.secret + planted.content + planted.names if w in seen]


def test_a_calendar_that_leaves_names_nobody(house, client):
    from relier.support.models import CalendarFeed

    planted = plant(house)
    feed = CalendarFeed.objects.create(member=house.nour)

    calendar = client.get(reverse("support:calendar_feed", args=[feed.token])).content.decode()

    assert "BEGIN:VEVENT" in calendar
    assert not [w for w in planted.secret + planted.content + planted.names if w in calendar]


def test_a_hand_over_is_asked_for_previewed_and_a_line_in_the_journal(house, enter):
    nour, files = enter(house.nour), ["hand_over_pdf", "hand_over_json"]
    plant(house)
    for name in files:
        assert nour.get(reverse(f"rights:{name}", args=[house.awa.pk])).status_code == 302
    nour.post(reverse("rights:person", args=[house.awa.pk]), {"what": "hand_over"})

    nour.get(reverse("rights:hand_over", args=[house.awa.pk]))
    assert not Line.objects.filter(kind="privacy.handed_over").exists()
    for name in files:
        assert nour.get(reverse(f"rights:{name}", args=[house.awa.pk])).status_code == 200

    lines = Line.objects.deeds().filter(kind="privacy.handed_over", subject=house.awa.pk)
    assert [line.actor for line in lines] == [house.nour.pk, house.nour.pk]


def test_whoever_is_not_bound_takes_nothing_away(house, enter):
    plant(house)
    enter(house.bram).post(reverse("rights:person", args=[house.awa.pk]), {"what": "hand_over"})

    for name in ("hand_over", "hand_over_pdf", "hand_over_json"):
        address = reverse(f"rights:{name}", args=[house.awa.pk])
        assert enter(house.bram).get(address).status_code == 404
