"""What was told of a situation: where it stands and how it came about. No database here."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from relier.people import rules
from relier.people.models import FACETS, Situation
from relier.people.rules.telling import SOURCES


@dataclass
class Author:
    name: str = "Nour"


@dataclass
class Moment:
    on: date
    recorded_at: datetime
    pk: str
    told: str = "by_person"
    author: Author = field(default_factory=Author)


@dataclass
class Telling:
    facet: str
    choices: dict[str, Any]
    words: str
    situation: Moment


MONDAY = date(2026, 11, 23)


def said(facet, words="", *, day=0, at=None, author="Nour", handed=False, **choices):
    """Told `day` days after Monday, written down `at` hours after its morning."""
    hours = day * 24 if at is None else at
    recorded = datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(hours=hours)
    moment = Moment(
        MONDAY + timedelta(days=day), recorded, f"{day}-{hours}-{author}", author=Author(author)
    )
    if handed:
        choices[rules.HANDED_OVER] = "yes"
    return Telling(facet, choices, words, moment)


def test_every_facet_has_its_questions_its_title_and_its_picture():
    assert set(FACETS.values) == set(rules.QUESTIONS) == set(rules.TITLES) == set(rules.PICTOGRAMS)
    assert set(Situation.Told.values) == set(SOURCES)


def test_now_is_the_latest_of_each_facet_with_its_day():
    now = rules.current(
        [
            said(rules.EQUIPMENT, day=2, has=["computer"]),
            said(rules.EQUIPMENT, day=0, has=["smartphone"]),
            said(rules.WISHES, "to write to my sister", day=1),
        ]
    )

    assert [(one.title, one.said, one.words, one.on) for one in now.values()] == [
        ("Equipment", "a computer", "", date(2026, 11, 25)),
        ("What the person wants", "", "to write to my sister", date(2026, 11, 24)),
    ]


def test_an_older_day_written_down_later_does_not_pass_for_now():
    now = rules.current(
        [
            said(rules.QUIET_PLACE, day=3, at=1, place="no"),
            said(rules.QUIET_PLACE, at=99, place="yes"),
        ]
    )

    assert now[rules.QUIET_PLACE].said == "no"


def test_on_the_same_day_what_was_written_last_stands():
    now = rules.current(
        [said(rules.EASE, at=5, how="someone"), said(rules.EASE, at=2, how="alone")]
    )

    assert now[rules.EASE].said == "with someone"


def test_short_facts_are_ready_for_the_page_with_the_own_words_in_quotes():
    facts = rules.current_facts(
        [said(rules.EQUIPMENT, "my son's", has=["smartphone", "tablet"], works="badly")]
    )

    assert facts == [
        ("Equipment", "a smartphone, a tablet; works badly “my son's”", MONDAY, "equipment")
    ]


def test_a_facet_taken_back_is_no_longer_shown_and_stays_in_the_story():
    facts = [said(rules.EASE, "afraid of it"), said(rules.EASE, day=1)]

    assert rules.current_facts(facts) == []
    assert rules.current(facts)[rules.EASE].empty
    last = rules.story(facts)[-1].changes[0]
    assert (last.words_before, last.words_after, last.after) == ("afraid of it", "", "")


def test_the_story_tells_what_changed_from_one_day_to_the_next():
    first, second = rules.story(
        [
            said(rules.CONNECTION, "at my neighbour's", day=4, kind="limited", where=["family"]),
            said(rules.CONNECTION, kind="none"),
        ]
    )

    assert (first.changes[0].before, first.changes[0].after) == ("", "no connection")
    change = second.changes[0]
    assert change.before == "no connection"
    assert change.after == ("a slow connection, or one that cuts; at the home of family or friends")
    assert change.words_after == "at my neighbour's"
    assert second.source == "told by the person, to Nour"


def test_what_is_told_together_makes_one_chapter_in_the_order_of_the_page():
    facts = [said(rules.WISHES, "to work"), said(rules.EQUIPMENT, has=["none"])]

    (chapter,) = rules.story(facts)

    assert [change.facet for change in chapter.changes] == [rules.EQUIPMENT, rules.WISHES]


def test_what_is_handed_over_adds_to_what_those_bound_wrote():
    own = said(rules.PRIVATE, "she left her home", day=0)
    handed = said(rules.PRIVATE, "she cried today", day=1, author="Bram", handed=True)

    now = rules.current([own, handed])[rules.PRIVATE]

    assert now.words == "she left her home"
    assert [(one.words, one.author) for one in now.also] == [("she cried today", "Bram")]


def test_what_is_handed_over_stands_even_when_it_speaks_of_an_earlier_day():
    own = said(rules.PRIVATE, "she left her home", day=2, at=1)
    handed = said(rules.PRIVATE, "seen last week", day=0, at=9, author="Bram", handed=True)

    assert rules.current([own, handed])[rules.PRIVATE].also[0].words == "seen last week"


def test_what_is_handed_over_is_taken_up_when_someone_bound_writes_after_it():
    handed = said(rules.PRIVATE, "she cried today", author="Bram", handed=True)
    own = said(rules.PRIVATE, "we spoke of it", day=1)

    now = rules.current([handed, own])[rules.PRIVATE]

    assert (now.words, now.also) == ("we spoke of it", ())


def test_what_is_handed_over_alone_is_shown_and_is_not_a_change_of_the_form():
    now = rules.current([said(rules.PRIVATE, "she cried", author="Bram", handed=True)])[
        rules.PRIVATE
    ]

    assert not now.empty
    assert not rules.changed(now, {}, "")


@pytest.mark.parametrize(
    ("choices", "words", "expected"),
    [
        ({"has": ["smartphone"]}, "", False),
        ({"has": ["smartphone"]}, "mine", True),
        ({"has": ["smartphone", "tablet"]}, "", True),
        ({}, "", True),
    ],
)
def test_only_what_differs_from_what_was_shown_is_a_change(choices, words, expected):
    shown = rules.current([said(rules.EQUIPMENT, has=["smartphone"])])[rules.EQUIPMENT]

    assert rules.changed(shown, choices, words) is expected


def test_a_facet_never_told_and_left_blank_is_no_change():
    assert not rules.changed(None, {}, "")


def test_choices_are_kept_once_without_blanks():
    kept = rules.clean(
        rules.EQUIPMENT, {"has": ["tablet", "smartphone", "tablet"], "shared": "", "works": "well"}
    )

    assert kept == {"has": ["tablet", "smartphone"], "works": "well"}


def test_an_answer_that_is_none_of_the_options_is_refused():
    with pytest.raises(ValueError, match=r"equipment\.works"):
        rules.clean(rules.EQUIPMENT, {"works": "perfectly"})


def test_a_code_of_a_later_version_is_shown_rather_than_lost():
    assert rules.in_words(rules.EQUIPMENT, {"has": ["smartphone", "hologram"]}) == (
        "a smartphone, hologram"
    )


def test_the_language_of_the_interpreter_is_said_within_a_sentence():
    choices = {"spoken": ["ff", "fr"], "interpreter": "yes", "interpreter_language": "ff"}

    assert rules.in_words(rules.LANGUAGES, rules.clean(rules.LANGUAGES, choices)) == (
        "Fula (Pulaar), French; an interpreter each time; to interpret: Fula (Pulaar)"
    )


# --- felt and done: true of their day only --------------------------------------------------------


def test_what_is_felt_and_done_is_told_day_by_day_and_never_put_together():
    days = rules.felt_and_done(
        [
            said(rules.EASE, day=2, felt="good"),
            said(rules.EASE, day=0, how="alone", felt="gets_by", done=["message", "photo"]),
            said(rules.EASE, day=1, how="someone"),
            said(rules.QUIET_PLACE, day=1, place="yes"),
        ]
    )

    assert [(one.on.day, one.felt, one.done) for one in days] == [
        (23, "feels they get by, no more", ("wrote or spoke a message", "took or sent a photo")),
        (25, "feels they know it well", ()),
    ]
    assert days[0].source == "told by the person, to Nour"


def test_what_is_true_of_a_day_only_is_not_among_the_facts_that_sum_up():
    facts = [said(rules.EASE, how="alone", felt="cannot", done=["none"])]

    (fact,) = rules.current_facts(facts)

    assert fact.value == "alone"


def test_a_facet_told_for_the_day_only_sums_up_to_nothing():
    assert rules.current_facts([said(rules.EASE, felt="cannot")]) == []


def test_the_story_tells_it_on_its_day_and_not_as_what_stood_before():
    first, second = rules.story(
        [
            said(rules.EASE, how="someone", done=["video"]),
            said(rules.EASE, day=1, how="alone", felt="good"),
        ]
    )

    assert (
        first.changes[0].after == "with someone; in the last three months: called someone by video"
    )
    assert second.changes[0].before == "with someone"
    assert second.changes[0].after == "alone; feels they know it well"


def test_the_story_names_no_before_when_only_the_day_was_told():
    _, second = rules.story(
        [said(rules.EASE, how="alone"), said(rules.EASE, day=1, how="alone", felt="good")]
    )

    assert second.changes[0].told_before == ""


@pytest.mark.parametrize(
    ("choices", "changed"),
    [
        ({"how": "alone"}, False),  # left blank: not asked again, and not taken back
        ({"how": "alone", "felt": "good"}, True),  # the same answer on another day is a new one
        ({"how": "someone"}, True),
    ],
)
def test_what_is_told_of_the_day_adds_and_what_is_left_blank_takes_nothing_back(choices, changed):
    shown = rules.current([said(rules.EASE, how="alone", felt="good")])[rules.EASE]

    assert rules.changed(shown, choices, "") is changed
