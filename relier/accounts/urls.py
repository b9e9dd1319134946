"""Addresses of sign-in and of one's own entry. Of django-allauth only the pages that are used, each
under the name that it looks for."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from . import views

ENTERING = reverse_lazy("mfa_index")

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/key/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("lock/", views.lock, name="lock"),
    path("locked/", views.locked, name="locked"),
    path("kept/", views.kept_words, name="kept_words"),
    path("password/", account.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/key/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("entering/", views.entering, name="mfa_index"),
    path("entering/code/", application.activate_totp, name="mfa_activate_totp"),
    path("entering/code/stop/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("entering/keys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "entering/keys/<int:pk>/",
        passkeys.EditWebAuthnView.as_view(success_url=ENTERING),
        name="mfa_edit_webauthn",
    ),
    path(
        "entering/keys/<int:pk>/stop/",
        passkeys.RemoveWebAuthnView.as_view(success_url=ENTERING),
        name="mfa_remove_webauthn",
    ),
    path("entering/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "entering/recovery/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("entering/open/end/", views.stays_end, name="stays_end"),
    path("entering/open/<uuid:pk>/end/", views.stay_end, name="stay_end"),
]
