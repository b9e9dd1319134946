"""What the reader proposes for each question of a page, and which of them a human must look at.

A `reading` is what `reading/worker.py` gives, as plain JSON:

    {"questions": {key: {"answers": [choice…], "sure": bool}}, "written": {key: share of ink}}

What is written by hand, and what was left blank, is never sure: a human looks at both. How much ink
stands in a room is only shown to them, but for a question `by_ink`: there, no ink at all is blank,
and as much ink as a hand leaves is a signature; between the two a human looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from relier.paper.reading.layouts import BOXED, Layout, Page, Question

# Shares of a room that is inked. On six levels of benchmarks/paper, 129 written rooms showed 0.019
# and more but one (0.006, one bit a pixel), 21 empty ones 0.004 and less but two.
SURELY_BLANK, SURELY_WRITTEN = 0.004, 0.019
SIGNED = "signed"


@dataclass(frozen=True)
class Proposal:
    """`answers`: what is read; `sure`: nobody needs to look."""

    answers: tuple[str, ...]
    sure: bool


def on_page(layout: Layout, page: Page) -> list[Question]:
    """The questions that stand on this page, in the order of the sheet."""
    keys = {box.question for box in page.boxes} | {room.question for room in page.rooms}
    return [question for question in layout.questions if question.key in keys]


def proposals(reading: Mapping[str, Any], questions: Iterable[Question]) -> dict[str, Proposal]:
    """Of a question that the reading does not speak of, nothing is known: it is not sure."""
    return {question.key: _proposal(reading, question) for question in questions}


def _proposal(reading: Mapping[str, Any], question: Question) -> Proposal:
    said = reading.get("questions", {}).get(question.key)
    if question.kind not in BOXED:
        return _by_ink(reading, question)
    if said is None:
        return Proposal((), sure=False)
    answers = tuple(key for key in question.choices if key in said["answers"])
    is_blank = question.by_ink and not answers and said.get("why") == "none"
    return Proposal(answers, sure=bool(said["sure"]) or is_blank)


def _by_ink(reading: Mapping[str, Any], question: Question) -> Proposal:
    share = reading.get("written", {}).get(question.key)
    if not question.by_ink or share is None:
        return Proposal((), sure=False)
    if question.kind == "signature" and share >= SURELY_WRITTEN:
        return Proposal((SIGNED,), sure=True)
    return Proposal((), sure=share <= SURELY_BLANK)
