"""Where each question of a page stands: what the machine is sure of, what people decided, and
what still waits for someone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from relier.paper import access
from relier.paper.models import Scan
from relier.paper.reading.layouts import Layout, Question
from relier.paper.rules.decisions import Said, standing
from relier.paper.rules.proposals import Proposal, on_page, proposals


@dataclass(frozen=True)
class Settled:
    """`answers`: None while it waits for someone. `decided`: by people, not by the machine."""

    question: Question
    proposal: Proposal
    answers: tuple[str, ...] | None
    decided: bool = False
    illegible: bool = False
    by_two: bool = False


def settled(scan: Scan) -> dict[str, Settled]:
    """Question -> where it stands, in the order of the sheet, for a page that was read. Two
    queries, with `page__copy__printing__sheet` at hand."""
    if scan.page is None:
        return {}
    sheet = scan.page.copy.printing.sheet
    questions = questions_of(sheet.as_layout, scan.page.number)
    proposed = proposals(scan.reading, questions)
    said: dict[str, list[Said]] = defaultdict(list)
    for decision in scan.decisions.order_by("at", "pk"):
        said[decision.question].append(decision.said)
    return {
        question.key: _settled(
            question,
            proposed,
            said[question.key],
            by_two=access.needs_two(sheet, question.kind, scan.centre_id),
        )
        for question in questions
    }


def questions_of(layout: Layout, page: int) -> list[Question]:
    return on_page(layout, layout.page(page))


def _settled(
    question: Question, proposed: Mapping[str, Proposal], said: list[Said], *, by_two: bool
) -> Settled:
    proposal = proposed[question.key]
    stands = standing(said, by_two=by_two)
    if stands is not None:
        answers = () if stands.illegible else stands.answers
        return Settled(question, proposal, answers, True, stands.illegible, by_two)
    # Someone who looked and was not followed yet by a second one: the machine is not sure any more.
    waits = not proposal.sure or standing(said) is not None
    return Settled(question, proposal, None if waits else proposal.answers, by_two=by_two)
