"""What plain facts say is irregular, and how many minutes of each row that makes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from .facts import Code, Facts, Problem, Procedure, Row, Trainee

UNJUSTIFIED = 10  # the ground of art. 3, 10°, which asks for no proof


def find_irregularities(facts: Facts, procedure: Procedure) -> tuple[Problem, ...]:
    """Every problem of the rows and files given, those that the caller says included, by id. One
    that was said and is found again stands once, as it was said."""
    trainees = {trainee.id: trainee for trainee in facts.trainees}
    found: dict[tuple[str, Code], Problem] = {}
    for problem in _all(facts, trainees, procedure):
        found.setdefault((problem.about, problem.code), problem)
    return tuple(found[key] for key in sorted(found))


def irregular_minutes(row: Row, problems: Iterable[Problem]) -> int:
    """The minutes of a row that do not count. Two problems of the same row are taken to bear on
    different minutes, up to all of them: the harsher reading."""
    lost = (row.minutes if p.minutes is None else max(0, p.minutes) for p in problems)
    return min(row.minutes, sum(lost))


def _all(facts: Facts, trainees: Mapping[str, Trainee], procedure: Procedure) -> Iterator[Problem]:
    of_trainee: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(facts.rows, key=lambda row: (row.day, row.id)):
        yield from row.problems
        yield from _of_list(row)
        if row.day in facts.calendar.closed:
            yield Problem(row.id, Code.CENTRE_CLOSED)
        of_trainee[row.trainee].append(row)
    for trainee in facts.trainees:
        yield from trainee.problems
        yield from _of_file(trainee, facts.on, procedure.document_valid_days)
    for id, rows in of_trainee.items():
        if id not in trainees:
            yield from (Problem(row.id, Code.NO_FILE) for row in rows)
            continue
        yield from _of_stay(trainees[id], rows)
        yield from _past_programme(trainees[id], rows)
        yield from _unjustified(rows, facts.year, procedure)


def _of_list(row: Row) -> Iterator[Problem]:
    if row.ground:
        if not row.proved and row.ground != UNJUSTIFIED:
            yield Problem(row.id, Code.PROOF_MISSING)
        return
    if not row.has_list:
        yield Problem(row.id, Code.LIST_MISSING)
    elif not row.signed:
        yield Problem(row.id, Code.LIST_UNSIGNED)
    elif row.listed is not None and row.listed != row.minutes:
        # More on the list than encoded is to be mended too, and nothing of it is recovered.
        yield Problem(row.id, Code.LIST_DIFFERS, max(0, row.minutes - row.listed))
    if not row.has_trainer:
        yield Problem(row.id, Code.NO_TRAINER)


def _of_file(trainee: Trainee, on: date, valid_days: int) -> Iterator[Problem]:
    entry = trainee.entered_on
    if trainee.contract_on is None:
        if on >= entry:
            yield Problem(trainee.id, Code.CONTRACT_MISSING, due_on=entry)
    elif trainee.contract_on > entry:
        yield Problem(trainee.id, Code.CONTRACT_LATE, due_on=entry)
    if due := trainee.plan_due_on:
        if trainee.plan_on is None and on > due:
            yield Problem(trainee.id, Code.PLAN_MISSING, due_on=due)
        elif trainee.plan_on is not None and trainee.plan_on > due:
            yield Problem(trainee.id, Code.PLAN_LATE, due_on=due)
    for document in trainee.documents:
        if document.received_on is None:
            if on > document.due_on:
                yield Problem(trainee.id, Code.DOCUMENT_MISSING, due_on=document.due_on)
        elif document.issued_on and document.issued_on + timedelta(days=valid_days) < entry:
            yield Problem(trainee.id, Code.DOCUMENT_OUT_OF_DATE, due_on=entry)


def _of_stay(trainee: Trainee, rows: Sequence[Row]) -> Iterator[Problem]:
    """Hours that the dates of a file do not carry."""
    late = [
        (d.received_on, d.due_on, d.sworn)
        for d in trainee.documents
        if d.received_on and d.received_on > d.due_on
    ]
    for row in rows:
        if row.day < trainee.entered_on or (trainee.left_on and row.day > trainee.left_on):
            yield Problem(row.id, Code.OUTSIDE_STAY)
            continue
        if trainee.contract_on is None or row.day < trainee.contract_on:
            yield Problem(row.id, Code.NO_CONTRACT_YET, due_on=trainee.entered_on)
        due = trainee.plan_due_on
        if due and row.day > due and (trainee.plan_on is None or row.day < trainee.plan_on):
            yield Problem(row.id, Code.NO_PLAN_YET, due_on=due)
        for received_on, due_on, sworn in late:
            if row.day < received_on and not (sworn and row.day <= due_on):
                yield Problem(row.id, Code.DOCUMENT_LATE, due_on=due_on)


def _past_programme(trainee: Trainee, rows: Sequence[Row]) -> Iterator[Problem]:
    """The minutes beyond the programme, the latest ones: rows come by day."""
    if trainee.programme is None:
        return
    counted = trainee.earlier
    for row in rows:
        counted += row.minutes
        beyond = min(row.minutes, counted - trainee.programme)
        if beyond > 0:
            yield Problem(row.id, Code.PROGRAMME_PASSED, beyond)


def _unjustified(rows: Sequence[Row], year: int, procedure: Procedure) -> Iterator[Problem]:
    """Ground 10: days of the calendar year, then minutes beyond the share of minutes followed."""
    of_year = [row for row in rows if row.day.year == year]
    followed = sum(row.minutes for row in of_year if not row.ground)
    most = int(Fraction(followed) * procedure.unjustified_share)
    days: set[date] = set()
    counted = 0
    for row in of_year:
        if row.ground != UNJUSTIFIED:
            continue
        days.add(row.day)
        if len(days) > procedure.unjustified_days > 0:
            yield Problem(row.id, Code.UNJUSTIFIED_DAYS)
            continue
        counted += row.minutes
        beyond = min(row.minutes, counted - most)
        if beyond > 0:
            yield Problem(row.id, Code.UNJUSTIFIED_SHARE, beyond)
