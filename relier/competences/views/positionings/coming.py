"""What comes of it: the result on screen and on paper, over time; shared, or erased."""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.competences import access, result_pages
from relier.competences.actions import positionings as actions
from relier.competences.models import Positioning
from relier.journal import actions as journal
from relier.paper.pictures import pictures
from relier.paper.typeset import POSITIONING, TypesetError, typeset
from relier.people.doors import content_page
from relier.people.models import Person
from relier.ui.styles import with_inline_styles

from . import finding
from .starting import rows_of

logger = logging.getLogger(__name__)

# Side by side, the latest times only: more would not stand on a page.
TIMES = 4


def language_of(request: Request, otherwise: str) -> str:
    """The language asked for (?lang=), else that of the questions."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else otherwise


@require_safe
@with_inline_styles
def result(request: Request, pk: UUID) -> HttpResponse:
    positioning = finding.read_or_404(request, pk)
    if not positioning.is_kept:
        return redirect(finding.end_url(positioning))
    note_reading("read", request, positioning)
    language = language_of(request, positioning.language)
    with translation.override(language):
        by_kind = request.GET.get("by") == "kinds"
        context = {
            "page": result_pages.result_page(positioning, by_kind=by_kind),
            "positioning": positioning,
            "person": positioning.person,
            "language": language,
            "by_kind": by_kind,
            "is_maker": positioning.keeper.pk == request.actor.id,
            "overview_url": finding.overview_url(positioning.person),
        }
        response = render(request, "competences/positioning/result.html", context)
    response.headers["Content-Language"] = language
    return response


@require_safe
def result_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The same page on paper. The file carries no name: it may stay in a folder of downloads."""
    positioning = finding.read_or_404(request, pk)
    access.require(positioning.is_kept)
    language = language_of(request, positioning.language)
    with translation.override(language):
        page = result_pages.result_page(positioning)
        filename = pgettext("person", "what-i-can-do")
    try:
        pdf = typeset(
            POSITIONING,
            page,
            language=language,  # type: ignore[arg-type]
            made_at=timezone.localtime(),
            pictograms=pictures(*result_pages.drawn(page)),
        )
    except TypesetError:
        # The error may quote a name: only its place is logged.
        logger.error("The page of a positioning could not be typeset.")
        messages.error(request, _("The page could not be made for paper. Print this one instead."))
        return redirect("positioning:result", pk=pk)
    note_reading("printed", request, positioning)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    return response


def note_reading(what: str, request: Request, positioning: Positioning) -> None:
    """For the person; nothing at all about a member's own craft."""
    if positioning.subject:
        kind = f"competences.positioning_{what}"
        journal.read(kind, positioning, by=request.actor, subject=positioning.subject)


# --- over time -----------------------------------------------------------------------------------


@require_safe
@with_inline_styles
@content_page
def over_time(request: Request, person: Person) -> HttpResponse:
    return times(request, person)


@require_safe
@with_inline_styles
def own_over_time(request: Request) -> HttpResponse:
    access.require(access.is_member(request.actor))
    return times(request, None)


def times(request: Request, person: Person | None) -> HttpResponse:
    latest = list(rows_of(request, person).kept().latest_first()[:TIMES])
    if person and latest:
        journal.read("competences.positionings_read", person, by=request.actor, subject=person.pk)
    language = language_of(request, (translation.get_language() or settings.LANGUAGE_CODE)[:2])
    with translation.override(language):
        context = {
            "page": result_pages.over_time(latest[::-1]),
            "person": person,
            "language": language,
            "overview_url": finding.overview_url(person),
        }
        response = render(request, "competences/positioning/over_time.html", context)
    response.headers["Content-Language"] = language
    return response


# --- theirs to share, to hand on, to erase -------------------------------------------------------


@with_inline_styles
def share(request: Request, pk: UUID) -> HttpResponse:
    """Share with the team, or no longer: what stands now says which."""
    positioning = finding.read_or_404(request, pk)
    access.require(access.may_share(request.actor, positioning))
    shared = positioning.shared_at is not None
    if request.method == "POST":
        # The wish travels with the button: pressed twice, it does not turn round.
        wish = request.POST.get("wish", "")
        if wish == "share":
            actions.share(positioning, by=request.actor)
        elif wish == "close":
            actions.stop_sharing(positioning, by=request.actor)
        still = Positioning.objects.visible_to(request.actor).filter(pk=pk).exists()
        return redirect("positioning:result", pk=pk) if still else back(positioning)
    return confirm(request, positioning, "unshare" if shared else "share")


@content_page
def take_up(request: Request, person: Person) -> HttpResponse:
    """What was found out with someone who is gone. The page is the same whether there is something
    or not: only the person's wish, carried out and written for them to read, opens it."""
    if request.method == "POST":
        actions.take_up(person, by=request.actor)
        # Pressed twice, it says the same twice.
        mine = Positioning.objects.made_by(request.actor).of_file(person)
        if mine.filter(taken_up_by=request.actor.id).exists():
            messages.success(request, _("It is open with you. Read it together."))
        else:
            messages.info(request, _("There is nothing to open."))
        return back_to(person)
    return render(request, "competences/positioning/take_up.html", {"person": person})


@with_inline_styles
def erase(request: Request, pk: UUID) -> HttpResponse:
    here = Positioning.objects.visible_to(request.actor).filter(pk=pk).exists()
    if request.method == "POST" and not here:
        return finding.gone(request)
    positioning = finding.read_or_404(request, pk)
    if request.method == "POST":
        actions.erase(positioning, by=request.actor)
        messages.success(request, pgettext("person", "It is erased."))
        return back(positioning)
    return confirm(request, positioning, "erase")


def back(positioning: Positioning) -> HttpResponse:
    return back_to(positioning.person)


def back_to(person: Person | None) -> HttpResponse:
    return redirect(finding.overview_url(person))


def confirm(request: Request, positioning: Positioning, deed: str) -> HttpResponse:
    context: dict[str, Any] = {
        "positioning": positioning,
        "person": positioning.person,
        "deed": deed,
        "whose": finding.whose_of(positioning),
    }
    with translation.override(positioning.language):
        return render(request, "competences/positioning/deed.html", context)
