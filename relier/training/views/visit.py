"""Preparing the visit of the inspection: the coordinator draws it on the centre's own hours, reads
what it says and why, and mends. A rehearsal: it judges nobody, and leaves nothing but what is kept.
"""

import logging
import secrets
from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.centres.models import Centre
from relier.journal import actions as journal
from relier.paper.typeset import DOCUMENT, TypesetError, typeset
from relier.training import access
from relier.training.actions.visits import keep_rehearsal, say_calendar
from relier.training.forms.keeping import kept
from relier.training.forms.visits import CalendarForm, KeepForm, YearForm
from relier.training.models import CalendarChange, Rehearsal
from relier.training.models.visits import LARGEST_SEED
from relier.training.rules.holidays import is_known, periods_of

from .tracks import as_year

if TYPE_CHECKING:  # with NumPy: only where a visit is rehearsed
    from relier.training.visits.mending import Item
    from relier.training.visits.rehearsing import Rehearsed

logger = logging.getLogger(__name__)
A_PAGE = 40
SHOWN_KEPT = 20
DRAWS = 400


def visit(request: Request) -> HttpResponse:
    """Choose a year and draw; the draws that were kept."""
    from relier.training.visits.years import years_with_hours

    actor = request.actor
    access.require(access.may_steer(actor))
    today = timezone.localdate()
    years = years_with_hours(actor.own_centre, until=today.year)
    form = YearForm(request.POST or None, years=years)
    if form.is_valid():
        number = secrets.randbelow(LARGEST_SEED) + 1
        return redirect("training:visit_read", year=form.cleaned_data["year"], number=number)
    kept_draws = Rehearsal.objects.visible_to(actor).select_related("author__user")[:SHOWN_KEPT]
    context = {"form": form, "years": years, "kept": list(kept_draws), "today": today}
    return render(request, "training/visit.html", context)


def visit_read(request: Request, year: int, number: int) -> HttpResponse:
    """One draw, on what stands today. `?what=`: only what is wrong in that way. POST keeps what it
    says."""
    from relier.training.visits import wording
    from relier.training.visits.mending import items_of, kinds_of, named

    actor = request.actor
    made = rehearsed(actor, year, number)
    form = KeepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        if kept(form, lambda: keep_rehearsal(year, number, figures(made), by=actor, form_key=key)):
            messages.success(request, _("The draw is kept, with its figures of today."))
            return redirect("training:visit_read", year=year, number=number)
    items, what = items_of(made.told, made.visit), request.GET.get("what", "")
    page = page_of([one for one in items if not what or one.code == what], request.GET)
    page.object_list = named(page.object_list, actor)
    shown = sorted({pk for item in page.object_list for pk in item.about})
    journal.read_list("training.visit_shown", by=actor, shown=shown, year=year, number=number)
    context = {
        "form": form,
        "made": made,
        "year": year,
        "number": number,
        "summary": wording.summary(made),
        "kinds": kinds_of(items),
        "what": what,
        "sections": wording.sections_of(made),
        "unknown": wording.not_known(made),
        "open": wording.left_open(made),
        "page": page,
        "earlier": earlier_draws(actor, made, number),
        "today": made.told.facts.on,
    }
    return render(request, "training/visit_read.html", context)


def rehearsed(actor: Actor, year: int, number: int) -> "Rehearsed":
    """Raises Refused for whoever does not answer for the hours, a year that has not begun, a number
    that no page draws."""
    from relier.training.visits.rehearsing import rehearse

    access.require(access.may_steer(actor))
    today = timezone.localdate()
    access.require(2000 <= year <= today.year and 1 <= number <= LARGEST_SEED)
    return rehearse(actor.own_centre, year, number, on=today, draws=DRAWS)


def page_of(items: "list[Item]", asked: QueryDict) -> Page[Any]:
    return Paginator(items, A_PAGE).get_page(asked.get("page", ""))


def figures(made: "Rehearsed") -> dict[str, Any]:
    """What a draw that is kept keeps: numbers of the centre, nothing of anyone."""
    from relier.training.visits.mending import items_of

    check = made.check
    interval = check.sample.interval if check.sample else None
    return {
        "weeks": [monday.isoformat() for monday in made.visit.weeks],
        "minutes": check.minutes,
        "irregular": check.irregular,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "recovery": made.visit.recovery,
        "to_mend": len(items_of(made.told, made.visit)),
        "fingerprint": made.told.fingerprint,
    }


def earlier_draws(actor: Actor, made: "Rehearsed", number: int) -> list[tuple[Rehearsal, bool]]:
    """The same draw as it was kept, and whether the facts have stayed the same since. One query."""
    rows = Rehearsal.objects.visible_to(actor).filter(year=made.visit.year, seed=number)
    rows = rows.select_related("author__user")
    return [(row, row.fingerprint == made.told.fingerprint) for row in rows[:SHOWN_KEPT]]


@require_safe
def visit_pdf(request: Request, year: int, number: int) -> HttpResponse:
    """The same on paper, without a name: what is to be mended is counted there, and listed on the
    page."""
    from relier.training.visits.mending import items_of, kinds_of
    from relier.training.visits.papering import as_document

    actor = request.actor
    made = rehearsed(actor, year, number)
    to_mend = kinds_of(items_of(made.told, made.visit))
    page = as_document(made, to_mend, Centre.objects.get(pk=actor.own_centre))
    try:
        pdf = typeset(DOCUMENT, page, language=language(), made_at=timezone.localtime())
    except TypesetError:
        logger.error("A rehearsed visit could not be typeset.")
        messages.error(request, _("The page could not be made for paper. Print this one instead."))
        return redirect("training:visit_read", year=year, number=number)
    journal.read_list("training.visit_printed", by=actor, year=year, number=number)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="visite-{year}-{number}.pdf"'
    return answer


def language() -> Literal["fr", "en"]:
    """That of the page, for the paper."""
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def calendar(request: Request) -> HttpResponse:
    """`?year=`: school holidays as they come with Relier, and as the centre says them."""
    actor = request.actor
    access.require(access.may_steer(actor))
    year = as_year(request.GET.get("year", ""), timezone.localdate())
    form = CalendarForm(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        first, last = given.pop("first_on"), given.pop("last_on")
        if kept(form, lambda: say_calendar(first, last, by=actor, **given)):
            messages.success(request, _("Kept. Draws of that year leave these days aside."))
            return redirect(f"{request.path}?year={first.year}")
    rows = CalendarChange.objects.visible_to(actor).select_related("author__user")
    said = rows.filter(first_on__year__lte=year, last_on__year__gte=year).order_by("-made_at", "pk")
    context = {
        "form": form,
        "year": year,
        "periods": periods_of(year),
        "is_known": is_known(year),
        "said": list(said),
    }
    return render(request, "training/visit_calendar.html", context)
