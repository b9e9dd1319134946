"""What a person agreed to: read aloud or shown, given, printed, withdrawn. A no leaves no trace."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people import access, actions
from relier.people.agreements import paper_of, title_of, words_of
from relier.people.doors import content_page
from relier.people.forms.consents import ConsentForm
from relier.people.models import Person
from relier.privacy import texts
from relier.privacy.models import Consent
from relier.ui.styles import with_inline_styles


@content_page
def consent_list(request: Request, person: Person) -> HttpResponse:
    given = list(
        Consent.objects.filter(subject__in=person.file_ids).select_related("received_by__user")
    )
    standing = {consent.purpose for consent in given if consent.withdrawn_at is None}
    journal.read("people.agreements_read", person, by=request.actor, subject=person.pk)
    context = {
        "person": person,
        "given": given,
        "open": [purpose for purpose in Consent.Purpose if purpose not in standing],
    }
    return render(request, "people/consents.html", context)


@with_inline_styles
@content_page
def consent_new(request: Request, person: Person, purpose: str) -> HttpResponse:
    """The page turns to the person, so it speaks the language of the text, frame included."""
    access.require(purpose in Consent.Purpose.values)
    language = _language(request)
    shown = _text(purpose, language, request.POST.get("shown", ""))
    with translation.override(language):
        form = ConsentForm(request.POST or None, initial={"shown": shown.fingerprint})
        answer = request.POST.get("answer", "")
        page = {"person": person, "purpose": purpose, "language": language, "form": form}
        if answer == "no":
            # Nothing is kept, not even that it was asked: no row, no line, no address to find.
            return render(request, "people/consent_no.html", page)
        if answer == "yes" and form.is_valid():
            _receive(request, person, shown, form)
            return redirect("people:consents", pk=person.pk)
        standing = Consent.objects.standing().filter(subject__in=person.file_ids, purpose=purpose)
        page |= {
            "title": title_of(purpose),
            "text": shown,
            "paragraphs": words_of(shown),
            "standing": standing.first(),
            "languages": [one for one in settings.LANGUAGES if _has(purpose, one[0])],
        }
        return render(request, "people/consent_new.html", page)


def _receive(request: Request, person: Person, shown: texts.ConsentText, form: ConsentForm) -> None:
    given = form.cleaned_data
    actions.receive_agreement(
        person, shown, how=given["how"], on=given["on"], helper=given["helper"], by=request.actor
    )
    messages.success(request, _("The agreement is kept, with the text that was read."))


@content_page
def consent_paper(request: Request, person: Person, purpose: str) -> HttpResponse:
    access.require(purpose in Consent.Purpose.values)
    language = _language(request)
    text = _text(purpose, language, "")
    with translation.override(language):
        pdf = paper_of(
            person,
            text,
            centre=person.centre,
            received_by=request.actor.name,
            made_at=timezone.now(),
        )
    journal.record(
        "people.agreement_printed", person, by=request.actor, subject=person.pk, purpose=purpose
    )
    name = f"{purpose}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def consent_read(request: Request, pk: int) -> HttpResponse:
    consent = _consent_or_404(request, pk)
    person = consent.subject.person.root
    journal.read("people.agreement_read", consent, by=request.actor, subject=person.pk)
    with translation.override(consent.language):
        title = title_of(consent.purpose)
    context = {"consent": consent, "person": person, "title": title}
    return render(request, "people/consent.html", context)


def consent_withdraw(request: Request, pk: int) -> HttpResponse:
    consent = _consent_or_404(request, pk)
    person = consent.subject.person.root
    if consent.withdrawn_at is None and request.method == "POST":
        actions.withdraw_agreement(consent, by=request.actor)
        messages.success(request, _("The agreement is withdrawn."))
    if consent.withdrawn_at is not None:
        return redirect("people:consents", pk=person.pk)
    context = {
        "heading": _("The person no longer agrees?"),
        "back_url": reverse("people:consent", args=[pk]),
        "consent": consent,
    }
    return render(request, "people/consent_withdraw.html", context)


def _consent_or_404(request: Request, pk: int) -> Consent:
    rows = access.visible_consents(request.actor)
    rows = rows.select_related("subject__person__root", "received_by__user")
    return access.one_or_404(rows, pk=pk)


def _language(request: Request) -> str:
    """The language chosen for the text, else that of the page."""
    asked = request.GET.get("language") or translation.get_language() or ""
    known = dict(settings.LANGUAGES)
    return asked if asked in known else settings.LANGUAGE_CODE


def _text(purpose: str, language: str, shown: str) -> texts.ConsentText:
    """The very text that the page showed, even if a later version came meanwhile."""
    return texts.known(purpose, shown) or texts.latest(purpose, language)


def _has(purpose: str, language: str) -> bool:
    return any((t.purpose, t.language) == (purpose, language) for t in texts.texts())
