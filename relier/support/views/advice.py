"""Advice on a page that can be turned towards the person.

Accepting a piece makes a step of the plan. Leaving one changes nothing anywhere: its key travels
in the form of the page, which is drawn again without it. Sent by POST, it is in no address and so
in no history; the next time the page is opened, the piece is there again.
"""

from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import pgettext

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.models import Person
from relier.support.actions import advice as actions
from relier.support.advice import advice_for
from relier.support.forms.advice import AdaptForm
from relier.support.rules.advice import AT_ONCE
from relier.ui.forms import OnceForm
from relier.ui.styles import with_inline_styles

from .steps import followed_person

# As many as anyone leaves on one page; a forged form may hold more.
MOST_LEFT = 60


@with_inline_styles
def advice(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    person = followed_person(request, pk)
    gesture, _colon, key = request.POST.get("gesture", "").partition(":")
    said = ""
    if gesture == "accept":
        said = accept(request, person, key)
    left = request.POST.getlist("left")[:MOST_LEFT]
    if gesture == "leave":
        left = [*left, key]
        said = pgettext("person", "It is left. Nothing is written of it.")
    # The same line for whoever leaves a piece and for whoever opens the page: they read it.
    journal.read("support.advice_read", person, by=actor, subject=person.pk)
    pieces = advice_for(person, by=actor, on=timezone.localdate())
    shown = [piece for piece in pieces if piece.key not in left]
    context = {
        "person": person,
        "pieces": shown[:AT_ONCE],
        "more": shown[AT_ONCE:],
        "left": [piece.key for piece in pieces if piece.key in left],
        "said": said,
        "form": OnceForm(),
    }
    return render(request, "support/advice.html", context)


def accept(request: Request, person: Person, key: str) -> str:
    """One gesture; what came of it, in words."""
    step = actions.accept_advice(
        person,
        key,
        by=request.actor,
        on=timezone.localdate(),
        form_key=key_of_piece(request, key),
    )
    if step is None:
        return pgettext("person", "This is in the plan already, or no longer fits.")
    return pgettext("person", "It is in the plan: %(step)s") % {"step": step.words}


def key_of_piece(request: Request, key: str) -> UUID:
    """A page has one key, each of its pieces another made from it: two pieces of one page are two
    deeds, and the same one clicked twice is one."""
    form = OnceForm(request.POST)
    form.is_valid()
    return uuid5(form.cleaned_data["form_key"], key)


@with_inline_styles
def advice_adapt(request: Request, pk: UUID) -> HttpResponse:
    """The step of a piece, before it is kept: said otherwise, by someone else, on another day."""
    actor = request.actor
    person = followed_person(request, pk)
    today = timezone.localdate()
    key = request.GET.get("piece", "")
    piece = actions.find(advice_for(person, by=actor, on=today), key)
    form = AdaptForm(request.POST or None, initial=actions.as_step(piece) if piece else None)
    if form.is_valid():
        said = dict(form.cleaned_data)
        form_key = said.pop("form_key")
        step = actions.accept_advice(person, key, said=said, by=actor, on=today, form_key=form_key)
        if step:
            messages.success(request, pgettext("person", "Kept."))
            return redirect("support:steps", pk=person.pk)
        piece = None
    if piece is None:
        text = pgettext("person", "This is in the plan already, or no longer fits.")
        messages.info(request, text)
        return redirect("support:advice", pk=person.pk)
    journal.read("support.advice_read", person, by=actor, subject=person.pk)
    context = {"person": person, "piece": piece, "form": form}
    return render(request, "support/advice_adapt.html", context)
