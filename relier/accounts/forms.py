"""The forms of sign-in, in our words. django-allauth does the work; its own repeat each label as a
placeholder, which disappears as soon as one writes and is read twice aloud."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as applications
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from . import stays
from .models import User
from .second_factor import NOT_THE_CODE, passkeys_work

LABELS = {
    "login": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("The password that I use now"),
    "password1": _("The new password"),
    "password2": _("The new password, once more"),
    "shared": _("Other people use this computer too"),
    "code": _("Code"),
    "name": _("A name for this key"),
    "passwordless": _("This key alone opens, without my password"),
}
HINTS = {
    "password1": _("At least 12 characters. A short sentence is easy to remember."),
    "shared": _(
        "Relier locks after %(shared)s minutes without a gesture; on a computer of your own, after "
        "%(own)s. What you were typing is kept, for you."
    ),
    "name": _("For example: my telephone, the grey key."),
    "passwordless": _("The key then asks for its own code, a finger or a face."),
}

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
            if name in LABELS:
                field.label = LABELS[name]
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)


def shared_computer() -> forms.BooleanField:
    """Ticked unless someone says otherwise: in a centre, most computers are everyone's."""
    return forms.BooleanField(required=False, initial=True)


def shared_hint() -> Any:
    minutes = {
        "shared": int(settings.QUIET_ON_A_SHARED_COMPUTER.total_seconds() // 60),
        "own": int(settings.QUIET_ON_ONES_OWN.total_seconds() // 60),
    }
    return str(HINTS["shared"]) % minutes


# --- a password ------------------------------------------------------------------------------


class SignInForm(InOurWords, allauth.LoginForm):
    shared = shared_computer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared"].help_text = shared_hint()
        self.order_fields(["login", "password", "shared"])
        self.passkeys_work = passkeys_work(self.request) if self.request else False

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        request.session[stays.SHARED] = self.cleaned_data["shared"]
        return super().login(request, redirect_url=redirect_url)


class PasswordForm(InOurWords, allauth.ChangePasswordForm):
    pass


class ConfirmForm(InOurWords, allauth.ReauthenticateForm):
    pass


class ChosenPasswordForm(forms.Form):
    """A password that its owner chooses, twice. For `user`: it must not look like their name."""

    password1 = forms.CharField(
        label=LABELS["password1"],
        help_text=HINTS["password1"],
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=LABELS["password2"],
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    shared = forms.BooleanField(label=LABELS["shared"], required=False, initial=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["shared"].help_text = shared_hint()

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("You must type the same password each time."))
        return given


# --- a code ----------------------------------------------------------------------------------


class OpensOnce(InOurWords):
    """A code of an application opens once, even within the steps that a slow clock is allowed."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            lasts = settings.MFA_TOTP_TOLERANCE * 2 + 1
            key = f"relier.code:{self.user.pk}:{normalize_user_code(code)}"
            if not cache.add(key, True, 30 * lasts):
                raise ValidationError(NOT_THE_CODE)
        return code


class CodeForm(OpensOnce, codes.AuthenticateForm):
    @property
    def has_passkey(self) -> bool:
        kind = Authenticator.Type.WEBAUTHN
        mine = Authenticator.objects.filter(user=self.user, type=kind)
        return passkeys_work(context.request) and mine.exists()

    def save(self) -> None:
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            say_what_is_left(self.authenticator)


class ConfirmByCodeForm(OpensOnce, codes.ReauthenticateForm):
    pass


class ApplicationForm(InOurWords, applications.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The 6 digits that the application shows")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    @property
    def secret_in_groups(self) -> str:
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def say_what_is_left(recovery: Authenticator) -> None:
    left = len(recovery.wrap().get_unused_codes())
    said = ngettext(
        "This recovery code is used. %(count)s is left: print new ones soon.",
        "This recovery code is used. %(count)s are left.",
        left,
    )
    messages.info(context.request, said % {"count": left})


# --- a passkey -------------------------------------------------------------------------------


class SaidOfAKey(forms.JSONField):
    """Anything may be sent: numbers without end and brackets without end are no key."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(NOT_THE_CODE) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return ""  # a key speaks once: nothing of it is shown again


class WellFormed(InOurWords):
    """What a browser sends of a key is read by a library that trusts its shape: anyone may send
    anything, and is told that it does not open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = SaidOfAKey()  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except (ValueError, KeyError, TypeError, AttributeError, LookupError):
            self.add_error(None, get_adapter().validation_error("incorrect_code"))  # type: ignore[attr-defined]


class NewPasskeyForm(WellFormed, passkeys.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = 60


class PasskeyNameForm(InOurWords, passkeys.EditWebAuthnForm):
    name = forms.CharField(max_length=60)


class PasskeyForm(WellFormed, passkeys.AuthenticateWebAuthnForm):
    pass


class PasskeySignInForm(WellFormed, passkeys.LoginWebAuthnForm):
    pass


class ConfirmByPasskeyForm(WellFormed, passkeys.ReauthenticateWebAuthnForm):
    pass
