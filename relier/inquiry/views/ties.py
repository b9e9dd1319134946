"""Founding a problem on a testimony, linking it to another; undoing either."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.centres.http import Request
from relier.inquiry.actions import ties as deeds
from relier.inquiry.forms.problems import FoundForm, LinkForm
from relier.inquiry.models import Testimony

from .finding import link_or_404, passage_or_404, problem_or_404


def testimony_in(request: Request) -> Testimony | None:
    """The one that the address names, where its reader may see it."""
    try:
        pk = UUID(request.GET.get("testimony", ""))
    except ValueError:
        return None
    return Testimony.objects.visible_to(request.actor).standing().filter(pk=pk).first()


def found(request: Request, pk: UUID) -> HttpResponse:
    problem = problem_or_404(request.actor, pk)
    first = testimony_in(request)
    rows = Testimony.objects.visible_to(request.actor).standing()
    initial = {"testimony": first.pk} if first else {}
    form = FoundForm(request.POST or None, rows=rows, first=first, initial=initial)
    if form.is_valid():
        try:
            deeds.found(problem, form.chosen(), form.cleaned_data["piece"], by=request.actor)
        except ValidationError as refusal:
            form.add_error("piece", refusal)
        else:
            messages.success(request, _("The problem stands on these words."))
            return redirect("inquiry:problem", pk=pk)
    context = {"form": form, "problem": problem, "first": first, "any": bool(form.offered)}
    return render(request, "inquiry/found.html", context)


@require_POST
def found_no_more(request: Request, pk: int) -> HttpResponse:
    passage = passage_or_404(request.actor, pk)
    deeds.found_no_more(passage, by=request.actor)
    messages.success(request, _("The problem does not stand on these words any more."))
    return redirect("inquiry:problem", pk=passage.problem_id)


def link(request: Request, pk: UUID) -> HttpResponse:
    problem = problem_or_404(request.actor, pk)
    form = LinkForm(request.POST or None, problem=problem, by=request.actor)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        try:
            deeds.link(problem, form.cleaned_data["other"], kind, by=request.actor)
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            messages.success(request, _("The two problems are linked."))
            return redirect("inquiry:problem", pk=pk)
    return render(request, "inquiry/link.html", {"form": form, "problem": problem})


@require_POST
def unlink(request: Request, pk: int) -> HttpResponse:
    made = link_or_404(request.actor, pk)
    deeds.unlink(made, by=request.actor)
    messages.success(request, _("The two problems are not linked any more."))
    return redirect("inquiry:problem", pk=made.problem_id)
