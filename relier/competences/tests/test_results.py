"""What a positioning comes to, on a bank of five items."""

import pytest

from relier.competences import results
from relier.competences.banks import Bank, BankItem, Part
from relier.competences.frameworks import Reference, Words

FIRST, SECOND = Part("first", Words("a", "a"), "can"), Part("second", Words("b", "b"), "can")


def item(name, part="first", kind="instrumental"):
    words = Words(name, name)
    return BankItem(name, part, words, words, "can", Reference("digcomp", "3.0", "1.1"), kind)


# photo needs message, message needs screen; form needs screen too; quiet stands alone.
BANK = Bank(
    "five", "1", Words("", ""), Words("", ""), "citizens", (FIRST, SECOND),
    (item("screen"), item("message"), item("photo"), item("form", "second", "strategic"),
     item("quiet", "second", "informational")), (), None,
)  # fmt: skip
NEEDS = [("photo", "message"), ("message", "screen"), ("form", "screen")]


def arrange(answers, likely=(), parts=()):
    return results.arrange(BANK, NEEDS, answers, set(likely), parts)


def names(items):
    return [one.id for one in items]


def test_what_was_said_is_what_they_can():
    found = arrange({"message": "yes", "photo": "could_learn"})

    assert names(found.said) == ["message"]


def test_what_it_needs_is_deduced_with_its_reason():
    (deduced,) = arrange({"photo": "yes", "message": "yes"}, likely={"screen"}).deduced

    assert (deduced.item.id, deduced.because.id) == ("screen", "message")


def test_nothing_is_deduced_without_a_reason():
    assert arrange({"form": "could_learn"}, likely={"screen", "message"}).deduced == ()


def test_nothing_is_deduced_that_the_model_doubts():
    assert arrange({"photo": "yes"}, likely=set()).deduced == ()


@pytest.mark.parametrize("says", ["no_need", "unclear", "rather_not", "could_learn"])
def test_the_model_answers_for_nobody(says):
    found = arrange({"photo": "yes", "message": says}, likely={"screen", "message"})

    assert "message" not in found.can


def test_their_own_word_stands_against_the_model():
    found = arrange({"photo": "yes", "screen": "could_learn"}, likely={"screen"})

    assert names(found.said) == ["photo"]
    assert "screen" not in found.can
    assert names(found.within_reach)[0] == "screen"


def test_within_reach_is_what_lacks_nothing_else():
    found = arrange({"screen": "yes"}, likely={"screen"})

    assert names(found.within_reach) == ["message", "form", "quiet"]


def test_what_they_wish_comes_first():
    found = arrange({"screen": "yes", "quiet": "could_learn"})

    assert names(found.within_reach)[0] == "quiet"


def test_what_they_would_rather_not_speak_of_comes_last():
    found = arrange({"screen": "yes", "message": "rather_not"})

    assert names(found.within_reach) == ["form", "quiet", "message"]


def test_what_they_have_no_need_of_is_never_proposed():
    found = arrange({"screen": "yes", "message": "no_need"})

    assert "message" not in names(found.within_reach)
    assert names(found.not_needed) == ["message"]


def test_three_at_most_are_proposed():
    more = [item(f"more-{number}") for number in range(9)]
    bank = Bank("big", "1", BANK.title, BANK.about, "citizens", (FIRST,), tuple(more), (), None)

    assert len(results.arrange(bank, [], {}, set()).within_reach) == 3


def test_what_they_could_learn_another_time_is_not_lost():
    found = arrange({"photo": "could_learn", "form": "could_learn"}, likely=set())

    assert names(found.within_reach) == ["screen", "quiet"]
    assert names(found.later) == ["photo", "form"]


def test_skipped_and_not_asked_are_the_same():
    found = arrange({"message": "unclear", "form": "rather_not"}, likely={"screen", "quiet"})

    assert names(found.not_asked) == ["screen", "photo", "quiet"]
    assert {"message", "form"} == set(names(found.within_reach))


def test_parts_that_were_not_chosen_are_not_listed_as_not_asked():
    assert "quiet" not in names(arrange({}, likely={"quiet"}, parts=["first"]).not_asked)


def test_each_item_stands_in_one_place():
    said = {"screen": "could_learn", "message": "yes", "photo": "no_need", "form": "unclear"}
    found = arrange(said, likely={"screen", "quiet"})
    deduced = [one.item for one in found.deduced]
    places = [
        found.said, deduced, found.within_reach, found.later, found.not_needed, found.not_asked,
    ]  # fmt: skip

    everywhere = [one.id for place in places for one in place]
    assert sorted(everywhere) == sorted(one.id for one in BANK.items)


def test_the_same_list_stands_in_two_orders():
    by_part = results.by_part(BANK, BANK.items)
    by_kind = results.by_kind(BANK.items)

    assert [names(group.items) for group in by_part] == [
        ["screen", "message", "photo"],
        ["form", "quiet"],
    ]
    assert [names(group.items) for group in by_kind] == [
        ["screen", "message", "photo"], ["quiet"], ["form"],
    ]  # fmt: skip


def test_two_times_stand_side_by_side_and_say_what_changed():
    rows = results.side_by_side(
        BANK, [{"screen": "could_learn", "form": "yes"}, {"screen": "yes", "photo": "yes"}]
    )

    assert [(row.item.id, row.says, row.changed) for row in rows] == [
        ("screen", ("could_learn", "yes"), True),
        ("photo", ("", "yes"), False),
        ("form", ("yes", ""), False),
    ]
