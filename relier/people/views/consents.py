"""What a person agreed to: read aloud or shown, given, printed, withdrawn. A no leaves no trace."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people import access, actions
from relier.people.agreements import paper_of, title_of
from relier.people.doors import content_page
from relier.people.forms.consents import ConsentForm
from relier.people.models import Person
from relier.privacy import texts
from relier.privacy.models import Consent
from relier.ui.styles import with_inline_styles


@content_page
def consent_list(request: Request, person: Person) -> HttpResponse:
    today = timezone.localdate()
    rows = Consent.objects.of_file(person.file_ids).select_related("received_by__user")
    given = [_told(consent, today) for consent in rows]
    standing = {one["consent"].purpose for one in given if one["stands"]}
    journal.read("people.agreements_read", person, by=request.actor, subject=person.pk)
    context = {
        "person": person,
        "given": given,
        "open": [purpose for purpose in Consent.Purpose if purpose not in standing],
        "may_set": access.may_set(request.actor),
    }
    return render(request, "people/consents.html", context)


def _told(consent: Consent, today: date) -> dict[str, Any]:
    """An agreement and where it stands today: it ends by itself."""
    stands = consent.stands(on=today)
    return {
        "consent": consent,
        "stands": stands,
        "ended": not (stands or consent.withdrawn_at or consent.replaced_at),
        "ask_again": stands and consent.asks_again(on=today),
    }


@with_inline_styles
@content_page
def consent_new(request: Request, person: Person, purpose: str) -> HttpResponse:
    """The page turns to the person, so it speaks the language of the text, frame included."""
    access.require(purpose in Consent.Purpose.values)
    read, signed = _texts(purpose, request)
    with translation.override(signed.language):
        form = ConsentForm(request.POST or None, initial={"shown": signed.fingerprint})
        answer = request.POST.get("answer", "")
        page = {"person": person, "purpose": purpose, "language": read.language, "form": form}
        if answer == "no":
            # Nothing is kept, not even that it was asked: no row, no line, no address to find.
            return render(request, "people/consent_no.html", page)
        if answer == "yes" and form.is_valid():
            _receive(request, person, read, signed, form)
            return redirect("people:consents", pk=person.pk)
        today = timezone.localdate()
        rows = Consent.objects.standing(on=today).of_file(person.file_ids).of_purpose(purpose)
        standing = rows.first()
        page |= {
            "title": title_of(purpose),
            "read": read,
            "signed": signed,
            "standing": standing,
            "ask_again": standing is not None and standing.asks_again(on=today),
            "languages": texts.languages_of(purpose),
        }
        return render(request, "people/consent_new.html", page)


def _receive(
    request: Request,
    person: Person,
    read: texts.ConsentText,
    signed: texts.ConsentText,
    form: ConsentForm,
) -> None:
    given = form.cleaned_data
    actions.receive_agreement(
        person,
        signed,
        how=given["how"],
        on=given["on"],
        helper=given["helper"],
        read_in=read.language,
        by=request.actor,
    )
    messages.success(request, _("The agreement is kept, with the text that was read."))


@content_page
def consent_paper(request: Request, person: Person, purpose: str) -> HttpResponse:
    access.require(purpose in Consent.Purpose.values)
    _read, signed = _texts(purpose, request)
    journal.record(
        "people.agreement_printed", person, by=request.actor, subject=person.pk, purpose=purpose
    )
    return _as_paper(request, person, signed)


def consent_kept_paper(request: Request, pk: int) -> HttpResponse:
    """What was agreed to, printed again: the words of that day, whatever the texts say today."""
    consent = _consent_or_404(request, pk)
    person = consent.subject.person.root
    journal.read("people.agreement_reprinted", consent, by=request.actor, subject=person.pk)
    return _as_paper(request, person, consent.as_read, received_by=consent.received_by.name)


def _as_paper(
    request: Request, person: Person, text: texts.ConsentText, *, received_by: str = ""
) -> HttpResponse:
    with translation.override(text.language):
        pdf = paper_of(
            person,
            text,
            centre=person.centre,
            received_by=received_by or request.actor.name,
            made_at=timezone.now(),
        )
    name = f"{text.purpose}-{text.language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def consent_read(request: Request, pk: int) -> HttpResponse:
    consent = _consent_or_404(request, pk)
    person = consent.subject.person.root
    journal.read("people.agreement_read", consent, by=request.actor, subject=person.pk)
    with translation.override(consent.language):
        title = title_of(consent.purpose)
    context = {**_told(consent, timezone.localdate()), "person": person, "title": title}
    return render(request, "people/consent.html", context)


def consent_withdraw(request: Request, pk: int) -> HttpResponse:
    consent = _consent_or_404(request, pk)
    person = consent.subject.person.root
    if consent.withdrawn_at is None and request.method == "POST":
        actions.withdraw_agreement(consent, by=request.actor)
        messages.success(request, _("The agreement is withdrawn."))
        return redirect("people:consents", pk=person.pk)
    if not consent.stands(on=timezone.localdate()):
        return redirect("people:consents", pk=person.pk)
    context = {
        "heading": _("The person no longer agrees?"),
        "back_url": reverse("people:consent", args=[pk]),
        "consent": consent,
    }
    return render(request, "people/consent_withdraw.html", context)


@require_POST
def consent_let_end(request: Request, pk: int) -> HttpResponse:
    """From the worker's day: nobody asks the person again, it ends on its last day."""
    consent = _consent_or_404(request, pk)
    actions.let_agreement_end(consent, by=request.actor)
    messages.success(request, _("It stands until its last day, then ends by itself."))
    return redirect("people:consents", pk=consent.subject.person.root_id)


def _consent_or_404(request: Request, pk: int) -> Consent:
    rows = access.visible_consents(request.actor)
    rows = rows.select_related("subject__person__root", "received_by__user")
    return access.one_or_404(rows, pk=pk)


def _texts(purpose: str, request: Request) -> tuple[texts.ConsentText, texts.ConsentText]:
    """The text to read in the language chosen, and the one that is agreed to: the same, unless
    nobody answered for it in that language. The very text that the page showed comes back, even if
    a later version came meanwhile."""
    asked = request.GET.get("language") or translation.get_language() or ""
    known = texts.languages_of(purpose)
    read = texts.latest(purpose, asked if asked in known else settings.LANGUAGE_CODE)
    shown = texts.known(purpose, request.POST.get("shown", ""))
    if shown is not None and texts.review_of(shown):
        return (shown if shown.language == read.language else read), shown
    return read, texts.original_of(read)
