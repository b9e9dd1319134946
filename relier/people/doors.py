"""Pages about one person: fetched behind their wall, and led to the file that was kept.

    @content_page
    def note_new(request, person): ...

The decorator says which wall stands before the page. A stranger finds nothing (404); someone who
follows the address of a file that was merged is led to the page of the one that was kept.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from relier.accounts.actors import Actor
from relier.centres.http import Request

from . import access
from .models import Person

# (request, person, what else the address says) -> the answer.
Page = Callable[..., HttpResponse]


def _behind(people: Callable[[Actor | None], QuerySet[Person]]) -> Callable[[Page], Page]:
    def door(page: Page) -> Page:
        @wraps(page)
        def view(request: Request, pk: UUID, **rest: Any) -> HttpResponse:
            rows = people(request.actor).select_related("root")
            person = access.one_or_404(rows, pk=pk)
            if person.pk == person.root_id:
                return page(request, person, **rest)
            if request.method == "GET" and request.resolver_match:
                here = request.resolver_match.view_name
                kwargs = {"pk": person.root_id, **rest}
                return redirect(reverse(here, kwargs=kwargs, query=request.GET))
            return page(request, person.root, **rest)

        return view

    return door


# Their file: what one of the member's teams follows today.
content_page = _behind(Person.objects.followed_by)
# Their name and how to reach them.
counter_page = _behind(access.counter_people)
# Their name only.
named_page = _behind(Person.objects.named_to)
# Who follows them.
steering_page = _behind(access.steerable_people)
