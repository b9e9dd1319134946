"""Appointments: made, moved, cancelled, kept or missed; and the feed of one's own calendar."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from relier.accounts.actors import Actor
from relier.centres import calendars
from relier.centres.access import WORKERS
from relier.centres.http import Request
from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.people.doors import counter_page
from relier.people.models import Person
from relier.support import access
from relier.support.actions import reception as deeds
from relier.support.actions.requests import Overtaken
from relier.support.forms.reception import (
    AppointmentForm,
    CounterAppointmentForm,
    colleagues,
    empty_appointment,
)
from relier.support.models import Appointment, CalendarFeed
from relier.support.rules.changes import plain
from relier.support.rules.reception import (
    REWRITTEN,
    State,
    Surprise,
    before_it,
    gestures,
    meet,
    surprises,
)
from relier.ui.dates import day, hour

LATELY = timedelta(days=90)


# --- one appointment ---------------------------------------------------------------------------


@counter_page
def appointment_new(request: Request, person: Person) -> HttpResponse:
    """When, with whom, where. One of a day that is over is kept as one that took place."""
    actor = request.actor
    may_write = access.may_write_at_counter(actor, person)
    access.require(may_write or request.method != "POST")
    form = form_for(request, person, here=empty_appointment(actor, usual_member(actor, person)))
    warnings = warnings_of(form, None)
    if form.is_bound and form.is_valid() and not warnings:
        return keep_appointment(request, person, form)
    return draw(request, person, None, form, warnings, may_write=may_write)


def usual_member(actor: Actor, person: Person) -> UUID:
    """Oneself, if receiving people is one's work; else the person's own worker."""
    if actor.role in WORKERS or person.worker is None:
        return actor.id
    return person.worker.pk


def form_for(
    request: Request,
    person: Person,
    *,
    here: dict[str, object],
    data: QueryDict | None = None,
) -> CounterAppointmentForm:
    reads = access.may_open_file(request.actor, person)
    form = AppointmentForm if reads else CounterAppointmentForm
    return form(
        data or request.POST or None,
        here=here,
        members=colleagues(request.actor.centre),
        teams={following.team_id for following in person.teams_today},
    )


def draw(
    request: Request,
    person: Person,
    appointment: Appointment | None,
    form: CounterAppointmentForm,
    warnings: list[str],
    *,
    may_write: bool,
) -> HttpResponse:
    since = timezone.now() - LATELY
    context: dict[str, object] = {
        "person": person,
        "appointment": appointment,
        "form": form,
        "warnings": warnings,
        "may_write": may_write,
        "places": Appointment.objects.visible_to(request.actor).lately_at(since=since),
        "with_about": "about" in form.fields,
    }
    if appointment is None:
        return render(request, "support/appointment_new.html", context)
    context["rewritten"] = appointment.state in REWRITTEN
    context["gestures"] = offered(appointment)
    context["arrived"] = State.ARRIVED
    return render(request, "support/appointment.html", context)


def keep_appointment(
    request: Request, person: Person, form: CounterAppointmentForm
) -> HttpResponse:
    given = form.cleaned_data
    kept = deeds.make_appointment(
        person,
        with_member=given["with_member"],
        starts_at=given["starts_at"],
        minutes=given["minutes"],
        place=given["place"],
        bring=given["bring"],
        about=given.get("about", ""),
        form_key=given["form_key"],
        by=request.actor,
    )
    if kept.state == State.SEEN:
        messages.success(request, _("Kept, as an appointment that took place."))
    else:
        messages.success(request, _("The appointment is kept."))
    return redirect("support:appointment", pk=kept.pk)


def appointment_edit(request: Request, pk: UUID) -> HttpResponse:
    """An appointment, what may be said of it, and its form while it is still to be held."""
    actor = request.actor
    appointment = access.one_or_404(Appointment.objects.visible_to(actor), pk=pk)
    person = appointment.person.root
    may_write = access.may_write_appointment(actor, appointment)
    access.require(may_write or request.method != "POST")
    form = form_for(request, person, here=appointment.as_written)
    warnings = warnings_of(form, appointment)
    if form.is_bound and form.is_valid() and not warnings:
        changes = deeds.change_appointment(
            appointment, typed=form.typed(), shown=form.cleaned_data["shown"], by=actor
        )
        if not changes.both:
            messages.success(request, _("The appointment is kept."))
            return redirect("support:appointment", pk=pk)
        appointment = access.one_or_404(Appointment.objects.visible_to(actor), pk=pk)
        form = compared(request, appointment, changes.both)
    journal.read("support.appointment_read", appointment, by=actor, subject=person.pk)
    return draw(request, person, appointment, form, warnings, may_write=may_write)


def compared(
    request: Request, appointment: Appointment, both: frozenset[str]
) -> CounterAppointmentForm:
    """What was typed, beside what a colleague wrote meanwhile: kept again, it replaces theirs."""
    person, here = appointment.person.root, appointment.as_written
    data = request.POST.copy()
    data["shown"] = form_for(request, person, here=here).initial["shown"]
    form = form_for(request, person, here=here, data=data)
    for name in sorted(both):
        told = _("A colleague wrote meanwhile: %(theirs)s. Keep again to put yours instead.")
        form.add_error(name, told % {"theirs": in_words(appointment, name)})
    return form


def in_words(appointment: Appointment, name: str) -> str:
    """One field of an appointment as a page says it."""
    if name == "day":
        return day(appointment.starts_at)
    if name == "hour":
        return hour(appointment.starts_at)
    if name == "with_member":
        return appointment.with_member.name
    return str(plain(appointment.as_written[name])) or _("nothing")


# --- a second look -----------------------------------------------------------------------------

SURPRISES = {
    Surprise.WEEKEND: gettext_lazy("It is on a Saturday or a Sunday."),
    Surprise.HOLIDAY: gettext_lazy("It is on a public holiday."),
    Surprise.EARLY: gettext_lazy("It is early in the morning."),
    Surprise.LATE: gettext_lazy("It is late in the evening."),
}


def warnings_of(form: CounterAppointmentForm, appointment: Appointment | None) -> list[str]:
    """What deserves a second look, once: kept again as it is, it is on purpose."""
    if not (form.is_bound and form.is_valid()):
        return []
    given = form.cleaned_data
    starts: datetime = given["starts_at"]
    member: Member = given["with_member"]
    if appointment and (starts, member) == (appointment.starts_at, appointment.with_member):
        return []
    told = [str(SURPRISES[surprise]) for surprise in surprises(timezone.localtime(starts))]
    told += [
        _("%(name)s has another appointment at %(hour)s.")
        % {"name": member.name, "hour": hour(other)}
        for other in busy(form, appointment)
    ]
    seen = f"{starts.isoformat()} {member.pk} {len(told)}"
    if not told or given["warned"] == seen:
        return []
    form.ask_again(seen)
    return told


def busy(form: CounterAppointmentForm, appointment: Appointment | None) -> list[datetime]:
    """When this colleague is with someone else at the same minute: the hours, and no name."""
    given = form.cleaned_data
    starts, minutes = given["starts_at"], given["minutes"]
    rows = Appointment.objects.standing().of(given["with_member"].pk).near(starts)
    # Neither the one that is being moved, nor itself where the form is sent twice.
    rows = rows.exclude(form_key=given["form_key"])
    if appointment:
        rows = rows.exclude(pk=appointment.pk)
    return [
        other
        for other, length in rows.values_list("starts_at", "minutes")
        if meet(starts, minutes, other, length)
    ]


# --- what became of it -------------------------------------------------------------------------

WORDS = {
    State.ARRIVED: gettext_lazy("Has arrived"),
    State.SEEN: gettext_lazy("It took place"),
    State.MISSED: gettext_lazy("Did not come"),
    State.CANCELLED: gettext_lazy("Cancel the appointment"),
}
SAID = {
    State.ARRIVED: gettext_lazy("The arrival is kept."),
    State.SEEN: gettext_lazy("Kept: the appointment took place."),
    State.MISSED: gettext_lazy("Kept. Something may have come up: you can propose another day."),
    State.CANCELLED: gettext_lazy("The appointment is cancelled. You can put it back."),
    State.PLANNED: gettext_lazy("The appointment is put back."),
}
BACK = {"day": "day", "counter": "support:counter"}


def offered(appointment: Appointment) -> dict[str, object]:
    """The gestures that make sense now, each with its words; and the state undoing goes to."""
    starts = timezone.localtime(appointment.starts_at)
    possible = gestures(appointment.state, starts=starts, now=timezone.localtime())
    arrived = appointment.arrived_at is not None
    return {
        "possible": [(state, WORDS[state]) for state in possible],
        "back": before_it(appointment.state, arrived=arrived),
    }


@require_POST
def appointment_state(request: Request, pk: UUID) -> HttpResponse:
    """`state` is what is said, `shown` the state of the page; `back` where to go then."""
    actor = request.actor
    appointment = access.one_or_404(Appointment.objects.visible_to(actor), pk=pk)
    state, shown = request.POST.get("state", ""), request.POST.get("shown", "")
    if state in Appointment.State.values:
        try:
            deeds.say_state(appointment, state=state, shown=shown, by=actor)
            messages.success(request, str(SAID[State(state)]))
        except Overtaken:
            messages.warning(request, _("Someone has just changed this appointment. Look first."))
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
    back = request.POST.get("back", "")
    if back == "person":
        return redirect("support:counter_person", pk=appointment.person.root_id)
    if back in BACK:
        return redirect(BACK[back])
    return redirect("support:appointment", pk=pk)


# --- one's own calendar ------------------------------------------------------------------------


def calendar_settings(request: Request) -> HttpResponse:
    """The private address of one's own calendar: made, made anew, removed."""
    actor = request.actor
    access.require(access.is_member(actor))
    if "make" in request.POST:
        deeds.make_address(by=actor)
        messages.success(request, _("Your address is made. Give it to your own calendar only."))
        return redirect("support:calendar")
    if "remove" in request.POST:
        deeds.remove_address(by=actor)
        messages.success(request, _("The address is removed: nothing reads it any more."))
        return redirect("support:calendar")
    own = CalendarFeed.objects.filter(member=actor.id).first()
    address = reverse("support:calendar_feed", args=[own.token]) if own else ""
    context = {"feed": own, "address": request.build_absolute_uri(address) if own else ""}
    return render(request, "support/calendar.html", context)


def is_active(member: Member) -> bool:
    return member.left_on is None and member.user.is_active


@login_not_required
def calendar_feed(request: Request, token: str) -> HttpResponse:
    """What a calendar reads by itself, several times a day, without a session: three queries, and
    one for each other room that has something there; nothing written, and the same bytes until
    something changes."""
    from relier.support import calendar  # with its library: no other page needs it

    feeds = CalendarFeed.objects.select_related(
        "member__user", "member__centre", "member__federation"
    )
    found = feeds.filter(token=token).first()
    # The database finds it by an index; equality itself is asked in constant time.
    if (
        found is None
        or not constant_time_compare(found.token, token)
        or not is_active(found.member)
    ):
        raise Http404
    actor = actor_of(found.member)
    rows = Appointment.objects.visible_to(actor).of(actor.id)
    since = timezone.now() - calendar.BACK
    body = calendar.feed(
        rows.filter(starts_at__gte=since).order_by("starts_at", "pk"),
        language=found.member.user.language,
        others=lambda: calendars.of_member(actor.id, since=since),
        made_at=found.made_at,
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()}"'
    unchanged = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return unchanged or response
