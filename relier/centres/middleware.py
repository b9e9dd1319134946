"""Builds the `Actor` of each request from the membership chosen at sign-in."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from relier.accounts import second_factor
from relier.accounts.actors import Actor, Kind
from relier.journal.kept import Kept, stand_ins

from .models import Member
from .reach import reach_of

# The session keeps which membership is in use, for those who work in several centres.
CHOSEN = "member"


def actor_of(member: Member) -> Actor:
    """Plain values of a membership: one query, for how far they reach (the member is given)."""
    reach = reach_of(member.pk)
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
        teams=reach.teams,
        entries=reach.files,
        officer=member.is_officer,
    )


@cache
def _memberships() -> Kept[Member]:
    """Asked by every page, so its SQL is kept: those of one account."""
    rows = Member.objects.active().filter(user=stand_ins(1)[0])
    return Kept(rows.select_related("centre", "federation", "user").order_by("joined_on", "pk"))


def find_actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    memberships = _memberships().rows({stand_ins(1)[0]: request.user.pk})
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


# In the session of a member whose centre asks a second factor, from the day on which it is due
# (`sign_in`), until it is there. No page costs a query for it but theirs.
DUE = "second_factor_due"
# What is answered meanwhile: setting it up, saying again who one is, the way out.
MEANWHILE = {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "recovery_paper", "account_reauthenticate", "account_logout", "set_language", "no_icon",
    "lock", "locked", "kept_words", "centres:choose",
}  # fmt: skip


class SecondFactorFirst:
    """Leads whoever must set up a second factor to the page where it is done, which says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.session.get(DUE):
            return None
        if second_factor.has_one(request.user):  # type: ignore[arg-type]
            del request.session[DUE]
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in MEANWHILE else redirect("mfa_index")
