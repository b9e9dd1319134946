"""A person's whole file on one page, walls respected: now, what was agreed, then the thread.

`people.models.open_file` lets an actor in, past the wall of the team; every query below then
starts from `in_file`, which is the wall of secrecy. The page runs the same queries whether or not
something is withheld, so that neither its length nor its time says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relier.centres.models import Member
from relier.people import rules as situations
from relier.people.models import Audience, Fact, Following, Merge, Note, OpenFile, Person
from relier.privacy.models import Consent
from relier.support.models import (
    AgreedStep,
    Appointment,
    Delay,
    HelpRequest,
    Intervention,
    Procedure,
    ProcedureNews,
)
from relier.support.models.reception import midnight
from relier.ui.pieces import Entry
from relier.ui.pieces import Fact as ShortFact

Row = TypeVar("Row", bound=Model)
Outcome = Procedure.Outcome

# How much of the thread one page shows; the rest is one gesture away.
ENTRIES = 15
# Read from each table at most: well above what one person can live in a day, since a page of the
# thread is cut on a whole day.
FETCHED = 30
# Questions that do not depend on the person, built once: only the file is added to them.
STEPS = AgreedStep.objects.current()
NOTES = Note.objects.current()
INTERVENTIONS = Intervention.objects.current()
LATE = Delay.objects.open()
FACTS = Fact.objects.select_related("situation__author__user")
AGREED = Consent.objects.standing()
READERS: dict[str, str] = {
    Audience.SECRECY: "secrecy",
    Audience.TEAM: "team",
    Audience.WITH_PERSON: "person",
}


@dataclass
class File:
    person: Person
    followings: list[Following]
    merges: list[Merge]
    now: list[ShortFact]
    requests: list[HelpRequest]
    appointments: list[Appointment]
    delays: list[Delay]
    steps: list[AgreedStep]
    procedures: list[Procedure]
    consents: list[Consent]
    thread: list[Entry]
    earlier: date | None


def followings_of(person: Person) -> list[Following]:
    return list(
        Following.objects.open()
        .filter(person=person.root_id)
        .select_related("team", "worker__user")
    )


class Drawer:
    """The rows of one person that one actor may read, each table asked once.

    What stands today and what is over come from the same rows: `before` bounds the thread only.
    """

    def __init__(self, file: OpenFile, *, before: date) -> None:
        self.before = before
        today = timezone.localdate()
        self.requests = latest(HelpRequest.objects.in_file(file), "-received_on")
        self.appointments = latest(Appointment.objects.in_file(file), "-starts_at")
        self.steps = list(STEPS.in_file(file))
        self.procedures = list(Procedure.objects.in_file(file))
        self.news = news_of(self.procedures, before=max(before, today))
        self.notes = latest(NOTES.in_file(file).filter(on__lte=before), "-on")
        self.interventions = latest(INTERVENTIONS.in_file(file).filter(on__lte=before), "-on")
        self.names = names_of(
            [note.author_id for note in self.notes]
            + [intervention.author_id for intervention in self.interventions]
            + [said.author_id for said in self.news]
            + [row.with_member_id for row in self.appointments]
            + [member for row in self.requests for member in (row.heard_by_id, row.followed_by_id)]
        )


def latest(rows: "QuerySet[Row]", by: str) -> list[Row]:
    return list(rows.order_by(by, "-pk")[:FETCHED])


def news_of(procedures: list[Procedure], *, before: date) -> list[ProcedureNews]:
    """What became of them, the latest first; each procedure is told where it stands."""
    known = {procedure.pk: procedure for procedure in procedures}
    rows = list(
        ProcedureNews.objects.filter(procedure__in=known, on__lte=before).order_by(
            "-on", "-written_at", "-pk"
        )
    )
    for said in reversed(rows):
        said.procedure = known[said.procedure_id]
        said.procedure.outcome = said.outcome  # type: ignore[attr-defined]
    return rows


def is_over(procedure: Procedure) -> bool:
    """After `news_of`: whether nothing more is to be done. Without news, it is under way."""
    return getattr(procedure, "outcome", "") in {Outcome.DONE, Outcome.DROPPED}


def names_of(members: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of colleagues, in one query whatever their number."""
    found = Member.objects.filter(pk__in={pk for pk in members if pk})
    return dict(found.order_by().values_list("pk", "user__name"))


def contents_of(
    file: OpenFile, person: Person, followings: list[Following], *, before: date | None = None
) -> File:
    """Everything that may be read in a file, in a constant number of queries."""
    drawer = Drawer(file, before=before or timezone.localdate())
    facts = FACTS.in_file(file)
    thread, earlier = thread_of(drawer)
    return File(
        person=person,
        followings=followings,
        merges=merges_of(person),
        now=situations.current_facts(list(facts)),  # type: ignore[arg-type]
        requests=signed_requests(drawer),
        appointments=coming(drawer),
        delays=list(LATE.in_file(file)),
        steps=[step for step in drawer.steps if not (step.done_on or step.left_on)],
        procedures=[p for p in drawer.procedures if not is_over(p)],
        consents=list(AGREED.filter(subject__in=file.ids)),
        thread=thread,
        earlier=earlier,
    )


def merges_of(person: Person) -> list[Merge]:
    if len(person.file_ids) == 1:
        return []
    return list(Merge.objects.standing().of_file(person).select_related("gone", "by__user"))


def signed_requests(drawer: Drawer) -> list[HelpRequest]:
    """What is still asked, the first asked first, each with the name of who follows it."""
    asked = [request for request in reversed(drawer.requests) if not request.closed_on]
    for request in asked:
        request.follower = drawer.names.get(request.followed_by_id, "")  # type: ignore[attr-defined]
    return asked


def coming(drawer: Drawer) -> list[Appointment]:
    """The next appointments, with whom each is; those of today stay there until midnight."""
    today = midnight(timezone.localdate())
    next_ones = [a for a in reversed(drawer.appointments) if a.starts_at >= today]
    next_ones = [a for a in next_ones if a.state in Appointment.EXPECTED][:5]
    for appointment in next_ones:
        appointment.whom = drawer.names.get(appointment.with_member_id, "")  # type: ignore[attr-defined]
    return next_ones


# --- the thread ----------------------------------------------------------------------------------


def thread_of(drawer: Drawer) -> tuple[list[Entry], date | None]:
    """What happened up to a day, the latest first, and the day from which to go on (or None).

    The page is cut on a whole day, so that nothing falls between two pages.
    """
    entries = [
        *notes(drawer),
        *interventions(drawer),
        *asked(drawer),
        *met(drawer),
        *told(drawer),
        *done(drawer),
    ]
    entries = [entry for entry in entries if day_of(entry) <= drawer.before]
    entries.sort(key=moment_of, reverse=True)
    if len(entries) <= ENTRIES:
        return entries, None
    last_day = day_of(entries[ENTRIES - 1])
    shown = [entry for entry in entries if day_of(entry) >= last_day]
    rest = len(shown) < len(entries)
    return shown, last_day - timedelta(days=1) if rest else None


def day_of(entry: Entry) -> date:
    return entry.at.date() if isinstance(entry.at, datetime) else entry.at


def moment_of(entry: Entry) -> datetime:
    if isinstance(entry.at, datetime):
        return entry.at
    return timezone.make_aware(datetime.combine(entry.at, time.min))


def notes(drawer: Drawer) -> list[Entry]:
    return [
        Entry(
            at=note.on,
            words=note.words,
            author=drawer.names[note.author_id],
            title=_("Note"),
            pictogram="note",
            readers=READERS[note.audience],
            url=reverse("people:note", args=[note.pk]),
        )
        for note in drawer.notes
    ]


def interventions(drawer: Drawer) -> list[Entry]:
    return [
        Entry(
            at=intervention.on,
            words=intervention.words,
            author=drawer.names[intervention.author_id],
            title=capfirst(intervention.get_channel_display()) or _("Intervention"),
            pictogram="person",
            readers=READERS[intervention.audience],
            url=reverse("support:intervention", args=[intervention.pk]),
        )
        for intervention in drawer.interventions
    ]


def asked(drawer: Drawer) -> list[Entry]:
    return [
        Entry(
            at=request.received_on,
            words=request.words,
            author=drawer.names[request.heard_by_id],
            title=_("Request"),
            pictogram="request",
            url=reverse("support:request", args=[request.pk]),
        )
        for request in drawer.requests
    ]


def met(drawer: Drawer) -> list[Entry]:
    """Appointments that are over, in a line each."""
    over = {Appointment.State.SEEN, Appointment.State.MISSED}
    return [
        Entry(
            at=timezone.localtime(appointment.starts_at),
            words=appointment.about,
            author=drawer.names[appointment.with_member_id],
            title=_("Appointment: %(state)s") % {"state": appointment.get_state_display()},
            pictogram="appointment",
            url=reverse("support:appointment", args=[appointment.pk]),
        )
        for appointment in drawer.appointments
        if appointment.state in over
    ]


def told(drawer: Drawer) -> list[Entry]:
    return [
        Entry(
            at=said.on,
            words=said.words,
            author=drawer.names[said.author_id],
            title=_("%(about)s: %(outcome)s")
            % {"about": said.procedure.about, "outcome": said.get_outcome_display()},
            pictogram="institution",
            readers="team" if said.procedure.open_to_team else "secrecy",
            url=reverse("support:procedure", args=[said.procedure_id]),
        )
        for said in drawer.news
    ]


def done(drawer: Drawer) -> list[Entry]:
    return [
        Entry(at=step.done_on, words=step.words, title=_("Step done"), pictogram="done")
        for step in drawer.steps
        if step.done_on
    ]
