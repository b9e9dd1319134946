"""Who stands before a page under /me/: the visit of this browser, and whence it comes.

    @own_page
    def home(request, visit): ...

    @own_page(knows=True)
    def steps(request, visit): ...

The cookie is not that of members, and nothing is written in a member's session here: a card and a
member on one browser are not joined. Nothing is kept by the browser.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from relier.accounts.actors import Actor, Kind
from relier.people.models import Person
from relier.privacy import actions as privacy
from relier.privacy.models import CardVisit
from relier.ui.styles import with_inline_styles

from . import languages

View = Callable[..., HttpResponse]


class Visit:
    """A person on their page: the file that is shown, what the card opens, and who acts."""

    def __init__(self, row: CardVisit, person: Person) -> None:
        self.row, self.card, self.person = row, row.card, person
        self.knows = row.knows
        self.actor = Actor(kind=Kind.PERSON, id=row.card.subject_id, centre=person.centre_id)

    def acting_in(self, file: UUID) -> Actor:
        """The same person, named by whichever of their joined files a thing stands in."""
        return replace(self.actor, id=file)

    @property
    def sees_secrecy(self) -> bool:
        """What is under secrecy is theirs; it is shown where nobody else could have chosen the
        pictures but someone bound by it."""
        return self.knows and self.card.chosen_with_bound


def visit_of(request: HttpRequest) -> Visit | None:
    row = privacy.find_visit(request.COOKIES.get(settings.CARD_COOKIE_NAME, ""))
    if row is None:
        return None
    person = Person.objects.select_related("root__centre").get(pk=row.card.subject_id).root
    return Visit(row, person)


def own_page(view: View | None = None, *, knows: bool = False) -> Any:
    """For a page that asks for a card; with `knows`, for the pictures too."""

    def behind(page: View) -> View:
        @open_page
        @wraps(page)
        def guarded(request: HttpRequest, visit: Visit | None, **rest: Any) -> HttpResponse:
            if visit is None:
                return redirect("own:home")
            if knows and not visit.knows:
                return redirect("own:pictures")
            return page(request, visit, **rest)

        return guarded

    return behind(view) if view else behind


def open_page(page: View) -> View:
    """For every page under /me/: in the language of the person, and kept by no browser."""

    @wraps(page)
    def told(request: HttpRequest, **rest: Any) -> HttpResponse:
        visit = visit_of(request)
        language = languages.chosen(request, visit.card.language if visit else "")
        with translation.override(language):
            response = page(request, visit, **rest)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(with_inline_styles(told))


def draw(
    request: HttpRequest, template: str, visit: Visit | None, context: dict[str, Any]
) -> HttpResponse:
    language = (translation.get_language() or "")[:2]
    frame = {
        "visit": visit,
        "languages": languages.NAMES,
        "reviewed": languages.is_reviewed(language),
        "written_in": languages.written_in(),
        "minutes": settings.CARD_MINUTES,
    }
    return render(request, template, {**frame, **context})


def keep_cookie(response: HttpResponse, name: str, value: str) -> None:
    """Until the browser closes; `Lax`, so that a code scanned from another page still opens."""
    response.set_cookie(
        name, value, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def forget_cookie(response: HttpResponse, name: str) -> None:
    response.set_cookie(
        name, "", max_age=0, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
