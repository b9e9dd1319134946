"""Pages under /voice/: one statement after another, read back, given; and nothing of who it is."""

import gzip
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from relier.deliberation.actions import questions, statements
from relier.deliberation.models import Ballot, Refusal, Sentence, Statement
from tests import factories as make

from .stories import STATEMENTS, WORDS, opened, pile, prepared, telephone

ONE_BREATH = 10_240


@pytest.fixture
def question(house):
    return opened(house.nour)


@pytest.fixture
def code(house, question):
    return pile(question, house.nour)[0]


def text(client, address):
    return client.get(address).content.decode()


def answer(client, **answers):
    for number, said in answers.items():
        client.post(f"/voice/s/{number[1:]}/", {"answer": said})


def test_a_code_becomes_a_cookie_and_leaves_the_address(code):
    client = telephone(code)
    page = client.get(reverse("voice:exchange", args=[code]))

    assert page.status_code == 302
    assert page.url == "/voice/"
    assert page["Referrer-Policy"] == "no-referrer"
    cookie = page.cookies[settings.VOICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert WORDS in text(client, "/voice/")


def test_without_a_card_every_page_leads_to_where_a_code_is_written(client):
    for name in ("next", "every_one", "review", "given", "propose", "sentence", "refused"):
        assert client.get(reverse(f"voice:{name}")).url == "/voice/", name
    assert "15" in text(client, "/voice/")


def test_one_statement_is_asked_after_another_then_read_back_then_given(question, code):
    client = telephone(code)
    seen = []
    while (page := client.get("/voice/next/")).url != "/voice/review/":
        seen.append(page.url)
        assert all(words in text(client, page.url) for words in ("I agree", "I disagree", "Skip"))
        client.post(page.url, {"answer": "agree"})

    assert sorted(seen) == [f"/voice/s/{number}/" for number in range(1, 5)]
    review = text(client, "/voice/review/")
    assert all(words in review for words in STATEMENTS)
    assert not Ballot.objects.exists()
    client.post("/voice/s/1/?back", {"answer": "unclear"})
    assert client.post("/voice/review/").url == "/voice/given/"
    ballot = Ballot.objects.get()
    assert ballot.answers == {"1": 2, "2": 1, "3": 1, "4": 1}
    assert f"{ballot.receipt[:5]}-{ballot.receipt[5:]}" in text(client, "/voice/given/")


def test_statements_come_in_an_order_of_ones_own(house):
    question = opened(house.nour, words=[f"Idée {number}." for number in range(12)])
    drawn = pile(question, house.nour)

    firsts = {telephone(code).get("/voice/next/").url for code in drawn}

    assert len(firsts) > 1
    assert len({telephone(drawn[0]).get("/voice/next/").url for _ in range(3)}) == 1


def test_what_is_skipped_comes_again_at_no_time_and_is_nobodys_answer(question, code):
    client = telephone(code)
    answer(client, s1="skip", s2="agree", s3="skip", s4="pass")

    assert client.get("/voice/next/").url == "/voice/review/"
    client.post("/voice/review/")
    assert Ballot.objects.get().answers == {"2": 1, "4": 0}


def test_with_the_same_card_one_answers_again_and_makes_one_ballot(question, code):
    first, second = telephone(code), telephone(code)
    answer(first, s1="agree", s2="agree")
    first.post("/voice/review/")

    # On another device, what was answered is not shown; only what is not answered yet is asked.
    assert "answered nothing" in text(second, "/voice/review/")
    assert second.get("/voice/next/").url in {"/voice/s/3/", "/voice/s/4/"}
    second.post("/voice/again/")
    answer(second, s1="disagree")
    second.post("/voice/review/")

    assert Ballot.objects.get().answers == {"1": -1, "2": 1}


def test_an_answer_of_another_card_does_not_come_along_on_a_telephone(house, question):
    one, other = pile(question, house.nour)[:2]
    client = telephone(one)
    answer(client, s1="agree")
    kept = client.cookies["relier_answers"].value

    client.get(reverse("voice:exchange", args=[other]))
    assert "answered nothing" in text(client, "/voice/review/")
    client.cookies["relier_answers"] = kept
    assert "answered nothing" in text(client, "/voice/review/")


@pytest.mark.parametrize(
    "forged", ["1a2a3a", "1a:nonsense", "<script>", "9" * 4000, "relier", "\x00"]
)
def test_answers_that_we_did_not_sign_are_no_answers(code, forged):
    client = telephone(code)
    client.cookies["relier_answers"] = forged

    assert "answered nothing" in text(client, "/voice/review/")
    assert client.post("/voice/review/").url == "/voice/review/"
    assert not Ballot.objects.exists()


def test_a_ticket_that_we_did_not_sign_opens_nothing(code, client):
    ticket = telephone(code).cookies[settings.VOICE_COOKIE_NAME].value
    client.cookies[settings.VOICE_COOKIE_NAME] = ticket[:-2] + "xx"

    assert client.get("/voice/next/").url == "/voice/"


def test_no_answer_that_is_not_one_is_taken(code):
    client = telephone(code)
    for said in ("yes", "2", "", "agree agree"):
        client.post("/voice/s/1/", {"answer": said})
    assert client.get("/voice/s/99/").status_code == 404

    assert "answered nothing" in text(client, "/voice/review/")


def test_a_helper_reads_all_aloud_and_ticks_what_is_said(question, code):
    client = telephone(code)
    page = text(client, "/voice/all/")
    assert all(words in page for words in STATEMENTS)
    assert "Do not answer for them" in page

    client.post("/voice/all/", {"s1": "agree", "s2": "pass", "s3": "", "s4": "nonsense"})
    client.post("/voice/review/")

    assert Ballot.objects.get().answers == {"1": 1, "2": 0}


def test_by_screen_and_by_voice_the_same_answers_make_the_same_row(house, question):
    one, other = pile(question, house.nour)[:2]
    screen, aloud = telephone(one), telephone(other)
    answer(screen, s1="agree", s2="disagree", s3="pass", s4="unclear")
    aloud.post("/voice/all/", {"s1": "agree", "s2": "disagree", "s3": "pass", "s4": "unclear"})
    for client in (screen, aloud):
        client.post("/voice/review/")

    first, second = Ballot.objects.values_list("answers", "kind", "waits", "counted")
    assert first == second


def test_workers_are_told_from_which_day_they_may_speak(house):
    today = timezone.localdate()
    question = opened(house.nour, accompanied_first_until=today + timedelta(days=2))
    worker = telephone(pile(question, house.nour, kind="worker")[0])
    accompanied = telephone(pile(question, house.nour)[0])

    assert "The people we accompany speak first" in text(worker, "/voice/")
    assert worker.get("/voice/next/").url == "/voice/"
    assert worker.post("/voice/review/").url == "/voice/"
    assert accompanied.get("/voice/next/").url.startswith("/voice/s/")


def test_before_it_opens_and_after_it_closed_nothing_is_answered(house):
    question = prepared(house.nour)
    client = telephone(pile(question, house.nour)[0])
    assert "not open yet" in text(client, "/voice/")
    questions.open_question(question, by=make.actor(house.nour))
    answer(client, s1="agree")
    questions.close(question, by=make.actor(house.nour))

    assert "It is over" in text(client, "/voice/")
    assert client.post("/voice/review/").url == "/voice/"
    assert not Ballot.objects.exists()


def test_a_translation_says_who_read_it_and_keeps_the_first_words(house, question, code):
    one = question.statements.get(number=1)
    by = make.actor(house.nour)
    statements.word(one, "The room is too cold.", language="en", made="not_reviewed", by=by)
    client = telephone(code)

    page = text(client, "/voice/s/1/")
    assert "The room is too cold." in page
    assert STATEMENTS[0] in page
    assert "Nobody has read it again yet" in page
    statements.word(one, "The room is too cold.", language="en", made="reviewed", by=by)
    assert "read again by someone who speaks both" in text(client, "/voice/s/1/")
    client.post("/voice/language/", {"language": "fr"})
    assert "The room is too cold." not in text(client, "/voice/s/1/")


def test_an_idea_is_proposed_looked_at_gently_and_kept_as_it_is(question, code):
    client, words = telephone(code), "La salle est froide et le bus est cher."
    client.post("/voice/language/", {"language": "fr"})
    given = {"words": words, "form_key": str(uuid4())}

    page = client.post("/voice/propose/", given).content.decode()
    assert not Statement.objects.filter(words=words).exists()
    assert f'name="looked_at" value="{words}"' in page
    for _twice in range(2):
        client.post("/voice/propose/", {**given, "looked_at": words})

    kept = Statement.objects.get(words=words)
    assert (kept.state, kept.number, kept.is_seed, kept.decided_by) == (
        "waiting",
        None,
        False,
        None,
    )
    assert words not in text(client, "/voice/all/")


def test_a_flood_of_proposals_is_met_with_a_sentence(question, code, monkeypatch):
    client = telephone(code)
    monkeypatch.setattr(statements, "MOST_WAITING", 3)
    pages = [
        client.post("/voice/propose/", {"words": f"Idea {n}", "form_key": str(uuid4())})
        for n in range(6)
    ]

    assert [page.status_code for page in pages] == [302] * 3 + [200] * 3
    assert "Many ideas wait" in pages[3].content.decode()
    assert "Idea 3" in pages[3].content.decode()
    assert Statement.objects.filter(state="waiting").count() == 3
    assert question.statements.shown().count() == len(STATEMENTS)


@pytest.mark.parametrize("words", ["", "  ", "a", "x" * 241])
def test_a_malformed_statement_is_said_to_be_so_and_nothing_is_kept(question, code, words):
    page = telephone(code).post("/voice/propose/", {"words": words, "form_key": "broken"})

    assert "Write a few words" in page.content.decode()
    assert question.statements.count() == len(STATEMENTS)


def test_a_script_in_a_statement_is_words_everywhere(house, enter, question, code):
    client, evil = telephone(code), "<script>alert(1)</script>"
    client.post("/voice/propose/", {"words": evil, "form_key": str(uuid4())})
    nour = enter(house.nour)
    one = Statement.objects.get(words=evil)
    pages = [nour.get(reverse("deliberation:proposed", args=[question.pk]))]
    pages.append(nour.get(reverse("deliberation:statement_look", args=[one.pk])))
    statements.show(one, by=make.actor(house.nour))
    pages += [client.get(f"/voice/s/{Statement.objects.get(pk=one.pk).number}/")]
    pages += [
        client.get("/voice/all/"),
        nour.get(reverse("deliberation:question", args=[question.pk])),
    ]

    for page in pages:
        assert evil not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


def test_a_sentence_is_kept_apart_from_any_ballot(question, code):
    client = telephone(code)
    given = {"words": "It is cold in winter.", "aspect": "reason", "may_be_published": "on"}
    for _twice in range(2):
        assert client.post("/voice/sentence/?s=1", given).url == "/voice/thanks/sentence/"

    kept = Sentence.objects.get()
    assert (kept.words, kept.statement.number, kept.may_be_published) == (given["words"], 1, True)
    assert not kept.is_out
    page = client.post("/voice/sentence/", {"words": "x", "aspect": "nonsense"})
    assert "Write a few words" in page.content.decode()


def test_a_refusal_is_read_and_contested_by_whoever_holds_a_card(house, question, code):
    client, by = telephone(code), make.actor(house.nour)
    plain, named = (
        statements.propose(question, words, language="fr", form_key=uuid4())
        for words in ("On a soif.", "Untel dort.")
    )
    statements.refuse(plain, why=Refusal.ELSEWHERE, words="Ask at the kitchen.", by=by)
    statements.refuse(named, why=Refusal.NAMES_SOMEONE, by=by)

    page = text(client, "/voice/refused/")
    assert "On a soif." in page
    assert "Ask at the kitchen." in page
    assert "Untel dort." not in page
    assert "It names someone." in page
    client.post(f"/voice/refused/{plain.pk}/", {"words": "It is about the room."})
    plain.refresh_from_db()
    assert plain.appeal == "It is about the room."
    assert client.get(f"/voice/refused/{plain.pk}/").status_code == 404
    assert client.get(f"/voice/refused/{uuid4()}/").status_code == 404


def test_when_one_leaves_nothing_stays_on_the_telephone(question, code):
    client = telephone(code)
    answer(client, s1="agree")
    page = client.post("/voice/leave/")

    assert page.url == "/voice/closed/"
    assert page["Clear-Site-Data"] == '"cache"'
    assert not any(cookie.value for name, cookie in page.cookies.items() if name != "relier_csrf")
    assert client.get("/voice/next/").url == "/voice/"


def test_a_member_and_a_voice_on_one_browser_are_not_joined(house, enter, question, code):
    nour = enter(house.nour)
    session = nour.session
    before = dict(session.items())
    nour.get(reverse("voice:exchange", args=[code]))
    page = nour.get("/voice/s/1/")
    nour.post("/voice/s/1/", {"answer": "agree"})
    nour.post("/voice/review/")

    assert Ballot.objects.count() == 1
    assert house.nour.name not in page.content.decode()
    assert page.wsgi_request.actor is None
    assert not page.wsgi_request.user.is_authenticated
    assert dict(nour.session.items()) == before
    assert settings.SESSION_COOKIE_NAME not in page.cookies


def test_each_page_of_a_voice_arrives_in_one_breath(house):
    chance = Random(8)
    letters = "abcdefghijklmnopqrstuvwxyzéèêàù"
    long = [
        " ".join("".join(chance.choices(letters, k=7)) for _ in range(30))[:239] for _ in range(60)
    ]
    question = opened(
        house.nour, words=long, context="".join(chance.choices(letters + " ", k=3000))
    )
    by = make.actor(house.nour)
    for one in question.statements.all():
        statements.word(one, "".join(chance.choices(letters + " ", k=230)).strip(), language="en",
                        made="not_reviewed", by=by)  # fmt: skip
    client = telephone(pile(question, house.nour)[0])
    for number in range(1, 61):
        answer(client, **{f"s{number}": "agree"})

    for address in ("/voice/", "/voice/s/1/", "/voice/all/", "/voice/review/", "/voice/propose/",
                    "/voice/sentence/?s=1", "/voice/refused/", "/voice/closed/"):  # fmt: skip
        page = client.get(address)
        assert page.status_code == 200
        assert len(gzip.compress(page.content, 6)) <= ONE_BREATH, address
        assert page["Cache-Control"] == "no-store"
        assert page.content.count(b"<script") == 1


@pytest.mark.parametrize("count", [3, 150])
def test_pages_of_a_voice_cost_as_much_however_many_statements(
    house, django_assert_max_num_queries, count
):
    question = opened(house.nour)
    Statement.objects.bulk_create(
        Statement(question=question, words=f"Idea {n}", number=n + 10, state="shown")
        for n in range(count)
    )
    client = telephone(pile(question, house.nour)[0])

    for address in ("/voice/", "/voice/next/", "/voice/s/1/", "/voice/all/", "/voice/review/"):
        with django_assert_max_num_queries(5):
            client.get(address)
