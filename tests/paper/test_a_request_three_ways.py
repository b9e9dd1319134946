"""A request on screen, by voice and on paper: the same, kept once, with the same journal."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from relier.journal.models import Line
from relier.paper.sheets import Answered, build, cleaned, kept, receive
from relier.support.models import HelpRequest
from tests import factories as make

GIVEN = {"words": "Je voudrais un cours le matin.", "reply": "letter", "on": "2026-11-23"}
NAME = "support.request"


def address(way, person):
    return reverse(f"paper:{way}", args=[NAME], query={"person": str(person.pk)})


def on_screen(house, client, key):
    at = {"walk-at": "3", "walk-go": "send", "form_key": key}
    return client.post(address("fill", house.awa), {**GIVEN, **at})


def by_voice(house, client, key):
    said = {"walk-go": "keep", "voice-helper": "Sara", "form_key": key}
    return client.post(address("voice", house.awa), {**GIVEN, **said})


def on_paper(house, client, key):
    sheet = build(NAME)
    answers = kept(cleaned(sheet, GIVEN))
    back = Answered(sheet, answers, "paper", form_key=UUID(str(key)), subject=house.awa.pk)
    return receive(back, by=make.actor(house.nour))


def told(request):
    return (
        request.words, request.person_id, request.received_on, request.team_id,
        request.followed_by_id, request.heard_by_id,
    )  # fmt: skip


def lines():
    deeds = Line.objects.filter(nature=Line.Nature.DEED).order_by("number")
    return [(line.kind, line.thing, line.subject, line.actor) for line in deeds]


def test_the_three_ways_make_the_same_request_and_the_same_lines_of_the_journal(house, enter):
    client, requests, journals = enter(house.nour), [], []
    for way in (on_screen, by_voice, on_paper):
        before = len(lines())
        type(house.awa).objects.filter(pk=house.awa.pk).update(reach="")
        way(house, client, uuid4())
        requests.append(told(HelpRequest.objects.latest("recorded_at")))
        journals.append(lines()[before:])
        house.awa.refresh_from_db()
        assert house.awa.reach == "letter"

    assert HelpRequest.objects.count() == 3
    assert requests[0][:3] == (GIVEN["words"], house.awa.pk, date(2026, 11, 23))
    assert requests[0] == requests[1] == requests[2]
    assert journals[0] == journals[1] == journals[2]
    assert "support.request_taken" in [kind for kind, *_ in journals[0]]


@pytest.mark.parametrize("way", [on_screen, by_voice])
def test_sent_twice_it_is_one_request_and_leads_to_its_page(house, enter, way):
    client, key = enter(house.nour), uuid4()

    answers = [way(house, client, key) for _ in range(2)]

    request = HelpRequest.objects.get()
    assert [answer.url for answer in answers] == [reverse("support:request", args=[request.pk])] * 2


def test_someone_who_is_not_known_yet_asks_too(house, enter):
    url = reverse("paper:fill", args=[NAME])
    given = {"words": GIVEN["words"], "walk-at": "3", "walk-go": "send"}

    enter(house.reception).post(url, given)

    assert told(HelpRequest.objects.get())[:2] == (GIVEN["words"], None)
