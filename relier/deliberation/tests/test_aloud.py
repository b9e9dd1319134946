"""By voice: answered by a key or by a word, each answer said again, then given."""

import gzip

import pytest
from django.conf import settings

from relier.deliberation.models import Ballot, Wording
from relier.deliberation.rules.spoken import heard

from .stories import STATEMENTS, opened, pile, telephone

ONE_BREATH = 10_240


@pytest.fixture
def question(house):
    return opened(house.nour)


@pytest.fixture
def browser(house, question):
    return telephone(pile(question, house.nour)[0])


def text(browser, address):
    return browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("1", "agree"), (" 2. ", "disagree"), ("3", "pass"), ("4", "unclear"), ("0", "skip"),
        ("Oui !", "agree"), ("D’accord", "agree"), ("d'accord", "agree"),
        ("PAS D’ACCORD", "disagree"),
        ("non", "disagree"), ("Je ne sais pas.", "pass"), ("je n’ai pas compris", "unclear"),
        ("zéro", "skip"), ("Yes", "agree"), ("I don’t know", "pass"), ("next", "skip"),
    ],
)  # fmt: skip
def test_a_key_or_a_word_is_an_answer(said, answer):
    assert heard(said) == answer


@pytest.mark.parametrize("said", ["", "5", "12", "oui mais non", "accord", "je sais", "<b>1</b>x"])
def test_what_is_near_an_answer_is_none(said):
    assert heard(said) is None


def test_each_statement_is_answered_then_said_again_then_given(browser):
    said = {1: {"key": "1"}, 2: {"said": "no"}, 3: {"key": "0"}, 4: {"said": "I don’t know"}}
    while (there := browser.get("/voice/aloud/").url) != "/voice/aloud/again/":
        browser.post(there, said[int(there.split("/")[-2])])

    again = text(browser, there)
    assert f"{STATEMENTS[0]} You said: I agree." in again
    assert f"{STATEMENTS[1]} You said: I disagree." in again
    assert STATEMENTS[2] not in again
    assert "Is that right?" in again
    assert not Ballot.objects.exists()
    assert browser.post(there).url == "/voice/given/"
    assert Ballot.objects.get().answers == {"1": 1, "2": -1, "4": 0}


def test_what_is_not_understood_is_asked_again_and_keeps_nothing(browser):
    page = browser.post("/voice/aloud/1/", {"said": "peut-être"})

    assert page.status_code == 200
    assert "from 1 to 4" in page.content.decode()
    assert "You did not answer" in text(browser, "/voice/aloud/again/")
    browser.post("/voice/aloud/again/")
    assert not Ballot.objects.exists()


def test_it_is_said_in_the_language_that_was_chosen(question, browser):
    Wording.objects.create(
        statement=question.statements.get(number=1), language="en",
        words="The room is too cold.", made="reviewed",
    )  # fmt: skip
    browser.post("/voice/aloud/1/", {"key": "2"})

    assert "The room is too cold. You said: I disagree." in text(browser, "/voice/aloud/again/")
    assert 'lang="en"' in text(browser, "/voice/aloud/1/")


def test_without_a_card_nobody_answers_aloud_and_a_statement_that_is_not_there_is_not_found(
    client, browser
):
    for address in ("/voice/aloud/", "/voice/aloud/1/", "/voice/aloud/again/"):
        assert client.get(address).url == "/voice/"
        assert client.post(address).status_code in (302, 405)
    assert browser.get("/voice/aloud/99/").status_code == 404


def test_each_page_is_one_breath_and_names_no_account(browser):
    browser.post("/voice/aloud/1/", {"key": "1"})
    for address in ("/voice/aloud/2/", "/voice/aloud/again/"):
        page = browser.get(address)
        assert len(gzip.compress(page.content, 6)) <= ONE_BREATH, address
        assert page["Cache-Control"] == "no-store"
        assert settings.SESSION_COOKIE_NAME not in page.cookies
