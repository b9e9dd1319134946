"""Relier's addresses, and the peer's: a bare Django list of 20 rows of the same table, under the
same middleware, in the same process. It is drawn twice: in the frame of every page (header,
search, footer), which is what a page of ours adds its content to, and on a naked page."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from relier.config.urls import urlpatterns as relier
from relier.people.models import Person

ROWS = "<ul>{% for p in people %}<li>{{ p.call_name }} {{ p.family_name }}</li>{% endfor %}</ul>"
NAKED = engines["django"].from_string(f"<!doctype html><title>List</title>{ROWS}")
FRAMED = engines["django"].from_string(
    f'{{% extends "base.html" %}}{{% block content %}}<h1>List</h1>{ROWS}{{% endblock %}}'
)


def rows(request: HttpRequest) -> dict[str, object]:
    people = Person.objects.filter(centre=request.actor.centre)  # type: ignore[attr-defined]
    return {"people": people.order_by("call_name", "family_name", "pk")[:20]}


def naked_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(NAKED.render(rows(request), request))


def framed_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(FRAMED.render(rows(request), request))


urlpatterns = [path("bare/", framed_list), path("naked/", naked_list), *relier]
