"""A meeting in several hands at the same instant: one step, one count, one sentence."""

import json
from uuid import uuid4

from django.urls import reverse

from relier.deliberation.models import Meeting, Sentence, ShowOfHands
from tests import house as houses
from tests import questions_asked

from .racing import alone, browser, faults, in_threads


def begun():
    house = houses.build()
    planted = questions_asked.plant(house.nour)
    ShowOfHands.objects.all().delete()
    return house, planted


def test_two_facilitators_who_press_next_at_the_same_instant_go_one_step(shared, caplog):
    house, planted = alone(begun)
    meeting = planted["meeting"]
    address = reverse("deliberation:meeting_move", args=[meeting.pk])
    clients = [alone(lambda m=m: browser(m)) for m in (house.nour, house.bram, house.nour)]
    pressed = {"do": "next", "turn": str(meeting.turn)}

    answers = in_threads(*(lambda c=c: c.post(address, pressed) for c in clients))

    assert [answer.status_code for answer in answers] == [302] * 3, faults(caplog)
    assert alone(lambda: Meeting.objects.get().turn) == meeting.turn + 1
    assert alone(lambda: Meeting.objects.get().item.place) == 1


def test_what_a_device_sends_twice_at_the_same_instant_is_kept_once(shared, caplog):
    house, planted = alone(begun)
    address = reverse("deliberation:meeting_send", args=[planted["meeting"].pk])
    clients = [alone(lambda: browser(house.nour)) for _turn in range(3)]
    statement = alone(lambda: planted["question"].statements.shown().get())
    common = {"by": str(house.nour.pk), "session": "m"}
    entries = [
        {
            **common, "key": str(uuid4()), "what": "hands", "statement": str(statement.pk),
            "present": "12", "agree": "7", "disagree": "2", "unsure": "1", "seen": "0",
        },
        {
            **common, "key": str(uuid4()), "what": "said", "words": "Trop vite", "aspect": "reason",
            "language": "fr", "statement": "",
        },
    ]  # fmt: skip
    body = json.dumps({"entries": entries})

    answers = in_threads(
        *(lambda c=c: c.post(address, body, content_type="application/json") for c in clients)
    )

    assert [answer.status_code for answer in answers] == [200] * 3, faults(caplog)
    for answer in answers:
        assert [one["is"] for one in answer.json()["answers"]] == ["kept", "kept"]
    assert alone(ShowOfHands.objects.count) == 1
    assert alone(Sentence.objects.count) == 1


def test_counts_of_two_facilitators_at_the_same_instant_both_stand(shared, caplog):
    """Neither had seen the other's: nothing is replaced in silence."""
    house, planted = alone(begun)
    address = reverse("deliberation:facilitate", args=[planted["meeting"].pk])
    statement = alone(lambda: planted["question"].statements.shown().get())
    given = {"what": "hands", "statement": str(statement.pk), "present": "12", "unsure": "0"}
    clients = [alone(lambda m=m: browser(m)) for m in (house.nour, house.bram)]

    answers = in_threads(
        *(
            lambda c=c, n=n: c.post(address, {**given, "agree": str(n), "disagree": "2"})
            for n, c in enumerate(clients, start=6)
        )
    )

    assert [answer.status_code for answer in answers] == [302, 302], faults(caplog)
    assert alone(ShowOfHands.objects.standing().count) == 2
