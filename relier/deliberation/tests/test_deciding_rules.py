"""How a question is decided, as a table; and the main points that none may forget."""

import pytest

from relier.deliberation.rules.deciding import Counted, decide
from relier.deliberation.rules.points import MOST, Point, main_points

FEW, NONE = Counted(3, 0, 0), None


@pytest.mark.parametrize(
    ("rule", "standing", "counted", "quorum", "share", "why"),
    [
        # consent counts no voice
        ("consent", 0, NONE, None, 50, "met"),
        ("consent", 0, Counted(0, 40, 0), None, 50, "met"),
        ("consent", 1, Counted(40, 0, 0), None, 50, "objections_stand"),
        # consensus: nobody is against, by a voice or by an objection
        ("consensus", 0, Counted(5, 0, 0), None, 50, "met"),
        ("consensus", 0, Counted(4, 0, 1), None, 50, "met"),
        ("consensus", 0, Counted(40, 1, 0), None, 50, "someone_is_against"),
        ("consensus", 1, Counted(40, 0, 0), None, 50, "objections_stand"),
        ("consensus", 0, Counted(0, 0, 9), None, 50, "no_opinion"),
        ("consensus", 0, FEW, None, 50, "too_few_voices"),
        ("consensus", 0, NONE, None, 50, "not_counted"),
        # majority: the share is passed, and not only reached; those that do not know take part
        ("majority", 0, Counted(6, 4, 0), 10, 50, "met"),
        ("majority", 9, Counted(6, 4, 0), 10, 50, "met"),
        ("majority", 0, Counted(5, 5, 0), 10, 50, "not_enough_agree"),
        ("majority", 0, Counted(6, 3, 1), 10, 66, "met"),
        ("majority", 0, Counted(2, 1, 7), 10, 66, "met"),
        ("majority", 0, Counted(20, 10, 0), 10, 67, "not_enough_agree"),
        ("majority", 0, Counted(6, 3, 0), 10, 50, "too_few_voices"),
        ("majority", 0, Counted(0, 0, 12), 10, 50, "no_opinion"),
        ("majority", 0, FEW, 5, 50, "too_few_voices"),
        ("majority", 0, FEW, None, 50, "too_few_voices"),
        ("majority", 0, NONE, 5, 50, "not_counted"),
    ],
)
def test_the_rule_that_was_announced(rule, standing, counted, quorum, share, why):
    found = decide(rule, standing=standing, counted=counted, quorum=quorum, share=share)

    assert found.why == why
    assert found.is_met == (why == "met")


def statement(number, **more):
    return {"id": str(number), "told": "exact", "divisive": True, **more}


def test_what_comes_back_and_what_divides_are_points_and_what_may_not_be_told_is_none():
    found = {
        "statements": [
            statement(1), statement(2, divisive=False), statement(3, told="hidden"),
            statement(4, told="words"),
        ]
    }  # fmt: skip

    assert main_points([(7, "The noise")], found, {"1": "A second computer."}) == [
        Point("h7", "The noise"), Point("s1", "A second computer."),
    ]  # fmt: skip
    assert main_points([], None, {}) == []
    assert len(main_points([(n, str(n)) for n in range(60)], None, {})) == MOST
