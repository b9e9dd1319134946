"""What the dry run found, as its pages show it."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext_lazy

from relier.lib.spreadsheets import Fault, Remark
from relier.ui.dates import short_day

from .checking.frame import OfPerson
from .models import ImportedFile
from .problems import Problem, Weight, from_plain
from .traces import Touched

WEIGHTS = {
    Weight.STOPS: lazy("stopped"),
    Weight.LOOK: lazy("to look at"),
    Weight.KNOWN: lazy("here already"),
}
FAULTS = {
    Fault.EMPTY: lazy("There is nothing in this file."),
    Fault.TOO_LARGE: lazy("This file is too large. Keep the sheet that matters, without pictures."),
    Fault.KIND: lazy("This is no spreadsheet. Save it as XLSX, ODS or CSV, and send that."),
    Fault.OLD: lazy(
        "This is a spreadsheet of an old kind (.xls or .xlsb). Open it, and save it as "
        "XLSX."
    ),
    Fault.LOCKED: lazy("This file has a password. Save it without one, and send it again."),
    Fault.BOMB: lazy(
        "This file says little and unpacks to far more than a spreadsheet holds: it is a "
        "trap, and was not read."
    ),
    Fault.ENTITIES: lazy(
        "This file declares what no spreadsheet program writes (XML entities): it is a "
        "trap, and was not read."
    ),
    Fault.DAMAGED: lazy("This file is damaged or cut. Open it, save it again, and send that."),
    Fault.TOO_WIDE: lazy(
        "This sheet has far too many columns. Take away what is not a table of people, "
        "sessions or presences."
    ),
    Fault.TOO_LONG: lazy("This file has too many lines. Divide it: by year, for example."),
    Fault.SLOW: lazy(
        "Reading this file takes too long: it was stopped. Keep the sheet that matters, "
        "and send it again."
    ),
    Fault.MEMORY: lazy(
        "Reading this file takes too much memory: it was stopped. Keep the sheet that "
        "matters, and send it again."
    ),
    Fault.CRASHED: lazy(
        "This file could not be read. Open it, save it as XLSX or CSV, and send that."
    ),
}  # fmt: skip
REMARKS = {
    Remark.MACROS: lazy("This file carries macros: they were not run, and are not kept."),
    Remark.LINKS: lazy("This file leans on other files: what it takes from them is not read."),
    Remark.OLD_LETTERS: lazy(
        "This file is written with the letters of Windows. Look at the accents below."
    ),
    Remark.CUT: lazy("A cell holds more than 1 000 characters: the rest was not read."),
}  # fmt: skip
COUNTS = {
    "tracks": ngettext_lazy("%(n)s track", "%(n)s tracks", "n"),
    "people": ngettext_lazy("%(n)s person", "%(n)s people", "n"),
    "entries": ngettext_lazy("%(n)s entry in a track", "%(n)s entries in a track", "n"),
    "sessions": ngettext_lazy("%(n)s session", "%(n)s sessions", "n"),
    "presences": ngettext_lazy("%(n)s presence", "%(n)s presences", "n"),
    "categories": ngettext_lazy("%(n)s category of an entry", "%(n)s categories of entries", "n"),
    "absences": ngettext_lazy(
        "%(n)s absence with its ground", "%(n)s absences with their grounds", "n"
    ),
    "placements": ngettext_lazy("%(n)s placement", "%(n)s placements", "n"),
}


def said_of(fault: Fault, line: int) -> str:
    said = str(FAULTS[fault])
    return f"{said} " + _("Near line %(line)s.") % {"line": line} if line else said


def counted(counts: dict[str, int]) -> list[str]:
    """« 120 people », for whatever there is some of."""
    return [str(words % {"n": counts[name]}) for name, words in COUNTS.items() if counts.get(name)]


@dataclass(frozen=True)
class Choice:
    ref: str
    label: str
    is_sure: bool


@dataclass(frozen=True)
class Asked:
    """A question on the page of people."""

    key: str
    label: str
    decision: str
    proposals: list[Choice]

    @property
    def is_sure(self) -> bool:
        return self.proposals[0].is_sure


@dataclass(frozen=True)
class Found:
    """What the last dry run of a file found."""

    problems: list[Problem]
    questions: list[Asked]
    counts: dict[str, int]
    lines: int
    stopped: int
    missing_sessions: int
    by_cell: bool = False
    people: list[OfPerson] = field(default_factory=list)

    @property
    def undecided(self) -> int:
        return sum(not one.decision for one in self.questions)

    @property
    def weights(self) -> list[tuple[Weight, Any, int]]:
        """Weight, its words, how many: those that there are."""
        counts = Counter(problem.weight for problem in self.problems)
        return [(one, words, counts[one]) for one, words in WEIGHTS.items() if counts[one]]

    def of_weight(self, weight: str) -> list[Problem]:
        return [one for one in self.problems if one.weight == weight]


def found_in(file: ImportedFile) -> Found | None:
    if not file.found:
        return None
    said = json.loads(file.found)
    return Found(
        from_plain(said["problems"]), _asked(said["questions"], file.decisions), said["counts"],
        said["lines"], said["stopped"], said["missing_sessions"], said.get("by_cell", False),
        [OfPerson(*one) for one in said.get("people", ())],
    )  # fmt: skip


def _asked(questions: Iterable[Sequence[Any]], decisions: dict[str, str]) -> list[Asked]:
    found = []
    for key, line, name, born_on, _decision, proposals in questions:
        label = _("Line %(line)s: %(who)s") % {"line": line, "who": _named(name, born_on)}
        choices = [_choice(*proposal) for proposal in proposals]
        known = {"new", *(one.ref for one in choices)}
        decision = decisions.get(key, "")
        found.append(Asked(key, label, decision if decision in known else "", choices))
    return found


def _choice(ref: str, name: str, born_on: str | None, reason: str, is_sure: bool) -> Choice:
    told = {"who": _named(name, born_on), "reason": reason, "line": ref[2:]}
    here = _("The same person as %(who)s, who is here already (%(reason)s)")
    above = _("The same person as %(who)s of line %(line)s (%(reason)s)")
    return Choice(ref, (here if ref.startswith("p:") else above) % told, is_sure)


def _named(name: str, born_on: str | None) -> str:
    if not born_on:
        return name
    day = short_day(date.fromisoformat(born_on))
    return _("%(name)s, born on %(day)s") % {"name": name, "day": day}


# What leans on a line, or changed: as a human calls it.
THINGS = {
    "people.Person": lazy("the name or the address was changed"),
    "people.Following": lazy("who follows was changed"),
    "people.Note": lazy("a note was written"),
    "people.Situation": lazy("the situation was told"),
    "people.Merge": lazy("the file was joined to another"),
    "training.Enrolment": lazy("a training was begun or changed"),
    "training.Ending": lazy("the end of a training was said"),
    "training.Presence": lazy("a presence was taken or corrected"),
    "training.Participation": lazy("the person is expected at a workshop"),
    "training.LedgerEntry": lazy("hours were counted in this track"),
    "training.Absence": lazy("an absence was explained"),
    "training.Eligibility": lazy("the category was said"),
    "training.EvidenceReceived": lazy("a document of eligibility came"),
    "training.Placement": lazy("a placement was planned or changed"),
    "training.Session": lazy("a session was planned or changed"),
    "training.Workshop": lazy("a workshop was opened"),
    "training.Track": lazy("the track was changed"),
    "training.Programme": lazy("a programme was written or changed"),
}


def touched_words(one: Touched) -> tuple[int, str]:
    """The line, and what became of it since."""
    return one.line, str(THINGS.get(one.what, _("something was written about it")))


def as_csv(problems: Iterable[Problem]) -> str:
    """For a spreadsheet program of here: semicolons, and a mark that says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Line"), _("Column"), _("State"), _("What to do")])
    for one in problems:
        writer.writerow([one.line, one.column, str(WEIGHTS[one.weight]), _harmless(str(one))])
    return "\ufeff" + out.getvalue()


def _harmless(text: str) -> str:
    """What a spreadsheet program would take for a formula is made a text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
