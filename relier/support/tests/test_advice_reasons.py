"""The reasons shown are the reasons computed: a fact that is named counts, a fact that is not named
does not, for whatever people may have told."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relier.people import rules as situations
from relier.support.rules.advice import RULES, SHIPPED, advise
from relier.support.rules.advice_known import (
    OBSTACLES,
    QUESTIONS,
    SAID,
    Known,
    Offer,
    Paper,
    Said,
)

TODAY = date(2026, 11, 24)
ONE, TWO = UUID(int=1), UUID(int=2)

# Every answer that each question knows, and None: never asked.
CODES = {
    **{
        name: sorted(next(q.options for q in situations.QUESTIONS[facet] if q.name == question))
        for name, (facet, question) in QUESTIONS.items()
    },
    "reach": ["phone", "message", "letter", "in_person"],
    "learning": ["something", "nothing"],
}
LISTS = {"has", "where", "spoken"}
DAYS = st.dates(date(2024, 1, 1), TODAY)
people = st.sampled_from(["Nour", "Bram"])


def answers(name: str):
    if name == "urgent":
        words = st.sampled_from(["", "The rent", "A fine"])
        return st.builds(Said, st.just(()), DAYS, st.just("by_person"), people, words)
    most = 3 if name in LISTS else 1
    codes = st.lists(st.sampled_from(CODES[name]), min_size=1, max_size=most, unique=True)
    sources = st.sampled_from(["by_person", "observed", "by_relative"])
    return st.builds(Said, codes.map(tuple), DAYS, sources, people)


papers = st.builds(
    Paper,
    id=st.sampled_from([ONE, TWO]),
    about=st.sampled_from(["Heating allowance", "Bus pass"]),
    deadline=st.none() | st.dates(TODAY - timedelta(days=50), TODAY + timedelta(days=50)),
    outcome=st.sampled_from(["open", "waiting", "blocked"]),
    obstacle=st.sampled_from(["", *OBSTACLES]),
    right_not_claimed=st.booleans(),
    news_on=st.dates(date(2026, 6, 1), TODAY),
    on=DAYS,
    author=people,
)
offers = st.builds(Offer, st.sampled_from("ab"), st.sampled_from(["type", "call"]), DAYS)
facts_of_someone = st.builds(
    Known,
    on=st.just(TODAY),
    numbers=st.just(SHIPPED),
    papers=st.lists(papers, max_size=2, unique_by=lambda one: one.id).map(tuple),
    offers=st.lists(offers, max_size=2, unique_by=lambda one: one.id).map(tuple),
    **{name: st.none() | answers(name) for name in SAID},
)


def one_more(facts: Known, key: str):
    """The piece of this key, once some fact has changed; None when its rule is silent."""
    return next((piece for piece in advise(facts) if piece.key == key), None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=facts_of_someone, data=st.data())
def test_the_facts_named_are_those_that_count_and_no_others(facts, data):
    with translation.override("en"):
        for piece in advise(facts):
            rule = RULES[piece.rule]
            reasons = {reason.fact for reason in piece.reasons}
            named = reasons | {name for one in rule.otherwise for name in one.facts}
            name = data.draw(st.sampled_from(SAID))
            other = data.draw(st.none() | answers(name))
            changed = one_more(replace(facts, **{name: other}), piece.key)

            if name not in named:
                assert changed == piece, f"{piece.rule} leans on {name} without saying so"
            elif name in reasons and other != getattr(facts, name):
                assert changed != piece, f"{piece.rule} does not lean on {name}"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=facts_of_someone, other=papers)
def test_a_procedure_speaks_for_itself_only(facts, other):
    with translation.override("en"):
        for piece in advise(facts):
            kept = tuple(p for p in facts.papers if piece.key.endswith(str(p.id)))
            others = replace(facts, papers=(*kept, replace(other, id=UUID(int=3))))
            assert one_more(others, piece.key) == piece
            if RULES[piece.rule].each == "papers":
                assert one_more(replace(facts, papers=()), piece.key) is None


@settings(max_examples=50, deadline=None)
@given(facts=facts_of_someone)
def test_a_rule_is_shown_nothing_but_what_it_says_it_looks_at(facts):
    for rule in RULES.values():
        seen = facts.only(rule.looks_at)

        assert {name for name in SAID if getattr(seen, name)} <= set(rule.looks_at)
        assert (seen.papers, seen.offers) == ((), ())
