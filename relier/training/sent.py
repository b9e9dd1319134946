"""What a device sends once it has a connection again: entries of presence, as text, checked as the
grid checks what is typed, and brought back by the one rule of `actions/coming_back.py`."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.people.models import Person

from . import access
from .actions.coming_back import Said, bring_back, in_turn_of
from .actions.presences import Took
from .expected import Line, as_uuid, chosen, lines_of
from .forms.presence import PresenceForm
from .models import Difference, Session

MOST = 200
TYPED = ("how", "minutes", "where", "with", "missed")
REFUSED = "refused"
Answer = tuple[str, str]  # what became of it, and why


class NotSent(ValueError):  # noqa: N818 — said as a sentence
    """What came is no list of entries."""


@dataclass(frozen=True)
class Entry:
    """What was said of one person on a device. `seen`: what stood when the page was drawn there;
    `after`: the key of what the same device had said before."""

    key: UUID
    session: UUID
    person: UUID
    by: str
    typed: dict[str, str]
    seen: UUID | None
    after: UUID | None
    said_at: datetime | None
    key_text: str = ""
    session_text: str = ""


def read_entries(body: bytes) -> list[Entry]:
    """Raises NotSent."""
    try:
        rows = json.loads(body)["entries"]
        if not isinstance(rows, list) or len(rows) > MOST:
            raise NotSent("Too many at once, or no list.")
        return [_entry(row) for row in rows]
    except NotSent:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotSent("This is no list of entries.") from wrong


def _entry(row: dict[str, Any]) -> Entry:
    typed = {name: str(row.get(name) or "")[:40] for name in TYPED}
    return Entry(
        key=UUID(row["key"]), session=UUID(row["session"]), person=UUID(row["person"]),
        by=str(row.get("by", "")), typed=typed, seen=as_uuid(str(row.get("seen", ""))),
        after=as_uuid(str(row.get("after", ""))), said_at=_moment(row.get("said_at")),
        key_text=row["key"], session_text=row["session"],
    )  # fmt: skip


def _moment(text: Any) -> datetime | None:
    """By the clock of the device; nothing, where it says what no clock says."""
    try:
        found = parse_datetime(str(text))
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def receive(entries: Sequence[Entry], *, by: Actor) -> list[tuple[Entry, Answer]]:
    """Each entry with what became of it, in their order."""
    answers: dict[UUID, Answer] = {}
    of_session: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_session[entry.session].append(entry)
    for pk, some in of_session.items():
        answers |= _receive_of_one(pk, some, by)
    return [(entry, answers[entry.key]) for entry in entries]


def _receive_of_one(pk: UUID, entries: Sequence[Entry], by: Actor) -> dict[UUID, Answer]:
    session = Session.objects.visible_to(by).select_related("team").filter(pk=pk).first()
    why = _why_not(session, by)
    if session is None or why:
        return {entry.key: (REFUSED, why) for entry in entries}
    people = {one.pk: one for one in chosen(by, [str(entry.person) for entry in entries])}
    answers: dict[UUID, Answer] = {}
    known = []
    for entry in entries:
        if entry.by != str(by.id):
            answers[entry.key] = (REFUSED, _("Someone else wrote this. They sign in to send it."))
        elif entry.person not in people:
            answers[entry.key] = (REFUSED, _("Your teams do not follow this person any more."))
        else:
            known.append(entry)
    said, wrong = _as_said(session, known, people, by)
    answers |= wrong
    outcomes = bring_back(session, said, source=Difference.Source.DEVICE, by=by) if said else []
    return answers | {one.key: (what.value, "") for one, what in zip(said, outcomes, strict=True)}


def _why_not(session: Session | None, by: Actor) -> str:
    if session is None or not access.may_run(by, session.team):
        return _("This session is not of your teams any more.")
    if session.called_off:
        return _("This session was called off.")
    if session.day > timezone.localdate():
        return _("The day of this session has not come.")
    return ""


def _as_said(
    session: Session, entries: Sequence[Entry], people: dict[UUID, Person], by: Actor
) -> tuple[list[Said], dict[UUID, Answer]]:
    """Entries as the grid understands them; of those that it refuses, the sentence it shows."""
    lines = {line.person.pk: line for line in lines_of(session, by, people.values())}
    took: dict[UUID, Took] = {}
    wrong: dict[UUID, Answer] = {}
    for turn in in_turn_of([entry.person for entry in entries]):
        some = [entries[number] for number in turn]
        good, bad = _checked(session, some, lines)
        took |= good
        wrong |= bad
    said = [
        Said(people[one.person], took[one.key], one.key, (one.seen, one.after), one.said_at)
        for one in entries
        if one.key in took
    ]
    return said, wrong


def _checked(
    session: Session, entries: Iterable[Entry], lines: dict[UUID, Line]
) -> tuple[dict[UUID, Took], dict[UUID, Answer]]:
    """One entry for each person at most."""
    wrong: dict[UUID, Answer] = {}
    left = {entry.person.hex: entry for entry in entries}
    form = _form(session, left, lines)
    if not form.is_valid():
        for name, faults in form.errors.items():
            entry = left.pop(name.rpartition("_")[2], None)
            if entry is not None:
                wrong[entry.key] = (REFUSED, str(faults[0]))
        form = _form(session, left, lines)
        form.full_clean()
    found = form.said({})
    by_person = {entry.person: entry for entry in left.values()}
    took = {by_person[person.pk].key: one for person, one in found.items()}
    for entry in left.values():
        if entry.key not in took:
            wrong[entry.key] = (REFUSED, _("Nothing is said here."))
    return took, wrong


def _form(session: Session, left: dict[str, Entry], lines: dict[UUID, Line]) -> PresenceForm:
    data = {
        f"{name}_{person}": text
        for person, entry in left.items()
        for name, text in entry.typed.items()
    }
    return PresenceForm(
        data, session=session, lines=[lines[entry.person] for entry in left.values()]
    )
