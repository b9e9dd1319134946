"""People, and the day they entered a track. Whoever may be someone else is proposed, and a human
says whether they are: within the file, and among the people of the centre."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from relier.lib.names import fold
from relier.training.importing.alike import Bearer, Index, people_of
from relier.training.importing.drafts import EntryDraft, Known, New, PersonDraft, Who
from relier.training.importing.problems import Weight
from relier.training.importing.values import Reader
from relier.training.models import Enrolment, Programme, Track
from relier.training.models.enrolments import Reason

from .eligible import read_category
from .frame import Checked, Frame, Question
from .naming import read_name

NEW = "new"


@dataclass(frozen=True)
class Entry:
    track: Track
    programme: Programme
    entered_on: date
    contract_on: date | None
    left_on: date | None
    reason: str
    category: str


@dataclass
class Line:
    """What a line says. `entry`: None where it names no track, or where it is wrong."""

    reader: Reader
    person: PersonDraft
    entry: Entry | None = None

    @property
    def number(self) -> int:
        return self.person.line

    @property
    def is_stopped(self) -> bool:
        return any(problem.weight is Weight.STOPS for problem in self.reader.problems)

    @property
    def bearer(self) -> Bearer:
        name = f"{self.person.call_name} {self.person.family_name}".strip()
        return Bearer(f"l:{self.number}", name, self.person.born_on)


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    lines = [read_line(frame, reader) for reader in frame.readers()]
    same_number(lines)
    named = [line for line in lines if line.person.call_name]
    checked.questions = ask(frame, named)
    whose = decided(checked.questions, named)
    add(frame, checked, [line for line in named if not line.is_stopped], whose)
    for line in lines:
        checked.problems += line.reader.problems
    return checked


# --- a line --------------------------------------------------------------------------------------


def read_line(frame: Frame, reader: Reader) -> Line:
    call, family = read_name(reader)
    reader.national_number("national_number")
    person = PersonDraft(
        reader.row.line, call, family,
        born_on=reader.birth("born_on"),
        phone=reader.phone("phone"),
        address=reader.words("address", 200),
        team=frame.options.get("team"),
    )  # fmt: skip
    return Line(reader, person, read_entry(frame, reader))


def read_entry(frame: Frame, reader: Reader) -> Entry | None:
    track = frame.track(reader)
    entered = reader.near_day("entered_on")
    contract, left = reader.near_day("contract_on"), reader.near_day("left_on", past=True)
    if track is None:
        return None
    if entered is None:
        reader.needed("entered_on")
        return None
    programme = programme_of(frame, reader, track, entered)
    if contract and contract > entered:
        reader.wrong("contract_on", "contract_late")
    if left and left < entered:
        reader.wrong("left_on", "left_before")
    reason = read_reason(reader) if left else ""
    category = read_category(reader)
    if programme is None:
        return None
    return Entry(track, programme, entered, contract, left, reason, category)


def programme_of(frame: Frame, reader: Reader, track: Track, on: date) -> Programme | None:
    """The one that is named; else the latest that was there that day; else the only one."""
    known = frame.programmes.get(track.pk, [])
    text = reader.words("programme", 160)
    if text:
        named = [one for one in known if fold(one.name) == fold(text)]
        if not named:
            reader.wrong("programme", "no_such_programme", said=text)
        return named[0] if named else None
    there = [one for one in known if one.from_on <= on and not (one.until_on and one.until_on < on)]
    found = there or (known if len(known) == 1 else [])
    if not found:
        reader.wrong("track", "no_programme")
    return found[0] if found else None


REASONS: Mapping[str, tuple[str, ...]] = {
    Reason.COMPLETED: ("formation terminee", "fin de formation", "terminee", "fin",
                       "programme termine", "completed", "the programme is done",
                       "le programme est fini"),
    Reason.JOB: ("emploi", "mise a l emploi", "travail", "cdi", "cdd", "job", "a job", "un emploi"),
    Reason.VOCATIONAL: ("pfi", "contrat de formation", "formation professionnelle",
                        "a contract of vocational training"),
    Reason.OTHER_TRAINING: ("autre formation", "formation", "another training"),
    Reason.DROPPED: ("abandon", "abandonne", "arret", "decrochage", "dropped out", "drop out"),
    Reason.HEALTH: ("sante", "maladie", "raison medicale", "raisons medicales", "health"),
    Reason.MOVED: ("demenagement", "demenage", "moved away", "moved"),
    Reason.CENTRE: ("exclusion", "renvoi", "fin a l initiative du centre", "the centre ended it"),
    Reason.OTHER: ("autre", "autres", "another reason", "other"),
}  # fmt: skip
REASON_OF = {fold(word): reason for reason, words in REASONS.items() for word in words}


def read_reason(reader: Reader) -> str:
    text = reader.words("reason", 160)
    found = REASON_OF.get(fold(text))
    if text and found is None:
        reader.wrong("reason", "reason_unknown")
    return str(found or Reason.OTHER)


def same_number(lines: list[Line]) -> None:
    """A number stands for one person: another name under it is a slip."""
    first: dict[str, Line] = {}
    for line in lines:
        number = line.reader.identifier("number")
        if not number or not line.person.call_name:
            continue
        other = first.setdefault(number, line)
        if sorted(fold(other.bearer.name).split()) != sorted(fold(line.bearer.name).split()):
            line.reader.wrong("number", "number_twice", other=other.number, said=other.bearer.name)


# --- who is who ----------------------------------------------------------------------------------


def ask(frame: Frame, lines: list[Line]) -> list[Question]:
    """Whoever may be someone of the centre, or of an earlier line."""
    house, file = Index(people_of(frame.actor)), Index()
    found = []
    for line in lines:
        asked = line.bearer
        proposals = house.proposals(asked) + file.proposals(asked)
        if proposals:
            proposals.sort(key=lambda one: not one.is_sure)
            key = str(line.number)
            known = {NEW, *(one.ref for one in proposals)}
            decision = frame.decisions.get(key, "")
            decision = decision if decision in known else ""
            found.append(Question(key, line.number, asked.name, asked.born_on, proposals, decision))
        file.add(asked)
    return found


def decided(questions: list[Question], lines: list[Line]) -> dict[int, Who]:
    """Line -> whose it is. Lines of one person are one group; the first of them that stays in opens
    the file, unless the person is in the centre already."""
    top: dict[int, int] = {line.number: line.number for line in lines}
    known: dict[int, UUID] = {}
    for question in questions:  # in the order of lines: what they point at is settled
        kind, _, ref = question.decision.partition(":")
        if kind == "l" and int(ref) in top:
            top[question.line] = top[int(ref)]
        elif kind == "p":
            known.setdefault(top[question.line], UUID(ref))
    opens: dict[int, int] = {}
    for line in lines:
        if not line.is_stopped:
            opens.setdefault(top[line.number], line.number)
    return {
        number: Known(known[group]) if group in known else New(opens.get(group, number))
        for number, group in top.items()
    }


# --- what is added -------------------------------------------------------------------------------


def add(frame: Frame, checked: Checked, lines: list[Line], whose: Mapping[int, Who]) -> None:
    entries = standing_entries(whose)
    seen: dict[tuple[Who, UUID, date], int] = {}
    for line in lines:
        who = whose[line.number]
        if isinstance(who, New) and who.line == line.number:
            team = line.person.team or (line.entry.track.team_id if line.entry else None)
            checked.drafts.people.append(replace(line.person, team=team))
        elif isinstance(who, Known):
            line.reader.wrong("", "same_person", who=line.bearer.name)
        if line.entry is not None:
            add_entry(checked, line, who, entries, seen)


def add_entry(
    checked: Checked,
    line: Line,
    who: Who,
    entries: set[tuple[UUID, UUID, date]],
    seen: dict[tuple[Who, UUID, date], int],
) -> None:
    entry = line.entry
    if entry is None:
        return
    key = (who, entry.track.pk, entry.entered_on)
    if key in seen:
        line.reader.wrong("entered_on", "same_entry", other=seen[key])
        return
    seen[key] = line.number
    if isinstance(who, Known) and (who.pk, entry.track.pk, entry.entered_on) in entries:
        line.reader.wrong("entered_on", "known")
        return
    checked.drafts.entries.append(
        EntryDraft(
            line.number, who, entry.track.pk, entry.programme.pk, entry.entered_on,
            entry.contract_on, entry.left_on, entry.reason, entry.category,
        )
    )  # fmt: skip


def standing_entries(whose: Mapping[int, Who]) -> set[tuple[UUID, UUID, date]]:
    """(File shown, track, day of entry) of those who are in the centre already."""
    known = list({one.pk for one in whose.values() if isinstance(one, Known)})
    found: set[tuple[UUID, UUID, date]] = set()
    for at in range(0, len(known), 500):
        rows = Enrolment.objects.filter(person__root__in=known[at : at + 500]).order_by()
        found.update(rows.values_list("person__root", "track", "entered_on"))
    return found
