"""Sentences that came out, for whoever facilitates: read, put under what comes back, published."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.deliberation import access
from relier.deliberation.actions.releases import let_sentences_out
from relier.deliberation.actions.sentences import put_away
from relier.deliberation.models import Question, Sentence
from relier.deliberation.rules import lines

from .questions import to_run
from .rounds import as_it_was

A_PAGE = 30


def sentences(request: Request, pk: UUID) -> HttpResponse:
    """Those to read first. Those whose author did not agree are read here and published nowhere."""
    question = to_run(request.actor, pk)
    return to_read(request, question, reverse("deliberation:sentences", args=[pk]))


def sentences_of_round(request: Request, pk: UUID, turn: int) -> HttpResponse:
    """Those of a round that is past, and that nobody had read when it ended."""
    question = to_run(request.actor, pk)
    access.one_or_404(question.past_rounds.all(), round=turn)
    here = reverse("deliberation:round_sentences", args=[pk, turn])
    return to_read(request, as_it_was(question, turn), here, is_past=True)


def to_read(
    request: Request, question: Question, here: str, *, is_past: bool = False
) -> HttpResponse:
    """The sentences of one round, for whoever runs the question. `here`: this very page."""
    let_sentences_out(question)
    rows = Sentence.objects.of(question).filter(is_out=True)
    if request.method == "POST":
        number = request.POST.get("sentence", "")
        if not number.isdecimal() or len(number) > 19:
            return redirect(here)
        one = access.one_or_404(rows, pk=int(number))
        words = lines.on_one_line(request.POST.get("heading", ""))[:120]
        try:
            put_away(one, state=request.POST.get("state", ""), heading=words, by=request.actor)
            messages.success(request, _("It is put away."))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        return redirect(here)
    ordered = rows.select_related("heading", "statement").order_by("-state", "words", "pk")
    context = {
        "question": question,
        "is_past": is_past,
        "page": Paginator(ordered, A_PAGE).get_page(request.GET.get("page")),
        "headings": question.headings.all(),
        "waiting": Sentence.objects.of(question).filter(is_out=False).exists(),
    }
    return render(request, "deliberation/sentences.html", context)
