"""What stands of what people said, and what a human must look at: plain values."""

from uuid import UUID

from relier.paper.reading.layouts import Question
from relier.paper.rules.decisions import Said, kept, standing
from relier.paper.rules.proposals import Proposal, proposals

NOUR, BRAM = UUID(int=1), UUID(int=2)
UNDO = Said(NOUR, undoes=True)


def said(by, *answers):
    return Said(by, answers)


def test_the_last_decision_stands():
    assert standing([said(NOUR, "a"), said(BRAM, "b")]) == said(BRAM, "b")
    assert standing([]) is None


def test_undoing_takes_back_one_decision_each_time():
    first, second = said(NOUR, "a"), said(NOUR, "b")

    assert standing([first, second, UNDO]) == first
    assert standing([first, second, UNDO, UNDO]) is None
    assert standing([UNDO, UNDO, first]) == first
    assert kept([first, UNDO, second]) == [second]


def test_two_members_agree_with_their_last_words():
    alike = [said(NOUR, "12"), said(BRAM, "12")]

    assert standing(alike, by_two=True) == said(BRAM, "12")
    assert standing(alike[:1], by_two=True) is None
    assert standing([said(NOUR, "12"), said(NOUR, "12")], by_two=True) is None
    assert standing([*alike, said(NOUR, "13")], by_two=True) is None
    assert standing([*alike, said(NOUR, "13"), UNDO], by_two=True) == said(BRAM, "12")


def test_two_members_agree_that_it_is_illegible():
    lost = [Said(NOUR, illegible=True), Said(BRAM, illegible=True)]

    assert standing(lost, by_two=True) == lost[1]
    assert standing([lost[0], said(BRAM)], by_two=True) is None


def test_the_machine_is_never_sure_of_what_is_written_nor_of_what_it_did_not_see():
    asked = [
        Question("reply", "one", ("phone", "letter")),
        Question("learn", "several", ("write", "photo")),
        Question("day", "date"),
    ]
    reading = {
        "questions": {
            "reply": {"answers": ["letter", "smoke"], "sure": True},
            "day": {"answers": [], "sure": True},
        }
    }

    found = proposals(reading, asked)

    assert found["reply"] == Proposal(("letter",), sure=True)
    assert not found["learn"].sure
    assert not found["day"].sure
