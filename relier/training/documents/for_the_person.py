"""What is for the person: when and where they are expected, and their hours. Large, one idea a
sentence. On which ground an hour counts stands on none of them: such a page is left on a table."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import pgettext

from relier.training import figures
from relier.training.models import Enrolment, LedgerEntry, Participation, Session
from relier.ui import dates

from . import content, pieces
from .about import About
from .content import Content

# How far ahead someone is told, and how many sessions a page holds.
AHEAD = timedelta(days=60)
MOST = 40


def sessions_to_come(enrolment: Enrolment, *, on: date) -> list[Session]:
    """Where someone is expected, the earliest first. Two queries."""
    rows = Participation.objects.filter(enrolment=enrolment).filter(
        Q(until_on=None) | Q(until_on__gte=on)
    )
    expected = list(rows.order_by())
    workshops = {one.workshop_id for one in expected} - {None}
    alone = {one.session_id for one in expected} - {None}
    sessions = Session.objects.filter(Q(workshop__in=workshops) | Q(pk__in=alone))
    found = sessions.between(on, on + AHEAD).order_by("day", "starts_at", "pk")
    return [one for one in found if any(is_for(said, one) for said in expected)][:MOST]


def is_for(said: Participation, session: Session) -> bool:
    if said.session_id:
        return said.session_id == session.pk
    return (
        said.workshop_id == session.workshop_id
        and said.from_on <= session.day
        and (said.until_on is None or session.day <= said.until_on)
    )


def convocation_missing(about: About) -> str:
    if sessions_to_come(about.entry, on=about.on):
        return ""
    return pgettext("training papers", "No session is planned for them in the next weeks.")


def convocation(about: About) -> Content:
    """When and where someone is expected. Four queries."""
    enrolment = about.entry
    approval = pieces.approval_on(about.centre, enrolment.track.scheme, about.on)
    sessions = sessions_to_come(enrolment, on=about.on)
    if not sessions:
        raise LookupError("There is no session to ask to.")
    first = sessions[0]
    return Content(
        pgettext("person", "Your training days"),
        [
            content.facts(
                [
                    (pgettext("person", "For"), enrolment.person.root.name),
                    (pgettext("person", "Training"), enrolment.track.name),
                ]
            ),
            content.text(pgettext("person", "The next time:")),
            content.loud(capfirst(dates.day(first.day)), at_and_where(first)),
            content.heading(pgettext("person", "All the days")),
            table_of(sessions),
            content.heading(pgettext("person", "You cannot come?")),
            content.text(cannot_come(about.centre.phone)),
        ],
        {
            **pieces.facts_of(enrolment, approval),
            "sessions": [[str(one.pk), moment(one), one.minutes, one.place] for one in sessions],
        },
        reader="person",
        mention=pieces.mention(approval, pieces.ON_ACTS, about.on),
        centre=pieces.head(about.centre),
    )


def moment(session: Session) -> str:
    said = pgettext("person", "%(day)s, at %(hour)s")
    return said % {"day": dates.day(session.day), "hour": dates.hour(session.starts_at)}


def at_and_where(session: Session) -> str:
    at = pgettext("person", "at %(hour)s") % {"hour": dates.hour(session.starts_at)}
    return ", ".join(part for part in (at, session.place) if part)


def ends_at(session: Session) -> str:
    begins = datetime.combine(session.day, session.starts_at)
    return dates.hour((begins + timedelta(minutes=session.minutes)).time())


def table_of(sessions: Iterable[Session]) -> content.Block:
    head = [
        pgettext("person", "Day"),
        pgettext("person", "From"),
        pgettext("person", "To"),
        pgettext("person", "Where"),
    ]
    rows = [
        [dates.day(one.day), dates.hour(one.starts_at), ends_at(one), one.place] for one in sessions
    ]
    return content.grid(head, rows, numbers_from=len(head), wide=[14, 6, 6, 11])


def cannot_come(phone: str) -> str:
    if phone:
        return pgettext("person", "Call us: %(phone)s.") % {"phone": phone}
    return pgettext("person", "Tell us.")


def message(about: About) -> str:
    """The same in a message, to be copied: the next session only. "" where there is none."""
    sessions = sessions_to_come(about.entry, on=about.on)
    if not sessions:
        return ""
    first, person = sessions[0], about.entry.person.root
    said = [
        pgettext("person", "Hello %(name)s.") % {"name": person.call_name},
        pgettext("person", "We expect you on %(when)s.") % {"when": moment(first)},
    ]
    if first.place:
        said.append(pgettext("person", "Place: %(place)s.") % {"place": first.place})
    said += [
        pgettext("person", "You cannot come?") + " " + cannot_come(about.centre.phone),
        about.centre.name,
    ]
    return "\n".join(said)


# --- my hours ------------------------------------------------------------------------------------


def my_hours(about: About) -> Content:
    """What counts of someone's training, told to them. Three queries."""
    enrolment = about.entry
    approval = pieces.approval_on(about.centre, enrolment.track.scheme, about.on)
    lines = lines_by_month(enrolment)
    whole = figures.year_of(lines.values())
    return Content(
        pgettext("person", "My hours"),
        [
            content.facts(
                [
                    (pgettext("person", "For"), enrolment.person.root.name),
                    (pgettext("person", "Training"), enrolment.track.name),
                    (pgettext("person", "Since"), dates.day(enrolment.entered_on)),
                ]
            ),
            content.text(pgettext("person", "You took part in training for:")),
            content.loud(pieces.hours_told(whole.effective)),
            *also_counted(whole.assimilated, whole.minutes),
            *by_month(lines, whole),
            content.heading(pgettext("person", "Is something wrong?")),
            content.text(wrong(about.centre.phone)),
        ],
        {
            **pieces.facts_of(enrolment, approval),
            "entry": enrolment.entered_on.isoformat(),
            "hours": [[n, line.effective, line.assimilated] for n, line in lines.items()],
        },
        reader="person",
        mention=pieces.mention(approval, pieces.ON_STATEMENTS, about.on),
        centre=pieces.head(about.centre),
    )


def lines_by_month(enrolment: Enrolment) -> dict[int, figures.Line]:
    """Month -> its line, the earliest first; those where nothing counts are left out. One query."""
    found: dict[int, figures.Line] = {}
    for month, account, carrier, _late, minutes in figures.by_month(
        LedgerEntry.objects.of([enrolment])
    ):
        found.setdefault(month, figures.Line()).add(account, carrier, minutes)
    return {month: found[month] for month in sorted(found) if found[month].minutes}


def also_counted(assimilated: int, together: int) -> list[content.Block]:
    if not assimilated:
        return []
    also = {"hours": pieces.hours_told(assimilated)}
    return [
        content.text(
            "\n".join(
                [
                    pgettext("person", "There are also %(hours)s.") % also,
                    pgettext("person", "You were not there."),
                    pgettext("person", "The law counts these hours too."),
                ]
            )
        ),
        content.text(
            pgettext("person", "Together: %(hours)s.") % {"hours": pieces.hours_told(together)}
        ),
    ]


def by_month(lines: dict[int, figures.Line], whole: figures.Line) -> list[content.Block]:
    if not lines:
        return [content.text(pgettext("person", "Nothing is counted yet."))]
    head = [
        pgettext("person", "Month"),
        pgettext("person", "You followed"),
        pgettext("person", "Also counted"),
        pgettext("person", "Together"),
    ]
    rows = [
        [capfirst(pieces.month(date(month // 100, month % 100, 1))), *told(line)]
        for month, line in lines.items()
    ]
    rows.append([pgettext("person", "In all"), *told(whole)])
    return [
        content.heading(pgettext("person", "Month by month")),
        content.grid(head, rows, total=True, wide=[10, 8, 8, 8]),
    ]


def told(line: figures.Line) -> list[str]:
    parts = (line.effective, line.assimilated, line.minutes)
    return [pieces.hours_told(minutes) if minutes else "–" for minutes in parts]


def wrong(phone: str) -> str:
    said = [
        pgettext("person", "Tell us."),
        pgettext("person", "We look at it with you."),
    ]
    if phone:
        said.append(pgettext("person", "Call us: %(phone)s.") % {"phone": phone})
    return "\n".join(said)
