"""Builds the `Actor` of each request from the membership chosen at sign-in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from relier.accounts.actors import Actor, Kind

from .models import Member

# The session keeps which membership is in use, for those who work in several centres.
CHOSEN = "member"


def actor_of(member: Member) -> Actor:
    """Plain values of a membership: two queries at most (the member is given, then its teams)."""
    return Actor(
        kind=Kind.MEMBER,
        id=member.pk,
        name=member.user.name,
        user=member.user_id,
        centre=member.centre_id,
        centre_name=str(member.home or ""),
        federation=member.federation_id,
        role=member.role,
        bound=member.bound,
        teams=frozenset(team.pk for team in member.teams.all()),
        officer=member.is_officer,
    )


def find_actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    memberships = list(
        Member.objects.active()
        .filter(user=request.user)
        .select_related("centre", "federation", "user")
        .order_by("joined_on", "pk")
    )
    if not memberships:
        return None
    chosen = request.session.get(CHOSEN)
    member = next((m for m in memberships if str(m.pk) == chosen), memberships[0])
    return actor_of(member)


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # At once rather than lazily: a lazy None is not None, and every wall asks `is None`.
        request.actor = find_actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)
