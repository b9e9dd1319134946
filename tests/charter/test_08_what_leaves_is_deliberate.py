"""What leaves is deliberate: nothing is sent by itself, the federation is handed nothing."""

import re

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
    from django.urls import reverse

    from relier.support.models import CalendarFeed

    planted = plant(house)
    feed = CalendarFeed.objects.create(member=house.nour)

    calendar = client.get(reverse("support:calendar_feed", args=[feed.token])).content.decode()

    assert "BEGIN:VEVENT" in calendar
    assert not [w for w in planted.secret + planted.content + planted.names if w in calendar]
