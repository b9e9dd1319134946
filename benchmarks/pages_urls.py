"""Relier's addresses, and the peers', under the same middleware, in the same process: Django's own
`ListView` of the same table, 20 rows a page, in the frame of every page (what a page of ours adds
its content to); and, for the record, the first 20 rows alone on a naked page."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path
from django.views.generic import ListView

from relier.config.urls import urlpatterns as relier
from relier.people.models import Person

ROWS = "<ul>{% for p in people %}<li>{{ p.call_name }} {{ p.family_name }}</li>{% endfor %}</ul>"
NAKED = engines["django"].from_string(f"<!doctype html><title>List</title>{ROWS}")
FRAMED = engines["django"].from_string(
    f'{{% extends "base.html" %}}{{% block content %}}<h1>List</h1>{ROWS}'
    "<p>{{ page_obj.number }} / {{ paginator.num_pages }}</p>{% endblock %}"
)


class PeopleList(ListView):
    paginate_by = 20
    context_object_name = "people"
    ordering = ["call_name", "family_name", "pk"]

    def get_queryset(self) -> QuerySet[Person]:
        people = Person.objects.filter(centre=self.request.actor.centre)  # type: ignore[attr-defined]
        return people.order_by(*self.ordering)

    def render_to_response(self, context: dict, **more: object) -> HttpResponse:
        return TemplateResponse(self.request, FRAMED, context)


def naked_list(request: HttpRequest) -> HttpResponse:
    people = Person.objects.filter(centre=request.actor.centre)  # type: ignore[attr-defined]
    rows = people.order_by("call_name", "family_name", "pk")[:20]
    return HttpResponse(NAKED.render({"people": rows}, request))


urlpatterns = [path("list/", PeopleList.as_view()), path("naked/", naked_list), *relier]
