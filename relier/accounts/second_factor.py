"""How the second factor of django-allauth behaves here: sealed, in our words, drawn by segno."""

from io import BytesIO

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import sealing
from .models import User

# What counts as a second factor; recovery codes alone do not.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
NOT_THE_CODE = gettext_lazy("This code does not open. Look at the code once more, and try again.")


class Adapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": NOT_THE_CODE}

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, place=sealing.SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, place=sealing.SECRETS)

    def build_totp_svg(self, url: str) -> str:
        return drawn(url)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Key %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Relier"}


def drawn(address: str) -> str:
    """A QR code as an SVG, black on white whatever the page is."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return out.getvalue().decode()


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def passkeys_work(request: HttpRequest) -> bool:
    """Browsers keep passkeys to HTTPS and to the name `localhost`, never to a bare address."""
    return request.is_secure() or request.get_host().partition(":")[0] == "localhost"
