"""Printing the list of a session, or of each session of a day, for people to sign."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.paper import actions as paper
from relier.training import access
from relier.training.expected import lines_of
from relier.training.models import Approval, ListLine, PresenceList, Session

SHEET = "training.presence"


@transaction.atomic
def print_list(
    session: Session,
    *,
    by: Actor,
    remote: bool = False,
    blank: int = 3,
    language: str = "fr",
    large: bool = False,
    form_key: UUID | None = None,
) -> PresenceList:
    """A list with everyone whom this member expects there, and blank lines for the others. The
    pages are drawn when they are asked for. Raises NotPrintable, ValidationError."""
    access.require(access.may_see(by, session) and access.may_run(by, session.team))

    def keep(key: UUID) -> PresenceList:
        made = PresenceList(
            centre_id=by.own_centre, session=session, author_id=by.id, form_key=key, remote=remote,
            blank=blank, name=session.name, day=session.day, starts_at=session.starts_at,
            minutes=session.minutes, place=session.place, approval=approval_of(session),
            track=session.track.name if session.track else "",
        )  # fmt: skip
        people = [line.person for line in lines_of(session, by)]
        made.lines_printed = len(people)
        made.full_clean(exclude=["form_key", "printing"])
        made.save()
        ListLine.objects.bulk_create(
            ListLine(of=made, person_id=person.root_id, centre_id=made.centre_id, number=number)
            for number, person in enumerate(people, start=1)
        )
        made.printing = paper.keep_batch(
            SHEET, subjects=[None], by=by, language=language, large=large,  # type: ignore[arg-type]
            occasion={"list": str(made.pk)}, form_key=uuid5(key, "paper"),
        )  # fmt: skip
        made.save(update_fields=["printing"])
        shown = [str(person.pk) for person in people]
        journal.record("training.list_printed", made, by=by, shown=shown)
        return made

    return once(PresenceList.objects.filter(author=by.id), form_key, keep)


@transaction.atomic
def print_lists(
    sessions: Iterable[Session], *, by: Actor, form_key: UUID, **how: Any
) -> list[PresenceList]:
    """A list for each session, in their order, printed as `how` says. Sent twice, each is kept
    once. Raises NotPrintable, ValidationError; then none is kept."""
    return [
        print_list(session, by=by, form_key=uuid5(form_key, session.pk.hex), **how)
        for session in sessions
    ]


def approval_of(session: Session) -> str:
    """The number that stands on every act (order, article 20); "" where none is noted."""
    if session.track is None:
        return ""
    rows = Approval.objects.filter(centre=session.centre_id, scheme=session.track.scheme)
    found = rows.filter(from_on__lte=session.day, until_on__gte=session.day).first()
    return found.number if found else ""
