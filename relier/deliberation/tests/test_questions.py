"""A question is prepared, opened, given more days, closed; its statements are written."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from relier.deliberation.actions import questions, statements
from relier.deliberation.models import Question, Refusal, Statement, Wording
from relier.journal.models import Line
from tests import factories as make

from .stories import STATEMENTS, WORDS, opened, prepared, said

TODAY = timezone.localdate


def form(**more):
    given = {
        "words": WORDS, "context": "", "invited": "centre", "rule": "consent",
        "closes_on": (TODAY() + timedelta(days=7)).isoformat(), "form_key": str(uuid4()),
    }  # fmt: skip
    return {**given, **more}


def read(client, question):
    return client.get(reverse("deliberation:question", args=[question.pk])).content.decode()


def test_a_worker_prepares_a_question_on_one_page(house, enter):
    page = enter(house.nour).post(reverse("deliberation:question_new"), form(), follow=True)

    assert WORDS in page.content.decode()
    assert Question.objects.get().facilitator == house.nour


def test_a_form_sent_twice_makes_one_question(house, enter):
    nour, given = enter(house.nour), form()

    nour.post(reverse("deliberation:question_new"), given)
    nour.post(reverse("deliberation:question_new"), given)

    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"invited": "team"}, "Say which team."),
        ({"invited": "group"}, "Say which group."),
        ({"rule": "majority"}, "Say how many voices at least make a majority."),
        ({"closes_on": "2020-01-01"}, "This day is past."),
        ({"closes_on": "2999-01-01"}, "Look again at the year of this day."),
        ({"accompanied_first_until": "2999-01-01"}, "Workers need at least the last day"),
    ],
)
def test_what_a_question_lacks_is_said_beside_it(house, enter, given, told):
    page = enter(house.nour).post(reverse("deliberation:question_new"), form(**given))

    assert told in page.content.decode()
    assert not Question.objects.exists()


def test_reception_reads_questions_and_prepares_none(house, enter):
    question = prepared(house.nour)
    rosa = enter(house.reception)

    assert WORDS in read(rosa, question)
    assert rosa.get(reverse("deliberation:question_new")).status_code == 404
    with pytest.raises(Http404):
        questions.prepare(said(), by=make.actor(house.reception))


def test_a_question_that_is_prepared_is_read_in_its_centre_only(house, enter):
    question = prepared(house.nour, invited=Question.Invited.FEDERATION)

    answer = enter(house.zoe).get(reverse("deliberation:question", args=[question.pk]))

    assert answer.status_code == 404


def test_a_question_for_the_federation_is_read_in_its_centres_once_open(house, enter):
    federation = make.FederationFactory()
    house.centre.federation = house.zoe.centre.federation = federation
    house.centre.save()
    house.zoe.centre.save()
    question = opened(house.nour, invited=Question.Invited.FEDERATION)
    of_federation = make.MemberFactory(of_federation=True, federation=federation)
    elsewhere = make.MemberFactory(of_federation=True)

    def seen_by(member):
        return Question.objects.visible_to(make.actor(member)).filter(pk=question.pk).exists()

    assert seen_by(house.zoe)
    assert seen_by(of_federation)
    assert not seen_by(elsewhere)
    assert not seen_by(make.MemberFactory())
    assert WORDS in read(enter(of_federation), question)


def test_a_question_without_a_statement_does_not_open(house):
    question = prepared(house.nour, words=())

    with pytest.raises(ValidationError):
        questions.open_question(question, by=make.actor(house.nour))


def test_once_open_nothing_of_a_question_changes_but_its_last_day(house):
    by, question = make.actor(house.nour), opened(house.nour)

    with pytest.raises(ValidationError):
        questions.change(question, said(words="Other words?"), by=by)
    with pytest.raises(ValidationError):
        questions.prolong(question, question.closes_on - timedelta(days=1), by=by)
    with pytest.raises(ValidationError):
        statements.remove(question.statements.first(), by=by)
    later = question.closes_on + timedelta(days=7)

    assert questions.prolong(question, later, by=by).closes_on == later


def test_a_closed_question_takes_no_voice_and_no_more_days(house):
    by, question = make.actor(house.nour), opened(house.nour)
    question = questions.close(question, by=by)

    assert not question.is_open(on=TODAY())
    with pytest.raises(ValidationError):
        questions.prolong(question, question.closes_on + timedelta(days=7), by=by)


def test_each_deed_is_in_the_journal_and_no_reading_is(house, enter):
    question = opened(house.nour)
    read(enter(house.nour), question)
    questions.close(question, by=make.actor(house.nour))

    kinds = list(
        Line.objects.filter(kind__startswith="deliberation").values_list("kind", flat=True)
    )

    assert kinds.count("deliberation.statement_written") == len(STATEMENTS)
    assert {"deliberation.question_prepared", "deliberation.question_opened"} < set(kinds)
    assert "deliberation.question_closed" in kinds


def test_a_statement_with_two_ideas_is_kept_once_its_author_was_told(house, enter):
    question, nour = prepared(house.nour, words=()), enter(house.nour)
    words = "La salle est froide et le bus est cher."
    given = {"words": words, "language": "fr", "form_key": str(uuid4())}
    address = reverse("deliberation:statement_new", args=[question.pk])

    page = nour.post(address, given).content.decode()

    assert "It may hold two ideas" in page
    assert not question.statements.exists()
    assert f'name="looked_at" value="{words}"' in page
    nour.post(address, {**given, "looked_at": words})
    assert question.statements.get().words == words


def test_a_statement_is_read_in_another_language_with_who_read_it_again(house, enter):
    statement = prepared(house.nour).statements.first()
    address = reverse("deliberation:statement_word", args=[statement.pk])
    given = {"language": "en", "words": "The room is too cold.", "made": "not_reviewed"}

    enter(house.nour).post(address, given)
    enter(house.nour).post(address, {**given, "made": "reviewed"})

    wording = Wording.objects.get()
    assert (wording.words, wording.made) == ("The room is too cold.", "reviewed")
    statement = Statement.objects.prefetch_related("wordings").get(pk=statement.pk)
    assert statement.in_language("en") == (wording.words, wording)
    assert statement.in_language("de") == (statement.words, None)


def test_a_proposal_is_put_to_the_vote_or_refused_with_a_reason(house, enter):
    question, nour = opened(house.nour), enter(house.nour)
    kept = [
        statements.propose(question, words, language="fr", form_key=uuid4())
        for words in ("Il manque des prises.", "Untel est paresseux.")
    ]
    page = nour.get(reverse("deliberation:proposed", args=[question.pk])).content.decode()
    assert all(one.words in page for one in kept)

    def look(one, **given):
        nour.post(reverse("deliberation:statement_look", args=[one.pk]), given)
        one.refresh_from_db()
        return one

    assert look(kept[0], do="show").number == len(STATEMENTS) + 1
    assert look(kept[1], do="refuse").state == "waiting"  # no reason was said
    refused = look(kept[1], do="refuse", why="names")
    assert (refused.state, refused.why, refused.is_hidden) == ("refused", "names", True)


def test_a_contested_refusal_is_looked_at_by_another_member(house):
    question = opened(house.nour)
    nour, colette = make.actor(house.nour), make.actor(house.coordinator)
    one = statements.propose(question, "Il manque des prises.", language="fr", form_key=uuid4())
    statements.refuse(one, why=Refusal.UNCLEAR, by=nour)
    statements.contest(one, "It is clear to us.")

    with pytest.raises(ValidationError):
        statements.show(one, by=nour)
    with pytest.raises(ValidationError):
        statements.uphold(one, "No.", by=nour)

    shown = statements.show(one, by=colette)
    assert shown.state == "shown"
    assert shown.appeal == "It is clear to us."
    assert shown.appeal_by == house.coordinator


def test_a_refusal_that_stands_says_why_to_everybody(house, enter):
    question = opened(house.nour)
    one = statements.propose(question, "Il manque des prises.", language="fr", form_key=uuid4())
    statements.refuse(one, why=Refusal.SAME, words="The second says it.", by=make.actor(house.nour))
    statements.contest(one, "No, it does not.")
    statements.uphold(one, "Both speak of the room.", by=make.actor(house.coordinator))

    page = enter(house.nour).get(reverse("deliberation:proposed", args=[question.pk]))

    for said_words in ("The second says it.", "No, it does not.", "Both speak of the room."):
        assert said_words in page.content.decode()


def test_a_colleague_of_another_centre_touches_nothing(house, enter):
    question, zoe = opened(house.nour), enter(house.zoe)
    statement = question.statements.first()

    for name, thing in [
        ("question_open", question), ("question_close", question), ("question_prolong", question),
        ("statement_new", question), ("statement_word", statement), ("statement_look", statement),
        ("statement_remove", statement),
    ]:  # fmt: skip
        assert zoe.post(reverse(f"deliberation:{name}", args=[thing.pk])).status_code == 404, name


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_of_questions_costs_as_much_however_long(
    house, enter, django_assert_max_num_queries, count
):
    client, question = enter(house.nour), prepared(house.nour, words=())
    Question.objects.bulk_create(
        Question(
            centre=house.centre, facilitator=house.nour, words=f"Question {number}?",
            closes_on=question.closes_on,
        )
        for number in range(count)
    )  # fmt: skip

    with django_assert_max_num_queries(8):
        client.get(reverse("deliberation:questions"))


@pytest.mark.parametrize("count", [3, 150])
def test_a_question_costs_as_much_however_many_statements(
    house, enter, django_assert_max_num_queries, count
):
    client, question = enter(house.nour), prepared(house.nour, words=())
    Statement.objects.bulk_create(
        Statement(question=question, words=f"Idea {n}", number=n + 1, state="shown")
        for n in range(count)
    )

    with django_assert_max_num_queries(15):
        read(client, question)
