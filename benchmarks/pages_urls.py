"""Relier's addresses, and the peer's: a bare Django list of 20 rows of the same table, under the
same middleware, in the same process."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from relier.config.urls import urlpatterns as relier
from relier.people.models import Person

LIST = Engine().from_string(
    "<!doctype html><title>List</title><ul>"
    "{% for person in people %}<li>{{ person.call_name }} {{ person.family_name }}</li>{% endfor %}"
    "</ul>"
)


def bare_list(request: HttpRequest) -> HttpResponse:
    people = Person.objects.filter(centre=request.actor.centre)  # type: ignore[attr-defined]
    rows = people.order_by("call_name", "family_name", "pk")[:20]
    return HttpResponse(LIST.render(Context({"people": rows})))


urlpatterns = [path("bare/", bare_list), *relier]
