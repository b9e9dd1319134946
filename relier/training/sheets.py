"""The list of presence on paper: everyone who is expected on a line, to tick and to sign.

It ends in the same deed as the grid on screen, through `bring_back`: what contradicts what stands
already waits for someone, and replaces nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.paper.sheets import (
    Answered,
    Choice,
    Hours,
    Line,
    NotASheet,
    Occasion,
    OneChoice,
    Question,
    Row,
    Sheet,
    Signature,
    Table,
    register,
)
from relier.people.models import Person
from relier.ui import dates

from . import access
from .actions.coming_back import Said, bring_back
from .actions.lists import SHEET
from .actions.presences import Took
from .expected import found_by
from .models import Difference, ListLine, PresenceList
from .models.presences import Modality
from .rules import approval_mention
from .rules.durations import told

AWAY = "away"
SOMEONE = gettext_lazy("Someone who was erased")
UNFORESEEN = gettext_lazy("Someone else, line %(number)s")


# --- what is printed -----------------------------------------------------------------------------


def presence_sheet(**occasion: str) -> Sheet:
    """`list`: of `PresenceList`. The names are those that people go by today. Two queries."""
    try:
        printed = PresenceList.objects.get(pk=UUID(occasion["list"]))
    except (KeyError, ValueError, PresenceList.DoesNotExist):
        raise NotASheet("No list of presence was printed under this number.") from None
    names = {line.number: line.person.root.name for line in lines_of_list(printed)}
    named = [names.get(number, SOMEONE) for number in range(1, printed.lines_printed + 1)]
    return sheet_of_list(printed, named)


def who_ticks_and_signs(remote: bool) -> list[Any]:
    """`remote`: whoever is connected from elsewhere cannot sign, and is ticked for."""
    said = [
        pgettext_lazy(
            "presence on paper", "Whoever led the session ticks. Whoever was there signs."
        )
    ]
    if remote:
        said.append(
            pgettext_lazy(
                "presence on paper",
                "Someone is connected from elsewhere? Tick “At a distance”: they do not sign.",
            )
        )
    return said


def lines_of_list(printed: PresenceList) -> list[ListLine]:
    """Those that were printed. One query."""
    rows = printed.lines.filter(number__lte=printed.lines_printed)
    return list(rows.select_related("person__root").order_by("number"))


def sheet_of_list(printed: PresenceList, names: list[Any]) -> Sheet:
    """`names`: in the order of the lines."""
    rows = [
        row_of(f"l{number}", name, printed.remote) for number, name in enumerate(names, start=1)
    ]
    rows += [row_of(f"b{number}", "", printed.remote) for number in range(1, printed.blank + 1)]
    table = Table(
        heads=(
            pgettext_lazy("presence on paper", "Name"),
            "",
            pgettext_lazy("presence on paper", "Not all along? How long"),
            pgettext_lazy("presence on paper", "Signature"),
        ),
        rows=tuple(rows),
    )
    trainer = Signature(
        "trainer", pgettext_lazy("presence on paper", "Signature of who led the session"),
        by_ink=True,
    )  # fmt: skip
    mention = (lazily(mentioned, printed.approval),) if printed.approval else ()
    return Sheet(
        name=SHEET,
        version="2",
        title=lazily(titled, printed.name),
        introduction=(
            lazily(when_and_where, printed),
            *mention,
            *who_ticks_and_signs(printed.remote),
        ),
        audience="worker",
        keeps="signed",
        questions=(*table.questions, trainer),
        table=table,
    )


def questions_of_line(line: ListLine) -> set[str]:
    """Every question of the line of someone."""
    number = line.number
    after = number - line.of.lines_printed
    row = row_of(f"b{after}", "", remote=True) if after > 0 else row_of(f"l{number}", "-", True)
    return {question.key for question in row.questions}


def row_of(key: str, name: Any, remote: bool) -> Row:
    """A line for someone; a blank one where there is no name."""
    who = name or lazily(unforeseen, key[1:])
    choices = [
        Choice(Modality.IN_PERSON.value, pgettext_lazy("presence on paper", "Here")),
        Choice(Modality.REMOTE.value, pgettext_lazy("presence on paper", "At a distance")),
        Choice(AWAY, pgettext_lazy("presence on paper", "Not here")),
    ]
    if not remote:
        del choices[1]
    # Of someone who is expected, a line without a cross is looked at; a blank one is blank.
    questions: tuple[Question, ...] = (
        OneChoice(
            f"{key}_how", lazily(here_or_not, who), choices=tuple(choices), by_ink=not name
        ),
        Hours(f"{key}_long", lazily(how_long, who), by_ink=True),
        Signature(f"{key}_signed", lazily(signature_of, who), by_ink=True),
    )  # fmt: skip
    if not name:
        asked = pgettext_lazy("presence on paper", "Someone else: their name")
        questions = (Line(f"{key}_name", asked, longest=120, by_ink=True), *questions)
    return Row(name, questions)


# --- in words, in the language of the sheet ------------------------------------------------------


def lazily(words: Any, *given: Any) -> Any:
    return lazy(words, str)(*given)


def titled(name: str) -> str:
    return pgettext("presence on paper", "Presence: %(session)s") % {"session": name}


def when_and_where(printed: PresenceList) -> str:
    begins = datetime.combine(printed.day, printed.starts_at)
    ends = (begins + timedelta(minutes=printed.minutes)).time()
    when = pgettext("presence on paper", "%(day)s, from %(start)s to %(end)s (%(long)s)") % {
        "day": capfirst(dates.day(printed.day)),
        "start": dates.hour(printed.starts_at),
        "end": dates.hour(ends),
        "long": told(printed.minutes),
    }
    return " · ".join(filter(None, [when, printed.place, printed.track]))


def mentioned(number: str) -> str:
    return capfirst(approval_mention(number, get_language() or "fr"))


def unforeseen(number: str) -> str:
    return str(UNFORESEEN) % {"number": number}


def here_or_not(who: Any) -> str:
    return pgettext("presence on paper", "%(name)s: here, or not?") % {"name": who}


def how_long(who: Any) -> str:
    return pgettext("presence on paper", "%(name)s: how long, if not all along?") % {"name": who}


def signature_of(who: Any) -> str:
    return pgettext("presence on paper", "%(name)s: signature") % {"name": who}


# --- what comes back -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Ticked:
    """One line as it was filled. `name`: who it is about, for whoever puts it right; `blank`: the
    rank of a blank line, where it is one."""

    name: str
    how: str | None
    long: int | None
    signed: bool
    unread: bool
    blank: int = 0

    @property
    def is_blank(self) -> bool:
        return not (self.how or self.long is not None or self.signed or self.unread)

    def wrong(self) -> str:
        """Why it cannot be kept as it is; "" where it can."""
        said = ""
        if self.unread:
            said = _("%(name)s: how long cannot be read. Ask who led the session, and write it.")
        elif not self.how and not self.is_blank:
            said = _("%(name)s: something is written, and no box is ticked. Look at it again.")
        elif self.how == AWAY and self.long is not None:
            said = _("%(name)s: not here, and yet hours are written. Look at it again.")
        elif self.how == AWAY and self.signed:
            said = _("%(name)s: not here, and yet it is signed. Look at it again.")
        return said % {"name": self.name}

    def took(self, minutes: int) -> Took:
        """`minutes`: of the whole session as it was printed. As the grid keeps it."""
        if self.how == AWAY:
            return Took(0, missed=minutes)
        return Took(self.long or minutes, missed=0, modality=self.how or Modality.IN_PERSON.value)


def receive_list(answered: Answered, by: Actor) -> PresenceList:
    """The presences of a list that was checked. Raises ValidationError, with a sentence for each
    line that contradicts itself; nothing is kept then."""
    printed = list_of(answered)
    refuse_another_day(printed)
    said, wrong, key = [], [], answered.form_key or printed.pk
    added: dict[int, tuple[Person, Ticked]] = {}
    lines = [*expected_lines(printed, answered), *added_lines(printed, answered, by)]
    for person, line in lines:
        problem = line.wrong() or (person if isinstance(person, str) else "")
        if problem:
            wrong.append(problem)
        elif line.how and isinstance(person, Person):
            said.append(Said(person, line.took(printed.minutes), key))
            if line.blank:
                added[line.blank] = (person, line)
    if wrong:
        raise ValidationError(wrong)
    if not said:
        raise ValidationError(_("Nothing is ticked on this list: there is nothing to keep."))
    refuse_twice(said)
    bring_back(printed.session, said, source=Difference.Source.PAPER, by=by)
    keep_expected(printed, answered)
    keep_added(printed, added)
    printed.received_at = timezone.now()
    printed.save(update_fields=["received_at"])
    return printed


def keep_expected(printed: PresenceList, answered: Answered) -> None:
    """What the list bore of each person it was printed for."""
    lines = lines_of_list(printed)
    for line in lines:
        bore(line, ticked(answered, f"l{line.number}", ""))
    ListLine.objects.bulk_update(lines, ["minutes", "signed"])


def bore(line: ListLine, said: Ticked) -> ListLine:
    line.minutes = said.took(line.of.minutes).minutes if said.how else None
    line.signed = said.signed
    return line


def keep_added(printed: PresenceList, added: dict[int, tuple[Person, Ticked]]) -> None:
    """Who was written on which blank line, so that it is painted over if they are erased."""
    ListLine.objects.bulk_create(
        bore(
            ListLine(
                of=printed, person_id=person.root_id, centre_id=printed.centre_id,
                number=printed.lines_printed + number,
            ),
            said,
        )
        for number, (person, said) in added.items()
    )  # fmt: skip


def list_of(answered: Answered) -> PresenceList:
    rows = PresenceList.objects.select_related("session__team")
    return rows.get(pk=UUID(answered.occasion["list"]))


def refuse_another_day(printed: PresenceList) -> None:
    if printed.day != printed.session.day:
        raise ValidationError(
            _(
                "This list was signed for %(then)s, and the session is on %(now)s now. Move the "
                "session back, or put the page aside and take presence on screen."
            )
            % {"then": dates.day(printed.day), "now": dates.day(printed.session.day)}
        )


def refuse_twice(said: list[Said]) -> None:
    seen: set[UUID] = set()
    for one in said:
        if one.person.root_id in seen:
            raise ValidationError(
                _("%(name)s stands on two lines of this list. Keep one.")
                % {"name": one.person.name}
            )
        seen.add(one.person.root_id)


def ticked(answered: Answered, key: str, name: str, blank: int = 0) -> Ticked:
    answers = answered.answers
    return Ticked(
        name, answers[f"{key}_how"], answers[f"{key}_long"], bool(answers[f"{key}_signed"]),
        f"{key}_long" in answered.illegible, blank,
    )  # fmt: skip


def expected_lines(
    printed: PresenceList, answered: Answered
) -> Iterator[tuple[Person | None, Ticked]]:
    """Whoever was erased meanwhile is passed over: nothing may be kept of them."""
    for line in lines_of_list(printed):
        person = line.person.root
        yield person, ticked(answered, f"l{line.number}", person.name)


def added_lines(
    printed: PresenceList, answered: Answered, by: Actor
) -> Iterator[tuple[Person | str, Ticked]]:
    """Lines where a name was written: the person of that name, or a sentence that says why not."""
    for number in range(1, printed.blank + 1):
        key = f"b{number}"
        name = answered.answers[f"{key}_name"]
        line = ticked(answered, key, name or unforeseen(str(number)), number)
        unread = f"{key}_name" in answered.illegible
        if line.is_blank and not name and not unread:
            continue
        yield who_is(name, line.name, by), line


def who_is(name: str | None, shown: str, by: Actor) -> Person | str:
    if not name:
        return _("%(name)s: no name can be read. Write who it is.") % {"name": shown}
    found = found_by(by, name)
    same = [one for one in found if one.name.casefold() == name.casefold()] or found
    if len(same) == 1:
        return same[0]
    if same:
        said = _("%(name)s: several people have this name. Write it whole, as in their file.")
    else:
        said = _("%(name)s: your teams follow nobody of this name. Write it as in their file.")
    return said % {"name": name}


def page_of_list(made: Any, by: Actor) -> str:
    may = access.may_run(by, made.session.team)
    return reverse("training:list", args=[made.pk]) if may else ""


def example() -> Sheet:
    printed = PresenceList(
        name="Écrire un message", day=date(2026, 11, 24), starts_at=time(9), minutes=180,
        place="salle 2", remote=True, blank=1, approval="", track="",
    )  # fmt: skip
    return sheet_of_list(printed, ["Awa", "Idris"])


def nowhere(_by: Actor, _subject: UUID | None) -> list[Occasion]:
    """It is printed from the page of its session."""
    return []


register(
    SHEET,
    build=presence_sheet,
    receive=receive_list,
    example=example,
    occasions=nowhere,
    leads_to=page_of_list,
    listed_as=gettext_lazy("List of presence"),
)
