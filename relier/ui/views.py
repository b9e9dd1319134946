"""The page of patterns: every component, drawn. Public, since it shows nobody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relier.ui import showcase
from relier.ui.styles import with_inline_styles


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    if request.GET.get("page") == "person":
        return question_to_a_person(request)
    return render(request, "ui/patterns.html", showcase.everything())


@with_inline_styles
def question_to_a_person(request: HttpRequest) -> HttpResponse:
    """The same address, as a person would see one question: a page that fits in one breath."""
    return render(request, "ui/patterns_person.html", {"answers": showcase.answers()})
