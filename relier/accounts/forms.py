"""The forms of sign-in, in our words. django-allauth does the work; its own repeat each label as a
placeholder, which disappears as soon as one writes and is read twice aloud."""

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

LABELS = {
    "login": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("The password that I use now"),
    "password1": _("The new password"),
    "password2": _("The new password, once more"),
}
HINTS = {"password1": _("At least 12 characters. A short sentence is easy to remember.")}

# Said by Django and by allauth: named here so that our catalogue translates them (ui/django_words).
SAID_OF_A_PASSWORD = (
    gettext_noop("You must type the same password each time."),
    gettext_noop("This password is too common."),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
)


class InOurWords:
    """The label stands above its field, and nowhere else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = LABELS[name]
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, allauth.LoginForm):
    pass


class PasswordForm(InOurWords, allauth.ChangePasswordForm):
    pass


class ConfirmForm(InOurWords, allauth.ReauthenticateForm):
    pass
