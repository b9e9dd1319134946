"""A sheet on screen: one page for a worker, one question a page for a person, no script, and the
same answers as paper gives."""

import gzip
import re
from dataclasses import replace
from html import unescape
from uuid import UUID

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from relier.accounts.actors import Actor, Kind
from relier.paper.forms import CHANGE, START, Walk, form_class
from relier.paper.sheets import RATHER_NOT, YesNo, cleaned, worded
from relier.paper.worded import RATHER_NOT_KEY

from .sheet_samples import ANSWERS, EVERY_KIND, GIVEN, positioning

KEY = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
WORDS = worded(EVERY_KIND, "fr")


def sent(values: dict) -> QueryDict:
    """As a browser sends a form."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def form(values=None, *, sheet=EVERY_KIND, **how):
    data = None if values is None else sent(values)
    return form_class(sheet, worded(sheet, "fr"))(data, **how)


# --- one page, for a worker ----------------------------------------------------------------------


def test_the_screen_gives_the_same_answers_as_paper():
    filled = form({**GIVEN, "form_key": KEY})

    assert filled.is_valid()
    assert filled.answers == cleaned(EVERY_KIND, GIVEN) == ANSWERS
    assert filled.cleaned_data["form_key"] == UUID(KEY)


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("reply", "pigeon"),
        ("reply", ["phone", "letter"]),
        ("learn", ["write", RATHER_NOT_KEY]),
        ("computer", "maybe"),
        ("home", "99"),
        ("home", "two"),
        ("day", "2026-02-30"),
        ("day", "1999-01-01"),
        ("words", "x" * 201),
        ("signed", "yes"),
    ],
)
def test_the_screen_refuses_with_the_sentences_of_paper(key, given):
    with translation.override("fr"):
        filled = form({**GIVEN, key: given})

        assert not filled.is_valid()
        with pytest.raises(Exception, match=r".") as refused:
            cleaned(EVERY_KIND, {**GIVEN, key: given})
    assert filled.errors == refused.value.message_dict
    assert set(filled.errors) == {key}


def test_an_empty_page_is_valid():
    filled = form({})

    assert filled.is_valid()
    assert set(filled.answers.values()) == {None}


def test_rather_not_is_offered_where_a_person_answers():
    filled = form({"reply": RATHER_NOT_KEY, "learn": [RATHER_NOT_KEY]})

    assert filled.is_valid()
    assert filled.answers["reply"] is filled.answers["learn"] is RATHER_NOT
    assert str(form()).count('value="rather_not"') == 3
    assert "rather_not" not in str(form(sheet=replace(EVERY_KIND, audience="worker")))


def test_a_form_begins_with_the_answers_given_before():
    shown = str(form(answers=ANSWERS))

    for name, value in (("reply", "letter"), ("learn", "ask"), ("computer", "no")):
        assert re.search(rf'name="{name}" value="{value}"[^>]* checked', shown), name
    assert re.search(r'name="home" value="4"', shown)
    assert re.search(r'name="day" value="2026-11-24"', shown)
    assert "Je voudrais un rendez-vous le matin.</textarea>" in shown
    assert re.search(r'name="signed" value="signed"[^>]* checked', shown)


def test_every_question_has_its_words_its_hint_and_its_picture():
    shown = str(form())

    for question in WORDS.questions:
        assert question.wording.replace("'", "&#x27;") in shown
    assert "À la maison." in shown
    assert shown.count("<svg") == 2


def test_a_question_may_bear_the_name_of_a_part_of_a_form():
    names = ("data", "errors", "clean", "fields", "answers", "sheet", "at", "go", "media")
    sheet = replace(EVERY_KIND, questions=tuple(YesNo(name, "?") for name in names))
    filled = form(dict.fromkeys(names, "yes"), sheet=sheet)

    assert filled.is_valid()
    assert filled.answers == dict.fromkeys(names, True)


def test_the_page_of_a_worker_holds_the_whole_sheet():
    page = shown("paper/page.html", form=form(), worded=WORDS, back_url="/", back_label="Awa")

    assert all(f'name="{question.key}"' in page for question in WORDS.questions)
    assert 'name="form_key"' in page
    assert "Vous pouvez laisser une question sans réponse." in page


# --- one question a page, for a person -----------------------------------------------------------


def shown(template: str, **context) -> str:
    request = RequestFactory().get("/")
    request.actor = Actor(Kind.MEMBER, UUID(KEY), name="Nour", centre_name="Le Fil")
    context = {"relier_mode": "office", "messages": [], **context}
    with translation.override("fr"):
        return render_to_string(template, context, request)


def controls(page: str) -> list[tuple[str, str]]:
    """Hidden and typed fields of a page, as a browser would send them."""
    found = []
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf' {part}="([^"]*)"', tag) for part in ("name", "value"))
        ticked = 'type="radio"' in tag or 'type="checkbox"' in tag
        if name and name[1] != "csrfmiddlewaretoken" and (not ticked or " checked" in tag):
            found.append((name[1], unescape(value[1]) if value else ""))
    for name, value in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?([^<]*)</textarea>', page):
        found.append((name, unescape(value)))
    return found


class Browser:
    """Someone who reads a walk and presses its buttons; without a script."""

    def __init__(self, sheet=EVERY_KIND):
        self.sheet, self.words = sheet, worded(sheet, "fr")
        self.walk = Walk(sheet, self.words, None)

    @property
    def page(self) -> str:
        return shown("paper/walk.html", walk=self.walk)

    def press(self, name: str, value: str, **typed) -> "Browser":
        buttons = re.findall(r'<button[^>]* name="([^"]*)" value="([^"]*)"', self.page)
        assert (name, value) in buttons, f"no such button among {buttons}"
        values: dict[str, list[str]] = {}
        for field, text in controls(self.page):
            values.setdefault(field, []).append(text)
        for field, text in typed.items():
            values[field] = text if isinstance(text, list) else [text]
        values.setdefault(name, []).append(value)
        self.walk = Walk(self.sheet, self.words, sent(values))
        return self

    def go(self, way: str = "next", **typed) -> "Browser":
        return self.press("walk-go", way, **typed)


def walked_to_the_end() -> Browser:
    return (
        Browser()
        .go()
        .press("reply", "letter")
        .go(learn=["ask", "write"])
        .press("computer", "no")
        .go(home="4")
        .go(day="2026-11-24")
        .go(words=GIVEN["words"])
        .go(signed=["signed"])
    )


def test_a_walk_gives_the_same_answers_as_paper():
    end = walked_to_the_end()

    assert end.walk.is_end
    assert end.walk.answers is None
    assert end.go("send").walk.answers == ANSWERS


def test_nothing_is_sent_before_everything_was_said_back():
    end = walked_to_the_end()
    said = {one["question"].key: one["words"] for one in end.walk.said}

    assert said["learn"] == "Écrire un message, Faire une demande à la commune"
    assert said["day"] == "mardi 24 novembre 2026"
    for words in said.values():
        assert words.replace("'", "&#x27;") in end.page
    assert "Rien n’est encore envoyé." in end.page


def test_every_question_may_be_passed():
    browser = Browser().go()
    for question in EVERY_KIND.questions:
        way = "rather_not" if EVERY_KIND.offers_rather_not(question) else "skip"
        browser.go(way)
    answers = browser.go("send").walk.answers

    assert answers == {**dict.fromkeys(ANSWERS, RATHER_NOT), "signed": None}


def test_typed_questions_may_be_left_blank_too():
    browser = Browser().go().go("rather_not").go().go("rather_not").go().go().go().go().go("send")

    assert browser.walk.answers["home"] is None
    assert browser.walk.answers["words"] is None


def test_back_forgets_nothing():
    browser = Browser().go().press("reply", "letter").go(learn=["write"])
    browser.go("back").go("back")

    assert browser.walk.question.key == "reply"
    assert re.search(r'value="letter" aria-pressed="true"', browser.page)
    browser.press("reply", "phone").go().press("computer", "yes")
    assert browser.walk.raw["reply"] == ["phone"]
    assert browser.walk.raw["learn"] == ["write"]


def test_what_is_wrong_stays_on_its_page_with_its_sentence_and_what_was_typed():
    browser = Browser().go().press("reply", "phone").go().press("computer", "no").go(home="99")

    assert browser.walk.question.key == "home"
    assert "Écrivez un nombre de 0 à 30." in browser.page
    assert 'value="99"' in browser.page
    assert browser.go("back").walk.question.key == "computer"
    assert browser.press("computer", "no").go("rather_not").walk.question.key == "day"


def test_an_answer_is_changed_from_the_end():
    end = walked_to_the_end().go(f"{CHANGE}3")

    assert end.walk.question.key == "home"
    assert 'value="4"' in end.page


def test_what_was_changed_by_force_in_the_page_is_checked_again():
    forged = sent({**GIVEN, "walk-at": "7", "walk-go": "send", "home": "1000000"})
    with translation.override("fr"):
        walk = Walk(EVERY_KIND, WORDS, forged)

    assert walk.answers is None
    assert walk.question.key == "home"
    assert walk.errors == ["Écrivez un nombre, en chiffres (2 au plus)."]


@pytest.mark.parametrize("at", ["", "x", "-5", "99", "1e9", "٣"])
@pytest.mark.parametrize("way", ["", "next", "back", "send", "change-", "change-99", "change--4"])
def test_a_page_that_was_tampered_with_is_still_a_page(at, way):
    walk = Walk(EVERY_KIND, WORDS, sent({"walk-at": at, "walk-go": way, "reply": ["a", "b"]}))

    assert START <= walk.at <= walk.count
    assert "<h1" in shown("paper/walk.html", walk=walk)


def test_the_key_of_a_walk_is_the_same_from_the_start_to_the_end():
    browser = Browser()
    key = browser.walk.form_key
    end = browser.go().press("reply", "phone")

    assert end.walk.form_key == key


def test_a_sheet_without_introduction_begins_with_its_first_question():
    walk = Walk(replace(EVERY_KIND, introduction=()), replace(WORDS, introduction=()), None)

    assert walk.question.key == "reply"
    assert not walk.can_go_back


def test_a_page_shows_one_question_and_its_picture():
    page = Browser().go().page

    assert page.count("<h1") == 1
    assert "Comment voulez-vous avoir notre réponse" in page
    assert "learn" not in page
    assert page.count('class="asked"') == 1


def test_what_is_written_is_never_markup():
    browser = Browser().go().go("rather_not").go("rather_not").go("rather_not").go().go()
    browser.go(words='"><script>alert(1)</script>')

    assert "<script>alert" not in browser.page
    end = browser.go("skip")
    assert "<script>alert" not in end.page
    assert "&lt;script&gt;" in end.page


def test_a_walk_in_arabic_speaks_arabic():
    words = worded(EVERY_KIND, "ar")
    walk = Walk(EVERY_KIND, words, sent({"walk-at": "3", "home": "99"}))

    assert walk.errors == ["اكتب عددا من 0 إلى 30."]
    assert walk.form["home"].label == "جوابك"


def test_the_longest_walk_arrives_in_one_breath():
    """docs/charter.md, promise 11: a page for a person, 10 240 bytes at most over the wire."""
    sheet = positioning(30)
    browser = Browser(sheet)
    for _ in range(29):
        browser.press(browser.walk.question.key, "could_learn")

    assert len(gzip.compress(browser.page.encode())) <= 10_240
    browser.press("item_30", "yes")
    assert len(gzip.compress(browser.page.encode())) <= 10_240
