"""Deciding by the rule that was announced; what a decision keeps; what is told of it afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from relier.centres.access import Refused
from relier.deliberation import notices
from relier.deliberation.actions import decisions, objections, proposals, questions, sentences
from relier.deliberation.actions.decisions import Said
from relier.deliberation.models import Decision, News, Objection, Outcome, Proposal, Sentence
from relier.deliberation.tests.stories import opened, speak
from tests import factories as make

POINT = "The noise"


@pytest.fixture(autouse=True)
def in_english():
    """Refusals are matched by their words."""
    with translation.override("en"):
        yield


@pytest.fixture
def by(house):
    return make.actor(house.nour)


def closed(house, by, rows=(), **more):
    question = opened(house.nour, **more)
    if rows:
        speak(question, house.nour, rows)
    return questions.close(question, by=by)


def trial(house, words="We try it.", **more):
    more = {"until": timezone.localdate() + timedelta(days=60), "owner": house.bram, **more}
    return Said(Outcome.TRIAL, words, **more)


def decided(house, by, **more):
    question = closed(house, by)
    put = proposals.put(question, "A second computer.", by=by)
    return decisions.decide(question, put, trial(house, **more), by=by)


def first_statement(question):
    return question.statements.shown().first()


def test_by_consent_nothing_is_decided_while_an_objection_stands(house, by):
    question = closed(house, by)
    put = proposals.put(question, "A second computer.", by=by)
    one = objections.raise_as_member(put, "It is noisy.", language="en", form_key=uuid4(), by=by)

    with pytest.raises(ValidationError, match="not met"):
        decisions.decide(question, put, trial(house), by=by)
    objections.treat(one, "Behind a screen.", by=by)
    decision = decisions.decide(question, put, trial(house), by=by)

    assert decision.how == {
        "why": "met", "objections": {"raised": 0, "treated": 1, "withdrawn": 0},
    }  # fmt: skip
    assert decision.rule == "consent"


AGREE, MIXED = [{1: 1}] * 12, [{1: 1}] * 8 + [{1: -1}] * 3 + [{1: 0}]


@pytest.mark.parametrize(
    ("rule", "rows", "why", "voices"),
    [
        ("consensus", AGREE, "met", {"told": "exact", "agree": 12, "disagree": 0, "unsure": 0}),
        ("consensus", MIXED, "someone_is_against",
         {"told": "exact", "agree": 8, "disagree": 3, "unsure": 1}),
        ("majority", MIXED, "met", {"told": "exact", "agree": 8, "disagree": 3, "unsure": 1}),
        ("majority", AGREE[:7], "too_few_voices", {"told": "words", "word": "agree"}),
        # A number, or that a rule is met, would say what each of them answered.
        ("consensus", AGREE[:4], "too_few_voices", {"told": "hidden", "word": ""}),
    ],
)  # fmt: skip
def test_a_rule_that_counts_takes_the_figures_of_the_end_as_they_may_be_told(
    house, by, rule, rows, why, voices
):
    question = closed(house, by, rows, rule=rule, quorum=10)
    put = proposals.put(question, "The first.", statement=first_statement(question), by=by)
    said = trial(house, minority="We see it otherwise.")
    if why != "met":
        with pytest.raises(ValidationError, match="not met"):
            decisions.decide(question, put, said, by=by)
        said = Said(Outcome.NOTHING, "Not now.", minority="We see it otherwise.")

    decision = decisions.decide(question, put, said, by=by)

    assert (decision.how["why"], decision.how["voices"]) == (why, voices)


def test_a_rule_that_counts_asks_for_a_statement(house, by):
    question = closed(house, by, AGREE, rule="consensus")

    with pytest.raises(ValidationError, match="which one says the same"):
        proposals.put(question, "Something else.", by=by)


def test_those_who_see_it_otherwise_are_heard_or_it_is_said_that_they_add_nothing(house, by):
    question = closed(house, by, MIXED, rule="majority", quorum=10)
    put = proposals.put(question, "The first.", statement=first_statement(question), by=by)

    with pytest.raises(ValidationError, match="see it otherwise"):
        decisions.decide(question, put, trial(house), by=by)
    decisions.decide(question, put, trial(house, is_minority_heard=True), by=by)


def with_a_point(house, by):
    question = closed(house, by)
    one = Sentence.objects.create(
        question=question, round=1, aspect="reason", kind="worker", words="Too loud.",
        may_be_published=True, is_out=True,
    )  # fmt: skip
    sentences.put_away(one, state=Sentence.State.SHOWN, heading=POINT, by=by)
    return question, proposals.put(question, "A second computer.", by=by)


def test_no_main_point_is_forgotten(house, by):
    question, put = with_a_point(house, by)

    with pytest.raises(ValidationError, match=POINT):
        decisions.decide(question, put, trial(house), by=by)
    decision = decisions.decide(question, put, trial(house, answers=[(POINT, "")]), by=by)

    assert decision.answers.get().is_left_open


def test_the_page_asks_for_an_answer_or_for_saying_that_a_point_is_left_open(house, enter, by):
    _question, put = with_a_point(house, by)
    nour, address = enter(house.nour), reverse("deliberation:decide", args=[put.pk])
    page = nour.get(address).content.decode()
    key = page.partition('name="answer_')[2].partition('"')[0]
    form = {
        "outcome": "trial", "words": "We try.", "owner": str(house.bram.pk),
        "until": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "form_key": str(uuid4()),
    }  # fmt: skip
    assert "left open: not both" in nour.post(address, form).content.decode()
    both = {**form, f"answer_{key}": "We move it.", f"open_{key}": "on"}
    assert "left open: not both" in nour.post(address, both).content.decode()

    for _time in range(2):
        answer = nour.post(address, {**form, f"answer_{key}": "We move it."})

    decision = Decision.objects.get()
    assert answer.url == reverse("deliberation:decision", args=[decision.pk])
    assert [(one.point, one.words) for one in decision.answers.all()] == [(POINT, "We move it.")]


def test_where_the_rule_is_not_met_only_nothing_can_be_decided(house, enter, by):
    question = closed(house, by)
    put = proposals.put(question, "A second computer.", by=by)
    objections.raise_as_member(put, "It is noisy.", language="en", form_key=uuid4(), by=by)
    nour, address = enter(house.nour), reverse("deliberation:decide", args=[put.pk])

    page = nour.get(address).content.decode()
    assert "not met" in page
    assert 'value="trial"' not in page
    nour.post(address, {"outcome": "trial", "words": "We try.", "until": "2030-01-01"})
    assert not Decision.objects.exists()
    nour.post(address, {"outcome": "nothing", "words": "The noise.", "minority": "It is noisy."})

    assert Decision.objects.get().outcome == Outcome.NOTHING
    assert Objection.objects.get().state == Objection.State.RAISED


def test_of_two_who_decide_at_once_one_is_told(house, by):
    decision = decided(house, by)

    with pytest.raises(ValidationError, match="just amended"):
        decisions.decide(decision.question, decision.proposal, trial(house, "Other."), by=by)


def test_what_led_to_a_decision_does_not_change_any_more(house, by):
    question = closed(house, by)
    put = proposals.put(question, "A second computer.", by=by)
    one = objections.raise_as_member(put, "It is noisy.", language="en", form_key=uuid4(), by=by)
    said = Said(Outcome.NOTHING, "The noise.", is_minority_heard=True)
    decisions.decide(question, put, said, by=by)

    with pytest.raises(ValidationError, match="decided meanwhile"):
        objections.treat(one, "Late.", by=by)
    with pytest.raises(objections.TooLate):
        objections.raise_as_member(put, "Cold.", language="en", form_key=uuid4(), by=by)


def test_an_owner_of_another_centre_is_refused(house, by):
    with pytest.raises(ValidationError, match="sees to it"):
        decided(house, by, owner=house.zoe)


def test_nothing_is_decided_by_whoever_does_not_run_the_question(house, by):
    question = closed(house, by)
    stranger = make.actor(house.zoe)

    with pytest.raises(Refused):
        decisions.decide(question, None, Said(Outcome.NOTHING, "No."), by=stranger)


def test_news_are_rows_that_nothing_replaces(house, enter, by):
    decision = decided(house, by)
    for state, words in (("begun", "It came."), ("done", "It stands there."),
                         ("changed", "Two people learn together.")):  # fmt: skip
        enter(house.bram).post(
            reverse("deliberation:news", args=[decision.pk]), {"state": state, "words": words}
        )

    said = enter(house.nour).get(reverse("deliberation:decision", args=[decision.pk]))
    said = said.content.decode()
    places = [said.index(one) for one in ("It came.", "It stands there.", "Two people")]
    assert places == sorted(places)
    assert News.objects.count() == 3


def test_whoever_sees_to_it_tells_even_where_they_run_nothing(house, enter, by):
    reception = make.MemberFactory(centre=house.centre, role="reception")
    decision = decided(house, by, owner=reception)
    other = make.MemberFactory(centre=house.centre, role="reception")
    address = reverse("deliberation:news", args=[decision.pk])

    assert enter(reception).get(address).status_code == 200
    assert enter(other).get(address).status_code == 404


def test_the_notice_is_on_the_wall_since_the_first_day_that_was_said(house, enter, by):
    decision = decided(house, by)
    address = reverse("deliberation:notice_put_up", args=[decision.pk])
    enter(house.bram).post(address)
    Decision.objects.update(noticed_on=timezone.localdate() - timedelta(days=3))
    enter(house.bram).post(address)

    decision.refresh_from_db()
    assert decision.noticed_on == timezone.localdate() - timedelta(days=3)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_notice_is_one_page_however_much_was_said(house, by, language):
    import pypdfium2

    question = closed(house, by)
    put = proposals.put(question, "mot " * 145, by=by)
    for number in range(12):
        one = objections.raise_as_member(
            put, f"{number} " + "bruit " * 60, language="fr", form_key=uuid4(), by=by
        )
        objections.treat(one, "nous répondons " * 38, by=by)
    said = trial(house, "essayer " * 70, minority="autrement " * 180)
    decision = decisions.decide(question, put, said, by=by)
    for number in range(20):
        decision.answers.create(point=f"{number} " + "point " * 80, words="réponse " * 70)

    with translation.override(language):
        pdf = notices.notice(decision)

    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    assert house.bram.name in text


def test_the_list_puts_the_next_review_first_and_costs_the_same_however_long(house, enter, by):
    bram, counts, today = enter(house.bram), [], timezone.localdate()
    question = closed(house, by)
    for many in (3, 300):
        rows = [
            Decision(
                question=question, round=1, outcome=Outcome.TRIAL, words=f"Trial {number}",
                until=today + timedelta(days=400 - number), rule="consent", owner=house.bram,
                proposal=Proposal.objects.create(
                    question=question, round=1, words="x", proposed_on=today
                ),
                decided_on=today, decided_by=house.nour,
            )
            for number in range(many)
        ]  # fmt: skip
        Decision.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as asked:
            said = bram.get(reverse("deliberation:decisions")).content.decode()
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert said.index("Trial 299") < said.index("Trial 298") < said.index("Trial 280")
