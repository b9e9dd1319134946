"""A person's whole file on one page, walls respected: now, what was agreed, then the thread.

`people.models.open_file` lets an actor in, past the wall of the team; every query below then
starts from `in_file`, which is the wall of secrecy. The page runs the same queries whether or not
something is withheld, so that neither its length nor its time says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relier.centres.models import Member
from relier.journal.kept import Kept, stand_ins
from relier.people import rules as situations
from relier.people.models import Audience, Fact, Following, Merge, Note, OpenFile, Person
from relier.people.models import Entry as Opening
from relier.privacy.models import Consent, RightsRequest
from relier.support.models import (
    AgreedStep,
    Appointment,
    Delay,
    HelpRequest,
    Intervention,
    Mandate,
    Procedure,
    ProcedureNews,
)
from relier.support.models.reception import midnight
from relier.ui.pieces import Entry
from relier.ui.pieces import Fact as ShortFact

Row = TypeVar("Row", bound=Model)
# The names of colleagues, by their id.
Names = dict[UUID | None, str]
Outcome = Procedure.Outcome

# How much of the thread one page shows; the rest is one gesture away.
ENTRIES = 15
# Read from each table at most: well above what one person can live in a day, since a page of the
# thread is cut on a whole day.
FETCHED = 30
# Files opened with a reason: the latest, for some weeks; the page "beyond the team" has them all.
OPENINGS = 5
LATELY = timedelta(days=30)
# Appointments that stand in the thread.
OVER = {Appointment.State.SEEN, Appointment.State.MISSED}
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
    openings: list[Opening]
    now: list[ShortFact]
    requests: list[HelpRequest]
    appointments: list[Appointment]
    delays: list[Delay]
    steps: list[AgreedStep]
    procedures: list[Procedure]
    consents: list[Consent]
    rights: list[RightsRequest]
    mandates: list[Mandate]
    thread: list[Entry]
    earlier: date | None


# What stands for a day, and for today, in a question that is kept, and below for the ids of a file.
A_DAY = date(1, 1, 1)
TODAY = date(1, 1, 2)


@dataclass(frozen=True)
class Questions:
    """What a file asks of each table. Those of few rows are put in order here: it costs less."""

    followings: Kept[Following]
    requests: Kept[HelpRequest]
    appointments: Kept[Appointment]
    steps: Kept[AgreedStep]
    procedures: Kept[Procedure]
    notes: Kept[Note]
    interventions: Kept[Intervention]
    facts: Kept[Fact]
    delays: Kept[Delay]
    consents: Kept[Consent]
    openings: Kept[Opening]
    rights: Kept[RightsRequest]
    mandates: Kept[Mandate]


@lru_cache(maxsize=32)
def questions_of(files: int, bound: bool) -> Questions:
    """The questions about someone who has this many files, as one who is bound asks them, or not.
    Building them takes longer than asking them, so they are kept; they hold nobody's data."""
    file = OpenFile(ids=stand_ins(files), bound=bound)
    notes = Note.objects.current().in_file(file).filter(on__lte=A_DAY)
    interventions = Intervention.objects.current().in_file(file).filter(on__lte=A_DAY)
    followings = Following.objects.open().filter(person=file.ids[0])
    openings = Opening.objects.in_file(file).select_related("member__user")
    return Questions(
        followings=Kept(followings.select_related("team", "worker__user")),
        requests=Kept(latest(HelpRequest.objects.in_file(file), "-received_on")),
        appointments=Kept(latest(Appointment.objects.in_file(file), "-starts_at")),
        steps=Kept(AgreedStep.objects.current().in_file(file)),
        procedures=Kept(Procedure.objects.in_file(file)),
        notes=Kept(latest(notes, "-on")),
        interventions=Kept(latest(interventions, "-on")),
        facts=Kept(Fact.objects.select_related("situation").in_file(file)),
        delays=Kept(Delay.objects.open().in_file(file)),
        consents=Kept(Consent.objects.standing(on=TODAY).of_file(file.ids)),
        openings=Kept(openings.order_by("-begun_at", "-pk")[:OPENINGS]),
        mandates=Kept(Mandate.objects.standing(on=TODAY).in_file(file)),
        rights=Kept(RightsRequest.objects.open().filter(subject__in=file.ids)),
    )


def latest(rows: "QuerySet[Row]", by: str) -> "QuerySet[Row]":
    return rows.order_by(by, "-pk")[:FETCHED]


def followings_of(person: Person) -> list[Following]:
    stand_in = stand_ins(1)[0]
    return questions_of(1, bound=False).followings.rows({stand_in: person.root_id})


class Drawer:
    """The rows of one person that one actor may read, each table asked once.

    What stands today and what is over come from the same rows: `before` bounds the thread only.
    """

    def __init__(self, file: OpenFile, *, before: date) -> None:
        self.before = before
        ask = questions_of(len(file.ids), file.bound)
        given: dict[Any, Any] = {
            **dict(zip(stand_ins(len(file.ids)), file.ids, strict=True)),
            A_DAY: before,
            TODAY: timezone.localdate(),
        }
        self.requests = ask.requests.rows(given)
        self.appointments = ask.appointments.rows(given)
        self.steps = ask.steps.rows(given)
        self.procedures = ask.procedures.rows(given)
        self.news = news_of(self.procedures, before=max(before, timezone.localdate()))
        self.notes = ask.notes.rows(given)
        self.interventions = ask.interventions.rows(given)
        self.facts = ask.facts.rows(given)
        self.delays = ask.delays.rows(given)
        self.consents = ask.consents.rows(given)
        self.openings = ask.openings.rows(given)
        self.rights = ask.rights.rows(given)
        self.mandates = ask.mandates.rows(given)
        self.names = names_of(
            [note.author_id for note in self.notes]
            + [intervention.author_id for intervention in self.interventions]
            + [said.author_id for said in self.news]
            + [row.with_member_id for row in self.appointments]
            + [member for row in self.requests for member in (row.heard_by_id, row.followed_by_id)]
        )


def news_of(procedures: list[Procedure], *, before: date) -> list[ProcedureNews]:
    """What became of them, the latest first; each procedure is told where it stands."""
    known = {procedure.pk: procedure for procedure in procedures}
    asked = dict(zip(stand_ins(len(known)), known, strict=True))
    rows = news_asked(len(known)).rows({**asked, A_DAY: before})
    for said in reversed(rows):
        said.procedure = known[said.procedure_id]
        said.procedure.outcome = said.outcome  # type: ignore[attr-defined]
    return rows


@lru_cache(maxsize=64)
def news_asked(procedures: int) -> Kept[ProcedureNews]:
    rows = ProcedureNews.objects.filter(procedure__in=stand_ins(procedures), on__lte=A_DAY)
    return Kept(rows.order_by("-on", "-written_at", "-pk"))


def is_over(procedure: Procedure) -> bool:
    """After `news_of`: whether nothing more is to be done. Without news, it is under way."""
    return getattr(procedure, "outcome", "") in {Outcome.DONE, Outcome.DROPPED}


def names_of(members: Iterable[UUID | None]) -> Names:
    """The names of colleagues, in one query whatever their number."""
    found = Member.objects.filter(pk__in={pk for pk in members if pk})
    return dict(found.order_by().values_list("pk", "user__name"))


def contents_of(
    file: OpenFile, person: Person, followings: list[Following], *, before: date | None = None
) -> File:
    """Everything that may be read in a file, in a constant number of queries."""
    drawer = Drawer(file, before=before or timezone.localdate())
    thread, earlier = thread_of(drawer)
    return File(
        person=person,
        followings=followings,
        merges=merges_of(person),
        openings=lately_opened(drawer.openings),
        now=situations.current_facts(drawer.facts),  # type: ignore[arg-type]
        requests=signed_requests(drawer),
        appointments=coming(drawer),
        delays=drawer.delays,
        steps=[step for step in drawer.steps if not (step.done_on or step.left_on)],
        procedures=[p for p in drawer.procedures if not is_over(p)],
        consents=drawer.consents,
        rights=drawer.rights,
        mandates=drawer.mandates,
        thread=thread,
        earlier=earlier,
    )


def lately_opened(openings: list[Opening]) -> list[Opening]:
    """Who opened the file beyond the team in the last weeks; each is told whether it still is."""
    now = timezone.now()
    for opening in openings:
        opening.is_open_now = opening.is_open(at=now)  # type: ignore[attr-defined]
    return [one for one in openings if now - one.begun_at < LATELY]


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


class Moment(NamedTuple):
    """Something that happened, not yet in words: only those that a page shows are told."""

    at: date | datetime
    tell: Callable[[Any, Names], Entry]
    row: Any

    @property
    def day(self) -> date:
        return self.at.date() if isinstance(self.at, datetime) else self.at

    @property
    def time(self) -> datetime:
        if isinstance(self.at, datetime):
            return self.at
        return timezone.make_aware(datetime.combine(self.at, time.min))


def thread_of(drawer: Drawer) -> tuple[list[Entry], date | None]:
    """What happened up to a day, the latest first, and the day from which to go on (or None).

    The page is cut on a whole day, so that nothing falls between two pages.
    """
    moments = [moment for moment in moments_of(drawer) if moment.day <= drawer.before]
    moments.sort(key=lambda moment: moment.time, reverse=True)
    earlier = None
    if len(moments) > ENTRIES:
        last_day = moments[ENTRIES - 1].day
        shown = [moment for moment in moments if moment.day >= last_day]
        earlier = last_day - timedelta(days=1) if len(shown) < len(moments) else None
        moments = shown
    return [moment.tell(moment.row, drawer.names) for moment in moments], earlier


def moments_of(drawer: Drawer) -> Iterable[Moment]:
    yield from (Moment(note.on, note_told, note) for note in drawer.notes)
    yield from (Moment(one.on, intervention_told, one) for one in drawer.interventions)
    yield from (Moment(asked.received_on, request_told, asked) for asked in drawer.requests)
    yield from (
        Moment(timezone.localtime(met.starts_at), appointment_told, met)
        for met in drawer.appointments
        if met.state in OVER
    )
    yield from (Moment(said.on, news_told, said) for said in drawer.news)
    yield from (Moment(step.done_on, step_told, step) for step in drawer.steps if step.done_on)


def note_told(note: Note, names: Names) -> Entry:
    return Entry(
        at=note.on,
        words=note.words,
        author=names[note.author_id],
        title=_("Note"),
        pictogram="note",
        readers=READERS[note.audience],
        url=reverse("people:note", args=[note.pk]),
    )


def intervention_told(intervention: Intervention, names: Names) -> Entry:
    return Entry(
        at=intervention.on,
        words=intervention.words,
        author=names[intervention.author_id],
        title=capfirst(intervention.get_channel_display()) or _("Intervention"),
        pictogram="person",
        readers=READERS[intervention.audience],
        url=reverse("support:intervention", args=[intervention.pk]),
    )


def request_told(asked: HelpRequest, names: Names) -> Entry:
    return Entry(
        at=asked.received_on,
        words=asked.words,
        author=names[asked.heard_by_id] if asked.heard_by_id else "",
        title=_("Request") if asked.heard_by_id else _("Request, on their own page"),
        pictogram="request",
        url=reverse("support:request", args=[asked.pk]),
    )


def appointment_told(met: Appointment, names: Names) -> Entry:
    return Entry(
        at=timezone.localtime(met.starts_at),
        words=met.about,
        author=names[met.with_member_id],
        title=_("Appointment: %(state)s") % {"state": met.get_state_display()},
        pictogram="appointment",
        url=reverse("support:appointment", args=[met.pk]),
    )


def news_told(said: ProcedureNews, names: Names) -> Entry:
    procedure = said.procedure
    return Entry(
        at=said.on,
        words=said.words,
        author=names[said.author_id],
        title=_("%(about)s: %(outcome)s")
        % {"about": procedure.about, "outcome": said.get_outcome_display()},
        pictogram="institution",
        readers="team" if procedure.open_to_team else "secrecy",
        url=reverse("support:procedure", args=[said.procedure_id]),
    )


def step_told(step: AgreedStep, _names: Names) -> Entry:
    return Entry(
        at=step.done_on or step.agreed_on, words=step.words, title=_("Step done"), pictogram="done"
    )
