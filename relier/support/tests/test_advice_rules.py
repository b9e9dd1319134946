"""The rules of advice: each speaks in the cases it exists for, and is silent elsewhere."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import translation

from relier.support.rules.advice import AT_ONCE, NUMBERS, RULES, SHIPPED, advise, looked_at
from relier.support.rules.advice_known import Known, Offer, Paper, Said
from relier.support.rules.advice_pieces import KINDS, NEUTRAL

TODAY = date(2026, 11, 24)
SOON, LATER, PASSED = (TODAY + timedelta(days=days) for days in (9, 60, -5))
ONE, TWO = UUID(int=1), UUID(int=2)
PHOTO = Offer("send-photo", "send a photo with a message", date(2026, 11, 20))
# Answers that distance needs, all of them.
AT_HOME = {
    "has": "computer", "shared": "own", "works": "well", "connection": "good", "where": "home",
    "quiet": "yes",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def said(answer: str, **more) -> Said:
    """An answer told to Nour on 20 November; several codes are separated by spaces."""
    return Said(tuple(answer.split()), date(2026, 11, 20), author="Nour", **more)


def known(papers=(), offers=(), urgent="", **answers: str) -> Known:
    facts = {name: said(answer) for name, answer in answers.items()}
    if urgent:
        facts["urgent"] = Said((), date(2026, 11, 20), author="Nour", words=urgent, secret=True)
    return Known(on=TODAY, numbers=SHIPPED, papers=papers, offers=offers, **facts)


def paper(**more) -> Paper:
    about = {"id": ONE, "about": "Heating allowance", "on": date(2026, 11, 2), "author": "Nour"}
    return Paper(**{**about, "secret": False, **more})


def blocked(obstacle: str, since: date = date(2026, 11, 10)) -> Paper:
    return paper(outcome="blocked", obstacle=obstacle, news_on=since)


def speaks(rule: str, facts: Known) -> bool:
    return bool(RULES[rule].asked(facts))


def proposed(facts: Known, **centre) -> list[str]:
    return [piece.rule for piece in advise(facts, **centre)]


# --- the cases each rule exists for, and those where it is silent ---------------------------------

SPEAKS = [
    ("lend", {"has": "smartphone"}),
    ("lend", {"has": "none"}),
    ("lend", {"has": "smartphone simple_phone printer", "ease": "someone"}),
    ("lend_meanwhile", {"has": "computer", "works": "broken"}),
    ("lend_meanwhile", {"has": "smartphone tablet", "works": "badly"}),
    ("lend_alone", {"has": "computer", "shared": "family"}),
    ("lend_alone", {"has": "tablet", "shared": "others", "works": "well"}),
    ("lend_connection", {"has": "computer", "connection": "none"}),
    ("lend_connection", {"has": "tablet", "connection": "mobile"}),
    ("write_here", {"has": "smartphone"}),
    ("in_person", {"has": "smartphone"}),
    ("in_person", {"connection": "mobile"}),
    ("in_person", {"quiet": "no"}),
    ("in_person", {**AT_HOME, "quiet": "no"}),
    ("from_home", AT_HOME),
    ("from_home", {**AT_HOME, "shared": "lent", "ease": "someone"}),
    ("hybrid", {**AT_HOME, "quiet": "sometimes"}),
    ("nothing_heavy", {"connection": "mobile"}),
    ("public_place", {"connection": "none"}),
    ("ask", {"has": "smartphone"}),
    ("ask", {"has": "smartphone", "connection": "good"}),
    ("without_a_screen", {"ease": "prefers_not"}),
    ("leave_in_peace", {"learning": "nothing"}),
    ("with_an_interpreter", {"interpreter": "yes"}),
    ("with_an_interpreter", {"interpreter": "sometimes", "interpreter_language": "ar"}),
    ("by_voice", {"reading": "not"}),
    ("by_voice", {"reading": "little", "spoken": "ff fr"}),
    ("own_language", {"spoken": "fr ar", "reading": "effort", "has": "smartphone"}),
    ("call", {"reach": "phone"}),
    ("write_letters", {"reach": "letter"}),
    ("face_to_face", {"reach": "in_person"}),
    ("private_here", {"shared": "family"}),
    ("private_here", {"shared": "others"}),
    ("with_someone", {"ease": "someone"}),
    ("screen_aside", {"ease": "prefers_not"}),
    ("screen_aside", {"interpreter": "sometimes"}),
    ("learn_together", {"offers": (PHOTO,)}),
    ("learn_together", {"offers": (PHOTO,), "reading": "not", "ease": "alone"}),
    ("learn_with_a_sheet", {"offers": (PHOTO,), "reading": "easily", "ease": "alone"}),
    ("what_presses", {"urgent": "The rent is due on Friday."}),
    ("secure_first", {"papers": (paper(deadline=SOON),)}),
    ("secure_first", {"papers": (paper(deadline=PASSED),)}),
    ("secure_first", {"papers": (paper(deadline=TODAY),)}),
    ("contest", {"papers": (blocked("refused"),)}),
    ("do_it_here", {"papers": (blocked("no_device"),)}),
    ("do_it_here", {"papers": (blocked("no_account"),)}),
    ("write_to_them", {"papers": (blocked("no_answer"),)}),
    ("write_to_them", {"papers": (blocked("counter_closed"),)}),
    ("read_it_together", {"papers": (blocked("language"),)}),
    ("ask_for_a_right", {"papers": (paper(right_not_claimed=True),)}),
]

SILENT = [
    ("lend", {}),
    ("lend", {"has": "smartphone computer"}),
    ("lend", {"has": "tablet"}),
    ("lend", {"has": "smartphone", "ease": "prefers_not"}),
    ("lend_meanwhile", {"has": "computer"}),
    ("lend_meanwhile", {"has": "computer", "works": "well"}),
    ("lend_meanwhile", {"works": "broken"}),
    ("lend_meanwhile", {"has": "smartphone", "works": "broken"}),
    ("lend_alone", {"has": "computer", "shared": "own"}),
    ("lend_alone", {"has": "computer", "shared": "family", "works": "broken"}),
    ("lend_alone", {"has": "smartphone", "shared": "family"}),
    ("lend_connection", {"has": "computer"}),
    ("lend_connection", {"has": "computer", "connection": "good"}),
    ("lend_connection", {"has": "smartphone", "connection": "mobile"}),
    ("write_here", {"has": "none"}),
    ("write_here", {"has": "smartphone tablet"}),
    ("write_here", {"has": "smartphone", "ease": "prefers_not"}),
    ("in_person", {}),
    ("in_person", AT_HOME),
    ("in_person", {"has": "smartphone", "ease": "prefers_not"}),
    ("in_person", {"has": "smartphone", "learning": "nothing"}),
    *(("from_home", {n: a for n, a in AT_HOME.items() if n != missing}) for missing in AT_HOME),
    ("from_home", {**AT_HOME, "ease": "prefers_not"}),
    ("from_home", {**AT_HOME, "learning": "nothing"}),
    ("from_home", {**AT_HOME, "where": "centre"}),
    ("from_home", {**AT_HOME, "quiet": "sometimes"}),
    ("hybrid", AT_HOME),
    ("hybrid", {**AT_HOME, "quiet": "sometimes", "connection": "mobile"}),
    ("hybrid", {**AT_HOME, "quiet": "sometimes", "has": "smartphone"}),
    ("nothing_heavy", {}),
    ("nothing_heavy", {"connection": "good"}),
    ("public_place", {"connection": "limited"}),
    ("public_place", {"connection": "none", "ease": "prefers_not"}),
    ("ask", {}),
    ("ask", {"has": "smartphone", "connection": "good", "quiet": "no"}),
    ("ask", {"has": "smartphone", "ease": "prefers_not"}),
    ("ask", {"has": "smartphone", "learning": "nothing"}),
    ("look_again", {"has": "smartphone"}),
    ("without_a_screen", {}),
    ("without_a_screen", {"ease": "someone"}),
    ("leave_in_peace", {}),
    ("leave_in_peace", {"learning": "something"}),
    ("with_an_interpreter", {"interpreter": "no"}),
    ("with_an_interpreter", {"spoken": "ar"}),
    ("by_voice", {"reading": "easily"}),
    ("by_voice", {"reading": "effort"}),
    ("by_voice", {"reading": "not", "spoken": "sfb"}),
    ("by_voice", {"spoken": "ar"}),
    ("own_language", {"spoken": "fr", "reading": "not", "has": "smartphone"}),
    ("own_language", {"spoken": "ar", "reading": "easily", "has": "smartphone"}),
    ("own_language", {"spoken": "ar", "reading": "not", "has": "simple_phone"}),
    ("own_language", {"spoken": "wa", "reading": "not", "has": "smartphone"}),
    ("call", {"reach": "message"}),
    ("call", {}),
    ("write_letters", {"reach": "phone"}),
    ("face_to_face", {"reach": "phone"}),
    ("private_here", {"shared": "own"}),
    ("private_here", {"shared": "lent"}),
    ("with_someone", {"ease": "alone"}),
    ("screen_aside", {"ease": "alone", "interpreter": "no"}),
    ("screen_aside", {}),
    ("learn_together", {}),
    ("learn_together", {"offers": (PHOTO,), "ease": "prefers_not"}),
    ("learn_together", {"offers": (PHOTO,), "reading": "easily", "ease": "alone"}),
    ("learn_with_a_sheet", {"offers": (PHOTO,), "reading": "effort", "ease": "alone"}),
    ("learn_with_a_sheet", {"offers": (PHOTO,)}),
    ("what_presses", {}),
    ("secure_first", {"papers": (paper(),)}),
    ("secure_first", {"papers": (paper(deadline=LATER),)}),
    ("secure_first", {"papers": (paper(deadline=TODAY - timedelta(days=31)),)}),
    ("contest", {"papers": (blocked("refused", since=date(2026, 7, 1)),)}),
    ("contest", {"papers": (blocked("money"),)}),
    ("do_it_here", {"papers": (blocked("document"),)}),
    ("do_it_here", {"papers": (paper(obstacle="no_device"),)}),
    ("write_to_them", {"papers": (blocked("language"),)}),
    ("read_it_together", {"papers": (blocked("no_answer"),)}),
    ("ask_for_a_right", {"papers": (paper(),)}),
    ("ask_for_a_right", {"papers": (paper(right_not_claimed=True, outcome="waiting"),)}),
]


def told(case) -> str:
    rule, facts = case
    return f"{rule}: " + ", ".join(f"{name}={str(value)[:30]}" for name, value in facts.items())


@pytest.mark.parametrize("case", SPEAKS, ids=told)
def test_a_rule_speaks_in_the_cases_it_exists_for(case):
    rule, facts = case

    assert speaks(rule, known(**facts))


@pytest.mark.parametrize("case", SILENT, ids=told)
def test_a_rule_is_silent_elsewhere(case):
    rule, facts = case

    assert not speaks(rule, known(**facts))


def test_an_old_answer_is_asked_again_and_a_recent_one_is_not():
    old = replace(said("smartphone"), on=TODAY - timedelta(days=366))

    assert speaks("look_again", replace(known(), has=old))
    assert not speaks("look_again", replace(known(), ease=old))


def test_every_rule_is_tried_both_ways():
    assert {rule for rule, _facts in SPEAKS} | {"look_again"} == set(RULES)
    assert {rule for rule, _facts in SILENT} == set(RULES)


def test_nothing_known_nothing_proposed():
    assert proposed(known()) == []


# --- what the booklet found ----------------------------------------------------------------------


def test_a_smartphone_alone_carries_neither_a_course_nor_a_cv():
    rules = proposed(known(has="smartphone"))

    assert {"lend", "write_here", "in_person"} <= set(rules)
    assert not {"from_home", "hybrid"} & set(rules)


def test_not_reading_french_never_leads_to_french_first():
    for rule in RULES.values():
        for language in ("en", "fr"):
            with translation.override(language):
                proposal = str(rule.proposal).lower()
            assert "french" not in proposal, rule.id
            assert "français" not in proposal, rule.id
    facts = known(reading="not", spoken="ar", has="smartphone", offers=(PHOTO,))
    assert {"by_voice", "own_language", "learn_together"} <= set(proposed(facts))


def test_an_urgent_paper_comes_before_a_course():
    facts = known(papers=(paper(deadline=SOON),), offers=(PHOTO,), has="smartphone")

    assert proposed(facts)[0] == "secure_first"


def test_someone_who_would_rather_do_without_is_proposed_no_screen():
    facts = known(
        ease="prefers_not", has="smartphone", connection="none", quiet="no", offers=(PHOTO,),
        reading="not", spoken="ar", reach="letter",
    )  # fmt: skip

    assert proposed(facts) == ["without_a_screen", "screen_aside", "by_voice", "write_letters"]


def test_without_any_positioning_all_but_learning_is_proposed_alike():
    facts = known(has="smartphone", connection="mobile", quiet="no")

    with_one = replace(facts, learning=said("something"))
    assert proposed(facts) == proposed(with_one)


def test_someone_who_named_nothing_to_learn_is_left_in_peace_and_may_still_borrow():
    rules = proposed(known(has="smartphone", quiet="no", learning="nothing"))

    assert "leave_in_peace" in rules
    assert "lend" in rules
    assert "in_person" not in rules


# --- how they are shown --------------------------------------------------------------------------


def test_one_of_each_kind_comes_before_a_second_of_any():
    facts = known(
        has="smartphone", connection="mobile", quiet="no", reading="little", reach="phone",
        interpreter="yes", ease="someone", offers=(PHOTO, replace(PHOTO, id="b")),
        papers=(paper(deadline=SOON), paper(id=TWO, deadline=PASSED)),
    )  # fmt: skip
    pieces = advise(facts)

    first = [piece.kind for piece in pieces if not piece.urgent]
    kinds = set(first)
    assert [piece.urgent for piece in pieces[:3]] == [True, True, False]
    assert set(first[: len(kinds)]) == kinds
    assert len(pieces) > AT_ONCE


def test_what_is_in_the_plan_already_is_not_proposed_again():
    facts = known(papers=(paper(deadline=SOON), paper(id=TWO, deadline=SOON)))

    left = advise(facts, taken={f"secure_first:{ONE}"})
    assert [piece.key for piece in left] == [f"secure_first:{TWO}"]


def test_a_centre_switches_a_rule_off_or_says_it_in_its_words():
    facts = known(has="smartphone", papers=(paper(deadline=SOON),))
    own = {"secure_first": "Papers before anything"}

    pieces = advise(facts, off={"lend"}, words=own)
    assert "lend" not in [piece.rule for piece in pieces]
    assert pieces[0].words == "Papers before anything: Heating allowance"


def test_the_plan_says_nothing_of_what_is_under_secrecy():
    (piece,) = advise(known(papers=(paper(deadline=SOON, secret=True),)))

    assert "Heating allowance" in piece.words
    assert piece.secret
    assert piece.step == str(NEUTRAL)


def test_a_reason_names_the_fact_its_day_and_whose_words():
    piece = advise(known(quiet="no"))[0]

    (reason,) = piece.reasons
    assert reason.words == "You have no quiet place."
    assert reason.source == "You told Nour, on Friday 20 November 2026."


def test_every_rule_says_its_source_and_what_it_looks_at():
    for rule in RULES.values():
        assert str(rule.source), rule.id
        assert str(rule.why), rule.id
        assert looked_at(rule), rule.id
        assert rule.find.__doc__, rule.id
        assert rule.kind in KINDS
        assert set(rule.numbers) <= set(NUMBERS)


def test_every_number_is_used_by_a_rule():
    assert {name for rule in RULES.values() for name in rule.numbers} == set(NUMBERS)
