"""Accidents of paper, read: each right, or in the tray with a sentence."""

from collections.abc import Iterator
from typing import Any

from .artefacts import ARTEFACTS, Case, draw
from .score import meant
from .sheets import grey

# Of the rows that hold one plain mark, how many a page that is "read right" must give for sure.
ENOUGH = 0.5


def judge(case: Case, reading: Any) -> str | None:
    """What is wrong with a reading of this case, as a sentence; None when it may stand."""
    accepted = case.artefact.accepted
    if reading.identifier not in {None, *case.pile.pages, *case.pile.strangers}:
        return f"an identity that is on no page: {reading.identifier}"
    if reading.state != "read":
        if accepted == "right":
            return f"in the tray ({reading.state}: {reading.why})"
        return None if reading.why else f"in the tray ({reading.state}) without a sentence"
    if accepted == "tray":
        return "read, and should be in the tray"
    return _judge_rows(case, reading)


def _judge_rows(case: Case, reading: Any) -> str | None:
    truth = case.pile.pages[reading.identifier]
    sure, plain = 0, 0
    for question, happened in truth.rows.items():
        said, wanted = reading.questions[question], meant(truth, question)
        plain += happened == "one"
        sure += happened == "one" and said.sure
        if said.sure and set(said.answers) != set(wanted):
            given = ", ".join(said.answers) or "nothing"
            return f"{question}: {given} for sure, and it is {', '.join(wanted) or 'nothing'}"
    if case.artefact.accepted == "right" and sure < ENOUGH * plain:
        return f"only {sure} of {plain} plain rows given for sure"
    return None


def read_case(case: Case) -> Any:
    from relier.paper.reading.reader import read_page

    return read_page(grey(case.file[0]), case.pile.find)


def cases(seed: int, turns: int) -> Iterator[Case]:
    for turn in range(turns):
        for name in ARTEFACTS:
            yield draw(name, seed + turn)


def run(seed: int, turns: int) -> int:
    wrong = right = tray = 0
    for case in cases(seed, turns):
        reading = read_case(case)
        fault = judge(case, reading)
        wrong += fault is not None
        right += fault is None and reading.state == "read"
        tray += fault is None and reading.state != "read"
        ends = "read" if reading.state == "read" else f"tray: {reading.why}"
        ends += f"; NOT KEPT: {fault}" if fault else ""
        print(f"{case.artefact.name:18} {case.artefact.accepted:7} {ends}", flush=True)
    print(f"{right} read right, {tray} in the tray as they may, {wrong} not as they should")
    return 1 if wrong else 0
