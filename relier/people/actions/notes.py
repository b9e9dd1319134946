"""Writing a note, and correcting one: a correction is a new note, and both are kept."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people import access
from relier.people.models import Audience, Note, Person


class AlreadyCorrected(Exception):  # noqa: N818 — a word for what happened, not a fault
    """Someone corrected this note while the page was open. `by_note` is what stands there now."""

    def __init__(self, by_note: Note) -> None:
        super().__init__()
        self.by_note = by_note


def usual_audience(actor: Actor) -> str:
    """Under secrecy, unless opened on purpose; those not bound write for the team."""
    return Audience.SECRECY if actor.bound else Audience.TEAM


def write_note(
    person: Person,
    words: str,
    *,
    on: date,
    by: Actor,
    audience: str = "",
    form_key: UUID | None = None,
) -> Note:
    """Keep a note. `audience`: an Audience; by default the usual one of its author."""
    person = person.root
    access.require(access.may_open_file(by, person))
    return _keep_once(
        Note(person=person, words=words, on=on, audience=audience or usual_audience(by)),
        "people.note_written",
        form_key,
        by=by,
    )


def keep_late_words(
    person: Person,
    words: str,
    *,
    written_about: Iterable[UUID],
    on: date,
    by: Actor,
    form_key: UUID | None = None,
) -> Note:
    """What someone not bound was typing when a colleague put the thing under secrecy.

    Their words are not lost, nor do they reach those from whom the thing was withdrawn: they are a
    note of theirs, handed over under secrecy. Only for whoever had opened the thing
    (`written_about`: it and its versions), so that an address tells a stranger nothing.
    """
    # Not refused by a form, as they usually are: what no database keeps is left out.
    words = words.replace("\x00", "").strip()
    access.require(bool(words) and access.had_open(by, written_about))
    return write_note(person, words, on=on, by=by, audience=Audience.SECRECY, form_key=form_key)


def correct_note(
    note: Note,
    words: str,
    *,
    on: date,
    by: Actor,
    audience: str = "",
    form_key: UUID | None = None,
) -> Note:
    """Keep a new version of a note. Only its author opens wider what is under secrecy.

    Raises `AlreadyCorrected` when another correction came first.
    """
    audience = audience or note.audience
    access.require(access.may_correct(by, note))
    access.require(
        note.audience != Audience.SECRECY or audience == Audience.SECRECY or note.author_id == by.id
    )
    known = Note.objects.filter(replaces=note).first()
    if known is not None and known.form_key != form_key:
        raise AlreadyCorrected(known)
    new = Note(person=note.person, words=words, on=on, audience=audience, replaces=note)
    return _keep_once(new, "people.note_corrected", form_key, by=by)


def _keep_once(note: Note, deed: str, form_key: UUID | None, *, by: Actor) -> Note:
    note.author_id = by.id
    note.centre_id = note.person.centre_id

    def keep(key: UUID) -> Note:
        note.form_key = key
        # Under a lock of the database the key says whether it was sent twice, not full_clean.
        note.clean_fields()
        note.save(force_insert=True)
        journal.record(deed, note, by=by, subject=note.person.root_id)
        return note

    rows = Note.objects.filter(author=by.id)
    return once(rows, form_key, keep, said={"words": note.words})
