"""The page that shows the code of a testimony just given, by an address that opens for an hour.

The address holds a seal of the testimony and the hour: no session and no row remembers which member
gave what.
"""

from time import time
from uuid import UUID

from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from relier.journal import keys
from relier.lib.keyring import CARDS

from .rules import codes

HOUR = 3600


def address_of_code(testimony: UUID) -> str:
    return reverse("inquiry:given", args=[testimony, _seal(testimony, _hour())])


def is_sealed(testimony: UUID, seal: str) -> bool:
    """Whether this seal is of this hour or of the one before."""
    known = (_seal(testimony, hour) for hour in (_hour(), _hour() - 1))
    return any(constant_time_compare(seal, one) for one in known)


def code_to_show(testimony: UUID) -> str:
    return codes.in_groups(codes.code_of(keys.ring().of(CARDS)[0], testimony))


def opens(typed: str, testimony: UUID) -> bool:
    return codes.opens(typed, testimony, keys.ring().of(CARDS))


def _hour() -> int:
    return int(time() // HOUR)


def _seal(testimony: UUID, hour: int) -> str:
    return Signer(salt="inquiry.given").signature(f"{testimony}:{hour}")
