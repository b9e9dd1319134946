"""Drafts -> rows, in one transaction: all of them, or none.

The dry run is done once more, on the house as it is now, and all that it would add is made ready
(`ready.py`) while nobody waits. The transaction is short: it asks the house again what it was asked
(`moment.py`), and writes only if every answer is the same. Where it moved, all is made ready again;
in a house that never stands still, the last attempt is made inside the transaction.
"""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.training import access
from relier.training.models import Cause
from relier.training.posting import hold, lock, post, share_with_closings

from . import staged
from .checking import Checked, Told, check
from .models import ImportedFile, State
from .moment import Asked, at_one_moment, short_transaction
from .ready import Making, Ready, hours_of
from .traces import chunks

# How many people one line of the journal names.
NAMED = 200
# How often it is made ready beside the others before they wait.
ATTEMPTS = 3


class ChangedMeanwhile(Exception):  # noqa: N818 — a word for what happened
    """The house is no longer what the dry run saw: it is to be looked at again. Nothing is kept."""


class NotReady(Exception):  # noqa: N818 — a word for what happened
    """Lines are stopped, or someone is undecided."""


def keep(file: ImportedFile, *, by: Actor, plan: str, told: Told | None = None) -> ImportedFile:
    """Import a file. `plan`: the digest of what the dry run showed. Asked twice, it is done once.
    Raises ChangedMeanwhile or NotReady."""
    access.require(access.may_steer(by))
    for _attempt in range(ATTEMPTS):
        asked, checked, ready = make_ready(file, by=by, plan=plan, told=told)
        if checked is None:
            return _fresh(file, by)
        with short_transaction():
            here = _lock(file, by)
            if here.state == State.KEPT:
                return here
            _wait_for_others(ready, by)
            if not asked.has_moved():
                return _write(here, checked, ready, by=by, told=told)
    with short_transaction():
        here = _lock(file, by)
        _asked, checked, ready = make_ready(here, by=by, plan=plan, told=told)
        if checked is None:
            return here
        _wait_for_others(ready, by)
        return _write(here, checked, ready, by=by, told=told)


def make_ready(
    file: ImportedFile, *, by: Actor, plan: str, told: Told | None = None
) -> tuple[Asked, Checked | None, Ready]:
    """What is to be written, and what was asked of the house to know it; nothing is to be, where
    the file was imported already."""
    with at_one_moment() as asked:
        here = _fresh(file, by)
        if here.state == State.KEPT:
            return asked, None, Ready()
        checked = check(here, by=by, told=told)
        _require_ready(here, checked, plan)
        _still_at_work(checked, told)
        worked_out = hours_of(checked.drafts, by)
    _still_at_work(checked, told)
    ready = Making(here, by, worked_out).make(checked.drafts)
    ready.sheets = len(staged.book_of(here).sheets)
    return asked, checked, ready


def _still_at_work(checked: Checked, told: Told | None) -> None:
    """Every line was looked at; what remains is of no number, and must not fall silent."""
    if told:
        told(checked.lines, checked.lines)


def _fresh(file: ImportedFile, by: Actor) -> ImportedFile:
    return ImportedFile.objects.visible_to(by).get(pk=file.pk)


def _lock(file: ImportedFile, by: Actor) -> ImportedFile:
    """The file, and the centre: imports come in turn."""
    access.require(access.may_steer(by))
    here = ImportedFile.objects.visible_to(by).select_for_update().get(pk=file.pk)
    staged.one_at_a_time(by)
    return here


def _require_ready(file: ImportedFile, checked: Checked, plan: str) -> None:
    if file.state != State.CHECKED or not checked.drafts or checked.undecided:
        raise NotReady
    if checked.stopped and not file.options.get("leave_out"):
        raise NotReady
    if checked.digest != plan:
        raise ChangedMeanwhile


def _wait_for_others(ready: Ready, by: Actor) -> None:
    """Until the commit, nobody else moves these hours."""
    for chunk in chunks(ready.enrolments):
        lock(chunk)
    share_with_closings(by.own_centre)


# --- written -------------------------------------------------------------------------------------


def _write(
    file: ImportedFile, checked: Checked, ready: Ready, *, by: Actor, told: Told | None
) -> ImportedFile:
    for statement in ready.statements:
        _still_at_work(checked, told)
        statement.write()
    for rows in ready.numbered:
        rows.write()
    for chunk in chunks(ready.ended):
        post(hold(chunk), cause=Cause.IMPORT, by=by)
    for track in ready.tracks:
        journal.record("training.track_opened", track, by=by)
    for kind, people in ready.shown.items():
        _journal(file, kind, people, by)
    counts = {
        **checked.drafts.counts(), "minutes": ready.minutes, "lines": checked.lines,
        "left_out": len(checked.stopped), "by_cell": int(checked.by_cell),
        "sheets": ready.sheets if ready.sheets > 1 else 0,
    }  # fmt: skip
    staged.keep_as_done(file, counts, by=by, at=timezone.now())
    return file


def _journal(file: ImportedFile, kind: str, people: Sequence[UUID], by: Actor) -> None:
    """Who is concerned, some at a time: one line for each of ten thousand would take longer than
    the import."""
    for at in range(0, len(people), NAMED):
        shown = [str(pk) for pk in people[at : at + NAMED]]
        journal.record(kind, file, by=by, shown=shown)
