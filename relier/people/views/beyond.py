"""Who reads beyond the team: a file opened with a reason, what a file says of it, replacements."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.http import Request
from relier.centres.models import Member, Team
from relier.journal import actions as journal
from relier.people import access, actions
from relier.people.doors import content_page, named_page
from relier.people.forms.beyond import ReasonForm, ReplacementForm
from relier.people.models import Entry, Person, Replacement, Sharing
from relier.ui.dates import day, hour


@named_page
def file_open(request: Request, person: Person) -> HttpResponse:
    """A file that no team of theirs follows. Whoever reads it already is led there."""
    actor = request.actor
    if access.may_open_file(actor, person):
        return redirect("file", pk=person.pk)
    access.require(access.may_open_with_reason(actor, person))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        entry = actions.open_with_reason(
            person,
            reason=form.cleaned_data["reason"],
            form_key=form.cleaned_data["form_key"],
            by=actor,
        )
        until = timezone.localtime(entry.until)
        words = {"day": day(until), "hour": hour(until)}
        messages.success(request, _("Open until %(day)s, %(hour)s.") % words)
        return redirect("file", pk=person.pk)
    context = {"form": form, "person": person, "hours": settings.ENTRY_HOURS}
    return render(request, "people/open.html", context)


@require_POST
def entry_end(request: Request, pk: UUID) -> HttpResponse:
    entries = Entry.objects.select_related("person__root")
    entry = access.one_or_404(entries.filter(centre=getattr(request.actor, "centre", None)), pk=pk)
    actions.end_entry(entry, by=request.actor)
    messages.success(request, _("Closed: it is opened no more with this reason."))
    if entry.member_id == request.actor.id:
        # The actor was read before the deed: asked again, their way in is gone.
        return redirect("file", pk=entry.person.root_id)
    return redirect("people:beyond", pk=entry.person.root_id)


@require_safe
@content_page
def beyond(request: Request, person: Person) -> HttpResponse:
    """Who opened the file with a reason; and, for those bound, what was shared and with whom."""
    actor = request.actor
    journal.read("people.beyond_read", person, by=actor, subject=person.pk)
    today, now = timezone.localdate(), timezone.now()
    entries = [(one, one.is_open(at=now)) for one in Entry.objects.of_file(person.file_ids)]
    sharings: list[tuple[Sharing, bool]] = []
    if actor.bound:
        rows = Sharing.objects.visible_to(actor).of_file(person.file_ids)
        sharings = [(one, one.stands(on=today)) for one in rows]
    context = {"person": person, "entries": entries, "sharings": sharings}
    return render(request, "people/beyond.html", context)


def replacements(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_set(actor))
    members = Member.objects.of_centre(actor.centre).select_related("user")
    form = ReplacementForm(
        request.POST or None,
        members=members.active(),
        teams=Team.objects.open().filter(centre=actor.centre),
    )
    # Someone who has left may still be the one who is replaced.
    form.fields["instead_of"].queryset = members  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            actions.replace(**form.cleaned_data, by=actor)
        except ValidationError as found:
            form.add_error(None, found)
        else:
            messages.success(request, _("Kept."))
            return redirect("people:replacements")
    rows = (
        Replacement.objects.of_centre(actor.centre)
        .to_come_or_standing(on=timezone.localdate())
        .select_related("member__user", "team", "instead_of__user")
    )
    return render(request, "people/replacements.html", {"form": form, "rows": rows})


@require_POST
def replacement_end(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    access.require(access.may_set(actor))
    rows = Replacement.objects.of_centre(actor.centre)
    actions.end_replacement(access.one_or_404(rows, pk=pk), by=actor)
    messages.success(request, _("Ended."))
    return redirect("people:replacements")
