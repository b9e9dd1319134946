"""Two files of the same person: finding the other one, comparing, merging, undoing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people import access, actions
from relier.people.doors import steering_page
from relier.people.models import Merge, Person
from relier.people.search import likely_same, search_people

from .persons import LONGEST_SEARCH


@steering_page
def merge_find(request: Request, person: Person) -> HttpResponse:
    actor = request.actor
    text = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    likely = likely_same(
        actor, person.call_name, person.family_name, person.born_on, exclude=person
    )
    proposed = {one.person.pk for one in likely}
    others = [
        one for one in search_people(actor, text) if one.pk not in proposed and one.pk != person.pk
    ]
    shown = [*proposed, *(one.pk for one in others)]
    journal.read_list("people.likely_same", by=actor, shown=shown, letters=len(text))
    context = {
        "person": person,
        "text": text,
        "likely": [(one.person, one.reason) for one in likely],
        "others": others,
        "joinable": joinable(actor, shown),
    }
    return render(request, "people/merge_find.html", context)


def joinable(actor: Actor, people: list[UUID]) -> set[UUID]:
    """Among these, those whose file this member may join to another."""
    rows = access.steerable_people(actor).filter(pk__in=people)
    return set(rows.values_list("pk", flat=True))


@steering_page
def merge_confirm(request: Request, person: Person, other: UUID) -> HttpResponse:
    people = access.steerable_people(request.actor).select_related("root")
    gone = access.one_or_404(people, pk=other).root
    if gone.pk == person.pk:
        messages.info(request, _("These two are one file already."))
        return redirect("file", pk=person.pk)
    if request.method == "POST":
        return _merge(request, person, gone)
    journal.read("people.reach_read", person, by=request.actor, subject=person.pk)
    journal.read("people.reach_read", gone, by=request.actor, subject=gone.pk)
    context = {"person": person, "gone": gone, "rows": side_by_side(person, gone)}
    return render(request, "people/merge.html", context)


def _merge(request: Request, kept: Person, gone: Person) -> HttpResponse:
    try:
        actions.merge(kept, gone, by=request.actor)
    except ValidationError as found:
        messages.warning(request, " ".join(found.messages))
        return redirect("people:merge_find", pk=kept.pk)
    messages.success(
        request, _("The two files are one, under the name %(name)s.") % {"name": kept.name}
    )
    return redirect("file", pk=kept.pk)


def side_by_side(one: Person, two: Person) -> list[tuple[str, list[object]]]:
    """What helps to see whether they are the same: never what they told."""
    both = [one, two]
    return [
        (_("Name"), [person.name for person in both]),
        (_("Date of birth"), [person.born_on for person in both]),
        (_("How they like to be reached"), [person.get_reach_display() for person in both]),
        (_("Telephone"), [person.phone for person in both]),
        (_("Address"), [person.address for person in both]),
        (_("Good to know"), [person.reach_words for person in both]),
        (_("Teams"), [", ".join(person.team_names) for person in both]),
        (_("Their worker"), [person.worker.name if person.worker else "" for person in both]),
    ]


def merge_undo(request: Request, pk: int) -> HttpResponse:
    rows = (
        Merge.objects.filter(centre=request.actor.centre) if request.actor else Merge.objects.none()
    )
    done = access.one_or_404(rows.select_related("kept__root", "gone", "by__user"), pk=pk)
    access.require(access.may_join(request.actor, done.kept, done.gone))
    if done.undone_at is not None:
        messages.info(request, _("These are two files already."))
        return redirect("file", pk=done.kept.root_id)
    if request.method == "POST":
        actions.undo_merge(done, by=request.actor)
        messages.success(request, _("There are two files again."))
        return redirect("file", pk=done.kept_id)
    context = {
        "heading": _("Make two files again?"),
        "back_url": reverse("file", args=[done.kept.root_id]),
        "merge": done,
    }
    return render(request, "people/merge_undo.html", context)
