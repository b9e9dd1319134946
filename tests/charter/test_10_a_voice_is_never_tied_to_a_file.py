"""A voice is never tied to a file. Deliberation cannot reach people, by import, key, timestamp or
account; and whoever holds the whole database finds no two columns that join a voice to anyone."""

import re
from statistics import mean
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from relier.deliberation.actions import doors, papers, questions, voices
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import (
    Ballot,
    PaperPile,
    Release,
    Sentence,
    Statement,
    VoiceCard,
    Wording,
)
from relier.deliberation.tests.stories import (
    as_it_lies,
    opened,
    pile,
    speak,
    telephone,
    tickets,
)
from relier.journal.models import Line
from relier.paper.models import BallotPage, BallotSheet
from relier.privacy.actions import cards as of_people
from tests import factories as make
from tests import paper_voices

# Rows that come from a voice. A statement may: who proposed it is written nowhere.
VOICES = (Ballot, Sentence)
SILENT = (*VOICES, VoiceCard, Release, Statement, Wording)
ROWS = [
    {1: 1 if n % 2 else -1, 2: 1, 3: 0 if n % 3 else 1, 4: -1 if n < 7 else 1} for n in range(12)
]


def ours():
    return [one for one in apps.get_models() if one.__module__.startswith("relier.")]


# --- keys -----------------------------------------------------------------------------------------

# A question is of a centre, is facilitated by a member, is asked to a team: of nobody accompanied.
KNOWN = {"centres", "accounts"}


def neighbours(model):
    """The models that a foreign key joins to this one, whichever of the two holds it."""
    for field in model._meta.get_fields(include_hidden=True):
        if field.is_relation and field.related_model:
            yield field.related_model


@pytest.mark.parametrize("begins", [Ballot, Sentence, VoiceCard])
def test_10_no_chain_of_keys_leads_from_a_voice_to_a_person(begins):
    reached, to_see = {begins}, [begins]
    while to_see:
        for other in neighbours(to_see.pop()):
            if other not in reached:
                reached.add(other)
                if other._meta.app_label not in KNOWN:
                    to_see.append(other)

    rooms = {one._meta.app_label for one in reached}
    assert rooms <= {"deliberation", *KNOWN}
    assert {"deliberation", "centres"} <= rooms


def test_no_chain_of_keys_leads_from_a_card_to_a_ballot_but_through_the_question():
    for model in (Ballot, VoiceCard):
        near = {
            one._meta.label for one in neighbours(model) if one._meta.app_label == "deliberation"
        }
        assert near <= {"deliberation.Question", "deliberation.CardBatch"}, model


# --- hours and order ------------------------------------------------------------------------------


def test_no_column_of_a_voice_holds_a_day_an_hour_or_a_count_of_arrivals():
    for model in SILENT:
        for field in model._meta.concrete_fields:
            assert not isinstance(field, models.DateField | models.TimeField), field
    for model in (*VOICES, VoiceCard):
        assert not isinstance(model._meta.pk, models.AutoField), model


def test_the_database_itself_does_not_say_which_voice_came_first(house):
    places = []
    for _room in range(25):
        question = opened(house.nour)
        given = [ticket.receipt for ticket in speak(question, house.nour, ROWS[:6])]
        lies = [one for one in as_it_lies(Ballot, "receipt") if one in given]
        places.append(lies.index(given[-1]))

    # Where the last one lies: anywhere (uniform on 0..5: 2.5, and 0.34 of error over 25 rooms).
    assert 1.3 < mean(places) < 3.7
    assert len(set(places)) >= 4


def test_after_a_release_every_row_lies_anew(house):
    question = opened(house.nour)
    speak(question, house.nour, ROWS)
    before, keys = as_it_lies(Ballot, "receipt"), set(Ballot.objects.values_list("pk", flat=True))
    release_if_due(question)

    assert as_it_lies(Ballot, "receipt") != before
    assert not keys & set(Ballot.objects.values_list("pk", flat=True))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
def test_on_postgresql_all_that_wait_were_written_by_one_transaction(house):
    question = opened(house.nour)
    speak(question, house.nour, ROWS)

    assert len(set(as_it_lies(Ballot, "xmin"))) == 1


def test_exports_hold_no_hour(house, enter):
    question = opened(house.nour)
    speak(question, house.nour, ROWS)
    questions.close(question, by=make.actor(house.nour))
    nour = enter(house.nour)

    for name in ("results_json", "results_csv"):
        said = nour.get(reverse(f"deliberation:{name}", args=[question.pk])).content.decode()
        assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", said), name
        assert str(ROWS[0]) not in said


# --- everything joined with everything ------------------------------------------------------------

# Why a sentence stands beside a statement: it says what it is about. It is no link to its author.
ABOUT = {("deliberation.Sentence", "statement_id")}
# Not about anyone: what is asked, and what is told of it.
NOBODY = {"Ballot", "Sentence", "Question", "Statement", "Wording", "Release", "Heading"}


def columns(model):
    """Column -> its values as text, row by row, whatever Python makes of them."""
    for field in model._meta.concrete_fields:
        rows = model._base_manager.values_list(field.attname, flat=True)
        yield field.attname, [str(value) for value in rows]


def test_no_pair_of_columns_joins_a_voice_to_anyone(house, enter):
    """By brute force over the whole database: no value that stands for fewer than five voices is
    found anywhere else, whole, but in the tables of what is asked."""
    question = opened(house.nour)
    nour = enter(house.nour)
    for kind in ("accompanied", "worker"):
        for number, code in enumerate(pile(question, house.nour, kind=kind, count=8)[:6]):
            # On the very browser of a member, some of them.
            browser = nour if number == 0 else telephone(code)
            browser.get(reverse("voice:exchange", args=[code]))
            for statement, answer in ROWS[number].items():
                said = {1: "agree", -1: "disagree", 0: "pass"}[answer]
                browser.post(f"/voice/s/{statement}/", {"answer": said})
            browser.post("/voice/review/")
            browser.post("/voice/sentence/", {"words": f"{kind} {number}", "aspect": "reason"})
    doors.knock("7K3MQ-9XT2H-FD8CB", address="1.2.3.4")
    release_if_due(question)
    assert (Ballot.objects.count(), Sentence.objects.count()) == (12, 12)

    elsewhere = {}
    for model in apps.get_models():
        if not (model._meta.app_label == "deliberation" and model.__name__ in NOBODY):
            for name, values in columns(model):
                elsewhere[f"{model._meta.label}.{name}"] = set(values)
    joins = [
        f"{model._meta.label}.{name} = {other}"
        for model in VOICES
        for name, values in columns(model)
        if (model._meta.label, name) not in ABOUT
        for other, known in elsewhere.items()
        if {value for value in values if values.count(value) < 5} & known
    ]
    assert len(elsewhere) > 300
    assert joins == []


def test_a_voice_writes_no_line_in_the_journal_and_touches_no_card(house):
    question = opened(house.nour)
    given = tickets(question, house.nour)
    cards, lines = list(VoiceCard.objects.order_by("pk").values()), Line.objects.count()
    for ticket, row in zip(given, ROWS, strict=False):
        voices.give_voice(ticket, row)
    voices.give_sentence(given[0], "Why.", aspect="reason", language="en", may_be_published=False)
    release_if_due(question)

    assert Line.objects.count() == lines
    assert list(VoiceCard.objects.order_by("pk").values()) == cards


def test_an_account_is_in_no_row_and_no_cookie_of_a_voice(house, enter):
    question = opened(house.nour)
    code = pile(question, house.nour)[0]
    nour = enter(house.nour)
    answers = [
        nour.get(reverse("voice:exchange", args=[code])),
        nour.post("/voice/s/1/", {"answer": "agree"}),
        nour.post("/voice/review/"),
        nour.get("/voice/given/"),
    ]
    session = nour.session.session_key
    for answer in answers:
        said = answer.content.decode() + str(answer.cookies)
        for theirs in (session, str(house.nour.pk), str(house.nour.user.pk), house.nour.user.email):
            assert theirs not in said


def test_guesses_of_voice_cards_are_held_as_those_of_peoples_cards():
    assert doors.MOST_AN_HOUR <= of_people.MOST_AN_HOUR
    assert doors.MOST_AN_HOUR_BY_ADDRESS <= of_people.MOST_AN_HOUR_BY_ADDRESS


def test_the_same_voice_sent_twice_at_once_is_one(house):
    question = opened(house.nour)
    ticket = tickets(question, house.nour)[0]
    for _twice in range(3):
        voices.give_voice(ticket, {1: 1})

    assert Ballot.objects.count() == 1


# --- on paper -------------------------------------------------------------------------------------


def counted_on_paper(house, question):
    """A pile that was printed, read, doubted of, and closed; and what told its sheets apart."""
    count = paper_voices.pile(question, house, by_hand=6)
    sheets = paper_voices.pages_of(count)
    shorts = dict(BallotPage.objects.values_list("identifier", "short"))
    kept = {str(pk) for model in (BallotPage, BallotSheet)
            for pk in model.objects.values_list("pk", flat=True)}  # fmt: skip
    read = [paper_voices.says(one, row, unsure={4}) for one, row in zip(sheets, ROWS, strict=False)]
    paper_voices.read(house, count, *read[:3])
    paper_voices.read(house, count, *read[3:6], by=house.bram)
    doubts = {str(pk) for pk in count.doubts.values_list("pk", flat=True)}
    truth = {one.receipt: row for one, row in zip(sheets, ROWS, strict=False)}
    paper_voices.look(count, house, truth)
    paper_voices.close(count, house)
    codes_of_sheets = {one for sheet in sheets for one in sheet.identifiers}
    return sheets, codes_of_sheets | set(shorts.values()) | kept | doubts


def test_nothing_that_told_a_sheet_of_paper_apart_is_left_in_any_table(house):
    """By brute force over every value of every table, whole or within another one."""
    question = opened(house.nour)
    sheets, apart = counted_on_paper(house, question)
    release_if_due(question)
    receipts = {sheet.receipt.replace("-", "") for sheet in sheets}
    mine = {one.receipt for one in Ballot.objects.of(question)}

    found, seen = set(), 0
    for model in apps.get_models():
        for name, values in columns(model):
            text = " ".join(values)
            seen += len(values)
            found |= {(model._meta.label, name, one) for one in apart if one in text}
            for receipt in receipts:
                if receipt in text or f"{receipt[:5]}-{receipt[5:]}" in text:
                    found.add((model._meta.label, name, "a receipt"))
    assert len(mine & receipts) == 6
    assert found == {("deliberation.Ballot", "receipt", "a receipt")}
    assert seen > 500
    # And the same search does find them while the count is open.
    count = paper_voices.pile(question, house)
    assert paper_voices.pages_of(count)[0].receipt in dict(columns(BallotSheet))["receipt"]


def test_no_pair_of_columns_joins_a_voice_on_paper_to_its_pile_its_count_or_a_reader(house):
    question = opened(house.nour)
    for _pile in range(2):
        counted_on_paper(house, question)
    release_if_due(question)

    elsewhere = {
        f"{model._meta.label}.{name}": set(values)
        for model in apps.get_models()
        if not (model._meta.app_label == "deliberation" and model.__name__ in NOBODY)
        for name, values in columns(model)
    }
    rows = dict(columns(Ballot))
    joins = [
        f"{name} = {other}"
        for name, values in rows.items()
        for other, known in elsewhere.items()
        if {value for value in values if values.count(value) < 5} & known
    ]
    assert len(elsewhere) > 300
    assert joins == []
    # Two piles, and nothing in a row says from which of them it is, or that it is from paper.
    speak(question, house.nour, ROWS[:6])
    every = [dict(zip(rows, row, strict=True)) for row in zip(
        *(values for _name, values in columns(Ballot)), strict=True)]  # fmt: skip
    drawn = {"id", "receipt", "answers", "counted", "waits"}
    assert len({tuple(sorted((k, v) for k, v in one.items() if k not in drawn))
                for one in every}) == 1  # fmt: skip


def test_the_order_in_which_sheets_were_read_is_nowhere(house):
    places = []
    for turn in range(25):
        question = opened(house.nour)
        pile = PaperPile.objects.create(
            question=question, round=1, kind="accompanied", printed=6, made_by=house.nour,
            made_on=question.opened_on, count=UUID(int=turn),
        )  # fmt: skip
        speak(question, house.nour, ROWS[:1])
        sheets = [(f"{turn:05}-{number:05}", {1: "agree"}) for number in range(5)]
        papers.take_pile(pile.count, sheets)
        receipts = {ballot.receipt for ballot in Ballot.objects.of(question)}
        lies = [one for one in as_it_lies(Ballot, "receipt") if one in receipts]
        places.append(lies.index(f"{turn:05}00004"))

    # Uniform on 0..5, as for voices that come one by one.
    assert 1.3 < mean(places) < 3.7
    assert len(set(places)) >= 4


def test_of_a_sheet_that_is_read_no_row_holds_an_hour_a_rank_or_an_author():
    for model in (BallotSheet, BallotPage):
        assert not isinstance(model._meta.pk, models.AutoField), model
        for field in model._meta.concrete_fields:
            assert not isinstance(field, models.DateField | models.TimeField), field
            if field.is_relation:
                assert field.related_model._meta.label in {
                    "paper.BallotCount", "paper.BallotSheet",
                }, field  # fmt: skip
