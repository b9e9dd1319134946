"""Sharing one thing under secrecy, and the page of what colleagues shared with oneself.

What may be shared stands in several rooms, so its pages stand here. The recipient reads the thing
as it stands now (corrected since, its correction), and nothing else of the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people import access, actions
from relier.people.forms.beyond import SharingForm
from relier.people.models import Note, Person, Sharing
from relier.support.models import Intervention, Procedure
from relier.ui.pieces import Entry

Kind = Sharing.Kind


@dataclass(frozen=True)
class Shareable:
    """A kind of thing that may be shared: its table, its own page, and what it says."""

    model: type[Model]
    page: str
    told: Callable[[Any], list[Entry]]


def words_told(row: Note | Intervention) -> list[Entry]:
    return [Entry(at=row.on, words=row.words, author=row.author.name, readers=row.audience)]


def procedure_told(procedure: Procedure) -> list[Entry]:
    news = procedure.news.select_related("author__user")
    return [
        Entry(
            at=said.on,
            words=said.words,
            author=said.author.name,
            title=capfirst(said.get_outcome_display()),
        )
        for said in news
    ]


SHAREABLE: dict[str, Shareable] = {
    Kind.NOTE: Shareable(Note, "people:note", words_told),
    Kind.INTERVENTION: Shareable(Intervention, "support:intervention", words_told),
    Kind.PROCEDURE: Shareable(Procedure, "support:procedure", procedure_told),
}


def versions_of(kind: str, thing: Any) -> list[Any]:
    """A thing and its corrections, the latest last; a procedure has none."""
    versions = [thing]
    while kind != Kind.PROCEDURE and hasattr(versions[-1], "correction"):
        versions.append(versions[-1].correction)
    return versions


def latest(sharing: Sharing) -> Any:
    """What was shared, as it stands now. Moved since to someone else's file, it is not found."""
    rows = SHAREABLE[sharing.kind].model._default_manager.filter(pk=sharing.thing)
    thing = rows.first()
    if thing is None:
        raise access.Refused
    found = versions_of(sharing.kind, thing)[-1]
    access.require(found.person is not None and found.person.root_id == sharing.person.root_id)
    return found


def share(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """Share one thing with one colleague: the five conditions, and with whom it is shared."""
    actor = request.actor
    known = SHAREABLE.get(kind)
    if known is None:
        raise Http404
    rows = known.model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
    thing: Any = access.one_or_404(rows.select_related("person__root"), pk=pk)
    access.require(access.may_share(actor, thing) and thing.person is not None)
    versions = versions_of(kind, thing)
    if versions[-1] != thing:
        return redirect("share", kind=kind, pk=versions[-1].pk)
    person: Person = thing.person.root
    form = SharingForm(request.POST or None, recipients=access.possible_recipients(actor, person))
    if form.is_valid() and _keep(request, form, thing, person, kind):
        messages.success(request, _("Shared. It is written in the file, and the person sees it."))
        return redirect(known.page, pk=thing.pk)
    context = {
        "form": form,
        "person": person,
        "heading": _("Share %(what)s") % {"what": Kind(kind).label},
        "back_url": reverse(known.page, args=[thing.pk]),
        "rows": shared_already(kind, thing),
    }
    return render(request, "desk/share.html", context)


def shared_already(kind: str, thing: Any) -> list[Sharing]:
    """With whom it is shared today, under any of its versions."""
    ids, before = [thing.pk], thing
    while kind != Kind.PROCEDURE and before.replaces_id:
        before = before.replaces
        ids.append(before.pk)
    rows = Sharing.objects.of_thing(kind, ids).standing(on=timezone.localdate())
    return list(rows.signed())


def _keep(request: Request, form: SharingForm, thing: Model, person: Person, kind: str) -> bool:
    given = form.cleaned_data
    try:
        actions.share(
            thing,
            person,
            kind=kind,
            recipient=given["recipient"],
            conditions=form.conditions,
            until=given["until_on"],
            form_key=given["form_key"],
            by=request.actor,
        )
    except ValidationError as found:
        form.add_error(None, found)
        return False
    return True


@require_safe
def shared(request: Request) -> HttpResponse:
    """What colleagues shared with me, and what I shared: names and days, no words."""
    actor = request.actor
    access.require(access.is_member(actor))
    today = timezone.localdate()
    received = list(Sharing.objects.read_by(actor, on=today).signed())
    given = list(Sharing.objects.made_by(actor).standing(on=today).signed())
    shown = {row.person.root_id for row in (*received, *given)}
    if shown:
        journal.read_list("desk.shared", by=actor, shown=sorted(shown))
    return render(request, "desk/shared.html", {"received": received, "given": given})


@require_safe
def shared_read(request: Request, pk: UUID) -> HttpResponse:
    """The one thing, for the one colleague."""
    actor = request.actor
    rows = Sharing.objects.read_by(actor, on=timezone.localdate()).signed()
    sharing = access.one_or_404(rows, pk=pk)
    thing = latest(sharing)
    journal.read("desk.shared_read", thing, by=actor, subject=sharing.person.root_id)
    context = {
        "sharing": sharing,
        "person": sharing.person.root,
        "title": getattr(thing, "about", "") or capfirst(sharing.get_kind_display()),
        "procedure": thing if sharing.kind == Kind.PROCEDURE else None,
        "entries": SHAREABLE[sharing.kind].told(thing),
    }
    return render(request, "desk/shared_read.html", context)


@require_POST
def shared_end(request: Request, pk: UUID) -> HttpResponse:
    """In one gesture, from wherever it is seen."""
    actor = request.actor
    sharing = access.one_or_404(Sharing.objects.ended_by(actor).select_related("person"), pk=pk)
    actions.end_sharing(sharing, by=actor)
    messages.success(request, _("Ended: it is read no more."))
    if actor.bound and access.may_open_file(actor, sharing.person):
        return redirect("people:beyond", pk=sharing.person.root_id)
    return redirect("shared")
