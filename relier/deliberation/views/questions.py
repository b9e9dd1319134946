"""Questions of the centre: their list, one of them, preparing it, opening and closing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.actors import Actor
from relier.centres.access import may_steer
from relier.centres.http import Request
from relier.deliberation import access, languages, minutes
from relier.deliberation.actions import questions as deeds
from relier.deliberation.actions.counting import may_be_named
from relier.deliberation.forms.questions import LastDayForm, QuestionForm
from relier.deliberation.models import PaperPile, Question, SwornCounter

A_PAGE = 30


def question_or_404(actor: Actor, pk: UUID) -> Question:
    rows = Question.objects.visible_to(actor).select_related("centre", "team", "facilitator__user")
    return access.one_or_404(rows, pk=pk)


def to_run(actor: Actor, pk: UUID) -> Question:
    """A question that this member may change, open, print cards of."""
    question = question_or_404(actor, pk)
    access.require(access.may_run(actor, question))
    return question


@require_safe
def question_list(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_reader(actor))
    rows = Question.objects.visible_to(actor).select_related("centre")
    today = timezone.localdate()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "stages": [(question, stage_of(question)) for question in page],
        "may_prepare": access.may_prepare(actor),
        "today": today,
    }
    return render(request, "deliberation/question_list.html", context)


def stage_of(question: Question) -> str:
    """Where it stands: "prepared", "open", "over" (its day is past) or "closed"."""
    if question.is_prepared:
        return "prepared"
    if question.closed_on:
        return "closed"
    return "open" if question.is_open(on=timezone.localdate()) else "over"


def question_new(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_prepare(actor))
    form = QuestionForm(request.POST or None, actor=actor, initial={"languages": ["fr"]})
    if form.is_valid():
        try:
            question = deeds.prepare(form.said(), form_key=form.cleaned_data["form_key"], by=actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The question is kept. Write what people will answer to."))
            return redirect("deliberation:question", pk=question.pk)
    return render(request, "deliberation/question_new.html", {"form": form})


def question_edit(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    question = to_run(actor, pk)
    here = {name: getattr(question, name) for name in deeds.SAID}
    form = QuestionForm(request.POST or None, actor=actor, initial=here)
    if not question.is_prepared:
        messages.info(request, _("It is open: what was announced does not change."))
        return redirect("deliberation:question", pk=pk)
    if form.is_valid():
        try:
            deeds.change(question, form.said(), by=actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The question is changed."))
            return redirect("deliberation:question", pk=pk)
    return render(request, "deliberation/question_edit.html", {"form": form, "question": question})


@require_safe
def question_read(request: Request, pk: UUID) -> HttpResponse:
    """What is asked, of whom, until when, how it is decided; its statements and its cards."""
    return render(request, "deliberation/question.html", about(request.actor, pk))


def about(actor: Actor, pk: UUID) -> dict[str, Any]:
    question = question_or_404(actor, pk)
    may_run = access.may_run(actor, question)
    statements = question.statements.shown().prefetch_related("wordings")
    return {
        "question": question,
        "stage": stage_of(question),
        "may_run": may_run,
        "languages": ", ".join(languages.named(question.languages)),
        "statements": [(one, languages.named(w.language for w in one.wordings.all()))
                       for one in statements],
        "waiting": question.statements.waiting().count() if may_run else 0,
        "batches": question.batches.filter(round=question.round) if may_run else [],
        "counters": SwornCounter.objects.of(question).select_related("member__user"),
        "may_name_counters": access.may_name_counters(actor, question) and may_be_named(question),
        "papers": papers_of(question, actor) if may_run else [],
        "deciding": minutes.standing(question),
        "tablets": question.tablets.filter(round=question.round) if may_run else [],
    }  # fmt: skip


def papers_of(question: Question, actor: Actor) -> list[tuple[PaperPile, bool]]:
    """The piles of this round, and whether this member finds the count of each from here: who
    coordinates, who printed it. Its two readers have it in the room of paper."""
    piles = question.papers.filter(round=question.round)
    return [(one, may_steer(actor) or one.made_by_id == actor.id) for one in piles]


@require_POST
def question_open(request: Request, pk: UUID) -> HttpResponse:
    try:
        deeds.open_question(to_run(request.actor, pk), by=request.actor)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The question is open. Print cards, or open a tablet."))
    return redirect("deliberation:question", pk=pk)


def question_prolong(request: Request, pk: UUID) -> HttpResponse:
    question = to_run(request.actor, pk)
    form = LastDayForm(request.POST or None, initial={"until": question.closes_on})
    if form.is_valid():
        try:
            deeds.prolong(question, form.cleaned_data["until"], by=request.actor)
        except ValidationError as problem:
            form.add_error("until", problem)
        else:
            messages.success(request, _("The last day is kept."))
            return redirect("deliberation:question", pk=pk)
    context = {"form": form, "question": question}
    return render(request, "deliberation/question_prolong.html", context)


def question_close(request: Request, pk: UUID) -> HttpResponse:
    """Before its last day, or after it: what will happen is said first."""
    question = to_run(request.actor, pk)
    if request.method == "POST":
        deeds.close(question, by=request.actor)
        messages.success(request, _("The question is closed. Its results are those of the end."))
        return redirect("deliberation:question", pk=pk)
    context = {"question": question, "heading": _("Close the question")}
    return render(request, "deliberation/question_close.html", context)
