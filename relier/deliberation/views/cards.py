"""Printing a pile of cards, opening a tablet. Whoever asked is shown codes that nothing keeps."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from relier.centres.http import Request
from relier.deliberation import papers
from relier.deliberation.actions import cards as deeds
from relier.deliberation.forms.cards import CardsForm, TabletForm
from relier.deliberation.rules import codes

from .questions import to_run


def cards_new(request: Request, pk: UUID) -> HttpResponse:
    """The form, then the PDF. Sent again, it prints the same cards."""
    question = to_run(request.actor, pk)
    form = CardsForm(request.POST or None)
    if form.is_valid():
        try:
            batch, drawn = deeds.print_cards(question, **form.cleaned_data, by=request.actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            door = request.build_absolute_uri(reverse("voice:home"))
            with translation.override(batch.language):
                pdf = papers.cards(question, batch, drawn, door=door)
            response = HttpResponse(pdf, content_type="application/pdf")
            response.headers["Content-Disposition"] = 'inline; filename="cards.pdf"'
            return response
    context = {"form": form, "question": question}
    return render(request, "deliberation/cards_new.html", context)


def tablet_new(request: Request, pk: UUID) -> HttpResponse:
    """The form, then the code to write on the tablet."""
    question = to_run(request.actor, pk)
    form = TabletForm(request.POST or None)
    context = {"form": form, "question": question}
    if form.is_valid():
        try:
            tablet, code = deeds.open_tablet(question, **form.cleaned_data, by=request.actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            door = request.build_absolute_uri(reverse("voice:home"))
            context |= {"tablet": tablet, "code": codes.in_groups(code), "door": door}
    return render(request, "deliberation/tablet_new.html", context)
