"""Sentences that came out, for whoever facilitates: read, put under what comes back, published."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.deliberation import access
from relier.deliberation.actions.releases import let_sentences_out
from relier.deliberation.actions.sentences import put_away
from relier.deliberation.models import Sentence
from relier.deliberation.rules import lines

from .questions import to_run

A_PAGE = 30


def sentences(request: Request, pk: UUID) -> HttpResponse:
    """Those to read first. Those whose author did not agree are read here and published nowhere."""
    question = to_run(request.actor, pk)
    let_sentences_out(question)
    rows = Sentence.objects.of(question).filter(is_out=True)
    if request.method == "POST":
        number = request.POST.get("sentence", "")
        if not number.isdecimal() or len(number) > 19:
            return redirect("deliberation:sentences", pk=pk)
        one = access.one_or_404(rows, pk=int(number))
        words = lines.on_one_line(request.POST.get("heading", ""))[:120]
        try:
            put_away(one, state=request.POST.get("state", ""), heading=words, by=request.actor)
            messages.success(request, _("It is put away."))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        return redirect("deliberation:sentences", pk=pk)
    ordered = rows.select_related("heading", "statement").order_by("-state", "words", "pk")
    context = {
        "question": question,
        "page": Paginator(ordered, A_PAGE).get_page(request.GET.get("page")),
        "headings": question.headings.all(),
        "waiting": Sentence.objects.of(question).filter(is_out=False).exists(),
    }
    return render(request, "deliberation/sentences.html", context)
