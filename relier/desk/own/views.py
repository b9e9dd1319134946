"""The pages under /me/. Each is one matter, read in one breath; every one has a way out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.addresses import address_of
from relier.journal.once import SentAgain
from relier.people import actions as people
from relier.people.access import one_or_404
from relier.people.models import Entry, Sharing
from relier.privacy import actions as privacy
from relier.privacy.actions.cards import Knock
from relier.privacy.models import Consent
from relier.support.actions import requests as support
from relier.support.actions.mandates import revoke_mandate
from relier.support.models import Mandate

from . import actions, languages, papers, pictures, reading, words
from . import beyond as others
from .door import (
    Visit,
    draw,
    forget_cookie,
    keep_cookie,
    open_page,
    own_page,
)
from .forms import AskForm

ON_A_PAGE = 10
AGREEMENTS = 4
REQUESTS = 3

# --- coming in and going out ----------------------------------------------------------------------


@open_page
def home(request: HttpRequest, visit: Visit | None) -> HttpResponse:
    """The day's basics; without a visit, the place to write the code of a card."""
    if request.method == "POST":
        return enter(request, request.POST.get("code", ""))
    if visit is None:
        said = request.GET.get("said", "")
        return draw(request, "desk/own/door.html", None, {"said": said})
    context = {
        "basics": reading.basics(visit.person, on=timezone.localdate()),
        "before": words.moment(visit.row.before_at) if visit.row.before_at else "",
    }
    return draw(request, "desk/own/home.html", visit, context)


@open_page
def exchange(request: HttpRequest, visit: Visit | None, code: str) -> HttpResponse:
    """What the QR code of a card leads to: the code becomes a cookie, and leaves the address."""
    response = enter(request, code)
    # On this answer alone: on a page with a form, browsers would then hide whence the form comes,
    # and Django refuse it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def enter(request: HttpRequest, code: str) -> HttpResponse:
    """To the clean address in any case; with a cookie when the code opens a page."""
    answer = privacy.knock(code, address=address_of(request))
    if answer.knock is not Knock.OPEN:
        return redirect(reverse("own:home", query={"said": answer.knock.value}))
    response = redirect("own:home")
    keep_cookie(response, settings.CARD_COOKIE_NAME, answer.token)
    return response


@require_POST
@open_page
def leave(request: HttpRequest, visit: Visit | None) -> HttpResponse:
    """Nothing stays on this telephone: no cookie, no page."""
    if visit:
        privacy.leave(visit.row)
    response = redirect("own:closed")
    forget_cookie(response, settings.CARD_COOKIE_NAME)
    # Where the browser obeys (over HTTPS), also the pages that it might show again.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
@open_page
def closed(request: HttpRequest, visit: Visit | None) -> HttpResponse:
    response = draw(request, "desk/own/closed.html", None, {})
    forget_cookie(response, languages.COOKIE)
    return response


@open_page
def language(request: HttpRequest, visit: Visit | None) -> HttpResponse:
    """The seven languages; the choice lasts until one leaves."""
    said = request.POST.get("language", "")
    if said not in languages.NAMES:
        return draw(request, "desk/own/language.html", visit, {})
    response = redirect("own:home")
    keep_cookie(response, languages.COOKIE, said)
    return response


# --- what only the person knows -------------------------------------------------------------------


@own_page
def show_pictures(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One picture on each page; the third one opens, or says that they were others."""
    if visit.knows:
        return redirect("own:home")
    shown = pictures.chosen_so_far(request.POST.get("before", ""), request.POST.get("picture", ""))
    wrong = False
    if len(shown) == pictures.ASKED:
        if privacy.show_pictures(visit.row, shown, by=visit.actor):
            return redirect("own:home")
        visit.card.refresh_from_db()
        shown, wrong = [], True
    context = {
        "pictures": pictures.PICTURES,
        "before": " ".join(shown),
        "which": len(shown),
        "wrong": wrong,
        "card": visit.card,
    }
    return draw(request, "desk/own/pictures.html", visit, context)


# --- what is theirs: as much on a page as arrives in one breath -----------------------------------


def page_of(request: HttpRequest, rows: Sequence[Any], count: int = ON_A_PAGE) -> Page[Any]:
    return Paginator(rows, count).get_page(request.GET.get("page", "1"))


@require_safe
@own_page(knows=True)
def steps(request: HttpRequest, visit: Visit) -> HttpResponse:
    page = page_of(request, reading.steps(visit.person))
    return draw(request, "desk/own/steps.html", visit, {"page": page})


@require_safe
@own_page(knows=True)
def can_do(request: HttpRequest, visit: Visit) -> HttpResponse:
    return draw(request, "desk/own/can_do.html", visit, {"found": reading.can_do(visit.person)})


@require_safe
@own_page(knows=True)
def procedures(request: HttpRequest, visit: Visit) -> HttpResponse:
    page = page_of(request, reading.procedures(visit))
    return draw(request, "desk/own/procedures.html", visit, {"page": page})


@require_safe
@own_page(knows=True)
def agreed(request: HttpRequest, visit: Visit) -> HttpResponse:
    rows = [
        *reading.agreements(visit.person),
        *reading.mandates(visit),
        *reading.consultations(visit),
    ]
    page = page_of(request, rows, AGREEMENTS)
    return draw(request, "desk/own/agreed.html", visit, {"page": page})


@require_POST
@own_page(knows=True)
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """One gesture: what it changes stood beside the button."""
    rows = Consent.objects.filter(subject__in=visit.person.file_ids)
    actions.withdraw(visit.person, one_or_404(rows, pk=pk), by=visit.actor)
    return redirect("own:agreed")


@require_POST
@own_page(knows=True)
def revoke(request: HttpRequest, visit: Visit, pk: UUID, family: str) -> HttpResponse:
    """One family of a mandate, in one gesture; the others run on."""
    rows = Mandate.objects.of_file(visit.person.file_ids)
    mandate = one_or_404(rows, pk=pk)
    revoke_mandate(mandate, family=family, by=visit.acting_in(mandate.person_id))
    return redirect("own:agreed")


@require_safe
@own_page(knows=True)
def readers(request: HttpRequest, visit: Visit) -> HttpResponse:
    page, days = reading.readings(visit.person, request.GET.get("page", "1"))
    return draw(request, "desk/own/readers.html", visit, {"page": page, "days": days})


@require_safe
@own_page(knows=True)
def beyond(request: HttpRequest, visit: Visit) -> HttpResponse:
    page = page_of(request, others.readers_beyond(visit, at=timezone.now()), AGREEMENTS)
    return draw(request, "desk/own/beyond.html", visit, {"page": page})


@require_POST
@own_page(knows=True)
def close_entry(request: HttpRequest, visit: Visit, pk: UUID) -> HttpResponse:
    rows = Entry.objects.of_file(visit.person.file_ids)
    people.end_entry(one_or_404(rows, pk=pk), by=visit.actor)
    return redirect("own:beyond")


@require_POST
@own_page(knows=True)
def stop_sharing(request: HttpRequest, visit: Visit, pk: UUID) -> HttpResponse:
    """What this card does not show, it does not end either."""
    rows = Sharing.objects.of_file(visit.person.file_ids)
    sharing = one_or_404(rows if visit.sees_secrecy else rows.none(), pk=pk)
    people.end_sharing(sharing, by=visit.actor)
    return redirect("own:beyond")


@own_page(knows=True)
def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A question, or something to change; what was asked before, and what was answered."""
    form = AskForm(request.POST or None)
    again = False
    if request.method == "POST" and "copy" in request.POST:
        said = pgettext("own page", "I ask for a copy of all that you keep about me.")
        form = AskForm({**request.POST.dict(), "words": said})
    if form.is_valid():
        given = form.cleaned_data
        try:
            support.ask(visit.person, given["words"], form_key=given["form_key"], by=visit.actor)
            return redirect("own:ask")
        except SentAgain:
            again = True
    context = {
        "page": page_of(request, reading.requests(visit.person, on=timezone.localdate()), REQUESTS),
        "typed": request.POST.get("words", "") if request.method == "POST" else "",
        "again": again,
        "wrong": request.method == "POST" and not again,
        "form_key": uuid4(),
        "copy_key": uuid4(),
    }
    return draw(request, "desk/own/ask.html", visit, context)


@require_safe
@own_page(knows=True)
def print_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All of it in large letters. The file is named after nobody."""
    pdf = papers.own_pages(visit, language=(translation.get_language() or "fr")[:2])
    response = HttpResponse(pdf, content_type="application/pdf")
    name = pgettext("own page", "my-page")
    response.headers["Content-Disposition"] = papers.named(name)
    return response
