"""What was decided in the centre: the list, one of them, its notice for the wall, its news."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.http import Request
from relier.deliberation import access, languages, minutes, notices
from relier.deliberation.actions import decisions as deeds
from relier.deliberation.forms.deciding import NewsForm
from relier.deliberation.models import Decision, News, Objection, Outcome

from .results import as_file

A_PAGE = 30


def decision_or_404(request: Request, pk: UUID) -> Decision:
    rows = Decision.objects.visible_to(request.actor).select_related(
        "question__centre", "proposal", "owner__user", "decided_by__user"
    )
    return access.one_or_404(rows, pk=pk)


@require_safe
def decision_list(request: Request) -> HttpResponse:
    """The next review first, then the others, the latest first."""
    access.require(access.is_reader(request.actor))
    comes = When(outcome=Outcome.TRIAL, reopened_on=None, then=Value(0))
    rows = (
        Decision.objects.visible_to(request.actor)
        .with_state()
        .select_related("question", "owner__user")
        .annotate(comes=Case(comes, default=Value(1), output_field=IntegerField()))
        .annotate(review=Case(When(comes=0, then=F("until"))))
        .order_by("comes", F("review").asc(nulls_last=True), "-decided_on", "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    states = dict(News.State.choices)
    context = {
        "page": page,
        # `state` is a column of the question asked, and not of the table.
        "told": [(one, states.get(one.state, "")) for one in page],  # type: ignore[attr-defined]
        "outcomes": Outcome,
    }
    return render(request, "deliberation/decision_list.html", context)


@require_safe
def decision_read(request: Request, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    put = minutes.put_of(decision.proposal) if decision.proposal else None
    news = decision.news.select_related("told_by__user").order_by("on", "pk")
    context = {
        "decision": decision,
        "question": decision.question,
        "outcome": minutes.outcome_in_words(decision),
        "again": minutes.again_in_words(decision),
        "rule": minutes.rule_in_words(decision.question, decision.how),
        "how": minutes.how_in_words(decision.how),
        "put": put,
        "states": Objection.State,
        "answers": decision.answers.all(),
        "news": [one for one in news if one.state != News.State.CHANGED],
        "changed": [one for one in news if one.state == News.State.CHANGED],
        "may_tell": access.may_tell(request.actor, decision),
        "may_run": access.may_run(request.actor, decision.question),
        "is_past": decision.round != decision.question.round,
        "languages": [(code, languages.NAMES[code]) for code in languages.spoken()],
    }
    return render(request, "deliberation/decision.html", context)


@require_safe
def notice(request: Request, pk: UUID) -> HttpResponse:
    """For the wall, and for those without a screen: one page, in the language that is asked."""
    decision = decision_or_404(request, pk)
    said = request.GET.get("language", "")
    with translation.override(said if said in languages.spoken() else get_language()):
        return as_file(notices.notice(decision), "application/pdf", "notice.pdf")


@require_POST
def notice_put_up(request: Request, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    deeds.put_up(decision, by=request.actor)
    messages.success(request, _("It is noted that the notice is on the wall."))
    return redirect("deliberation:decision", pk=pk)


def news(request: Request, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    access.require(access.may_tell(request.actor, decision))
    form = NewsForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        deeds.tell(
            decision, given["state"], given["words"], form_key=given["form_key"], by=request.actor
        )
        messages.success(request, _("The news is kept. What was told before stays."))
        return redirect("deliberation:decision", pk=pk)
    context = {"form": form, "decision": decision, "today": timezone.localdate()}
    return render(request, "deliberation/news.html", context)
