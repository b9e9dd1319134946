"""Counts of ballots: opened, printed, ended. The pages of readers are in `ballot_reading`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.paper import access, actions, sheets
from relier.paper.ballot_forms import BallotForm, CopiesForm, ReadersForm
from relier.paper.ballot_sheet import NAME, occasion_of
from relier.paper.models import BallotCount
from relier.paper.rules.ballots import BLANK, VOID
from relier.paper.versions import language_of, sheet_of
from relier.paper.worded import Worded, WordedQuestion
from relier.privacy import disk
from relier.ui.pieces import Fact

A_PAGE = 30


@require_safe
def ballot_list(request: Request) -> HttpResponse:
    """Those of the centre for whoever coordinates, those that they read for the others."""
    actor = request.actor
    access.require(access.is_member(actor))
    rows = BallotCount.objects.visible_to(actor).select_related("sheet")
    page = Paginator(rows.order_by("-opened_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"count": count, "title": title_of(count)} for count in page.object_list],
        "may_open": access.may_open_count(actor),
    }
    return render(request, "paper/ballots.html", context)


def ballot_new(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_open_count(actor))
    form = BallotForm(request.POST or None, by=actor)
    if form.is_valid():
        given = form.cleaned_data
        try:
            count = actions.open_count(
                NAME,
                readers=form.readers,
                by=actor,
                occasion=occasion_of(given["question"], given["answers"]),
                language=given["language"],
                large=given["large"],
                form_key=given["form_key"],
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("paper:ballot_print", pk=count.pk)
    return render(request, "paper/ballot_new.html", {"form": form})


# --- one count -----------------------------------------------------------------------------------


def count_or_404(request: Request, pk: UUID) -> BallotCount:
    rows = BallotCount.objects.visible_to(request.actor)
    related = ("sheet", "centre", "reader_one__user", "reader_two__user")
    return access.one_or_404(rows.select_related(*related), pk=pk)


def worded_of(count: BallotCount) -> Worded:
    version = count.sheet
    return sheets.worded(sheet_of(version), language_of(version))


def title_of(count: BallotCount) -> str:
    """What is asked, where there is one question."""
    worded = worded_of(count)
    if count.is_apart:
        return worded.title
    return worded.questions[0].wording if len(worded.questions) == 1 else worded.title


@require_safe
def ballot(request: Request, pk: UUID) -> HttpResponse:
    """Where a count is. No total before its end, whoever looks."""
    count = count_or_404(request, pk)
    place = count.place_of(request.actor)
    worded = worded_of(count)
    numbers = count.numbers
    context = {
        "count": count,
        "title": title_of(count),
        "language": worded.language,
        "facts": facts_of(count),
        "numbers": numbers,
        "results": results_of(count, worded),
        "reads": bool(place),
        "promised": bool(place) and getattr(count, f"{place}_swore"),
        "steers": access.may_open_count(request.actor),
        "prints_again": count.opened_by_id == request.actor.id and not count.counted,
        "mine": count.doubts.to_look_at(place).count() if place and count.is_open else 0,
    }
    return render(request, "paper/ballot.html", context)


def facts_of(count: BallotCount) -> list[Fact]:
    numbers = count.numbers
    readers = [
        _("%(name)s, who promised") % {"name": name} if swore else name
        for name, swore in (
            (count.reader_one.name, count.one_swore),
            (count.reader_two.name, count.two_swore),
        )
    ]
    facts = [
        Fact(_("Readers"), " · ".join(readers)),
        Fact(_("Ballots printed"), str(numbers.printed)),
        Fact(_("Counted by hand"), "–" if numbers.by_hand is None else str(numbers.by_hand)),
        Fact(_("Read"), str(numbers.counted)),
    ]
    if count.is_apart and count.is_open and (missing := actions.missing_pages(count)):
        facts.append(Fact(_("Pages that did not come back, of ballots that did"), str(missing)))
    if numbers.doubts:
        facts.append(Fact(_("Wait for both readers"), str(numbers.doubts)))
    return facts


@dataclass(frozen=True)
class Result:
    """One question: each answer in words, and on how many ballots it stands."""

    wording: str
    rows: list[tuple[str, int]]


def results_of(count: BallotCount, worded: Worded) -> list[Result]:
    totals = count.result
    return [
        Result(question.wording, told(question, totals[question.key]))
        for question in worded.questions
        if question.key in totals
    ]


def told(question: WordedQuestion, totals: Mapping[str, int]) -> list[tuple[str, int]]:
    rows = [(choice.wording, totals.get(choice.key, 0)) for choice in question.choices]
    return [*rows, (_("Blank"), totals.get(BLANK, 0)), (_("Void"), totals.get(VOID, 0))]


def ballot_print(request: Request, pk: UUID) -> HttpResponse:
    access.require(access.may_open_count(request.actor))
    count = count_or_404(request, pk)
    if not count.is_open:
        return closed(request, count)
    if count.is_apart:
        return redirect("paper:ballot", pk=pk)
    form = CopiesForm(request.POST or None)
    if form.is_valid():
        copies = form.cleaned_data["copies"]
        try:
            pdf = actions.print_ballots(count, copies, by=request.actor)
        except ValidationError as refused:
            form.add_error("copies", refused)
        else:
            headers = {"Content-Disposition": 'inline; filename="ballots.pdf"'}
            return HttpResponse(pdf, content_type="application/pdf", headers=headers)
    context = {"count": count, "title": title_of(count), "form": form}
    return render(request, "paper/ballot_print.html", context)


def ballot_readers(request: Request, pk: UUID) -> HttpResponse:
    access.require(access.may_open_count(request.actor))
    count = count_or_404(request, pk)
    if not count.is_open:
        return closed(request, count)
    now = {"one": count.reader_one_id, "two": count.reader_two_id}
    form = ReadersForm(request.POST or None, by=request.actor, initial=now)
    if form.is_valid():
        actions.name_readers(count, form.readers, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("paper:ballot", pk=pk)
    context = {"count": count, "title": title_of(count), "form": form}
    return render(request, "paper/ballot_readers.html", context)


def closed(request: Request, count: BallotCount) -> HttpResponse:
    messages.info(request, _("This count is closed."))
    return redirect("paper:ballot", pk=count.pk)


# --- its end -------------------------------------------------------------------------------------


def ballot_close(request: Request, pk: UUID) -> HttpResponse:
    """Asked of one of the readers, once everything agrees."""
    count = count_or_404(request, pk)
    access.require(bool(count.place_of(request.actor)))
    if not count.is_open:
        return closed(request, count)
    return ended(request, count, "paper/ballot_close.html", actions.close_count)


def ballot_again(request: Request, pk: UUID) -> HttpResponse:
    count = count_or_404(request, pk)
    access.require(bool(count.place_of(request.actor)))
    if not count.is_open:
        return closed(request, count)
    return ended(request, count, "paper/ballot_again.html", actions.begin_again)


def ballot_give_up(request: Request, pk: UUID) -> HttpResponse:
    count = count_or_404(request, pk)
    if not count.is_open:
        return closed(request, count)
    return ended(request, count, "paper/ballot_give_up.html", actions.give_up)


def ended(request: Request, count: BallotCount, template: str, deed: Any) -> HttpResponse:
    """A page that confirms, then the deed; the disk is written anew after it."""
    if request.method == "POST":
        try:
            deed(count, by=request.actor)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        except access.Refused:
            messages.error(request, _("Promise first: your own page of this count asks it."))
        disk.clean_if_needed()
        return redirect("paper:ballot", pk=count.pk)
    return render(request, template, {"count": count, "title": title_of(count)})
