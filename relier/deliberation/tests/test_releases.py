"""What may be told of voices: when figures move, of whom, and what is never told."""

import itertools
import json
from random import Random

import pytest
from django.urls import reverse

from relier.deliberation import results
from relier.deliberation.actions import questions, releases, voices
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, Release, Sentence
from relier.deliberation.opinions import releases as of_the_engine
from relier.deliberation.opinions.page import unknown
from relier.deliberation.rules import batches, telling
from tests import factories as make

from .stories import WORDS, opened, pile, speak, telephone, tickets

AGREE, DISAGREE, PASS = 1, -1, 0
MIXED = [
    {1: AGREE, 2: AGREE if n % 2 else DISAGREE, 3: PASS if n % 3 else AGREE, 4: DISAGREE}
    for n in range(12)
]


def close(question, member):
    return questions.close(question, by=make.actor(member))


def test_nothing_is_told_before_ten_have_spoken_and_then_of_five(house):
    question = opened(house.nour)
    given = tickets(question, house.nour, count=10)
    made = []
    for ticket, row in zip(given, MIXED, strict=False):
        voices.give_voice(ticket, row)
        made.append(release_if_due(question))

    assert made[:9] == [None] * 9
    assert made[9].voices == batches.FEWEST
    assert Ballot.objects.filter(counted__isnull=True).count() == batches.FEWEST


@pytest.mark.parametrize("seed", range(3))
def test_whenever_one_looks_no_two_releases_differ_by_fewer_than_five(house, seed):
    chance, question = Random(seed), opened(house.nour)
    given = tickets(question, house.nour, count=chance.randint(20, 40))
    for number, ticket in enumerate(given):
        voices.give_voice(ticket, MIXED[number % 12])
        if chance.random() < 0.3:  # someone changes their mind
            voices.give_voice(chance.choice(given[: number + 1]), MIXED[chance.randrange(12)])
        release_if_due(question, chance=chance)
    question = close(question, house.nour)
    release_if_due(question)

    published = [set(one.receipts) for one in Release.objects.of(question)]
    assert len(published) >= 3
    for before, after in [(set(), published[0]), *itertools.pairwise(published)]:
        assert before < after
        assert len(after - before) >= batches.FEWEST
    assert len(published[-1]) == len(given)


def test_released_figures_are_always_those_of_a_recount(house):
    question = opened(house.nour)
    speak(question, house.nour, MIXED)
    first = release_if_due(question)
    rows = list(Ballot.objects.exclude(counted__isnull=True).values_list("receipt", "counted"))

    assert first.receipts == sorted(receipt for receipt, _row in rows)
    numbers = [int(number) for number in first.counts]
    assert first.counts == telling.totals_of([row for _receipt, row in rows], numbers)
    for one in first.document["statements"]:
        assert first.counts[one["id"]] == {name: one[name] for name in telling.NAMES.values()}


def test_at_the_end_every_voice_is_counted_and_figures_move_no_more(house):
    question = opened(house.nour)
    speak(question, house.nour, MIXED[:7])
    question = close(question, house.nour)

    last = release_if_due(question)

    assert last.is_final
    assert last.voices == 7
    assert not Ballot.objects.filter(waits=True).exists()
    assert release_if_due(question) is None


def test_a_question_that_nobody_answered_is_told_so(house, enter):
    question = close(opened(house.nour), house.nour)

    assert release_if_due(question) is None
    page = enter(house.nour).get(reverse("deliberation:results", args=[question.pk]))
    assert "Nothing can be told yet" in page.content.decode()


def test_in_any_order_the_same_voices_give_the_same_bytes(house):
    told = []
    for seed in range(2):
        question = opened(house.nour)
        rows = list(MIXED)
        Random(seed).shuffle(rows)
        speak(question, house.nour, rows)
        release = release_if_due(close(question, house.nour))
        told.append(json.dumps([release.document, release.counts], sort_keys=True))

    assert told[0] == told[1]


def test_a_release_is_dropped_when_another_was_made_meanwhile(house, monkeypatch):
    question = opened(house.nour)
    speak(question, house.nour, MIXED)
    release_once = releases._release

    def while_a_colleague_looks(*about, **more):
        monkeypatch.setattr(releases, "_release", release_once)
        assert release_if_due(question) is not None
        return release_once(*about, **more)

    monkeypatch.setattr(releases, "_release", while_a_colleague_looks)

    assert release_if_due(question) is None
    assert Release.objects.count() == 1


def test_kinds_are_told_apart_only_at_the_end_and_only_from_five_on(house):
    def by_kind(workers):
        question = opened(house.nour)
        speak(question, house.nour, MIXED[:8])
        speak(question, house.nour, MIXED[4 : 4 + workers], kind="worker")
        before = release_if_due(question)
        assert before is None or before.by_kind is None
        return release_if_due(close(question, house.nour)).by_kind

    assert by_kind(4) is None
    assert by_kind(6)["voices"] == {"accompanied": 8, "worker": 6}


def test_a_kind_that_is_of_one_mind_is_told_in_words_or_not_at_all():
    def told(one, other):
        totals = {
            kind: {"1": {"agree": agree, "disagree": disagree, "pass": 0, "unclear": 0}}
            for kind, (agree, disagree) in {"accompanied": one, "worker": other}.items()
        }
        return telling.by_kind(totals, {"accompanied": sum(one), "worker": sum(other)})

    assert told((6, 2), (3, 3))["statements"]["1"]["told"] == "exact"
    assert told((6, 0), (3, 3))["statements"]["1"]["told"] in {"words", "hidden"}
    assert "agree" not in told((6, 0), (3, 3))["statements"]["1"].get("accompanied", {})
    assert told((6, 2), (3, 1)) is None


@pytest.mark.parametrize(
    ("counts", "how"),
    [
        ((4, 0, 0, 0), "hidden"), ((2, 2, 0, 0), "hidden"), ((5, 0, 0, 0), "words"),
        ((0, 0, 9, 0), "words"), ((10, 0, 0, 0), "exact"), ((4, 1, 0, 0), "words"),
        ((3, 2, 0, 0), "exact"), ((8, 0, 1, 0), "words"), ((9, 1, 0, 0), "exact"),
    ],
)  # fmt: skip
def test_a_total_under_five_is_hidden_and_one_of_nearly_one_mind_under_ten_is_in_words(counts, how):
    totals = dict(zip(telling.NAMES.values(), counts, strict=True))

    assert telling.how(totals) == how


def test_the_thresholds_are_those_of_the_engine():
    assert telling.FEWEST == batches.FEWEST == of_the_engine.FEWEST
    assert of_the_engine.TEN == telling.TEN


def test_neither_page_nor_file_holds_a_figure_that_may_not_be_told(house, enter):
    question = opened(house.nour)
    # Four answer the second statement, six agree with the third, all of them.
    rows = [{1: AGREE if n % 2 else DISAGREE, 3: AGREE} for n in range(6)]
    for row in rows[:4]:
        row[2] = DISAGREE
    speak(question, house.nour, rows)
    question = close(question, house.nour)
    nour = enter(house.nour)

    page = nour.get(reverse("deliberation:results", args=[question.pk])).content.decode()
    found = json.loads(nour.get(reverse("deliberation:results_json", args=[question.pk])).content)
    table = nour.get(reverse("deliberation:results_csv", args=[question.pk])).content.decode()

    second, third = found["found"]["statements"][1:3]
    assert (second["agree"], second["disagree"], second["unseen"]) == (None, None, None)
    assert (third["agree"], third["word"]) == (None, "agree")
    assert "Nearly all those who answered agree." in page
    assert "Too few people answered" in page
    assert "digest" not in found["found"]
    assert "statement;2;" in table.replace('"', "")
    assert ";;;;;hidden" in table
    assert found["receipts"] == sorted(found["receipts"])
    assert len(found["receipts"]) == 6


def test_what_is_not_known_yet_is_said(house):
    question = opened(house.nour)
    speak(
        question, house.nour, [{**row, 3: PASS if n < 6 else AGREE} for n, row in enumerate(MIXED)]
    )
    release_if_due(close(question, house.nour))
    found = results.results_of(question, "en")

    assert "3" in {one["id"] for one in unknown(found.document)}
    assert any("What we do not know yet" in one for one in found.sections())


def test_a_sentence_is_read_by_nobody_before_five_have_come(house):
    question = opened(house.nour)
    given = tickets(question, house.nour)
    for number in range(4):
        voices.give_sentence(
            given[number], f"Reason {number}", aspect="reason", language="en",
            may_be_published=True,
        )  # fmt: skip
    assert releases.let_sentences_out(question) == 0
    voices.give_sentence(
        given[4], "Reason 4", aspect="reason", language="en", may_be_published=True
    )

    assert releases.let_sentences_out(question) == 5
    assert Sentence.objects.filter(is_out=True).count() == 5


def test_a_small_kind_is_whole_and_uncounted_where_its_authors_agreed(house, enter):
    question = opened(house.nour)
    speak(question, house.nour, MIXED[:9], kind="worker")
    given = speak(question, house.nour, MIXED[:3])
    for number, ticket in enumerate(given):
        voices.give_sentence(
            ticket, f"I am afraid of bills {number}.", aspect="reason", language="en",
            may_be_published=number < 2,
        )  # fmt: skip
    question = close(question, house.nour)
    release = release_if_due(question)
    nour = enter(house.nour)
    to_read = nour.get(reverse("deliberation:sentences", args=[question.pk]))
    for one in Sentence.objects.all():
        assert one.words in to_read.content.decode()
        nour.post(
            reverse("deliberation:sentences", args=[question.pk]),
            {"sentence": one.pk, "state": "shown", "heading": "fear"},
        )

    page = nour.get(reverse("deliberation:results", args=[question.pk]))
    text = page.content.decode()

    assert release.by_kind is None
    assert "I am afraid of bills 0." in text
    assert "I am afraid of bills 1." in text
    assert "I am afraid of bills 2." not in text
    assert "people accompanied" in text


def test_a_sentence_that_waits_is_read_by_no_member_and_one_withheld_by_nobody_else(house, enter):
    question = opened(house.nour)
    given = tickets(question, house.nour)
    address = reverse("deliberation:sentences", args=[question.pk])
    nour = enter(house.nour)

    def write(numbers):
        for number in numbers:
            voices.give_sentence(
                given[number], f"Reason {number}", aspect="try", language="en",
                may_be_published=True,
            )  # fmt: skip

    write(range(4))
    assert "Reason 0" not in nour.get(address).content.decode()
    waiting = Sentence.objects.first()
    answer = nour.post(address, {"sentence": waiting.pk, "state": "shown"})
    assert answer.status_code == 404
    write(range(4, 5))
    assert "Reason 0" in nour.get(address).content.decode()
    one, other = Sentence.objects.order_by("words")[:2]
    nour.post(address, {"sentence": one.pk, "state": "withheld"})
    nour.post(address, {"sentence": other.pk, "state": "shown", "heading": "the room"})
    speak(question, house.nour, MIXED)

    page = nour.get(reverse("deliberation:results", args=[question.pk])).content.decode()
    assert one.words not in page
    assert other.words in page
    assert "the room" in page


def test_whoever_holds_a_card_reads_the_same_results_in_one_breath(house):
    import gzip

    question = opened(house.nour)
    speak(question, house.nour, MIXED)
    client = telephone(pile(question, house.nour)[0])

    page = client.get("/voice/results/")
    assert "In short" in page.content.decode()
    assert len(gzip.compress(page.content, 6)) <= 10_240
    listed = client.get("/voice/results/numbers/").content.decode()
    assert listed.count("<li>") == Release.objects.get().voices


def test_the_sheet_for_the_wall_is_one_page_in_plain_words(house, enter):
    import io

    from pypdf import PdfReader

    question = opened(house.nour)
    speak(question, house.nour, MIXED)
    close(question, house.nour)
    answer = enter(house.nour).get(reverse("deliberation:wall", args=[question.pk]))

    read = PdfReader(io.BytesIO(answer.content))
    assert len(read.pages) == 1
    assert WORDS in read.pages[0].extract_text().replace("\n", " ")
    assert read.root_object["/MarkInfo"]["/Marked"]


def test_what_to_collect_next_is_said_to_those_who_run_it_and_not_to_those_who_answer(house, enter):
    question = opened(house.nour)
    speak(question, house.nour, MIXED[:10])
    client = telephone(pile(question, house.nour)[0])
    address = reverse("deliberation:results", args=[question.pk])

    run_it = enter(house.nour).get(address, headers={"accept-language": "en"}).content.decode()
    answer = client.get("/voice/results/").content.decode()

    assert "In short" in answer
    for advice in ("Ask on more statements", "at least fifteen"):
        assert advice in run_it
        assert advice not in answer
    for advice in ("Ask more people", "Ask everyone"):
        assert advice not in answer
