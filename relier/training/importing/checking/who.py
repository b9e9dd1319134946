"""Whose each line is, where nobody is added: whoever is named is in the centre already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from relier.training.importing.alike import Bearer, Index, people_of, words_of
from relier.training.importing.columns import NAMES
from relier.training.importing.problems import Weight
from relier.training.importing.values import Reader

from .frame import Checked, Frame, Question
from .people import NEW


@dataclass
class Named:
    """A line that names someone. Several may stand on one line of the sheet."""

    reader: Reader
    name: str
    born_on: date | None

    @property
    def number(self) -> int:
        return self.reader.row.line

    @property
    def is_stopped(self) -> bool:
        return any(problem.weight is Weight.STOPS for problem in self.reader.problems)

    @property
    def bearer(self) -> Bearer:
        return Bearer(f"l:{self.number}", self.name, self.born_on)


def find_people(frame: Frame, checked: Checked, lines: Sequence[Named]) -> dict[int, UUID]:
    """Line -> whose it is. The same words in any order find someone by themselves, where they are
    the only one; a name that is merely alike is asked about, once for all its lines."""
    people = people_of(frame.actor)
    by_words: dict[tuple[str, ...], set[tuple[str, date | None]]] = defaultdict(set)
    for one in people:
        by_words[words_of(one.name)].add((one.ref, one.born_on))
    index = Index(people)
    groups: dict[tuple[Any, ...], list[Named]] = defaultdict(list)
    for line in lines:
        groups[words_of(line.name), line.born_on].append(line)
    found: dict[int, UUID] = {}
    for (words, born_on), group in groups.items():
        refs = {ref for ref, born in by_words[words] if None in (born, born_on) or born == born_on}
        ref = refs.pop() if len(refs) == 1 else ""
        if refs:
            _say(group, "several_people")
        elif not ref:
            ref = _ask(frame, checked, group, index)
        if ref:
            found.update({line.number: UUID(ref[2:]) for line in group})
    return found


def _ask(frame: Frame, checked: Checked, group: list[Named], index: Index) -> str:
    """What was decided of these lines; "" where nobody is named."""
    first = group[0]
    proposals = index.proposals(first.bearer)
    key = str(first.number)
    decision = frame.decisions.get(key, "")
    if proposals:
        if decision not in {NEW, *(one.ref for one in proposals)}:
            decision = ""
        question = Question(key, first.number, first.name, first.born_on, proposals, decision)
        checked.questions.append(question)
    if decision.startswith("p:"):
        return decision
    if not proposals or decision == NEW:
        _say(group, "nobody")
    return ""


def _say(group: Iterable[Named], code: str) -> None:
    for line in group:
        columns = line.reader.columns
        names = [one.name for one in NAMES if one.name in columns]
        line.reader.wrong(min(names, key=lambda name: columns.at[name]), code)
