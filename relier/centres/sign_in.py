"""What an entry means for a member of a centre: a line of the journal, and the second factor that
the centre asks for. django-allauth says what happened; here it is put into our words."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts import adapter, second_factor, stays
from relier.accounts.actors import Actor, Kind
from relier.accounts.models import Stay, User
from relier.journal import actions as journal
from relier.ui import dates

from .middleware import DUE, find_actor
from .models import Member, SecondFactorRule, asked_of


class Adapter(adapter.Adapter):
    def entered(self, request: HttpRequest, user: User, *, failed: int) -> None:
        shared = request.session[stays.SHARED]
        journal.record(
            "accounts.signed_in", user, by=whoever(request, user), failed=failed, shared=shared
        )
        ask_second_factor(request, user)


def whoever(request: HttpRequest, user: User) -> Actor:
    """The member that someone enters as; or themselves, where they are a member of nothing."""
    nobody = Actor(kind=Kind.MEMBER, id=user.pk, name=user.name, user=user.pk)
    return find_actor(request) or nobody


def ask_second_factor(request: HttpRequest, user: User) -> None:
    """Say that a centre asks for it, and until when; from that day on, it is done first."""
    if second_factor.has_one(user):
        return
    due = [
        rule.due_on(member)
        for member in Member.objects.active().filter(user=user).exclude(centre=None)
        if (rule := rule_for(member))
    ]
    if not due:
        return
    first = min(due)
    if first <= timezone.localdate():
        request.session[DUE] = True
        return
    messages.warning(
        request,
        _("Your centre asks for a second factor. From %(day)s on, you set it up before entering.")
        % {"day": dates.day(first)},
    )


def rule_for(member: Member) -> SecondFactorRule | None:
    said = SecondFactorRule.objects.of_centre(member.centre_id)
    return asked_of(said, member, on=timezone.localdate())


# --- what django-allauth says ----------------------------------------------------------------


def on_factor_added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    tell("accounts.second_factor_added", request, user, authenticator)


def on_factor_removed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    tell("accounts.second_factor_removed", request, user, authenticator)


def on_codes_renewed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    tell("accounts.recovery_codes_renewed", request, user, authenticator)


def on_factor_used(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """A code used one by one is worth a line; the others open every day."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        tell("accounts.recovery_code_used", request, user, authenticator)


def tell(kind: str, request: HttpRequest, user: User, authenticator: Any) -> None:
    actor = whoever_signs(request, user)
    journal.record(kind, user, by=actor, factor=authenticator.type)


def whoever_signs(request: HttpRequest, user: User) -> Actor:
    """While signing in nobody is signed in yet: the line is by whom the account is."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor or Actor(kind=Kind.MEMBER, id=user.pk, name=user.name, user=user.pk)


def on_password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """Django ends the other sessions; their rows go with them."""
    stays.end(list(Stay.objects.of(user).exclude(pk=request.session[stays.ID])))
    journal.record("accounts.password_changed", user, by=whoever_signs(request, user))


def listen() -> None:
    signals.authenticator_added.connect(on_factor_added)
    signals.authenticator_removed.connect(on_factor_removed)
    signals.authenticator_reset.connect(on_codes_renewed)
    signals.authenticator_used.connect(on_factor_used)
    password_changed.connect(on_password_changed)
