"""A sheet is declared once; whatever the way an answer came, it is checked by one function."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import polib
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import pgettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from relier.paper.sheets import (
    LANGUAGES,
    RATHER_NOT,
    Answered,
    Choice,
    Date,
    Line,
    NotASheet,
    Number,
    OneChoice,
    Several,
    Sheet,
    Signature,
    YesNo,
    as_given,
    build,
    cleaned,
    kept,
    names,
    read_back,
    receive,
    register,
    registry,
    text_to_say,
    worded,
)
from relier.paper.sheets.wording import printed_words
from relier.paper.worded import RATHER_NOT_KEY

from .sheet_samples import ANSWERS, EVERY_KIND, GIVEN, positioning

LOCALE = Path(__file__).parents[1] / "locale"
TWO = (Choice("a", "A"), Choice("b", "B"))
BOXED = ("reply", "learn", "computer")


def a_sheet(*questions, **how):
    return Sheet("tests.small", "1", "Une feuille", questions, **how)


def wrong_with(sheet, **given):
    with pytest.raises(ValidationError) as refused, translation.override("fr"):
        cleaned(sheet, given)
    return refused.value.message_dict


# --- declaring -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "questions",
    [
        (),
        (YesNo("Key", "?"),),
        (YesNo("", "?"),),
        (YesNo("a-key", "?"),),
        (YesNo("form_key", "?"),),
        (YesNo("k" * 41, "?"),),
        (YesNo("same", "?"), YesNo("same", "?")),
        (YesNo("blank", "  "),),
        (YesNo("drawn", "?", pictogram="unicorn"),),
        (OneChoice("one", "?"),),
        (OneChoice("one", "?", choices=TWO[:1]),),
        (Several("several", "?"),),
        (OneChoice("one", "?", choices=(*TWO, Choice("a", "Again"))),),
        (OneChoice("one", "?", choices=(*TWO, Choice("rather_not", "No"))),),
        (OneChoice("one", "?", choices=(*TWO, Choice("B!", "?"))),),
        (OneChoice("one", "?", choices=(*TWO, Choice("c", ""))),),
        (OneChoice("one", "?", choices=(*TWO, Choice("c", "C", pictogram="unicorn"))),),
        (Number("number", "?", digits=0),),
        (Number("number", "?", digits=10),),
        (Number("number", "?", digits=2, most=100),),
        (Number("number", "?", digits=2, least=9, most=3),),
        (Number("number", "?", digits=2, least=-1),),
        (Date("date", "?", first=date(2026, 1, 2), last=date(2026, 1, 1)),),
        (Line("line", "?", lines=0),),
        (Line("line", "?", lines=13),),
        (Line("line", "?", longest=0),),
        (Signature("sign", "?"),),
    ],
)
def test_what_cannot_be_asked_is_refused_as_it_is_declared(questions):
    with pytest.raises(NotASheet):
        a_sheet(*questions)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Support Request"},
        {"name": ""},
        {"version": ""},
        {"version": "one two"},
        {"title": " "},
        {"kind": "ballot"},
        {"keeps": "ballot"},
    ],
)
def test_a_sheet_without_a_proper_name_version_or_title_is_refused(change):
    with pytest.raises(NotASheet):
        replace(a_sheet(YesNo("a", "?")), **change)


def test_a_ballot_has_no_room_for_a_hand_that_would_name_its_author():
    with pytest.raises(NotASheet, match="handwriting"):
        a_sheet(Line("why", "?"), kind="ballot", keeps="ballot")


def test_an_own_answer_may_take_the_place_of_rather_not():
    own = Choice("rather_not", "Je ne veux pas le dire")
    sheet = a_sheet(OneChoice("one", "?", choices=(*TWO, own), rather_not=False))

    assert cleaned(sheet, {"one": "rather_not"}) == {"one": "rather_not"}


# --- checking ------------------------------------------------------------------------------------


def test_every_kind_of_question_gives_its_own_kind_of_answer():
    assert cleaned(EVERY_KIND, GIVEN) == ANSWERS


@pytest.mark.parametrize("blank", ["", "   ", [], [""]])
def test_nothing_is_compulsory(blank):
    given = {question.key: blank for question in EVERY_KIND.questions}

    assert set(cleaned(EVERY_KIND, given).values()) == {None}
    assert set(cleaned(EVERY_KIND, {}).values()) == {None}


def test_what_one_would_rather_not_say_leaves_no_trace():
    offered = [one for one in EVERY_KIND.questions if EVERY_KIND.offers_rather_not(one)]
    answers = cleaned(EVERY_KIND, {one.key: RATHER_NOT_KEY for one in offered})

    assert [one.key for one in offered] == [k for k in ANSWERS if k != "signed"]
    assert {answers[one.key] for one in offered} == {RATHER_NOT}
    assert set(kept(answers).values()) == {None}


def test_a_worker_is_not_offered_rather_not_and_may_leave_all_blank():
    sheet = replace(EVERY_KIND, audience="worker")

    assert not any(sheet.offers_rather_not(question) for question in sheet.questions)
    assert list(wrong_with(sheet, reply=RATHER_NOT_KEY)) == ["reply"]
    assert set(cleaned(sheet, {}).values()) == {None}


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [
        ("reply", "pigeon", "Cette réponse n’est pas dans la liste. Choisissez-en une autre."),
        ("reply", ["phone", "letter"], "Choisissez une seule réponse."),
        ("learn", ["write", "fly"], "Cette réponse n’est pas dans la liste."),
        ("learn", ["write", "rather_not"], "Gardez seulement l’une des deux."),
        ("computer", "peut-être", "Cette réponse n’est pas dans la liste."),
        ("computer", ["yes", "no"], "Choisissez une seule réponse."),
        ("home", "beaucoup", "Écrivez un nombre, en chiffres (2 au plus)."),
        ("home", "123", "Écrivez un nombre, en chiffres (2 au plus)."),
        ("home", "-1", "Écrivez un nombre, en chiffres (2 au plus)."),
        ("home", "2²", "Écrivez un nombre, en chiffres (2 au plus)."),
        ("home", "31", "Écrivez un nombre de 0 à 30."),
        ("day", "31/02/2026", "Écrivez une date qui existe"),
        ("day", "demain", "Écrivez une date qui existe"),
        ("day", "24/11/26", "Écrivez une date qui existe"),
        ("day", "31/12/2019", "Écrivez un jour à partir du mercredi 1er janvier 2020."),
        ("day", "2031-01-01", "Écrivez un jour jusqu’au mardi 31 décembre 2030."),
        ("words", "x" * 201, "Écrivez moins\u00a0: au plus 200 lettres."),
        ("signed", "Awa", "Cette réponse n’est pas dans la liste."),
    ],
)
def test_what_is_wrong_is_said_in_a_plain_sentence(key, given, sentence):
    said = wrong_with(EVERY_KIND, **{**GIVEN, key: given})

    assert list(said) == [key]
    assert sentence in said[key][0]


def test_every_question_that_is_wrong_is_said_at_once():
    assert set(wrong_with(EVERY_KIND, reply="?", home="?", day="?")) == {"reply", "home", "day"}


@pytest.mark.parametrize(
    "given", ["2026-11-24", "24/11/2026", "24.11.2026", "24 11 2026", " 24-11-2026 ", "24112026"]
)
def test_a_day_is_read_as_a_browser_a_comb_or_a_hand_writes_it(given):
    assert cleaned(EVERY_KIND, {"day": given})["day"] == date(2026, 11, 24)


@pytest.mark.parametrize("given", ["4", "04", " 4 ", "٤"])
def test_a_number_is_read_as_a_hand_writes_it(given):
    assert cleaned(EVERY_KIND, {"home": given})["home"] == 4


def test_words_keep_their_lines_and_lose_only_what_nobody_typed():
    said = cleaned(EVERY_KIND, {"words": "  Un.\r\nDeux\x00\x07 — ça va.\n\n"})["words"]

    assert said == "Un.\nDeux — ça va."
    assert cleaned(EVERY_KIND, {"words": "\x00\x01"})["words"] is None


def test_what_the_sheet_does_not_ask_is_left_out():
    assert "salary" not in cleaned(EVERY_KIND, {"salary": "1"})


def test_answers_given_again_make_the_same_answers():
    both = {**ANSWERS, "reply": RATHER_NOT, "words": None}

    for answers in (ANSWERS, both, dict.fromkeys(ANSWERS)):
        assert cleaned(EVERY_KIND, as_given(EVERY_KIND, answers)) == answers


def answers_or_wrong(raw):
    try:
        return cleaned(EVERY_KIND, raw), {}
    except ValidationError as refused:
        return {}, refused.message_dict


@given(st.dictionaries(st.sampled_from(list(ANSWERS)), st.lists(st.text(max_size=30), max_size=3)))
def test_whatever_is_sent_is_answered_or_refused_by_name(raw):
    answers, wrong = answers_or_wrong(raw)

    assert set(wrong) <= set(raw)
    assert wrong or list(answers) == list(ANSWERS)
    assert wrong or cleaned(EVERY_KIND, as_given(EVERY_KIND, answers)) == answers


# --- in words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_worded_in_each_language(language):
    sheet = replace(EVERY_KIND, title=pgettext_lazy("person", "Is this right?"))
    said = worded(sheet, language)

    titles = {"en": "Is this right?", "fr": "C’est bien cela\u00a0?", "ar": "هل هذا صحيح؟"}
    assert said.title == titles[language]
    assert said.direction == ("rtl" if language == "ar" else "ltr")


def test_rather_not_is_the_last_choice_of_what_is_ticked():
    said = worded(EVERY_KIND, "fr")

    assert {q.key: q.choices[-1].key for q in said.questions if q.choices} == dict.fromkeys(
        BOXED, RATHER_NOT_KEY
    )
    assert not any(q.choices for q in said.questions if q.key not in BOXED)


def test_every_word_of_a_printed_sheet_exists_in_each_language():
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(printed_words())

    assert [len(words) for words in said] == [9, 9, 9]
    for name in ("tick", "correct", "number", "year", "page"):
        assert len({words[name] for words in said}) == 3, name


def test_all_that_a_person_reads_or_hears_of_a_sheet_exists_in_arabic():
    french, arabic = (
        polib.pofile((LOCALE / language / "LC_MESSAGES/django.po").read_text(encoding="utf-8"))
        for language in ("fr", "ar")
    )
    # The journal is no sheet: it is read in the languages of the screen.
    of_sheets = [e for e in french if "journal_words" not in str(e.occurrences)]
    for_people = {e.msgid for e in of_sheets if e.msgctxt in ("person", "date on paper")}
    said = {entry.msgid: entry.msgstr for entry in arabic}

    assert for_people <= set(said)
    for words, translated in said.items():
        assert re.search("[\u0621-\u064a]", translated), words
        assert set(re.findall(r"%\(\w+\)s", words)) == set(re.findall(r"%\(\w+\)s", translated))


def test_a_language_that_sheets_do_not_speak_is_refused():
    with pytest.raises(NotASheet, match="speak"):
        worded(EVERY_KIND, "nl")


def test_the_pictures_of_a_sheet_come_with_its_words():
    assert set(worded(EVERY_KIND, "fr").drawings) == {"phone", "letter"}


# --- by voice ------------------------------------------------------------------------------------


def test_a_worker_says_the_whole_sheet_in_its_order():
    lines = text_to_say(worded(EVERY_KIND, "fr"))

    assert lines[:2] == ["Votre demande.", "Vous pouvez laisser une question sans réponse."]
    at = lines.index("Comment voulez-vous avoir notre réponse ?")
    assert lines[at + 1 : at + 4] == [
        "– Par téléphone",
        "– Par lettre. À la maison.",
        "– Je préfère ne pas répondre",
    ]
    assert lines[-1] == "Vous signerez sur papier, quand on se verra."


def test_the_answers_are_read_back_and_silence_is_not():
    answers = {**ANSWERS, "computer": RATHER_NOT, "home": None}
    lines = read_back(worded(EVERY_KIND, "fr"), answers)

    assert lines == [
        "Comment voulez-vous avoir notre réponse ? Vous avez dit\u00a0: Par lettre.",
        "Qu'est-ce que vous voulez apprendre ? Vous avez dit\u00a0: "
        "Écrire un message, Faire une demande à la commune.",
        "Avez-vous un ordinateur ? Vous avez dit\u00a0: Je préfère ne pas répondre.",
        "À partir de quel jour ? Vous avez dit\u00a0: mardi 24 novembre 2026.",
        "Dites-nous le reste, avec vos mots. Vous avez dit\u00a0: "
        "Je voudrais un rendez-vous le matin.",
        "Votre signature. Vous avez dit\u00a0: Je signe.",
        "C’est bien cela\u00a0?",
    ]


def test_a_sheet_left_blank_is_read_back_too():
    lines = read_back(worded(EVERY_KIND, "en"), dict.fromkeys(ANSWERS))

    assert lines == ["You did not answer any question. Is that right?"]


# --- the sheets of the house ---------------------------------------------------------------------


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setattr(registry, "_entries", {})


def test_a_sheet_is_made_for_an_occasion_and_received_by_its_room(registered):
    received = []
    register(
        "tests.positioning",
        build=lambda items: positioning(int(items)),
        receive=lambda answered, by: received.append((answered.answers, by)) or "kept",
        example=positioning,
    )

    sheet = build("tests.positioning", {"items": "3"})
    answers = kept(cleaned(sheet, {"item_1": "yes", "item_2": RATHER_NOT_KEY}))

    assert receive(Answered(sheet, answers, "paper"), by="Nour") == "kept"
    assert received == [({"item_1": "yes", "item_2": None, "item_3": None}, "Nour")]
    assert names() == ["tests.positioning"]


def test_a_name_is_taken_once_and_must_be_known(registered):
    register("tests.every_kind", build=lambda: EVERY_KIND, receive=lambda *_: None)

    with pytest.raises(NotASheet, match="already"):
        register("tests.every_kind", build=lambda: EVERY_KIND, receive=lambda *_: None)
    with pytest.raises(NotASheet, match="No room"):
        build("tests.unknown")
    with pytest.raises(NotASheet, match="no name"):
        register("Tests!", build=lambda: EVERY_KIND, receive=lambda *_: None)


def test_a_sheet_must_bear_the_name_it_is_registered_under(registered):
    register("tests.other", build=lambda: EVERY_KIND, receive=lambda *_: None)

    with pytest.raises(NotASheet, match="calls itself"):
        build("tests.other")
