"""The page of a thread, its paper for the wall, and its gestures."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.deliberation.forms.questions import QuestionForm
from relier.inquiry.models import Problem
from relier.resources.forms import SheetForm

from . import access, actions
from .actions import LEADS, End
from .forms import ChangedForm, TieForm
from .kinds import Kind, registered
from .models import Tie
from .printing import printed
from .telling import told

# What one may tie on the page of a thread, and what it is called there.
TIED = ("testimony", "question", "decision", "resource")


def problem_or_404(actor: Actor, pk: UUID) -> Problem:
    return access.one_or_404(Problem.objects.visible_to(actor).select_related("centre"), pk=pk)


def kind_or_404(name: str) -> Kind:
    kind = registered(name) if name in TIED else None
    if kind is None:
        raise access.Refused
    return kind


@require_safe
def thread_read(request: Request, pk: UUID) -> HttpResponse:
    problem = problem_or_404(request.actor, pk)
    question = registered("question")
    context = {
        "problem": problem,
        "stages": told(problem, request.actor),
        "ask_url": question.begin(problem)
        if question and question.begin and access.may_prepare(request.actor)
        else "",
    }
    return render(request, "threads/thread.html", context)


@require_safe
def thread_pdf(request: Request, pk: UUID) -> HttpResponse:
    problem = problem_or_404(request.actor, pk)
    pdf = printed(problem, told(problem, request.actor))
    headers = {"Content-Disposition": 'inline; filename="thread.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def tie(request: Request, pk: UUID, name: str) -> HttpResponse:
    """A testimony leads to the problem; the problem leads to all the rest."""
    problem, kind = problem_or_404(request.actor, pk), kind_or_404(name)
    form = TieForm(request.POST or None, kind=kind, by=request.actor)
    if form.is_valid():
        ends = [End("problem", problem.pk), End(name, UUID(form.cleaned_data["thing"]))]
        if (name, "problem") in LEADS:
            ends.reverse()
        actions.tie(problem, *ends, by=request.actor)
        messages.success(request, _("It is tied to the thread."))
        return redirect("threads:thread", pk=pk)
    context = {"form": form, "problem": problem, "kind": kind}
    return render(request, "threads/tie.html", context)


def question_new(request: Request, pk: UUID) -> HttpResponse:
    """Prepared with the words of the problem, which are of nobody; asked only once it is opened."""
    problem = problem_or_404(request.actor, pk)
    access.require(access.may_prepare(request.actor))
    here = {"words": problem.title, "context": problem.words, "languages": ["fr"]}
    form = QuestionForm(request.POST or None, actor=request.actor, initial=here)
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        try:
            question = actions.ask(problem, form.said(), form_key=key, by=request.actor)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The question is kept, and tied to the thread."))
            return redirect("deliberation:question", pk=question.pk)
    return render(request, "threads/question_new.html", {"form": form, "problem": problem})


def sheet_new(request: Request, pk: UUID) -> HttpResponse:
    problem = problem_or_404(request.actor, pk)
    form = SheetForm(request.POST or None, initial={"title": problem.title})
    if form.is_valid():
        sheet = actions.write_sheet(problem, **form.cleaned_data, by=request.actor)
        messages.success(request, _("The sheet is kept, and tied to the thread."))
        return redirect("resources:sheet", pk=sheet.pk)
    return render(request, "threads/sheet_new.html", {"form": form, "problem": problem})


def changed(request: Request, pk: UUID) -> HttpResponse:
    """Told by a testimony that was given: who ties it is seldom who gave it, and nothing says."""
    problem, kind = problem_or_404(request.actor, pk), kind_or_404("testimony")
    form = ChangedForm(
        request.POST or None,
        stages=told(problem, request.actor),
        problem=End("problem", problem.pk),
        kind=kind,
        by=request.actor,
    )
    if form.is_valid():
        end = End("testimony", UUID(form.cleaned_data["thing"]))
        actions.tie(problem, form.end(), end, by=request.actor)
        messages.success(request, _("What it changed is tied to the thread."))
        return redirect("threads:thread", pk=pk)
    return render(request, "threads/changed.html", {"form": form, "problem": problem})


@require_POST
def untie(request: Request, pk: int) -> HttpResponse:
    problems = Problem.objects.visible_to(request.actor)
    rows = Tie.objects.filter(thread__problem__in=problems).select_related("thread__problem")
    row = access.one_or_404(rows, pk=pk)
    actions.untie(row, by=request.actor)
    messages.success(request, _("It is not in the thread any more."))
    return redirect("threads:thread", pk=row.thread.problem_id)
