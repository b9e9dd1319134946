"""What may be told of voices: for members, for whoever holds a card, in files, on the wall."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.deliberation import access, papers, results
from relier.deliberation.door import Voice, draw, voice_page
from relier.deliberation.models import SwornCounter

from .questions import question_or_404, stage_of

ON_A_PAGE = 60
ON_A_PERSONS_PAGE = 5


def of_question(request: Request, pk: UUID) -> results.Results:
    question = question_or_404(request.actor, pk)
    access.require(not question.is_prepared)
    return results.results_of(question, (get_language() or "fr")[:2])


@require_safe
def read(request: Request, pk: UUID) -> HttpResponse:
    found = of_question(request, pk)
    page = Paginator(found.numbers, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": found.question,
        "stage": stage_of(found.question),
        "results": found,
        "page": page,
        "articles": found.articles(list(page.object_list)),
        "by_kind": results.by_kind(found),
        "said": results.sentences(found),
        "counters": SwornCounter.objects.of(found.question).select_related("member__user"),
    }
    return render(request, "deliberation/results.html", context)


@require_safe
def as_csv(request: Request, pk: UUID) -> HttpResponse:
    return as_file(results.as_csv(of_question(request, pk)), "text/csv", "results.csv")


@require_safe
def as_json(request: Request, pk: UUID) -> HttpResponse:
    return as_file(results.as_json(of_question(request, pk)), "application/json", "results.json")


@require_safe
def wall(request: Request, pk: UUID) -> HttpResponse:
    """One sheet, in plain words, for the wall of the centre."""
    return as_file(papers.wall(of_question(request, pk)), "application/pdf", "results.pdf")


def as_file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
@voice_page
def for_voices(request: HttpRequest, voice: Voice) -> HttpResponse:
    """The same, in one breath: what is found, then some statements on a page."""
    found = results.results_of(voice.question, voice.language)
    page = Paginator(found.numbers, ON_A_PERSONS_PAGE).get_page(request.GET.get("page"))
    is_first = page.number == 1
    context = {
        "results": found,
        "page": page,
        "sections": found.sections(advises=False) if is_first else [],
        "articles": found.articles(list(page.object_list))
        if not is_first or page.has_next()
        else [],
    }
    return draw(request, "deliberation/voice/results.html", voice, context)


@require_safe
@voice_page
def counted(request: HttpRequest, voice: Voice) -> HttpResponse:
    """The receipts that are counted, sorted: whoever holds theirs finds it."""
    found = results.results_of(voice.question, voice.language)
    page = Paginator(found.receipts, 300).get_page(request.GET.get("page"))
    return draw(request, "deliberation/voice/counted.html", voice, {"page": page})
