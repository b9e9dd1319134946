"""Mandates: talked about, read aloud, given, printed, revoked whole or in part. A no leaves no
trace. What is being offered travels in the address until the person has said yes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.doors import content_page
from relier.people.models import Person
from relier.support import access
from relier.support.actions import mandates as actions
from relier.support.forms.mandates import ScopeForm, YesForm
from relier.support.lists import offered, provenance
from relier.support.mandates import (
    Offer,
    offer_for,
    paper_of,
    signed_languages,
    title_of,
)
from relier.support.models import Mandate
from relier.ui.pieces import Fact
from relier.ui.styles import with_inline_styles


@content_page
def mandate_list(request: Request, person: Person) -> HttpResponse:
    """Those that this member may read: nothing says whether there are others."""
    rows = Mandate.objects.visible_to(request.actor).of_file(person.file_ids)
    today = timezone.localdate()
    told = [as_row(mandate, today) for mandate in rows.with_scopes().signed()]
    journal.read("support.mandates_read", person, by=request.actor, subject=person.pk)
    context = {"person": person, "mandates": told}
    return render(request, "support/mandates.html", context)


def as_row(mandate: Mandate, today: date) -> dict[str, Any]:
    scopes = list(mandate.scopes.all())  # type: ignore[attr-defined]
    return {
        "mandate": mandate,
        "state": mandate.state(on=today),
        "asks_again": mandate.asks_again(on=today),
        "left": [scope for scope in scopes if scope.revoked_at is None],
        "revoked": [scope for scope in scopes if scope.revoked_at],
    }


@content_page
def mandate_new(request: Request, person: Person) -> HttpResponse:
    """What for, from when, for how long: chosen together. Nothing is kept here."""
    form = scope_form(request, person)
    if form.is_bound and form.is_valid():
        address = reverse("support:mandate_text", args=[person.pk])
        return redirect(f"{address}?{request.GET.urlencode()}")
    source, doubt = provenance("families", get_language() or "fr")
    context = {
        "form": form,
        "person": person,
        "source": source,
        "doubt": doubt,
        "may_set": access.may_set(request.actor),
    }
    return render(request, "support/mandate_new.html", context)


def scope_form(request: Request, person: Person) -> ScopeForm:
    """The choice as the address holds it; of a mandate to renew, its scopes to begin with."""
    rows = offered("families", person.centre_id, on=timezone.localdate())
    initial: dict[str, Any] = {}
    renewed = as_uuid(request.GET.get("renew", ""))
    if renewed:
        visible = Mandate.objects.visible_to(request.actor).of_file(person.file_ids)
        before = access.one_or_404(visible.with_scopes(), pk=renewed)
        initial = {
            "families": [scope.family for scope in before.left()],
            "duration": before.duration,
        }
    data = request.GET if "duration" in request.GET else None
    return ScopeForm(data, rows=rows, languages=signed_languages("mandate"), initial=initial)


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def offer_asked(request: Request, person: Person) -> Offer | None:
    """What the address offers, in its very words; None when it says too little."""
    form = scope_form(request, person)
    if not (form.is_bound and form.is_valid()):
        return None
    asked = form.cleaned_data
    return offer_for(
        person.centre,
        asked["rows"],
        asked["duration"],
        asked["starts_on"],
        language=asked["language"],
    )


@with_inline_styles
@content_page
def mandate_text(request: Request, person: Person) -> HttpResponse:
    """The page turns to the person: the words to read aloud, a yes and a no that weigh the same."""
    offer = offer_asked(request, person)
    if offer is None:
        return redirect("support:mandate_new", pk=person.pk)
    with translation.override(offer.text.language):
        form = YesForm(request.POST or None, initial={"shown": offer.text.fingerprint})
        answer = request.POST.get("answer", "")
        if answer == "no":
            # Nothing is kept, not even that it was asked: no row, no line.
            return render(request, "support/said_no.html", {"person": person})
        if answer == "yes" and form.is_valid():
            if form.cleaned_data["shown"] == offer.text.fingerprint:
                return keep_mandate(request, person, offer, form)
            # The list or the text has changed since: what was read is not what would be kept.
            form = YesForm(initial={"shown": offer.text.fingerprint})
            messages.warning(request, _("The words have changed. Read them again together."))
        context = {
            "person": person,
            "title": title_of("mandate"),
            "text": offer.text,
            "form": form,
            "back_url": reverse("support:mandate_new", args=[person.pk]),
            "paper_url": reverse("support:mandate_text_paper", args=[person.pk])
            + f"?{request.GET.urlencode()}",
            "pictograms": [row.pictogram for row in offer.families if row.pictogram],
        }
        return render(request, "support/agreement_text.html", context)


def keep_mandate(request: Request, person: Person, offer: Offer, form: YesForm) -> HttpResponse:
    given = form.cleaned_data
    mandate = actions.give_mandate(
        person,
        offer,
        how=given["how"],
        on=given["on"],
        helper=given["helper"],
        by=request.actor,
        form_key=given["form_key"],
    )
    if access.may_see(request.actor, mandate):
        messages.success(request, _("The mandate is kept, with the words that were read."))
        return redirect("support:mandate", pk=mandate.pk)
    messages.success(request, _("Handed over under secrecy. You will not read it again here."))
    return redirect("file", pk=person.pk)


@content_page
def mandate_text_paper(request: Request, person: Person) -> HttpResponse:
    offer = offer_asked(request, person)
    if offer is None:
        return redirect("support:mandate_new", pk=person.pk)
    journal.record("support.mandate_printed", person, by=request.actor, subject=person.pk)
    pdf = paper_of(
        person,
        offer.text,
        centre=person.centre,
        received_by=request.actor.name,
        made_at=timezone.now(),
    )
    return as_pdf(pdf, "mandat")


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    """The file carries no name: it may be left in a folder of downloads."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


# --- one that stands -----------------------------------------------------------------------------


def mandate_or_404(request: Request, pk: UUID) -> Mandate:
    rows = Mandate.objects.visible_to(request.actor).with_scopes().signed()
    return access.one_or_404(rows.select_related("person__root__centre"), pk=pk)


def mandate_read(request: Request, pk: UUID) -> HttpResponse:
    mandate = mandate_or_404(request, pk)
    if request.method == "POST":
        return open_or_close(request, mandate)
    journal.read("support.mandate_read", mandate, by=request.actor, subject=mandate.person.root_id)
    with translation.override(mandate.language):
        title = title_of("mandate")
    context = {
        **as_row(mandate, timezone.localdate()),
        "person": mandate.person.root,
        "facts": facts(mandate),
        "title": title,
    }
    return render(request, "support/mandate.html", context)


def facts(mandate: Mandate) -> list[Fact]:
    told = [
        Fact(_("For how long"), capfirst(mandate.get_duration_display()), mandate.given_on),
        Fact(_("How it was given"), capfirst(mandate.get_how_display())),
        Fact(_("Received by"), mandate.received_by.name),
        Fact(_("Who read it or interpreted it"), mandate.helper),
    ]
    return [fact for fact in told if fact.value]


def open_or_close(request: Request, mandate: Mandate) -> HttpResponse:
    wanted = request.POST.get("wanted")
    if wanted == "team":
        actions.open_mandate(mandate, by=request.actor)
        messages.success(request, _("Open: the whole team reads this mandate."))
    elif wanted == "secrecy":
        actions.close_mandate(mandate, by=request.actor)
        messages.success(request, _("Under secrecy again."))
    if not access.may_see(request.actor, mandate):
        return redirect("file", pk=mandate.person.root_id)
    return redirect("support:mandate", pk=mandate.pk)


def mandate_paper(request: Request, pk: UUID) -> HttpResponse:
    """Printed again: the words of the day on which it was given, whatever the texts say today."""
    mandate = mandate_or_404(request, pk)
    person = mandate.person.root
    journal.read("support.mandate_reprinted", mandate, by=request.actor, subject=person.pk)
    pdf = paper_of(
        person,
        mandate.as_read,
        centre=person.centre,
        received_by=mandate.received_by.name,
        made_at=timezone.now(),
    )
    return as_pdf(pdf, "mandat")


def mandate_revoke(request: Request, pk: UUID) -> HttpResponse:
    """Whole, or for one family (?family=): what stops and what stays is said before."""
    mandate = mandate_or_404(request, pk)
    asked = request.GET.get("family", "")
    scope = next((scope for scope in mandate.left() if scope.family == asked), None)
    if request.method == "POST":
        if scope or not asked:
            actions.revoke_mandate(mandate, family=asked, by=request.actor)
            messages.success(request, _("Revoked. From now on nothing is done in their name."))
        return redirect("support:mandate", pk=mandate.pk)
    if not mandate.left() or (asked and scope is None):
        return redirect("support:mandate", pk=mandate.pk)
    context = {
        "heading": _("The person takes it back?"),
        "back_url": reverse("support:mandate", args=[pk]),
        "mandate": mandate,
        "scope": scope,
    }
    return render(request, "support/mandate_revoke.html", context)


@require_POST
def mandate_let_end(request: Request, pk: UUID) -> HttpResponse:
    """Nobody asks the person again: it ends on its last day."""
    mandate = mandate_or_404(request, pk)
    actions.let_mandate_end(mandate, by=request.actor)
    messages.success(request, _("It runs until its last day, then ends by itself."))
    return redirect("support:mandate", pk=mandate.pk)
