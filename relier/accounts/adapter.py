"""How django-allauth behaves here: nobody signs up by themselves, a member is invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

NOT_YOURS = _("This is not the password that you use now.")


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail and this password do not go together."),
        "too_many_login_attempts": _("That was many tries. Wait five minutes, then try again."),
        "enter_current_password": NOT_YOURS,
        "incorrect_password": NOT_YOURS,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("day")
