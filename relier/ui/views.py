"""The page of patterns: every component, drawn. Public: it shows nobody, and helps whoever writes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relier.ui import showcase
from relier.ui.styles import with_inline_styles


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/patterns.html", showcase.everything())


@login_not_required
@with_inline_styles
def patterns_person(request: HttpRequest) -> HttpResponse:
    """A question to a person, on a page of its own as they see it."""
    return render(request, "ui/patterns_person.html", {"answers": showcase.answers()})
