"""Proposals put before everybody, amended, taken back; objections of nobody, dealt with or taken
back, by members and by whoever holds a card."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from relier.deliberation.actions import decisions, objections, proposals, questions
from relier.deliberation.gathering import met_by, objections_to
from relier.deliberation.models import Objection, Outcome, Proposal
from relier.deliberation.tests.stories import as_it_lies, opened, pile, telephone
from relier.journal.models import Line
from tests import factories as make

RAISED, TREATED, WITHDRAWN = Objection.State


@pytest.fixture(autouse=True)
def in_english():
    """Refusals are matched by their words."""
    with translation.override("en"):
        yield


@pytest.fixture
def by(house):
    return make.actor(house.nour)


@pytest.fixture
def question(house, by):
    return questions.close(opened(house.nour), by=by)


@pytest.fixture
def put(question, by):
    return proposals.put(question, "A second computer in June.", by=by)


def objected(proposal, words="It is noisy.", by=None):
    return objections.raise_as_member(proposal, words, language="en", form_key=uuid4(), by=by)


def test_nothing_is_proposed_while_people_answer(house, by):
    with pytest.raises(ValidationError, match="still answer"):
        proposals.put(opened(house.nour), "Too early.", by=by)


def test_a_proposal_sent_twice_is_one_and_says_nothing_of_who_proposed(house, enter, question):
    nour, form = enter(house.nour), {"words": "An hour earlier.", "form_key": str(uuid4())}
    for _time in range(2):
        nour.post(reverse("deliberation:proposal_new", args=[question.pk]), form)

    said = enter(house.bram).get(
        reverse("deliberation:proposal_read", args=[Proposal.objects.get().pk])
    ).content.decode()  # fmt: skip
    assert "An hour earlier." in said
    assert "Nour" not in said


def test_amended_the_first_words_stay_in_sight_with_the_reason(house, enter, put, by):
    amended = proposals.amend(put, "A second computer in May.", why="June is exams.", by=by)

    said = enter(house.bram).get(
        reverse("deliberation:proposal_read", args=[put.pk])
    ).content.decode()  # fmt: skip
    assert "<s>A second computer in June.</s>" in said
    assert "June is exams." in said
    assert "A second computer in May." in said
    assert list(Proposal.objects.of(put.question).standing()) == [amended]


def test_of_two_who_amend_at_once_one_is_told(put, by):
    proposals.amend(put, "May.", why="Exams.", by=by)

    with pytest.raises(ValidationError, match="just amended"):
        proposals.amend(put, "April.", why="Sooner.", by=by)


def test_taken_back_it_stays_with_the_reason_and_is_decided_no_more(put, by):
    for _time in range(2):
        proposals.take_back(put, why="There is no money.", by=by)

    put.refresh_from_db()
    assert put.withdrawn_why == "There is no money."
    assert not Proposal.objects.standing().exists()
    with pytest.raises(ValidationError):
        decisions.decide(put.question, put, decisions.Said(Outcome.DECISION, "x"), by=by)


def test_an_objection_goes_along_when_the_proposal_is_amended_until_it_is_dealt_with(put, by):
    one = objected(put, by=by)
    amended = proposals.amend(put, "May.", why="Exams.", by=by)
    again = proposals.amend(amended, "May, with a screen.", why="Noise.", by=by)

    assert met_by(again, put.question).why == "objections_stand"
    objections.treat(one, "The computer stands behind a screen.", by=by)

    assert met_by(again, put.question).is_met
    assert [done.state for done in objections_to(again)] == [TREATED]


def test_an_objection_that_was_answered_is_not_answered_otherwise(put, by):
    one = objected(put, by=by)
    objections.treat(one, "We wait.", by=by)
    objections.treat(one, "We wait.", by=by)

    with pytest.raises(ValidationError, match="dealt with"):
        objections.treat(one, "We do not wait.", by=by)
    with pytest.raises(ValidationError, match="dealt with"):
        objections.note_taken_back(one, by=by)


def test_any_reader_objects_and_nothing_says_who(house, enter, put):
    address = reverse("deliberation:proposal_read", args=[put.pk])
    enter(house.bram).post(address, {"words": "It  is\nnoisy.", "form_key": str(uuid4())})

    one = Objection.objects.get()
    assert one.words == "It is noisy."
    line = Line.objects.get(kind="deliberation.objection_raised")
    assert str(house.bram.pk) not in {str(value) for value in vars(line).values()}
    assert str(one.pk) not in {str(value) for value in vars(line).values()}
    assert "Bram" not in enter(house.nour).get(address).content.decode()


def test_a_stranger_reads_and_objects_nothing(house, enter, put):
    address = reverse("deliberation:proposal_read", args=[put.pk])

    assert enter(house.zoe).get(address).status_code == 404
    assert enter(house.zoe).post(address, {"words": "I object."}).status_code == 404
    assert not Objection.objects.exists()


def test_written_too_late_the_words_stay_on_the_page(house, enter, put, by):
    proposals.take_back(put, why="No money.", by=by)

    said = enter(house.bram).post(
        reverse("deliberation:proposal_read", args=[put.pk]), {"words": "It is noisy here."}
    ).content.decode()  # fmt: skip

    assert "taken back or decided meanwhile" in said
    assert "It is noisy here." in said
    assert not Objection.objects.exists()


# --- with a card ----------------------------------------------------------------------------------


@pytest.fixture
def holder(house, by):
    """A telephone that was opened while the question was, and the question that is closed since."""
    question = opened(house.nour)
    phone = telephone(pile(question, house.nour)[0])
    questions.close(question, by=by)
    return phone, proposals.put(question, "A second computer in June.", by=by)


def test_whoever_holds_a_card_reads_objects_and_takes_it_back(holder, by):
    phone, put = holder
    assert "A second computer in June." in phone.get(reverse("voice:proposed")).content.decode()

    form = {"words": "It is noisy.", "form_key": str(uuid4())}
    for _time in range(2):
        answer = phone.post(reverse("voice:object", args=[put.pk]), form)
    one = Objection.objects.get()

    assert answer.url == reverse("voice:thanks", args=["objection"])
    assert "I take it back" in phone.get(reverse("voice:proposed")).content.decode()
    phone.post(reverse("voice:take_back", args=[one.key]))
    one = Objection.objects.get()
    assert one.state == WITHDRAWN
    assert not Line.objects.filter(kind__startswith="deliberation.objection").exists()


def test_another_card_reads_it_and_takes_nothing_back(house, by):
    question = opened(house.nour)
    first, other = (telephone(code) for code in pile(question, house.nour)[:2])
    questions.close(question, by=by)
    put = proposals.put(question, "A second computer.", by=by)
    first.post(reverse("voice:object", args=[put.pk]), {"words": "It is noisy."})
    one = Objection.objects.get()

    said = other.get(reverse("voice:proposed")).content.decode()

    assert "It is noisy." in said
    assert "I take it back" not in said
    assert other.post(reverse("voice:take_back", args=[one.key])).status_code == 404
    # Left on this telephone, it is nobody's any more.
    first.post(reverse("voice:leave"))
    assert first.post(reverse("voice:take_back", args=[one.key])).status_code in (302, 404)
    assert Objection.objects.get().state == RAISED


def test_a_card_writes_no_more_than_a_dozen_objections(holder):
    phone, put = holder
    for number in range(14):
        phone.post(reverse("voice:object", args=[put.pk]), {"words": f"Noise {number}."})

    assert Objection.objects.count() == 12


def test_a_flood_of_objections_is_answered_and_keeps_what_was_written(holder, by, monkeypatch):
    phone, put = holder
    monkeypatch.setattr(objections, "MOST_STANDING", 2)
    for number in range(2):
        objected(put, f"Noise {number}.", by=by)

    said = phone.post(reverse("voice:object", args=[put.pk]), {"words": "One more."})

    assert "One more." in said.content.decode()
    assert Objection.objects.count() == 2


def test_an_objection_has_no_day_no_hour_and_no_order(put, by):
    for field in Objection._meta.concrete_fields:
        assert not isinstance(field, models.DateField | models.TimeField | models.AutoField), field
    firsts = []
    for _time in range(12):
        Objection.objects.all().delete()
        for number in range(6):
            objected(put, f"{number}", by=by)
        firsts.append(as_it_lies(Objection, "words")[-1])

    # Where the last one lies is drawn: twelve times the same has a chance of 1 in 6^11.
    assert len(set(firsts)) > 1


def test_the_pages_cost_the_same_however_many(house, enter, question, by):
    bram, counts = enter(house.bram), []
    put = proposals.put(question, "Zero.", by=by)
    for many in (3, 20):
        for number in range(many):
            objected(put, f"{many} {number}", by=by)
            put = proposals.amend(put, f"{many} {number}.", why="So.", by=by) if many == 3 else put
            if many > 3:
                proposals.put(question, f"More {number}.", by=by)
        for name, pk in (("deciding", question.pk), ("proposal_read", put.pk)):
            with CaptureQueriesContext(connection) as asked:
                bram.get(reverse(f"deliberation:{name}", args=[pk]))
            counts.append(len(asked))

    assert counts[:2] == counts[2:]
