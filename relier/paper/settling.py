"""Where each question of a page stands: what the machine is sure of, what people decided, and
what still waits for someone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from relier.paper import access
from relier.paper.models import Decision, PrintedSheet, Scan
from relier.paper.reading.layouts import Layout, Question
from relier.paper.rules.decisions import Said, kept, standing
from relier.paper.rules.proposals import Proposal, on_page, proposals


@dataclass(frozen=True)
class Settled:
    """`answers`: None while it waits for someone. `decided`: by people, not by the machine.
    `said`: what people decided and did not take back, the first said first. `written`: the share
    of ink in the room to write in, 0 to 1; None where there is none, or nobody measured it."""

    question: Question
    proposal: Proposal
    answers: tuple[str, ...] | None
    decided: bool = False
    illegible: bool = False
    by_two: bool = False
    said: tuple[Said, ...] = ()
    written: float | None = None
    # How many rows of decisions there are: another number, and someone decided meanwhile.
    seen: int = 0


def settled(scan: Scan) -> dict[str, Settled]:
    """Question -> where it stands, in the order of the sheet, for a page that was read. Two
    queries, with `page__copy__printing__sheet` at hand."""
    return settled_all([scan])[scan.pk]


def settled_all(scans: Iterable[Scan]) -> dict[UUID, dict[str, Settled]]:
    """The same for several pages, by their id: as many queries as for one."""
    scans = list(scans)
    said: dict[tuple[UUID, str], list[Said]] = defaultdict(list)
    rows = Decision.objects.filter(scan__in=[scan.pk for scan in scans]).order_by("at", "pk")
    for decision in rows:
        said[decision.scan_id, decision.question].append(decision.said)
    sheets = _Sheets()
    return {scan.pk: _of_scan(scan, sheets, said) for scan in scans}


class _Sheets:
    """What is asked of each sheet once, however many of its pages are there."""

    def __init__(self) -> None:
        self.layouts: dict[UUID, Layout] = {}
        self.two: dict[tuple[UUID, UUID], bool] = {}

    def layout(self, sheet: PrintedSheet) -> Layout:
        if sheet.pk not in self.layouts:
            self.layouts[sheet.pk] = sheet.as_layout
        return self.layouts[sheet.pk]

    def needs_two(self, sheet: PrintedSheet, kind: str, centre: UUID) -> bool:
        if kind not in access.COUNTED:
            return False
        if (sheet.pk, centre) not in self.two:
            self.two[sheet.pk, centre] = access.needs_two(sheet, kind, centre)
        return self.two[sheet.pk, centre]


def _of_scan(
    scan: Scan, sheets: _Sheets, said: Mapping[tuple[UUID, str], list[Said]]
) -> dict[str, Settled]:
    if scan.page is None:
        return {}
    sheet = scan.page.copy.printing.sheet
    questions = questions_of(sheets.layout(sheet), scan.page.number)
    proposed = proposals(scan.reading, questions)
    written = scan.reading.get("written", {})
    return {
        question.key: _settled(
            question,
            proposed[question.key],
            said.get((scan.pk, question.key), []),
            by_two=sheets.needs_two(sheet, question.kind, scan.centre_id),
            written=written.get(question.key),
        )
        for question in questions
    }


def questions_of(layout: Layout, page: int) -> list[Question]:
    return on_page(layout, layout.page(page))


def _settled(
    question: Question,
    proposal: Proposal,
    said: list[Said],
    *,
    by_two: bool,
    written: float | None,
) -> Settled:
    stands = standing(said, by_two=by_two)
    as_it_is = Settled(
        question,
        proposal,
        None,
        by_two=by_two,
        said=tuple(kept(said)),
        written=written,
        seen=len(said),
    )
    if stands is not None:
        answers = () if stands.illegible else stands.answers
        return replace(as_it_is, answers=answers, decided=True, illegible=stands.illegible)
    # Someone who looked and was not followed yet by a second one: the machine is not sure any more.
    waits = not proposal.sure or standing(said) is not None
    return as_it_is if waits else replace(as_it_is, answers=proposal.answers)
