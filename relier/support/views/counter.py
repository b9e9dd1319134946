"""The counter: who is expected today, and what a person may be told at once, aloud."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.doors import counter_page
from relier.people.models import Person
from relier.people.search import search_people
from relier.support import access
from relier.support.actions import reception as deeds
from relier.support.actions.requests import Overtaken
from relier.support.answers import answers, said_before
from relier.support.forms.reception import LIFETIME, DelayForm, as_said
from relier.support.models import Appointment, Delay
from relier.support.rules.reception import State, before_it, gestures
from relier.ui.styles import with_inline_styles

A_PAGE = 50


def counter(request: Request) -> HttpResponse:
    """The appointments of the centre, in the order of the hours; and anyone's name."""
    actor = request.actor
    access.require(access.may_see_counter(actor))
    today = timezone.localdate()
    on = asked_day(request, today)
    text = request.GET.get("q", "")[:80].strip()
    found = search_people(actor, text) if text else []
    rows = Appointment.objects.visible_to(actor).on(on).order_by("starts_at", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = [row.person.root_id for row in page] + [person.pk for person in found]
    journal.read_list(
        "support.counter", by=actor, shown=shown, day=on.isoformat(), letters=len(text)
    )
    context = {
        "on": on,
        "today": today,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "page": page,
        "rows": [row_of(appointment) for appointment in page],
        "text": text,
        "found": found,
        "may_write": access.may_write_names(actor),
    }
    return render(request, "support/counter.html", context)


def asked_day(request: Request, today: date) -> date:
    """The day in the address; today where it is none, or so far that it has no day beside it."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return today if abs(day.year - today.year) > LIFETIME else day


def row_of(appointment: Appointment) -> dict[str, object]:
    """An appointment, with the one gesture of the counter: has arrived, or not after all."""
    starts = timezone.localtime(appointment.starts_at)
    possible = gestures(appointment.state, starts=starts, now=timezone.localtime())
    arrived = appointment.arrived_at is not None
    return {
        "appointment": appointment,
        "may_arrive": State.ARRIVED in possible,
        "back": before_it(appointment.state, arrived=arrived),
    }


@counter_page
def counter_person(request: Request, person: Person) -> HttpResponse:
    """The answers for one person. `?paper` is the same for the person: to read, or to take."""
    actor = request.actor
    may_write = access.may_write_at_counter(actor, person)
    access.require(may_write or request.method != "POST")
    told = answers(person, actor, on=timezone.localdate())
    if "paper" in request.GET:
        journal.read("support.counter_paper", person, by=actor, subject=person.pk)
        return for_the_person(request, {"answers": told, "person": person})
    journal.read("support.counter_person", person, by=actor, subject=person.pk)
    context: dict[str, object] = {
        "answers": told,
        "person": person,
        "reach": reach_of(person),
        "may_write": may_write,
        "rows": [row_of(appointment) for appointment in told.appointments],
        "follows": access.may_open_file(actor, person),
        "at_counter": access.may_see_counter(actor),
    }
    context["may_open"] = not context["follows"] and access.may_open_with_reason(actor, person)
    return render(request, "support/counter_person.html", context)


def reach_of(person: Person) -> list[str]:
    """How they like to be reached: the manner, the number, what is good to know."""
    return list(filter(None, [person.get_reach_display(), person.phone, person.reach_words]))


@with_inline_styles
def for_the_person(request: Request, context: dict[str, object]) -> HttpResponse:
    return render(request, "support/counter_paper.html", context)


# --- what is late --------------------------------------------------------------------------------


@counter_page
def delay_new(request: Request, person: Person) -> HttpResponse:
    """Something is late: what, since when, and what may be said of it."""
    actor = request.actor
    may_write = access.may_write_at_counter(actor, person)
    access.require(may_write or request.method != "POST")
    form = DelayForm(request.POST or None, initial={"since": timezone.localdate()})
    if form.is_valid():
        deeds.note_delay(person, **form.cleaned_data, by=actor)
        messages.success(request, _("Kept: it can now be said at the counter."))
        return redirect("support:counter_person", pk=person.pk)
    context = {"form": form, "person": person, "may_write": may_write}
    return render(request, "support/delay_new.html", context)


def delay_or_404(request: Request, pk: UUID) -> Delay:
    rows = Delay.objects.visible_to(request.actor).select_related("person__root", "author__user")
    return access.one_or_404(rows, pk=pk)


def delay_edit(request: Request, pk: UUID) -> HttpResponse:
    """Said anew, with what was said before under it."""
    actor = request.actor
    delay = delay_or_404(request, pk)
    may_write = access.may_write_at_counter(actor, delay.person)
    access.require(may_write or request.method != "POST")
    latest = Delay.objects.filter(replaces=delay).first()
    if latest and request.method != "POST":
        return redirect("support:delay", pk=latest.pk)
    form = DelayForm(request.POST or None, initial=as_said(delay))
    if form.is_valid():
        try:
            deeds.say_anew(delay, **form.cleaned_data, by=actor)
            messages.success(request, _("Kept: it can now be said at the counter."))
            return redirect("support:counter_person", pk=delay.person.root_id)
        except Overtaken:
            # What was typed stays in the form; what a colleague said stands beside it.
            delay = latest_of(request, delay)
    return draw_delay(request, delay, form, overtaken=delay.pk != pk, may_write=may_write)


def draw_delay(
    request: Request, delay: Delay, form: DelayForm, *, overtaken: bool, may_write: bool
) -> HttpResponse:
    person = delay.person.root
    rows = Delay.objects.visible_to(request.actor).filter(person__in=person.file_ids)
    known = {row.pk: row for row in rows.select_related("author__user")}
    journal.read("support.delay_read", delay, by=request.actor, subject=person.pk)
    context = {
        "delay": delay,
        "person": person,
        "form": form,
        "said": [delay, *said_before(delay, known)],
        "overtaken": overtaken,
        "may_write": may_write,
        # Kept from here, it replaces what the page shows.
        "address": reverse("support:delay", args=[delay.pk]),
    }
    return render(request, "support/delay.html", context)


def latest_of(request: Request, delay: Delay) -> Delay:
    """What is said today of what was said then."""
    while following := Delay.objects.filter(replaces=delay.pk).first():
        delay = following
    return delay_or_404(request, delay.pk)


def delay_settle(request: Request, pk: UUID) -> HttpResponse:
    """It came. Asked on a page when the address is opened by itself; done at once by the button."""
    actor = request.actor
    delay = delay_or_404(request, pk)
    back = reverse("support:counter_person", args=[delay.person.root_id])
    if request.method != "POST":
        context = {"delay": delay, "person": delay.person.root, "back_url": back}
        context["heading"] = _("Is it no longer late?")
        return render(request, "support/delay_settle.html", context)
    try:
        if "again" in request.POST:
            deeds.unsettle(delay, by=actor)
            messages.success(request, _("Put back: it is late again."))
        else:
            deeds.settle(delay, by=actor)
            messages.success(request, _("Kept: it is no longer late."))
    except Overtaken:
        messages.warning(request, _("A colleague has just said something else of it. Look first."))
    return redirect(back)
