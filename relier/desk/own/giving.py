"""The worker's side of a person's own page: the card, made and taken back with them, and the
pictures that they choose while the worker looks away."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.doors import content_page
from relier.people.models import Person
from relier.privacy.cards import in_groups
from relier.privacy.models import Card
from relier.ui.forms import OnceForm
from relier.ui.styles import with_inline_styles

from . import actions, languages, papers, pictures
from .door import draw


class GiveForm(OnceForm):
    language = forms.ChoiceField(
        label=gettext_lazy("In which language"),
        choices=list(languages.NAMES.items()),
        help_text=gettext_lazy("The card is printed in it, and the page begins in it."),
    )


@content_page
def card(request: Request, person: Person) -> HttpResponse:
    """The card of someone: there is one or not, and the gestures around it."""
    cards = actions.standing_cards(person)
    if request.POST.get("do") == "take_back":
        actions.take_back(person, by=request.actor)
        messages.success(request, _("The card is taken back. It opens nothing any more."))
        return redirect("card", pk=person.pk)
    known = cards[0].language if cards else "fr"
    form = GiveForm(request.POST or None, initial={"language": known})
    if form.is_valid():
        return made(request, person, form)
    journal.read("desk.card_read", person, by=request.actor, subject=person.pk)
    context = {
        "person": person,
        "card": cards[0] if cards else None,
        "language": languages.NAMES.get(known, known),
        "form": form,
    }
    return render(request, "desk/card.html", context)


def made(request: Request, person: Person, form: GiveForm) -> HttpResponse:
    """The code, shown once: it is to be printed now, or copied by hand."""
    given = form.cleaned_data
    new, code = actions.give_card(person, **given, by=request.actor)
    if new.taken_back_at:  # the form of a card that was replaced since was sent again
        messages.warning(request, _("This card was taken back meanwhile. Make a new one."))
        return redirect("card", pk=person.pk)
    context = {
        "person": person,
        "card": new,
        "code": in_groups(code),
        "form_key": given["form_key"],
        "door": door(request),
    }
    return render(request, "desk/card_made.html", context)


def door(request: Request) -> str:
    return request.build_absolute_uri(reverse("own:home"))


@require_POST
@content_page
def card_paper(request: Request, person: Person) -> HttpResponse:
    """The card on paper. The same form as the one that made it: only it knows the code."""
    form = GiveForm(request.POST)
    if not form.is_valid():
        return redirect("card", pk=person.pk)
    new, code = actions.give_card(person, **form.cleaned_data, by=request.actor)
    if new.taken_back_at:
        return redirect("card", pk=person.pk)
    address = request.build_absolute_uri(reverse("own:exchange", args=[code]))
    with translation.override(new.language):
        pdf = papers.card_sheet(
            person, code, address=address, door=door(request), until=new.ends_on,
            language=new.language,
        )  # fmt: skip
        name = pgettext("own page", "card")
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = papers.named(name)
    return response


@content_page
@with_inline_styles
def card_pictures(request: Request, person: Person) -> HttpResponse:
    """Turned towards the person: three pictures, one after another, then "keep" or "again"."""
    cards = actions.standing_cards(person)
    if not cards:
        return redirect("card", pk=person.pk)
    shown = pictures.chosen_so_far(request.POST.get("before", ""), request.POST.get("picture", ""))
    if len(shown) == pictures.ASKED and "keep" in request.POST:
        return chosen(request, person, cards[0], shown)
    with translation.override(cards[0].language):
        context = {
            "person": person,
            "pictures": pictures.PICTURES,
            "before": " ".join(shown),
            "which": len(shown),
            "chosen": pictures.as_pictures(shown) if len(shown) == pictures.ASKED else [],
        }
        response = draw(request, "desk/own/choose.html", None, context)
    response.headers["Content-Language"] = cards[0].language
    return response


def chosen(request: Request, person: Person, card: Card, shown: list[str]) -> HttpResponse:
    actions.choose_pictures(card, shown, by=request.actor)
    messages.success(request, _("The pictures are kept. Nobody can read them, you neither."))
    return redirect("card", pk=person.pk)
