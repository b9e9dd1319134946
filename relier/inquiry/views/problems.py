"""Problems of the centre: their list, one of them, writing it and writing it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.http import Request
from relier.inquiry import access, linked, opening
from relier.inquiry.actions import problems as deeds
from relier.inquiry.forms.problems import ProblemForm, RewriteForm
from relier.inquiry.models import Problem

from .finding import problem_or_404
from .ties import testimony_in

A_PAGE = 30


@require_safe
def problem_list(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor))
    context = {
        "page": Paginator(Problem.objects.visible_to(actor), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "openings": opening.waiting(actor),
        "aside": opening.aside(actor),
    }
    return render(request, "inquiry/problem_list.html", context)


def problem_new(request: Request) -> HttpResponse:
    """Begun from a testimony, one goes on to say on which words of it."""
    access.require(access.is_member(request.actor))
    form = ProblemForm(request.POST or None)
    if form.is_valid():
        problem = deeds.write(**form.cleaned_data, by=request.actor)
        testimony = testimony_in(request)
        if testimony:
            return redirect(_with_testimony("inquiry:found", problem, testimony.pk))
        messages.success(request, _("The problem is written. Say on which testimonies it stands."))
        return redirect("inquiry:problem", pk=problem.pk)
    return render(request, "inquiry/problem_new.html", {"form": form})


def _with_testimony(name: str, problem: Problem, testimony: UUID) -> str:
    return redirect(name, pk=problem.pk).url + f"?testimony={testimony}"


@require_safe
def problem_read(request: Request, pk: UUID) -> HttpResponse:
    return render(request, "inquiry/problem.html", about(problem_or_404(request.actor, pk)))


def about(problem: Problem) -> dict[str, Any]:
    links = linked.of_problem(problem)
    return {
        "problem": problem,
        "passages": problem.passages.select_related("testimony"),
        "links": links,
        "picture": linked.drawn(problem, links) if links else None,
        "versions": problem.versions.count(),
    }


def problem_edit(request: Request, pk: UUID) -> HttpResponse:
    problem = problem_or_404(request.actor, pk)
    last = problem.versions.first()
    here = {"title": problem.title, "words": problem.words, "expected": last and last.number}
    form = RewriteForm(request.POST or None, initial=here)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title", "words", "expected")}
        try:
            deeds.rewrite(problem, **said, by=request.actor)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            form.data = {**form.data.dict(), "expected": last.number if last else ""}  # type: ignore[attr-defined]
        else:
            messages.success(request, _("The problem is rewritten. What it said before is kept."))
            return redirect("inquiry:problem", pk=pk)
    return render(request, "inquiry/problem_edit.html", {"form": form, "problem": problem})


@require_safe
def problem_earlier(request: Request, pk: UUID) -> HttpResponse:
    problem = problem_or_404(request.actor, pk)
    rows = problem.versions.select_related("author__user")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "inquiry/problem_earlier.html", {"problem": problem, "page": page})


@require_POST
def problem_go_back(request: Request, pk: UUID, number: int) -> HttpResponse:
    deeds.go_back(problem_or_404(request.actor, pk), number, by=request.actor)
    messages.success(request, _("The problem says again what it said then."))
    return redirect("inquiry:problem", pk=pk)


@require_POST
def take_up(request: Request, opening: str) -> HttpResponse:
    problem = deeds.take_up(opening, by=request.actor)
    messages.success(request, _("The question is among your problems. Write it in your words."))
    return redirect("inquiry:problem", pk=problem.pk)


@require_POST
def put_aside(request: Request, opening: str) -> HttpResponse:
    deeds.put_aside(opening, by=request.actor)
    messages.success(request, _("The question is put aside. It stands at the foot of this page."))
    return redirect("inquiry:problems")


@require_POST
def bring_back(request: Request, opening: str) -> HttpResponse:
    deeds.bring_back(opening, by=request.actor)
    messages.success(request, _("The question is back."))
    return redirect("inquiry:problems")
