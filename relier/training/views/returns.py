"""Documents of the centre: statements of a month by track, the annual table, the report."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.centres.models import Centre
from relier.training import access, figures
from relier.training.documents import activity, keeping, of_a_year, statements
from relier.training.documents.about import About
from relier.training.documents.kinds import KINDS, Kind
from relier.training.forms.documents import PrintForm
from relier.training.models import PrintedDocument
from relier.training.models.documents import Wall

from .documents import A_PAGE, printed, with_what_it_is_of
from .months import first_day_of
from .tracks import as_year, track_or_404


def own_centre(request: Request) -> Centre:
    """Of whoever answers for the hours."""
    access.require(access.may_steer(request.actor))
    return Centre.objects.get(pk=request.actor.own_centre)


def latest(kind: Kind, about: About) -> PrintedDocument | None:
    rows = PrintedDocument.objects.filter(
        centre=about.centre, kind=kind.key, period=about.period, track=about.track
    )
    return with_what_it_is_of(rows).order_by("-made_at", "pk").first()


def print_page(
    request: Request, kind: Kind, about: About, template: str, context: dict[str, object]
) -> HttpResponse:
    """The figures on the screen first, then the document that says the same."""
    form = PrintForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        document = printed(request, kind, about, form.cleaned_data["form_key"])
        if document:
            return redirect("training:paper", pk=document.pk)
    last = latest(kind, about)
    context |= {
        "form": form,
        "kind": kind,
        "missing": kind.missing(about),
        "latest": last,
        "since": keeping.since(last) if last else None,
    }
    return render(request, template, context)


@require_safe
def paper_list(request: Request) -> HttpResponse:
    """Where each document of the centre is printed, and those that were."""
    own_centre(request)
    rows = PrintedDocument.objects.visible_to(request.actor).filter(wall=Wall.MONTHS).listed()
    today = timezone.localdate()
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "year": today.year,
        "last_year": today.year - 1,
    }
    return render(request, "training/paper_list.html", context)


def years(request: Request) -> dict[str, int | None]:
    today = timezone.localdate()
    year = as_year(request.GET.get("year", ""), today)
    return {"year": year, "before": year - 1, "after": year + 1 if year < today.year else None}


def annual(request: Request) -> HttpResponse:
    """`?year=`: the annual table of hours (L.3)."""
    centre = own_centre(request)
    context: dict[str, object] = dict(years(request))
    year = as_year(request.GET.get("year", ""), timezone.localdate())
    about = About(centre, timezone.localdate(), period=year)
    parts = of_a_year.annual_parts(centre, year)
    context["parts"] = [
        (part, [(date(year, month, 1), part.lines[month]) for month in of_a_year.MONTHS])
        for part in parts
    ]
    return print_page(request, KINDS["annual"], about, "training/annual.html", context)


def report(request: Request) -> HttpResponse:
    """`?year=`: the activity report, each figure with what it is made of."""
    centre = own_centre(request)
    context: dict[str, object] = dict(years(request))
    year = as_year(request.GET.get("year", ""), timezone.localdate())
    about = About(centre, timezone.localdate(), period=year)
    context["report"] = activity.report_of(centre, year)
    return print_page(request, KINDS["report"], about, "training/report.html", context)


def track_month(request: Request, pk: UUID, month: str) -> HttpResponse:
    """The statement of a month (as 202611) of everyone in a track."""
    actor = request.actor
    track = track_or_404(actor, pk)
    centre = own_centre(request)
    first = first_day_of(month)
    if first is None or first > timezone.localdate():
        raise access.Refused
    number = int(month)
    about = About(centre, timezone.localdate(), track=track, period=number)
    rows = statements.rows_of(track, number)
    others = statements.without_a_file(track, number, rows)
    context: dict[str, object] = {
        "track": track,
        "first": first,
        "number": month,
        "rows": rows,
        "others": others,
        "whole": figures.of_track(track, number),
    }
    return print_page(request, KINDS["track_month"], about, "training/track_month.html", context)
