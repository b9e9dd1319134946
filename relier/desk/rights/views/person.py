"""The rights of one person: what they ask, all that is held handed over, and being erased.

Requests are content, for the whole team. All that is held is under secrecy too: it is prepared by
someone bound, once the person asked for it; the page of requests says nothing of what there is.
"""

from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.access import one_or_404, require
from relier.centres.http import Request
from relier.desk.rights import actions
from relier.desk.rights.forms import AnswerForm, AskForm, EraseForm
from relier.desk.rights.papers import paper_of
from relier.journal import actions as journal
from relier.journal.models import Line
from relier.people import access
from relier.people.doors import Page, content_page
from relier.people.models import Following, Person
from relier.privacy import actions as privacy
from relier.privacy import held, tombstones
from relier.privacy.models import Archive, RightsRequest
from relier.privacy.rules.terms import CLASS_OF_KIND
from relier.ui import dates

What = RightsRequest.What


@content_page
def rights(request: Request, person: Person) -> HttpResponse:
    form = AskForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        asked = actions.note_request(
            person,
            given["what"],
            on=given["asked_on"],
            form_key=given["form_key"],
            by=request.actor,
        )
        told = _("It is noted. Answer before %(day)s.") % {"day": dates.day(asked.answer_by)}
        messages.success(request, told)
        return redirect("rights:person", pk=person.pk)
    rows = RightsRequest.objects.filter(subject__in=person.file_ids)
    requests = list(rows.select_related("heard_by__user"))
    journal.read("desk.rights_read", person, by=request.actor, subject=person.pk)
    context = {
        "person": person,
        "form": form,
        "open": [asked for asked in requests if asked.answered_on is None],
        "answered": [asked for asked in requests if asked.answered_on],
        "may_prepare": access.may_take_the_whole(request.actor, person),
    }
    return render(request, "desk/rights/person.html", context)


@require_POST
def answer(request: Request, pk: UUID) -> HttpResponse:
    people = Person.objects.followed_by(request.actor).values("pk")
    rows = RightsRequest.objects.filter(subject__in=people)
    asked = one_or_404(rows.select_related("subject__person__root"), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["answer"]
        actions.answer_request(asked, said, on=timezone.localdate(), by=request.actor)
        messages.success(request, _("Kept."))
    return redirect("rights:person", pk=asked.subject.person.root_id)


# --- all that is held ----------------------------------------------------------------------------


def asked_first(what: str) -> Any:
    """A page about someone who asked for this right, for someone of their team who is bound."""

    def door(page: Page) -> Page:
        @wraps(page)
        def view(request: Request, person: Person, **rest: Any) -> HttpResponse:
            require(access.may_take_the_whole(request.actor, person))
            if actions.asked_for(person, what) is None:
                messages.info(request, _("Note first that the person asks for it."))
                return redirect("rights:person", pk=person.pk)
            return page(request, person, **rest)

        return content_page(view)

    return door


@require_safe
@asked_first(What.HAND_OVER)
def hand_over(request: Request, person: Person) -> HttpResponse:
    """What would leave, before it leaves."""
    journal.read("desk.hand_over_read", person, by=request.actor, subject=person.pk)
    context = {
        "person": person,
        "tables": held.tables(person.file_ids),
        "asked": actions.asked_for(person, What.HAND_OVER),
    }
    return render(request, "desk/rights/hand_over.html", context)


@require_safe
@asked_first(What.HAND_OVER)
def hand_over_pdf(request: Request, person: Person) -> HttpResponse:
    tables = held.tables(person.file_ids)
    pdf = paper_of(person, tables, made_at=timezone.localtime())
    journal.record(
        "privacy.handed_over", person, by=request.actor, subject=person.pk, file_format="pdf"
    )
    headers = {"Content-Disposition": 'inline; filename="relier.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_safe
@asked_first(What.HAND_OVER)
def hand_over_json(request: Request, person: Person) -> HttpResponse:
    given = privacy.hand_over(person.file_ids, by=request.actor)
    document = held.as_document(person.file_ids, given)
    headers = {"Content-Disposition": 'attachment; filename="relier.json"'}
    how = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(document, json_dumps_params=how, headers=headers)


# --- being erased --------------------------------------------------------------------------------


def erase(request: Request, pk: UUID) -> HttpResponse:
    """Sent twice, the second finds nobody: whoever erased them is told so, and nobody else."""
    if request.method == "POST" and request.actor and not Person.objects.filter(pk=pk).exists():
        done = Line.objects.deeds().about(pk).by(request.actor.id)
        require(done.filter(kind=tombstones.ERASED).exists())
        return told_of_erasure(request, pk)
    return erase_page(request, pk)


@asked_first(What.ERASE)
def erase_page(request: Request, person: Person) -> HttpResponse:
    counts = person.centre.kind in CLASS_OF_KIND
    form = EraseForm(request.POST or None, known=entry_of(person), counts=counts)
    if "look" not in request.POST and form.is_valid():
        actions.erase_person(person, entered_on=form.day(), by=request.actor)
        return told_of_erasure(request, person.pk)
    journal.read("desk.erasure_preview_read", person, by=request.actor, subject=person.pk)
    preview = privacy.preview_erasure(
        person.file_ids, entered_on=form.day(), on=timezone.localdate()
    )
    context = {"person": person, "form": form, "preview": preview}
    return render(request, "desk/rights/erase.html", context)


def entry_of(person: Person) -> date:
    """The first day on which a team followed; of someone nobody followed, the day they came."""
    first = Following.objects.filter(person__in=person.file_ids).aggregate(day=Min("started_on"))
    return first["day"] or timezone.localtime(person.created_at).date()


def told_of_erasure(request: Request, pk: UUID) -> HttpResponse:
    """Without a name: it is no longer known. The number of the archive is for the person."""
    messages.success(request, _("All that was held about this person is erased."))
    archive = Archive.objects.filter(subject=pk).first()
    if archive:
        told = _(
            "Sealed archive %(reference)s, until %(day)s. Write it down for the person: nobody "
            "finds it again by a name."
        )
        told %= {"reference": archive.reference, "day": dates.day(archive.ends_on)}
        messages.info(request, told)
    return redirect("day")
