"""A registered sheet on screen: one question a page, turned to the person; all on one page for a
worker. Nothing is kept before "send"."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from relier.centres.http import Request
from relier.paper import sheets
from relier.paper.forms import Walk, form_class
from relier.ui.styles import with_inline_styles

from .asked import Asked, after, asked_or_404, language_of, languages, own_language


@with_inline_styles
def fill(request: Request, name: str) -> HttpResponse:
    asked = asked_or_404(request, name)
    if asked.sheet.audience == "worker":
        return on_one_page(request, asked)
    return one_by_one(request, asked)


def one_by_one(request: Request, asked: Asked) -> HttpResponse:
    language = language_of(request, asked.sheet)
    posted = request.POST if request.method == "POST" else None
    walk = Walk(asked.sheet, sheets.worded(asked.sheet, language), posted)
    if walk.answers is not None:
        try:
            made = asked.receive(
                walk.answers,
                "screen",
                by=request.actor,
                form_key=walk.form_key,
                language=language,
            )
        except ValidationError as refused:
            walk.errors = refused.messages
        else:
            return after(request, asked, made)
    with translation.override(language):
        context = {"walk": walk, "asked": asked, "languages": languages(asked.sheet, language)}
        return render(request, "paper/fill.html", context)


def on_one_page(request: Request, asked: Asked) -> HttpResponse:
    language = own_language()
    worded = sheets.worded(asked.sheet, language)
    form = form_class(asked.sheet, worded)(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        try:
            made = asked.receive(
                form.answers, "screen", by=request.actor, form_key=key, language=language
            )
        except ValidationError as refused:
            form.refuse(refused)
        else:
            return after(request, asked, made)
    context = {
        "form": form,
        "worded": worded,
        "back_url": asked.back_url,
        "back_label": asked.back_label,
    }
    return render(request, "paper/page.html", context)
