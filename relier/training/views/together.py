"""Who works with whom at a session: a proposal, from what people agreed to share."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.training import access
from relier.training.expected import expected_at
from relier.training.together import at_home, called, together
from relier.ui.styles import with_inline_styles

from .sessions import session_or_404

# Beyond, the same proposals come back.
MOST_TURNS = 99


@require_safe
def together_read(request: Request, pk: UUID) -> HttpResponse:
    """`?turn=`: another proposal."""
    context = proposal(request, pk)
    people = context["people"]
    journal.read_list(
        "training.together_shown", by=request.actor, shown=[one.pk for one in people],
        session=str(pk),
    )  # fmt: skip
    context["at_home"] = at_home(people, request.actor)
    context["next"] = (context["turn"] + 1) % MOST_TURNS
    return render(request, "training/together.html", context)


@require_safe
@with_inline_styles
def together_names(request: Request, pk: UUID) -> HttpResponse:
    """The same proposal, to be shown to the group: the names alone."""
    context = proposal(request, pk)
    names, found = called(context["people"]), context["found"]
    context["groups"] = [[names[one.root_id] for one in group.people] for group in found.groups]
    context["apart"] = [names[one.root_id] for one in found.apart]
    return render(request, "training/together_names.html", context)


def proposal(request: Request, pk: UUID) -> dict[str, Any]:
    actor = request.actor
    session = session_or_404(actor, pk)
    access.require(access.may_run(actor, session.team))
    people = sorted(expected_at(session, actor), key=lambda one: (one.name, str(one.pk)))
    turn = as_turn(request.GET.get("turn", ""))
    found = together(people, actor, turn)
    return {"session": session, "people": people, "found": found, "turn": turn}


def as_turn(text: str) -> int:
    is_turn = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_TURNS))
    return int(text) if is_turn else 0
