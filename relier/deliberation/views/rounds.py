"""A question that is asked again: the rounds before stay to be read."""

from copy import copy
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.deliberation import access, minutes, results
from relier.deliberation.actions import reviews
from relier.deliberation.actions.releases import is_over
from relier.deliberation.forms.deciding import AgainForm
from relier.deliberation.models import Decision, Question, Release, Sentence
from relier.deliberation.rules import telling

from .questions import question_or_404, to_run


def as_it_was(question: Question, turn: int) -> Question:
    """The question as of a round that is past: a copy, that nobody saves."""
    before = copy(question)
    before.round = turn
    return before


@require_safe
def round_read(request: Request, pk: UUID, turn: int) -> HttpResponse:
    """What people thought then, what was proposed and decided."""
    question = question_or_404(request.actor, pk)
    past = access.one_or_404(question.past_rounds.all(), round=turn)
    then = as_it_was(question, turn)
    release = Release.objects.of(then).last()
    found = results.Results(
        then, release, telling.published(release.document) if release else None,
        list(question.statements.shown().prefetch_related("wordings")),
        (get_language() or "fr")[:2],
    )  # fmt: skip
    context = {
        "question": question,
        "past": past,
        "results": found,
        "articles": found.articles(found.numbers),
        "by_kind": results.by_kind(found),
        "said": results.sentences(found),
        "proposals": minutes.proposals_of(question, turn),
        "decisions": Decision.objects.of(then).select_related("owner__user"),
        "may_run": False,
        "may_read": access.may_run(request.actor, question),
        "unread": Sentence.objects.of(then).filter(state=Sentence.State.WAITING).count(),
    }
    return render(request, "deliberation/round.html", context)


def ask_again(request: Request, pk: UUID) -> HttpResponse:
    """Once it is over: new cards, new voices."""
    question = to_run(request.actor, pk)
    if not is_over(question):
        messages.info(request, _("It is not over: it can stay open for longer."))
        return redirect("deliberation:question", pk=pk)
    usual = {"until": timezone.localdate() + timedelta(days=21), "round": question.round}
    form = AgainForm(request.POST or None, initial=usual)
    if form.is_valid():
        given = form.cleaned_data
        if given["round"] == question.round:
            try:
                reviews.ask_again(question, given["until"], by=request.actor)
            except ValidationError as problem:
                messages.error(request, " ".join(problem.messages))
                return redirect("deliberation:question", pk=pk)
        messages.success(request, _("The question is asked again. Print new cards."))
        return redirect("deliberation:question", pk=pk)
    context = {
        "form": form,
        "question": question,
        "heading": _("Ask the question again"),
        "back_url": reverse("deliberation:question", args=[pk]),
    }
    return render(request, "deliberation/ask_again.html", context)
