"""The page of whoever facilitates, while a meeting is held: what is on the screen, the next step,
hands and words that are written down; and what a device sends once it has a connection again."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.deliberation import told_hands
from relier.deliberation.actions import hands as counting
from relier.deliberation.actions import room, running
from relier.deliberation.forms.hands import HandsForm, SaidForm
from relier.deliberation.models import Meeting, Statement
from relier.deliberation.rules import agenda

from .meetings import meeting_to_run

MOST_SENT = 50
AnyForm = HandsForm | SaidForm


def facilitate(request: Request, pk: UUID) -> HttpResponse:
    """GET: the page. POST: hands or words, sent by a browser without a script."""
    meeting = meeting_to_run(request.actor, pk)
    statements = list(meeting.question.statements.shown())
    form = None
    if request.method == "POST":
        form = form_of(request.POST, statements)
        if form is not None and kept(meeting, form, by=request.actor):
            messages.success(request, _("It is written down."))
            return redirect("deliberation:facilitate", pk=pk)
    context = context_of(meeting, statements, form)
    return render(request, "deliberation/facilitate.html", context)


def context_of(
    meeting: Meeting, statements: list[Statement], form: AnyForm | None
) -> dict[str, Any]:
    way = running.way_of(meeting)
    here = way.here[1] if way.here else None
    usual = {
        "statement": str(here.pk) if here else "",
        "seen": told_hands.last_of(meeting.question),
    }
    hands = form if isinstance(form, HandsForm) else HandsForm(statements=statements, initial=usual)
    said = form if isinstance(form, SaidForm) else SaidForm(statements=statements, initial=usual)
    return {
        "meeting": meeting,
        "question": meeting.question,
        "way": way,
        "time": time_of(meeting),
        "hands": hands,
        "said": said,
        "counted": [one for one in told_hands.counts_of(meeting.question) if one.is_standing],
    }


def time_of(meeting: Meeting) -> dict[str, int] | None:
    """Minutes of what is under way: those it has, those that are left. None when nothing is."""
    if not meeting.is_held or meeting.item is None or meeting.since is None:
        return None
    minutes = meeting.item.minutes + meeting.longer
    left = agenda.minutes_left(meeting.since, minutes, now=timezone.now())
    return {"minutes": minutes, "left": left, "gone": minutes - left}


@require_POST
def meeting_move(request: Request, pk: UUID) -> HttpResponse:
    """Begin, next, back, longer, stop. Nothing moves where a colleague has just moved."""
    meeting = meeting_to_run(request.actor, pk)
    said = request.POST.get("turn", "")
    turn = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
    try:
        moved = move(meeting, request.POST.get("do", ""), turn, by=request.actor)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        if moved is False:
            messages.info(request, _("A colleague has just moved it: here is where it stands."))
    return redirect("deliberation:facilitate", pk=pk)


def move(meeting: Meeting, wanted: str, turn: int, *, by: Actor) -> bool | None:
    """Whether it moved; None where nothing known was asked."""
    if wanted == "begin":
        return running.begin(meeting, turn=turn, by=by)
    if wanted in ("next", "back"):
        return running.step(meeting, forward=wanted == "next", turn=turn, by=by)
    if wanted == "longer":
        return running.prolong(meeting, turn=turn, by=by)
    return running.stop(meeting, turn=turn, by=by) if wanted == "stop" else None


# --- what is written down in the room -------------------------------------------------------------


def form_of(given: Mapping[str, Any], statements: list[Statement]) -> AnyForm | None:
    """The form that this is, by what it holds: whatever else is sent, no words are lost."""
    if "words" in given:
        return SaidForm(given, statements=statements)
    return HandsForm(given, statements=statements) if "agree" in given else None


def kept(meeting: Meeting, form: AnyForm, *, by: Actor) -> bool:
    """Whether it is written down; what is wrong is said in the form."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if isinstance(form, HandsForm):
            counting.count_hands(
                meeting.question, form.counts(), on=min(meeting.day, timezone.localdate()),
                seen=given["seen"], form_key=given["form_key"], by=by,
            )  # fmt: skip
        else:
            room.note(
                meeting.question, given["words"], aspect=given["aspect"],
                language=given["language"], may_be_published=given["may_be_published"],
                statement=given["statement"], by=by,
            )  # fmt: skip
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    return True


def meeting_send(request: Request, pk: UUID) -> HttpResponse:
    """GET: who is signed in, and the token that a sending needs. POST: what was written down on a
    device, each answered for by its key. Sent twice, each is kept once."""
    meeting = meeting_to_run(request.actor, pk)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "member": str(request.actor.id)})
    if request.content_type != "application/json":
        return JsonResponse({"answers": []})  # a form, which sends nothing that is kept
    entries = entries_of(request.body)
    if entries is None:
        return JsonResponse({"answers": []}, status=400)
    statements = list(meeting.question.statements.shown())
    answers = [answer_to(one, meeting, statements, by=request.actor) for one in entries]
    return JsonResponse({"answers": answers})


def entries_of(body: bytes) -> list[dict[str, str]] | None:
    """Each entry as a form would send it; None for what is no list of entries."""
    try:
        rows = json.loads(body)["entries"]
        if not isinstance(rows, list) or len(rows) > MOST_SENT:
            return None
        return [
            {str(name): value for name, value in row.items() if isinstance(value, str)}
            for row in rows
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def answer_to(
    entry: dict[str, str], meeting: Meeting, statements: list[Statement], *, by: Actor
) -> dict[str, str]:
    """`is`: "kept", or "refused" with why."""
    answer = {"key": entry.get("key", ""), "session": entry.get("session", ""), "why": ""}
    if entry.get("by") != str(by.id):
        why = _("Someone else wrote this. They sign in to send it.")
        return {**answer, "is": "refused", "why": why}
    form = form_of({**entry, "form_key": answer["key"]}, statements)
    if form is not None and kept(meeting, form, by=by):
        return {**answer, "is": "kept"}
    errors = [str(error) for some in form.errors.values() for error in some] if form else []
    return {**answer, "is": "refused", "why": " ".join(errors) or "?"}
