"""The worker's day, a person's whole file, and the search."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relier.centres import access
from relier.centres.http import Request
from relier.competences.standing import standing
from relier.journal import actions as journal
from relier.people.access import may_open_with_reason
from relier.people.models import Following, Person, open_file
from relier.people.search import search_people
from relier.support.access import may_keep_register
from relier.support.forms.interventions import MomentForm
from relier.training.access import TRAINING

from . import days, files
from .trained import trained


@require_safe
def day(request: Request) -> HttpResponse:
    """The first page of everyone: a member's day, or what their role has to do here."""
    actor = request.actor
    if not actor:
        return render(request, "desk/no_centre.html")
    if not actor.in_a_centre:
        return redirect("competences:list")
    the_day = days.day_of(actor, on=timezone.localdate())
    context = {
        "day": the_day,
        "first": days.first_gestures(actor) if the_day.is_empty else {},
        "moment_form": MomentForm(),
        "may_write": access.may_write_names(actor),
    }
    return render(request, "desk/day.html", context)


@require_safe
def search(request: Request) -> HttpResponse:
    """People of the centre by fragments of their name. What was typed is not journaled."""
    actor = request.actor
    access.require(access.is_member(actor))
    text = request.GET.get("q", "")[:100].strip()
    found = search_people(actor, text) if text else []
    if found:
        journal.read_list(
            "desk.search", by=actor, shown=[person.pk for person in found], letters=len(text)
        )
    context = {
        "text": text,
        "found": found,
        "may_write": access.may_write_names(actor),
        "at_counter": access.may_see_counter(actor),
    }
    return render(request, "desk/search.html", context)


@require_safe
def person_file(request: Request, pk: UUID) -> HttpResponse:
    """The file for the team that follows the person; for the rest of the centre, who does."""
    actor = request.actor
    person = access.one_or_404(Person.objects.named_to(actor), pk=pk)
    if person.root_id != person.pk:
        return redirect("file", pk=person.root_id)
    followings = files.followings_of(person)
    opened = open_file(person, followings, actor)
    if opened is None:
        return name_only(request, person, followings)
    journal.read("desk.file_read", person, by=actor, subject=person.pk)
    before = as_day(request.GET.get("before", ""))
    file = files.contents_of(opened, person, followings, before=before)
    may_write = access.may_write_names(actor)
    context = {
        "file": file,
        "person": person,
        "may_write": may_write,
        "standing": standing(person, actor),
        "may_enrol": actor.role in TRAINING,
        "training": trained(person, on=timezone.localdate()),
        "keeps_register": may_keep_register(actor),
    }
    return render(request, "desk/file.html", context)


def name_only(request: Request, person: Person, followings: list[Following]) -> HttpResponse:
    """Names and who follows are for the whole centre; the counter has its own page."""
    if access.may_see_counter(request.actor):
        return redirect("support:counter_person", pk=person.pk)
    may_open = may_open_with_reason(request.actor, person)
    context = {"person": person, "followings": followings, "may_open": may_open}
    return render(request, "desk/name_only.html", context)


def as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
