"""Lines of the journal in words: the names of those who did, and of those they are about, in two
questions whatever their number. Never what was written, which the journal does not hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relier.accounts.actors import Kind
from relier.centres.models import Member
from relier.journal.models import Line
from relier.journal.words import words_of
from relier.people.models import Person

ON_A_PAGE = 50
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """`person`: the id under which the file is filed now, None where there is nobody."""

    at: datetime
    who: str
    member: UUID | None
    what: str
    person: UUID | None
    about: str
    more: str


def lines_of(
    centre: UUID, asked: Mapping[str, Any], file: Iterable[UUID] | None, *, before: int | None
) -> list[Line]:
    """One line more than a page shows, so that it is known whether there are others."""
    lines = Line.objects.for_officer(centre).select_related("detail").order_by("-number")
    if file is not None:
        lines = lines.of_file(file)
    if asked.get("who"):
        lines = lines.by(asked["who"].pk)
    if asked.get("nature"):
        lines = lines.filter(nature=asked["nature"])
    if before:
        lines = lines.filter(number__lt=before)
    if asked.get("until"):
        lines = lines.filter(at__lt=_after(asked["until"]))
    return list(lines[: ON_A_PAGE + 1])


def _after(day: Any) -> datetime:
    """The midnight that ends a day here; the last day of all has none, and hides nothing."""
    try:
        return timezone.make_aware(datetime.combine(day + A_DAY, time.min))
    except OverflowError:
        return timezone.now() + A_DAY


def told(lines: list[Line]) -> list[Told]:
    people = {line.subject for line in lines if line.subject}
    people |= {line.actor for line in lines if line.actor_kind == Kind.PERSON}
    files = {person.pk: person for person in Person.objects.filter(pk__in=people).order_by()}
    authors = {line.actor for line in lines if line.actor_kind == Kind.MEMBER}
    members = dict(Member.objects.filter(pk__in=authors).order_by().values_list("pk", "user__name"))
    return [_in_words(line, files, members) for line in lines]


def _in_words(line: Line, files: dict[UUID, Person], members: dict[UUID, str]) -> Told:
    person = files.get(line.subject) if line.subject else None
    gone = _("someone whose file is no longer here") if line.subject else ""
    return Told(
        at=line.at,
        who=_who(line, files, members),
        member=line.actor if line.actor in members else None,
        what=str(words_of(line.kind)),
        person=person.root_id if person else None,
        about=person.name if person else gone,
        more=_more(line.details),
    )


def _who(line: Line, files: dict[UUID, Person], members: dict[UUID, str]) -> str:
    if line.actor_kind == Kind.SYSTEM:
        return "Relier"
    if line.actor_kind == Kind.PERSON:
        return files[line.actor].name if line.actor in files else _("the person")
    return members.get(line.actor, _("someone who worked here"))


def _more(details: dict[str, Any]) -> str:
    """Why, where it was said; how many people a list showed."""
    said = [str(details["reason"])] if details.get("reason") else []
    shown = len(details.get("shown", ()))
    if shown:
        said.append(
            ngettext("%(count)s person shown", "%(count)s people shown", shown) % {"count": shown}
        )
    return " · ".join(said)
