"""What is written down while a meeting is held: raised hands, words of nobody, from a page or from
a device that comes back."""

from uuid import uuid4

import pytest
from django.apps import apps

from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Sentence, ShowOfHands
from relier.journal.models import Line

from .stories import opened, pile, telephone
from .test_meetings import at, begun, goes_to, hand, read


def said(words, **more):
    return {
        "what": "said", "words": words, "aspect": "reason", "language": "fr", "statement": "",
        "may_be_published": "on", "form_key": str(uuid4()), **more,
    }  # fmt: skip


def test_hands_are_on_the_screen_once_they_are_written_down(house, enter):
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    goes_to(meeting, house.nour, "hands")
    before = read(nour, "screen", meeting)

    nour.post(at("facilitate", meeting), hand(question))

    assert "7 agree" not in before
    assert "7 agree, 3 disagree, 1 do not know." in read(nour, "screen", meeting)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"agree": "1", "disagree": "1"}, "Fewer than five hands are not written down"),
        ({"agree": "12"}, "There are more hands than people in the room."),
        ({"statement": "x"}, "Select a valid choice"),
        ({"agree": "²"}, "Enter a whole number"),
    ],
)
def test_hands_that_are_wrong_are_refused_with_why_and_stay_typed(house, enter, given, told):
    question = opened(house.nour)

    page = enter(house.nour).post(
        at("facilitate", begun(question, house.nour)), hand(question, **given)
    )

    assert told in page.content.decode()
    assert 'value="12"' in page.content.decode()
    assert not ShowOfHands.objects.exists()


def test_sentences_of_the_room_are_of_nobody_and_wait_for_one_another(house, enter):
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    for number in range(4):
        nour.post(at("facilitate", meeting), said(f"Sentence {number}"))
    release_if_due(question)
    waiting = Sentence.objects.filter(is_out=False).count()
    nour.post(at("facilitate", meeting), said("Sentence 4"))
    release_if_due(question)

    assert waiting == 4
    assert Sentence.objects.filter(is_out=True, kind="").count() == 5


def test_four_sentences_of_a_room_never_bring_out_the_one_that_came_by_card(house, enter):
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    for number in range(6):
        nour.post(at("facilitate", meeting), said(f"Sentence {number}"))
    (code, *_others) = pile(question, house.nour)
    telephone(code).post("/voice/sentence/", {"words": "I alone", "aspect": "reason"})
    release_if_due(question)

    assert not Sentence.objects.get(words="I alone").is_out
    assert Sentence.objects.filter(is_out=True).count() == 6


def test_a_sentence_of_the_room_is_told_as_such(house, enter):
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    for number in range(5):
        nour.post(at("facilitate", meeting), said(f"Sentence {number}"))
    release_if_due(question)

    assert read(nour, "sentences", question).count("said in the room") == 5


def test_the_same_words_sent_twice_are_one_sentence(house, enter):
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    for _time in range(2):
        nour.post(at("facilitate", meeting), said("We need   more time"))

    assert Sentence.objects.get().words == "We need more time"
    assert Line.objects.filter(kind="deliberation.sentence_noted").count() == 1


def test_nothing_leads_from_a_sentence_of_the_room_to_anyone(house, enter):
    """By brute force: its words and its key stand in no other table, and it has no author."""
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    nour.post(at("facilitate", meeting), said("Un mot que rien d’autre ne dit"))
    sentence = Sentence.objects.get()

    for model in apps.get_models():
        if model is Sentence:
            continue
        for field in model._meta.concrete_fields:
            values = map(str, model._base_manager.values_list(field.attname, flat=True))
            assert not {sentence.words, str(sentence.pk)} & set(values), field
    assert about(Sentence) == {"question", "statement", "heading"}


def about(model):
    return {field.name for field in model._meta.get_fields() if field.many_to_one}


def test_hands_sent_again_by_the_browser_are_one_count(house, enter):
    question = opened(house.nour)
    meeting, nour, given = begun(question, house.nour), enter(house.nour), hand(question)

    for _time in range(2):
        nour.post(at("facilitate", meeting), given)

    assert ShowOfHands.objects.count() == 1


# --- what a device sends --------------------------------------------------------------------------


def send(client, meeting, *entries):
    return client.post(
        at("meeting_send", meeting), {"entries": list(entries)}, content_type="application/json"
    )


def entry(member, form, **more):
    return {**form, "key": form["form_key"], "by": str(member.pk), "session": "m", **more}


def test_what_a_device_sends_is_kept_once_and_answered_for(house, enter):
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    some = entry(house.nour, hand(question)), entry(house.nour, said("Trop vite"))

    answers = [send(nour, meeting, *some).json()["answers"] for _time in range(3)]

    assert [one["is"] for one in answers[0]] == ["kept", "kept"]
    assert answers[0] == answers[1] == answers[2]
    assert (ShowOfHands.objects.count(), Sentence.objects.count()) == (1, 1)
    assert nour.get(at("meeting_send", meeting)).json()["member"] == str(house.nour.pk)


def test_what_is_refused_says_why_and_the_rest_is_kept(house, enter):
    question = opened(house.nour)
    meeting, nour = begun(question, house.nour), enter(house.nour)
    few = entry(house.nour, hand(question, agree="1", disagree="0", unsure="0"))
    others = entry(house.bram, said("De Bram"))
    strange = {"key": "k", "by": str(house.nour.pk), "what": "song"}

    found = send(nour, meeting, few, others, strange, entry(house.nour, said("Trop vite"))).json()

    assert [one["is"] for one in found["answers"]] == ["refused"] * 3 + ["kept"]
    assert "Fewer than five hands" in found["answers"][0]["why"]
    assert "Someone else wrote this" in found["answers"][1]["why"]
    assert not ShowOfHands.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{", b'{"entries": 3}', b'{"entries": [3]}', b'{"entries": [null]}',
     b'{"entries": [' + b"{}," * 60 + b"{}]}", b"\xff\xfe", b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_list_of_entries_is_refused(house, enter, body):
    meeting = begun(opened(house.nour), house.nour)

    answer = enter(house.nour).post(
        at("meeting_send", meeting), body, content_type="application/json"
    )

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "more", [{"words": {"a": 1}}, {"words": "\x00\x00\x00"}, {"key": 7}, {"statement": "1'--"}]
)
def test_an_entry_of_anything_is_answered_for(house, enter, more):
    meeting = begun(opened(house.nour), house.nour)

    answer = send(enter(house.nour), meeting, entry(house.nour, said("Trop vite"), **more))

    assert answer.json()["answers"][0]["is"] in {"refused", "kept"}
