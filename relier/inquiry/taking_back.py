"""The page that shows the code of a testimony just given, by an address that opens for an hour.

The address holds a seal of the testimony and the hour: no session and no row remembers which member
gave what.
"""

from time import time
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from relier.journal import keys
from relier.lib.keyring import CARDS

from .rules import codes

HOUR = 3600
SIGNER = Signer(salt="code of a testimony")


def address_of_code(testimony: UUID) -> str:
    return reverse("inquiry:given", args=[seal_of(testimony)])


def seal_of(testimony: UUID) -> str:
    return SIGNER.sign(f"{testimony}.{_hour()}")


def opened(seal: str) -> UUID | None:
    """The testimony of a seal of this hour or of the one before; None for any other."""
    try:
        key, _dot, hour = SIGNER.unsign(seal).rpartition(".")
    except BadSignature:
        return None
    return UUID(key) if int(hour) in (_hour(), _hour() - 1) else None


def code_to_show(testimony: UUID) -> str:
    return codes.in_groups(codes.code_of(keys.ring().of(CARDS)[0], testimony))


def opens(typed: str, testimony: UUID) -> bool:
    return codes.opens(typed, testimony, keys.ring().of(CARDS))


def _hour() -> int:
    return int(time() // HOUR)
