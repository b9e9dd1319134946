"""Meetings about a question: their list, one agenda, and preparing it line by line."""

from datetime import time
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.deliberation import access, meeting_papers
from relier.deliberation.actions import meetings as deeds
from relier.deliberation.forms.meetings import ItemForm, MeetingForm, NewMeetingForm
from relier.deliberation.models import Item, Meeting
from relier.deliberation.rules import agenda

from .questions import question_or_404, to_run
from .results import as_file

A_PAGE = 30


class Planned(NamedTuple):
    item: Item
    begins: time


def meeting_or_404(actor: Actor, pk: UUID) -> Meeting:
    rows = Meeting.objects.visible_to(actor)
    return access.one_or_404(rows.select_related("question__centre", "item"), pk=pk)


def meeting_to_run(actor: Actor, pk: UUID) -> Meeting:
    meeting = meeting_or_404(actor, pk)
    access.require(access.may_run(actor, meeting.question))
    return meeting


def planned(meeting: Meeting) -> tuple[list[Planned], time]:
    """Each item with its hour, and the hour of the end. One query."""
    items = list(meeting.items.all())
    hours = agenda.hours(meeting.starts_at, [one.minutes for one in items])
    return [Planned(item, at) for item, at in zip(items, hours, strict=False)], hours[-1]


@require_safe
def meetings(request: Request, pk: UUID) -> HttpResponse:
    question = question_or_404(request.actor, pk)
    context = {
        "question": question,
        "may_run": access.may_run(request.actor, question),
        "page": Paginator(question.meetings.all(), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "deliberation/meetings.html", context)


def meeting_new(request: Request, pk: UUID) -> HttpResponse:
    question = to_run(request.actor, pk)
    form = NewMeetingForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        meeting = deeds.prepare(
            question, given, ready=given["ready"], form_key=given["form_key"], by=request.actor
        )
        messages.success(request, _("The meeting is kept. Make its agenda yours."))
        return redirect("deliberation:meeting", pk=meeting.pk)
    return render(request, "deliberation/meeting_new.html", {"question": question, "form": form})


@require_safe
def meeting_read(request: Request, pk: UUID) -> HttpResponse:
    return agenda_page(request, meeting_or_404(request.actor, pk))


def agenda_page(request: Request, meeting: Meeting, form: ItemForm | None = None) -> HttpResponse:
    """`form`: a line that could not be kept, with what was typed."""
    items, ends = planned(meeting)
    context = {
        "meeting": meeting,
        "question": meeting.question,
        "items": items,
        "ends": ends,
        "may_run": access.may_run(request.actor, meeting.question),
        "form": form or ItemForm(),
    }
    return render(request, "deliberation/meeting.html", context)


def meeting_edit(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_to_run(request.actor, pk)
    here = {name: getattr(meeting, name) for name in deeds.SAID}
    form = MeetingForm(request.POST or None, initial=here)
    if form.is_valid():
        deeds.change(meeting, form.cleaned_data, by=request.actor)
        messages.success(request, _("The meeting is changed."))
        return redirect("deliberation:meeting", pk=pk)
    return render(request, "deliberation/meeting_edit.html", {"meeting": meeting, "form": form})


@require_POST
def item_new(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_to_run(request.actor, pk)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return agenda_page(request, meeting, form)
    given = form.cleaned_data
    try:
        deeds.add_item(
            meeting, title=given["title"], minutes=given["minutes"], doing=given["doing"],
            form_key=given["form_key"], by=request.actor,
        )  # fmt: skip
    except ValidationError as problem:
        form.add_error(None, problem)
        return agenda_page(request, meeting, form)
    messages.success(request, _("It is at the end of the agenda."))
    return to_agenda(meeting)


def item_or_404(request: Request, pk: int) -> Item:
    """One of a meeting that this member runs."""
    rows = Item.objects.filter(meeting__in=Meeting.objects.visible_to(request.actor))
    item = access.one_or_404(rows.select_related("meeting__question"), pk=pk)
    access.require(access.may_run(request.actor, item.meeting.question))
    return item


def item_edit(request: Request, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    here = {"title": item.title, "minutes": item.minutes, "doing": item.doing}
    form = ItemForm(request.POST or None, initial=here)
    if form.is_valid():
        given = form.cleaned_data
        deeds.change_item(item, **{name: given[name] for name in here}, by=request.actor)
        messages.success(request, _("The agenda is changed."))
        return to_agenda(item.meeting)
    return render(request, "deliberation/item_edit.html", {"item": item, "form": form})


@require_POST
def item_move(request: Request, pk: int) -> HttpResponse:
    """Earlier, later, or away: the button says which."""
    item = item_or_404(request, pk)
    wanted = request.POST.get("do")
    if wanted in ("up", "down"):
        deeds.move_item(item, up=wanted == "up", by=request.actor)
    elif wanted == "remove":
        try:
            deeds.remove_item(item, by=request.actor)
            messages.success(request, _("This line is taken away: %(title)s") % {"title": item})
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
    return to_agenda(item.meeting)


def to_agenda(meeting: Meeting) -> HttpResponse:
    answer = redirect("deliberation:meeting", pk=meeting.pk)
    answer["Location"] += "#agenda"
    return answer


@require_safe
def meeting_paper(request: Request, pk: UUID) -> HttpResponse:
    """The whole meeting on paper, for the day when there is no connection."""
    meeting = meeting_or_404(request.actor, pk)
    items, ends = planned(meeting)
    pdf = meeting_papers.meeting(meeting, [(one.begins, one.item) for one in items], ends)
    return as_file(pdf, "application/pdf", "meeting.pdf")
