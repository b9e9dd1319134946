"""Recounting: what is published for anyone to do so; and the table, for two sworn counters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts import confirming
from relier.centres.http import Request
from relier.deliberation import access, recounting
from relier.deliberation.actions import counting as deeds
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.door import Voice, voice_page
from relier.deliberation.forms.counting import CountersForm, SaidForm
from relier.deliberation.models import Question, Release, SwornCounter
from relier.deliberation.rules.answers import WORDS

from .questions import question_or_404
from .results import as_file

ON_A_PAGE = 100


@require_safe
def recount(request: Request, pk: UUID) -> HttpResponse:
    """How anyone recounts, the releases one after another, and what the two counters said."""
    question = question_or_404(request.actor, pk)
    access.require(not question.is_prepared)
    release_if_due(question)
    context = {
        "question": question,
        "releases": Release.objects.of(question).defer("document", "receipts"),
        "counters": counters_of(question),
        "is_counter": access.is_counter(request.actor, question),
    }
    return render(request, "deliberation/recount.html", context)


def counters_of(question: Question) -> list[SwornCounter]:
    return list(SwornCounter.objects.of(question).select_related("member__user"))


@require_safe
def as_csv(request: Request, pk: UUID) -> HttpResponse:
    question = question_or_404(request.actor, pk)
    access.require(not question.is_prepared)
    release_if_due(question)
    return as_file(recounting.as_csv(question), "text/csv", "releases.csv")


@require_safe
@voice_page
def for_voices(request: HttpRequest, voice: Voice) -> HttpResponse:
    """The same file, for whoever holds a card."""
    release_if_due(voice.question)
    return as_file(recounting.as_csv(voice.question), "text/csv", "releases.csv")


# --- two sworn counters ---------------------------------------------------------------------------


def name(request: Request, pk: UUID) -> HttpResponse:
    """Two members, before anyone can answer."""
    question = question_or_404(request.actor, pk)
    access.require(access.may_name_counters(request.actor, question))
    if not deeds.may_be_named(question):
        messages.info(request, _("Counters are named before anyone can answer."))
        return redirect("deliberation:question", pk=pk)
    here = [one.member_id for one in counters_of(question)]
    initial = dict(zip(("first", "second"), here, strict=False))
    form = CountersForm(request.POST or None, question=question, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            deeds.name_counters(question, [given["first"], given["second"]], by=request.actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The two counters are named. It is said on the page."))
            return redirect("deliberation:question", pk=pk)
    return render(request, "deliberation/counters.html", {"form": form, "question": question})


def to_count(request: Request, pk: UUID) -> Question:
    """A question that this member counts, who has just said who they are."""
    question = question_or_404(request.actor, pk)
    access.require(access.is_counter(request.actor, question))
    confirming.require(request)
    return question


def table(request: Request, pk: UUID) -> HttpResponse:
    """Before both have opened it, who has; then the table, and what is published beside it."""
    question = to_count(request, pk)
    release_if_due(question)
    form = SaidForm(request.POST or None, initial=said_before(request, question))
    if form.is_valid():
        given = form.cleaned_data
        try:
            deeds.say(question, given["said"], words=given["words"], by=request.actor)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect("deliberation:table", pk=pk)
        messages.success(request, _("It is published, with your name."))
        return redirect("deliberation:recount", pk=pk)
    context = {"question": question, "form": form, **what_is_seen(request, question)}
    response = render(request, "deliberation/table.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def said_before(request: Request, question: Question) -> dict[str, str]:
    mine = SwornCounter.objects.of(question).filter(member=request.actor.id).first()
    return {"said": mine.said, "words": mine.words} if mine and mine.said else {}


def what_is_seen(request: Request, question: Question) -> dict[str, Any]:
    """Nothing of the table but where both opened it."""
    now, why_not = timezone.now(), deeds.why_not(question)
    looking = {one.pk for one in SwornCounter.objects.of(question).looking(at=now)}
    counters = [(one, one.pk in looking) for one in counters_of(question)]
    seen: dict[str, Any] = {"why_not": why_not, "counters": counters}
    if why_not or not deeds.are_looking(question, at=now):
        return seen
    rows = deeds.table_of(question, by=request.actor)
    release = Release.objects.of(question).last()
    if release is None:  # `why_not` says so before
        return seen
    shown = question.statements.shown()
    texts = {str(one.number): one.words for one in shown}
    numbers = sorted(map(int, release.counts))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        [WORDS.get(row.get(str(number), None), "") for number in numbers]  # type: ignore[arg-type]
        for row in page.object_list
    ]
    compared = recounting.compared(release, rows, texts)
    return seen | {
        "is_seen": True, "numbers": numbers, "page": page, "lines": lines, "compared": compared,
        "voices": len(rows), "release": release,
    }  # fmt: skip


@require_POST
def table_open(request: Request, pk: UUID) -> HttpResponse:
    question = to_count(request, pk)
    release_if_due(question)
    try:
        deeds.open_table(question, by=request.actor)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("deliberation:table", pk=pk)
