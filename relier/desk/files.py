"""A person's whole file on one page, walls respected: now, what was agreed, then the thread.

Every query below starts from `visible_to(actor)`. The page runs the same queries whether or not
something is withheld, so that neither its length nor its time says so.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre
from relier.people import rules as situations
from relier.people.models import Audience, Fact, Following, Merge, Note, Person
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
from relier.ui.pieces import Entry

# How much of the thread one page shows; the rest is one gesture away.
ENTRIES = 30
# Read from each table at most: well above what one person can live in a day, since a page of the
# thread is cut on a whole day.
FETCHED = 120
DONE_LATELY = timedelta(days=30)
READERS = {
    Audience.SECRECY: "secrecy",
    Audience.TEAM: "team",
    Audience.WITH_PERSON: "person",
}


@dataclass
class File:
    person: Person
    centre: Centre
    followings: list[Following]
    merges: list[Merge] = field(default_factory=list)
    now: list[object] = field(default_factory=list)
    requests: list[HelpRequest] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    delays: list[Delay] = field(default_factory=list)
    steps: list[AgreedStep] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    thread: list[Entry] = field(default_factory=list)
    earlier: date | None = None


def followings_of(person: Person) -> list[Following]:
    return list(
        Following.objects.open()
        .filter(person=person.root_id)
        .select_related("team", "worker__user")
    )


def file_of(person: Person, actor: Actor, *, before: date | None = None) -> File:
    """Everything this actor may read of this person, in a constant number of queries."""
    file = File(person=person, centre=person.centre, followings=followings_of(person))
    ids = person.file_ids
    today = timezone.localdate()
    file.merges = list(Merge.objects.standing().of_file(person).select_related("gone", "by__user"))
    file.now = situations.current_facts(Fact.objects.of_file(person).visible_to(actor))
    file.requests = list(
        HelpRequest.objects.visible_to(actor)
        .open()
        .filter(person__in=ids)
        .select_related("followed_by__user")
    )
    file.appointments = list(
        Appointment.objects.visible_to(actor)
        .after(timezone.now() - timedelta(hours=2))
        .filter(person__in=ids)
        .select_related("with_member__user")[:5]
    )
    file.delays = list(Delay.objects.visible_to(actor).open().filter(person__in=ids))
    file.steps = list(AgreedStep.objects.visible_to(actor).standing().filter(person__in=ids))
    file.procedures = list(Procedure.objects.visible_to(actor).under_way().filter(person__in=ids))
    file.consents = list(Consent.objects.standing().filter(subject__in=ids))
    file.thread, file.earlier = thread_of(person, actor, before=before or today)
    return file


def thread_of(person: Person, actor: Actor, *, before: date) -> tuple[list[Entry], date | None]:
    """What happened up to a day, the latest first, and the day from which to go on (or None).

    Each kind gives at most one page of entries; together they are cut to one page, on a whole
    day, so that nothing falls between two pages.
    """
    entries = [
        *notes(person, actor, before),
        *interventions(person, actor, before),
        *requests(person, actor, before),
        *meetings(person, actor, before),
        *news(person, actor, before),
        *steps_done(person, actor, before),
    ]
    entries.sort(key=moment_of, reverse=True)
    if len(entries) <= ENTRIES:
        return entries, None
    last_day = day_of_entry(entries[ENTRIES - 1])
    shown = [entry for entry in entries if day_of_entry(entry) >= last_day]
    rest = len(shown) < len(entries)
    return shown, last_day - timedelta(days=1) if rest else None


def day_of_entry(entry: Entry) -> date:
    return entry.at.date() if isinstance(entry.at, datetime) else entry.at


def moment_of(entry: Entry) -> datetime:
    if isinstance(entry.at, datetime):
        return entry.at
    return timezone.make_aware(datetime.combine(entry.at, time.min))


def notes(person: Person, actor: Actor, before: date) -> list[Entry]:
    rows = (
        Note.objects.visible_to(actor)
        .current()
        .filter(person__in=person.file_ids, on__lte=before)
        .select_related("author__user")[:FETCHED]
    )
    return [
        Entry(
            at=note.on,
            words=note.words,
            author=note.author.name,
            title=_("Note"),
            pictogram="note",
            readers=READERS[Audience(note.audience)],
            url=link("people:note", note),
        )
        for note in rows
    ]


def interventions(person: Person, actor: Actor, before: date) -> list[Entry]:
    rows = (
        Intervention.objects.visible_to(actor)
        .current()
        .filter(person__in=person.file_ids, on__lte=before)
        .select_related("author__user")[:FETCHED]
    )
    return [
        Entry(
            at=done.on,
            words=done.words,
            author=done.author.name,
            title=done.get_channel_display().capitalize() or _("Intervention"),
            pictogram="person",
            readers=READERS[Audience(done.audience)],
            url=link("support:intervention", done),
        )
        for done in rows
    ]


def requests(person: Person, actor: Actor, before: date) -> list[Entry]:
    rows = (
        HelpRequest.objects.visible_to(actor)
        .filter(person__in=person.file_ids, received_on__lte=before)
        .select_related("heard_by__user")
        .order_by("-received_on", "-recorded_at", "pk")[:FETCHED]
    )
    return [
        Entry(
            at=asked.received_on,
            words=asked.words,
            author=asked.heard_by.name,
            title=_("Request"),
            pictogram="request",
            url=link("support:request", asked),
        )
        for asked in rows
    ]


def meetings(person: Person, actor: Actor, before: date) -> list[Entry]:
    """Appointments that are over, in a line each."""
    over = [Appointment.State.SEEN, Appointment.State.MISSED]
    rows = (
        Appointment.objects.visible_to(actor)
        .filter(person__in=person.file_ids, state__in=over, starts_at__date__lte=before)
        .select_related("with_member__user")
        .order_by("-starts_at", "pk")[:FETCHED]
    )
    return [
        Entry(
            at=timezone.localtime(met.starts_at),
            words=met.about,
            author=met.with_member.name,
            title=_("Appointment: %(state)s") % {"state": met.get_state_display()},
            pictogram="appointment",
            url=link("support:appointment", met),
        )
        for met in rows
    ]


def news(person: Person, actor: Actor, before: date) -> list[Entry]:
    visible = Procedure.objects.visible_to(actor).filter(person__in=person.file_ids)
    rows = ProcedureNews.objects.filter(procedure__in=visible, on__lte=before).select_related(
        "procedure", "author__user"
    )[:FETCHED]
    return [
        Entry(
            at=said.on,
            words=said.words,
            author=said.author.name,
            title=f"{said.procedure.about}: {said.get_outcome_display()}",
            pictogram="institution",
            readers="team" if said.procedure.open_to_team else "secrecy",
            url=link("support:procedure", said.procedure),
        )
        for said in rows
    ]


def steps_done(person: Person, actor: Actor, before: date) -> list[Entry]:
    rows = (
        AgreedStep.objects.visible_to(actor)
        .filter(person__in=person.file_ids, done_on__lte=before)
        .order_by("-done_on", "pk")[:FETCHED]
    )
    return [
        Entry(at=step.done_on, words=step.words, title=_("Step done"), pictogram="done")
        for step in rows
        if step.done_on
    ]


def link(name: str, thing: object) -> str:
    return reverse(name, args=[thing.pk])  # type: ignore[attr-defined]
