"""How django-allauth behaves here: nobody signs up by themselves, a member is invited; wrong
passwords are counted so that nobody is shut out by someone else (decision 012)."""

from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import computers, confirming, second_factor
from .addresses import address_of
from .models import User

NOT_YOURS = gettext_lazy("This is not the password that you use now.")
WAIT = gettext_lazy(
    "That was many tries. Wait a quarter of an hour, then try again; or enter from a computer or a "
    "telephone where you have already entered."
)
# How long tries that did not open are remembered for the holder: until they enter, or this.
FAILED_KEPT = 90 * 24 * 3600


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "This e-mail and this password do not go together."
        ),
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "enter_current_password": NOT_YOURS,
        "incorrect_password": NOT_YOURS,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Said by one setting for all of Relier: TRUSTED_PROXIES."""
        return address_of(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("day")

    # --- who is it? ---

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this try before the password is looked at; given back if it opens."""
        email = str(credentials.get("email", ""))
        computer = computers.known_to(request, email)
        known = settings.TRIES_OF_A_KNOWN_COMPUTER
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="relier.accounts",
            action="tries",
            config={"tries": known if computer else settings.TRIES_OF_STRANGERS},
            key=f"{computer}:{email.lower()}",
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        key = _failed_key(str(credentials.get("email", "")))
        cache.set(key, int(cache.get(key, 0)) + 1, FAILED_KEPT)

    def reauthenticate(self, user: User, password: str) -> bool:  # type: ignore[override]
        """By the e-mail of the user itself: nobody here has a second one."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        return not confirming.is_recent(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        said = {
            "reauthenticate": _("With my password"),
            "mfa_reauthenticate": _("With a code"),
            "mfa_reauthenticate:webauthn": _("With a key"),
        }
        methods = super().get_reauthentication_methods(user)
        if not second_factor.passkeys_work(context.request):
            methods = [one for one in methods if one["id"] != "mfa_reauthenticate:webauthn"]
        return [{**one, "description": said[one["id"]]} for one in methods]

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:  # type: ignore[override]
        response = super().post_login(request, user, **how)
        computers.remember(request, response, user)
        failed = self.failed_tries(user)
        # The page that says it speaks their language; the one of the door, perhaps another.
        with translation.override(user.language or translation.get_language()):
            if failed:
                messages.warning(request, _said_of(failed))
            self.entered(request, user, failed=failed)
        return response

    def entered(self, request: HttpRequest, user: User, *, failed: int) -> None:
        """For the floor above, which knows the centre: a line, and what the centre asks."""

    def failed_tries(self, user: User) -> int:
        """How many tries on this account did not open since it was last entered."""
        key = _failed_key(user.email)
        failed = int(cache.get(key, 0))
        cache.delete(key)
        return failed


def _failed_key(email: str) -> str:
    return f"relier.failed:{sha256(email.lower().encode()).hexdigest()}"


def _said_of(failed: int) -> str:
    return ngettext(
        "%(count)s try with another password did not open since your last entry. If it was not "
        "you, say it to your centre.",
        "%(count)s tries with another password did not open since your last entry. If it was not "
        "you, say it to your centre.",
        failed,
    ) % {"count": failed}
