"""Recounting from what is published alone; and two sworn counters, who see the table together."""

import csv
import io
import itertools
from collections import defaultdict
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.deliberation.actions import counting, questions, voices
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, Question, Release, SwornCounter
from relier.journal.models import Line
from tests import factories as make

from .stories import opened, pile, prepared, speak, telephone, tickets

ROWS = [{1: 1 if n % 2 else -1, 2: 1, 3: n % 3 - 1, 4: 1 if n % 4 else -1} for n in range(24)]


# --- anyone ---------------------------------------------------------------------------------------


def published(question, client):
    """The file, as anyone reads it: release -> its voices, its statements, its receipts."""
    answer = client.get(reverse("deliberation:releases_csv", args=[question.pk]))
    lines = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    found = defaultdict(lambda: {"voices": 0, "statements": {}, "receipts": []})
    for line in lines:
        release = found[int(line["release"])]
        if line["what"] == "voices":
            release["voices"] = int(line["number"])
        elif line["what"] == "statement":
            names = ("agree", "disagree", "pass", "unclear", "unseen")
            exact = line["told"] == "exact"
            release["statements"][line["number"]] = (
                [int(line[name]) for name in names] if exact else line["told"]
            )
        else:
            release["receipts"].append(line["number"])
    return [found[number] for number in sorted(found)]


def test_from_the_published_file_alone_anyone_recounts(house, enter):
    question = opened(house.nour)
    for ticket, row in zip(tickets(question, house.nour, count=24), ROWS, strict=True):
        voices.give_voice(ticket, row)
        release_if_due(question)
    questions.close(question, by=make.actor(house.nour))
    nour = enter(house.nour)

    batches = published(question, nour)

    assert len(batches) >= 3
    for one in batches:
        assert len(set(one["receipts"])) == len(one["receipts"]) == one["voices"]
        assert one["receipts"] == sorted(one["receipts"])
        for said in one["statements"].values():
            assert isinstance(said, str) or sum(said) == one["voices"]
    for before, after in itertools.pairwise(batches):
        assert set(before["receipts"]) < set(after["receipts"])
        assert after["voices"] - before["voices"] >= 5
        for number, said in after["statements"].items():
            was = before["statements"][number]
            if isinstance(said, list) and isinstance(was, list):
                more = sum(said[:4]) - sum(was[:4])
                assert said[:4] == was[:4] or more >= 5
    last = nour.get(reverse("deliberation:results_json", args=[question.pk])).json()
    assert batches[-1]["receipts"] == last["receipts"]
    for one in last["found"]["statements"]:
        names = ("agree", "disagree", "pass", "unclear", "unseen")
        assert batches[-1]["statements"][one["id"]] == [one[name] for name in names]
    assert [sum(row.get(1) == 1 for row in ROWS), sum(row.get(1) == -1 for row in ROWS)] == batches[
        -1
    ]["statements"]["1"][:2]


def test_what_may_not_be_told_is_in_no_line_of_the_file(house, enter):
    question = opened(house.nour)
    speak(question, house.nour, [{1: 1, 2: 1 if n % 2 else -1} for n in range(6)])
    speak(question, house.nour, [{3: 1}])
    questions.close(question, by=make.actor(house.nour))

    (last,) = published(question, enter(house.nour))

    assert last["statements"]["1"] == "words agree"
    assert last["statements"]["3"] == "hidden"
    assert last["statements"]["2"] == [3, 3, 0, 0, 1]


def test_whoever_holds_a_card_has_the_same_file(house, enter):
    question = opened(house.nour)
    speak(question, house.nour, ROWS[:12])
    client = telephone(pile(question, house.nour)[0])

    of_voices = client.get(reverse("voice:releases")).content
    assert of_voices == enter(house.nour).get(
        reverse("deliberation:releases_csv", args=[question.pk])
    ).content  # fmt: skip
    assert b"receipt" in of_voices


def test_the_page_of_recounting_says_how_and_costs_as_much_however_many_batches(
    house, enter, django_assert_num_queries
):
    question = opened(house.nour)
    nour, address = enter(house.nour), reverse("deliberation:recount", args=[question.pk])
    assert "Nothing is published yet" in nour.get(address).content.decode()
    speak(question, house.nour, ROWS[:10])
    release_if_due(question)
    nour.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as once:
        nour.get(address)
    for number in range(2, 30):
        last = Release.objects.of(question).last()
        last.pk, last.number = None, number
        last.save()
    with django_assert_num_queries(len(once)):
        page = nour.get(address).content.decode()
    assert page.count("Batch ") == 29


# --- two sworn counters ---------------------------------------------------------------------------


@pytest.fixture
def counted(house, enter):
    """A question that Bram and Rosa count, closed, of twelve voices."""
    question = prepared(house.coordinator)
    named(enter, house, question)
    question = questions.open_question(question, by=make.actor(house.coordinator))
    speak(question, house.nour, ROWS[:12])
    return questions.close(question, by=make.actor(house.nour))


def named(enter, house, question, first=None, second=None):
    first, second = first or house.bram, second or house.reception
    return enter(house.coordinator).post(
        reverse("deliberation:counters", args=[question.pk]),
        {"first": first.pk, "second": second.pk},
    )


def address(question, name="table"):
    return reverse(f"deliberation:{name}", args=[question.pk])


def test_two_members_are_named_before_it_opens_and_everyone_reads_who(house, enter):
    question = prepared(house.nour)
    same = named(enter, house, question, house.bram, house.bram)
    assert "Name two different people." in same.content.decode()
    assert named(enter, house, question).status_code == 302
    named(enter, house, question)

    assert SwornCounter.objects.count() == 2
    page = enter(house.nour).get(reverse("deliberation:question", args=[question.pk]))
    assert "Bram" in page.content.decode()
    assert "Rosa" in page.content.decode()
    assert Line.objects.filter(kind="deliberation.counters_named").count() == 1


def test_only_who_coordinates_names_them_and_nobody_once_it_is_open(house, enter):
    question = prepared(house.nour)
    assert enter(house.nour).get(address(question, "counters")).status_code == 404
    questions.open_question(question, by=make.actor(house.nour))

    assert named(enter, house, question).status_code == 302
    assert not SwornCounter.objects.exists()


def test_a_member_of_another_centre_counts_nothing(house, enter):
    question = prepared(house.nour)
    named(enter, house, question, house.zoe, house.bram)

    assert not SwornCounter.objects.exists()


def test_one_alone_sees_nothing_and_both_see_every_voice_without_its_receipt(house, enter, counted):
    bram, rosa = enter(house.bram), enter(house.reception)
    bram.post(address(counted, "table_open"))
    alone = bram.get(address(counted)).content.decode()
    assert "<table" not in alone
    assert "has not opened it yet" in alone
    rosa.post(address(counted, "table_open"))

    page = rosa.get(address(counted))
    text = page.content.decode()
    assert text.count("<tr>") == 1 + 12
    assert "as published" in text
    assert "otherwise than published" not in text
    assert "no-store" in page["Cache-Control"]
    assert "never-printed" in text
    for receipt in Ballot.objects.values_list("receipt", flat=True):
        assert receipt[:5] not in text
    assert bram.get(address(counted)).content.decode().count("<tr>") == 13
    assert Line.objects.filter(kind="deliberation.table_opened").count() == 2


def test_the_order_of_the_lines_is_that_of_what_they_say(house, enter, counted):
    for member in (house.bram, house.reception):
        enter(member).post(address(counted, "table_open"))
    by = make.actor(house.bram)

    first = counting.table_of(counted, by=by)
    assert first == sorted(first, key=lambda row: sorted((int(n), said) for n, said in row.items()))
    assert sorted(map(str, first)) == sorted(
        str({str(number): said for number, said in row.items()}) for row in ROWS[:12]
    )


def test_half_an_hour_later_both_open_it_again(house, enter, counted):
    for member in (house.bram, house.reception):
        enter(member).post(address(counted, "table_open"))
    SwornCounter.objects.filter(member=house.reception).update(
        opened_at=timezone.now() - timedelta(minutes=31)
    )

    assert "<table" not in enter(house.bram).get(address(counted)).content.decode()


def test_nobody_else_finds_the_table_and_a_counter_says_again_who_they_are(house, enter, counted):
    for member in (house.nour, house.coordinator, house.zoe):
        client = enter(member)
        assert client.get(address(counted)).status_code == 404
        assert client.post(address(counted, "table_open")).status_code == 404
    long_ago = Client()
    long_ago.force_login(house.bram.user)
    assert long_ago.get(address(counted)).status_code == 302
    assert long_ago.post(address(counted, "table_open")).status_code == 302
    assert not SwornCounter.objects.exclude(opened_at=None).exists()


def test_before_the_end_and_under_ten_voices_it_opens_to_nobody(house, enter):
    question = prepared(house.nour)
    named(enter, house, question)
    question = questions.open_question(question, by=make.actor(house.nour))
    speak(question, house.nour, ROWS[:9])
    bram = enter(house.bram)
    for client in (bram, enter(house.reception)):
        client.post(address(question, "table_open"))
    assert "once the question is over" in bram.get(address(question)).content.decode()
    questions.close(Question.objects.get(pk=question.pk), by=make.actor(house.nour))
    for client in (bram, enter(house.reception)):
        client.post(address(question, "table_open"))

    assert "Fewer than ten voices" in bram.get(address(question)).content.decode()
    assert not SwornCounter.objects.exclude(opened_at=None).exists()


def test_what_each_found_is_published_with_their_name(house, enter, counted):
    bram, rosa = enter(house.bram), enter(house.reception)
    early = bram.post(address(counted), {"said": "agrees"})
    assert early.url == address(counted)
    for client in (bram, rosa):
        client.post(address(counted, "table_open"))
    bram.post(address(counted), {"said": "agrees"})
    rosa.post(address(counted), {"said": "differs", "words": "Statement 2 has one more."})

    for name in ("results", "recount", "question"):
        text = enter(house.nour).get(address(counted, name)).content.decode()
        assert "it agrees" in text, name
        assert "it does not agree: Statement 2 has one more." in text, name
    lines = Line.objects.filter(kind="deliberation.count_checked")
    assert lines.count() == 2


def test_a_count_that_was_changed_in_the_database_is_seen(house, enter, counted):
    release_if_due(counted)
    last = Release.objects.of(counted).last()
    last.counts["1"]["agree"] += 1
    last.save()
    for member in (house.bram, house.reception):
        enter(member).post(address(counted, "table_open"))

    assert "otherwise than published" in enter(house.bram).get(address(counted)).content.decode()


def test_the_table_is_in_no_file(house, enter, counted):
    for member in (house.bram, house.reception):
        enter(member).post(address(counted, "table_open"))
    bram = enter(house.bram)
    for name in ("results_csv", "results_json", "releases_csv"):
        text = bram.get(address(counted, name)).content.decode()
        rows = [line for line in text.splitlines() if line.startswith(("1;", '"1"'))]
        assert len([row for row in rows if "statement" in row]) <= 4, name
