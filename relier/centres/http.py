"""The request as our pages know it: with its user, and the `Actor` that the middleware found."""

from django.http import HttpRequest

from relier.accounts.actors import Actor
from relier.accounts.models import User


class Request(HttpRequest):
    """`actor` is None for someone without a membership: fetching starts from querysets and
    questions that answer for None, so that a view may pass it on as it is."""

    user: User  # type: ignore[assignment]
    actor: Actor
    LANGUAGE_CODE: str
