"""Which positioning a page is about, and where one goes from it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from relier.centres.http import Request
from relier.competences import access, standing
from relier.competences.models import Positioning
from relier.people.models import Person

SIGNED = ("person__root__centre", "author__user", "taken_up_by__user")


def read_or_404(request: Request, pk: UUID) -> Positioning:
    """One that its reader may read. A bank that is gone leaves nothing to show."""
    rows = Positioning.objects.visible_to(request.actor).select_related(*SIGNED)
    return _of_a_bank(access.one_or_404(rows, pk=pk))


def made_or_404(request: Request, pk: UUID) -> Positioning:
    """One that this member makes with the person, or for themselves."""
    rows = Positioning.objects.made_by(request.actor).select_related(*SIGNED)
    return _of_a_bank(access.one_or_404(rows, pk=pk))


def _of_a_bank(positioning: Positioning) -> Positioning:
    try:
        standing.bank_of(positioning)
    except LookupError:
        raise access.Refused from None
    return positioning


def overview_url(person: Person | None) -> str:
    """Where a person's positionings stand; or those of one's own craft."""
    if person is None:
        return reverse("positioning:own")
    return reverse("positioning:person", args=[person.root_id])


def after_url(positioning: Positioning) -> str:
    """What comes after an answer: the next question, else the end of the questions. A question
    that a later bank no longer has is not asked."""
    if standing.bank_of(positioning).item(positioning.next_item):
        return reverse("positioning:question", args=[positioning.pk, positioning.next_item])
    return end_url(positioning)


def end_url(positioning: Positioning) -> str:
    by_voice = positioning.channel == Positioning.Channel.VOICE
    name = "positioning:read_back" if by_voice else "positioning:pause"
    return reverse(name, args=[positioning.pk])


def gone(request: Request) -> HttpResponse:
    """A gesture sent twice on what is erased by now: back to whose it was, behind the same wall."""
    whose = request.POST.get("whose", "")
    if whose == "own":
        return redirect("positioning:own")
    try:
        return redirect("positioning:person", pk=UUID(whose))
    except ValueError:
        raise Http404 from None


def whose_of(positioning: Positioning) -> str:
    """What `gone` reads: an opaque id, or "own"."""
    return str(positioning.subject or "own")
