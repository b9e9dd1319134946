"""The page of patterns: every component, drawn. Public: it shows nobody, and helps whoever writes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relier.ui import showcase


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/patterns.html", showcase.everything())
