"""A file between two steps: received, said column by column, checked, given up, forgotten.

What it holds is sealed, and goes as soon as it is of no use: imported, given up, or `KEPT_DAYS`
after it came. What an import added stays noted `UNDONE_DAYS`, as long as it may be undone.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Centre
from relier.journal import actions as journal
from relier.journal.once import once
from relier.lib.names import fold
from relier.lib.spreadsheets import Book
from relier.lib.spreadsheets.apart import read_apart
from relier.privacy import disk
from relier.training import access

from .alike import lines_that_name
from .checking import Checked, Told, check
from .columns import LEFT_OUT, best_guess, headings_at
from .models import ImportedFile, ImportedRow, KnownCode, KnownHeading, State
from .problems import as_plain

KEPT_DAYS: Final = 14
UNDONE_DAYS: Final = 90
LONGEST_HEADING: Final = 80


# --- received ------------------------------------------------------------------------------------


def receive(data: bytes, *, name: str, by: Actor, form_key: UUID) -> ImportedFile:
    """Read a file in a process apart, and keep what it holds. Raises Unreadable."""
    access.require(access.may_steer(by))
    book = read_apart(data)
    return keep_book(book, name=name, by=by, form_key=form_key)


@transaction.atomic
def keep_book(book: Book, *, name: str, by: Actor, form_key: UUID) -> ImportedFile:
    known = KnownHeading.objects.of_centre(by.own_centre)
    guesses = [best_guess(sheet, known) for sheet in book.sheets]
    at = max(range(len(guesses)), key=lambda one: (not book.sheets[one].is_hidden,
                                                   guesses[one].score, -one))  # fmt: skip
    what, heading, columns = guesses[at].what, guesses[at].heading, guesses[at].columns

    def keep(key: UUID) -> ImportedFile:
        file = ImportedFile(
            centre_id=by.own_centre, author_id=by.id, form_key=key, name=name[-160:],
            form=book.form, book=json.dumps(book.as_plain(), ensure_ascii=False),
            remarks=[one.value for one in book.remarks], what=what, sheet=at, heading=heading,
            columns={str(column): name for column, name in columns.items()},
        )  # fmt: skip
        file.save()
        journal.record("training.file_received", file, by=by)
        return file

    return once(ImportedFile.objects.visible_to(by).filter(author=by.id), form_key, keep)


def book_of(file: ImportedFile) -> Book:
    return Book.from_plain(json.loads(file.book))


# --- what each column is -------------------------------------------------------------------------


@transaction.atomic
def say_columns(
    file: ImportedFile,
    *,
    what: str,
    sheet: int,
    heading: int,
    columns: Mapping[int, str],
    options: Mapping[str, Any],
    by: Actor,
) -> ImportedFile:
    """What each line says, and each column, and each code of a sheet by day; remembered for the
    headings and the codes of this centre. `options`: as JSON holds them."""
    file = _waiting(file, by)
    if (what, sheet, heading) != (file.what, file.sheet, file.heading):
        file.decisions = {}
    file.what, file.sheet, file.heading = what, sheet, heading
    file.columns = {str(column): name for column, name in columns.items() if name}
    file.options = {**file.options, **options}
    file.state, file.found, file.plan = State.RECEIVED, "", ""
    file.save()
    _remember(file, columns, by=by)
    for code, meaning in options.get("codes", {}).items():
        if meaning:
            KnownCode.objects.update_or_create(
                centre_id=by.own_centre, code=code, defaults={"meaning": meaning}
            )
    return file


def _remember(file: ImportedFile, columns: Mapping[int, str], *, by: Actor) -> None:
    """Only headings that were given a meaning: another may be anything, a name included."""
    headings = dict(enumerate(headings_at(book_of(file).sheets[file.sheet], file.heading)))
    for column, meaning in columns.items():
        heading = fold(headings.get(column, ""))[:LONGEST_HEADING]
        if heading and meaning != LEFT_OUT:
            KnownHeading.objects.update_or_create(
                centre_id=by.own_centre, what=file.what, heading=heading,
                defaults={"meaning": meaning},
            )  # fmt: skip


# --- checked, decided ----------------------------------------------------------------------------


def look(file: ImportedFile, *, by: Actor, told: Told | None = None) -> Checked:
    """The dry run, kept so that its pages need not do it again."""
    checked = check(file, by=by, told=told)
    with transaction.atomic():
        file = _waiting(file, by)
        file.found = json.dumps(_found(checked), ensure_ascii=False)
        file.plan, file.state = checked.digest, State.CHECKED
        file.save(update_fields=["found", "plan", "state"])
    return checked


def _found(checked: Checked) -> dict[str, Any]:
    questions = [
        [
            one.key, one.line, one.name, one.born_on and one.born_on.isoformat(), one.decision,
            [[*p[:2], p.born_on and p.born_on.isoformat(), p.reason, p.is_sure]
             for p in one.proposals],
        ]
        for one in checked.questions
    ]  # fmt: skip
    return {
        "problems": as_plain(checked.problems), "questions": questions,
        "counts": checked.drafts.counts(), "lines": checked.lines,
        "stopped": len(checked.stopped), "by_cell": checked.by_cell,
        "missing_sessions": checked.missing_sessions, "people": checked.people,
    }  # fmt: skip


@transaction.atomic
def decide(file: ImportedFile, decisions: Mapping[str, str], *, by: Actor) -> ImportedFile:
    """Keep what a human says of each name: "new", or whose it is. "" takes a decision back."""
    file = _waiting(file, by)
    kept = {**file.decisions, **decisions}
    file.decisions = {key: said for key, said in kept.items() if said}
    file.save(update_fields=["decisions"])
    return file


@transaction.atomic
def choose(file: ImportedFile, options: Mapping[str, Any], *, by: Actor) -> ImportedFile:
    file = _waiting(file, by)
    file.options = {**file.options, **options}
    file.save(update_fields=["options"])
    return file


def _waiting(file: ImportedFile, by: Actor) -> ImportedFile:
    access.require(access.may_steer(by))
    found = ImportedFile.objects.visible_to(by).select_for_update().waiting().filter(pk=file.pk)
    here = found.first()
    access.require(here is not None)
    return here  # type: ignore[return-value]


def one_at_a_time(by: Actor) -> None:
    """Imports of a centre come in turn: the second sees what the first added."""
    Centre.objects.select_for_update().get(pk=by.own_centre)


# --- done with -----------------------------------------------------------------------------------


def empty(file: ImportedFile) -> None:
    """What named someone goes; what stays says when, by whom, and how many."""
    disk.to_clean()
    file.name = file.book = file.found = file.plan = ""
    file.decisions, file.columns, file.options = {}, {}, {}


def keep_as_done(file: ImportedFile, counts: dict[str, int], *, by: Actor, at: datetime) -> None:
    empty(file)
    file.state, file.counts, file.kept_at, file.kept_by_id = State.KEPT, counts, at, by.id
    file.save()
    journal.record("training.file_imported", file, by=by, counts=counts)


@transaction.atomic
def give_up(file: ImportedFile, *, by: Actor) -> None:
    """The file is forgotten; nothing of it was imported."""
    access.require(access.may_steer(by))
    here = ImportedFile.objects.visible_to(by).select_for_update().get(pk=file.pk)
    if here.is_waiting:
        forget([here], by=by)


def forget(files: Iterable[ImportedFile], *, by: Actor) -> int:
    gone = 0
    for file in files:
        empty(file)
        file.state = State.FORGOTTEN
        file.save()
        journal.record("training.file_forgotten", file, by=by, centre=file.centre_id)
        gone += 1
    return gone


def may_be_undone(file: ImportedFile, now: datetime | None = None) -> bool:
    since = (now or timezone.now()) - timedelta(days=UNDONE_DAYS)
    return file.state == State.KEPT and file.kept_at is not None and file.kept_at > since


@transaction.atomic
def forget_imports(*, by: Actor, now: datetime) -> int:
    """What has come to its term: files nobody imported, and the notes by which one is undone.
    Returns how many files and notes went."""
    old = ImportedFile.objects.waiting().received_before(now - timedelta(days=KEPT_DAYS))
    gone = forget(old.select_for_update(), by=by)
    past = ImportedRow.objects.filter(file__kept_at__lt=now - timedelta(days=UNDONE_DAYS))
    return gone + past.delete()[0]


def those_who_name(names: Iterable[str], centre: UUID) -> list[ImportedFile]:
    names = list(names)
    rows = ImportedFile.objects.waiting().filter(centre=centre)
    return [file for file in rows if lines_that_name(book_of(file), names)]
