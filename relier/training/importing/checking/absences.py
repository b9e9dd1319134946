"""Why someone was away, from a day to a day, and whether the proof has come."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from relier.lib.names import fold
from relier.training.importing import codes
from relier.training.importing.drafts import AbsenceDraft
from relier.training.importing.models import KnownCode
from relier.training.importing.values import Reader
from relier.training.models import Absence
from relier.training.rules import grounds
from relier.ui.dates import short_day

from .entries import Entries, Line, named_lines
from .frame import Checked, Frame

GROUNDS: Final = {
    **dict.fromkeys(("maladie", "accident du travail", "certificat medical", "accident",
                     "illness", "sick"), 1),
    **dict.fromkeys(("maternite", "paternite", "naissance", "conge de maternite", "maternity"), 2),
    **dict.fromkeys(("enfant malade", "sick child"), 3),
    **dict.fromkeys(("greve", "intemperies", "greve des transports", "strike"), 4),
    **dict.fromkeys(("recherche d emploi", "entretien d embauche", "entretien", "job interview"),
                    6),
    **dict.fromkeys(("convocation", "cpas", "forem", "onem", "tribunal", "summons"), 7),
    **dict.fromkeys(("evenement familial", "deces", "mariage", "devoir civique", "petit chomage"),
                    8),
    **dict.fromkeys(("fete religieuse", "religious feast"), 9),
    **dict.fromkeys(("prison", "detention"), 12),
    **dict.fromkeys(("force majeure",), 13),
}  # fmt: skip


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    lines = named_lines(frame)
    entries = Entries(frame, checked, lines)
    spans = Spans(entries.every())
    known = KnownCode.objects.of_centre(frame.actor.own_centre)
    for line in lines:
        _line(line, entries, spans, known, checked)
        checked.problems += line.reader.problems
    return checked


def _line(
    line: Line, entries: Entries, spans: "Spans", known: Mapping[str, str], checked: Checked
) -> None:
    reader = line.reader
    ground = read_ground(reader, known)
    first = reader.near_day("from_on")
    last = reader.near_day("until_on") or (first if reader.is_blank("until_on") else None)
    proof, proof_on = reader.words("proof", 160), reader.near_day("proof_on", past=True)
    for needed in ("from_on", "ground"):
        reader.needed(needed)
    if first is None or last is None:
        return
    if last < first:
        reader.wrong("until_on", "until_before")
        return
    entry = entries.on(line, first, "from_on")
    if entry is None or not ground or line.is_stopped:
        return
    spans.add(
        checked, reader, "from_on", entry, ground, first, last, proof=proof, received=proof_on
    )


def read_ground(reader: Reader, known: Mapping[str, str]) -> int:
    """Its number, by its number, its words, or a code of the centre; 0 where it is none, said."""
    cell = reader.cell("ground")
    if cell is None:
        return 0
    ground = ground_of(cell.text, known)
    if not ground:
        reader.wrong("ground", "not_listed_ground", said=cell.text)
    elif ground not in codes.grounds_said():
        reader.wrong("ground", "ground_not_said", said=ground)
        return 0
    return ground


def ground_of(text: str, known: Mapping[str, str]) -> int:
    said = fold(text)
    if said.isdigit():
        return int(said) if int(said) in grounds() else 0
    for one in grounds().values():
        if said in {fold(words) for words in one.label.values()}:
            return one.number
    if found := GROUNDS.get(said):
        return found
    code = " ".join(text.casefold().replace(".", "").split())
    return codes.ground_of(codes.proposed(code, known))


class Standing(NamedTuple):
    first: date
    last: date
    ground: int
    line: int = 0


class Spans:
    """From a day to a day, beside those that stand, or stand above in the file. One query."""

    def __init__(self, entries: Mapping[UUID, Any]) -> None:
        self._of: dict[UUID, list[Standing]] = defaultdict(list)
        rows = Absence.objects.current().filter(enrolment__in=list(entries), withdrawn=False)
        named = rows.order_by().values_list("enrolment", "from_on", "until_on", "ground")
        for enrolment, first, last, ground in named:
            self._of[enrolment].append(Standing(first, last, ground))

    def add(
        self,
        checked: Checked,
        reader: Reader,
        column: str,
        entry: Any,
        ground: int,
        first: date,
        last: date,
        *,
        proof: str = "",
        received: date | None = None,
    ) -> None:
        """Keep the draft of an absence, or say why not."""
        for one in self._of[entry.pk]:
            if one.first <= last and first <= one.last:
                self._crosses(reader, column, one, ground, first, last)
                return
        self._of[entry.pk].append(Standing(first, last, ground, reader.row.line))
        if entry.left_on and last > entry.left_on:
            reader.wrong(column, "after_leaving", day=short_day(entry.left_on))
        if received is None:
            reader.wrong(column, "no_proof")
        checked.drafts.absences.append(
            AbsenceDraft(
                reader.row.line, entry.person_id, entry.pk, ground, first, last, proof, received
            )
        )

    @staticmethod
    def _crosses(
        reader: Reader, column: str, one: Standing, ground: int, first: date, last: date
    ) -> None:
        holds = one.ground == ground and one.first <= first and last <= one.last
        if one.line and (one.first, one.last, one.ground) == (first, last, ground):
            reader.wrong(column, "twice", other=one.line)
        elif one.line:
            reader.wrong(column, "crosses", other=one.line)
        elif holds:
            reader.wrong(column, "known")
        else:
            said = {"first": short_day(one.first), "last": short_day(one.last)}
            reader.wrong(column, "absence_otherwise", said=one.ground, **said)
