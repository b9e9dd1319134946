"""What is sealed about accounts: the secrets of second factors, and words typed as Relier locked.

The secret of an application and the seed of recovery codes stand in a table of django-allauth, each
in its row: their place is the table, so that neither can be taken for a note or anything else.
"""

from allauth.mfa.models import Authenticator
from django.db import transaction

from relier.journal import keys
from relier.lib import keyring, sealing

SECRETS = "accounts.second_factor"
# Where django-allauth keeps what `Adapter.encrypt` gave it.
SEALED = ("secret", "seed")


def seal(words: str, *, place: str) -> str:
    return sealing.seal(words, key=keys.newest(keyring.SEALING), place=place)


def unseal(sealed: str, *, place: str) -> str:
    """Raises `relier.lib.sealing.DoesNotOpen`."""
    return sealing.unseal(sealed, ring=keys.ring(), use=keyring.SEALING, place=place)


@transaction.atomic
def reseal_secrets() -> int:
    """Seal every secret anew under the newest key; how many were. Called when a key is turned.

    What does not open stays as it is: `relier.lib.sealing.DoesNotOpen` stops the turning, so that
    the key that is missing is found before the others are retired."""
    newest, done = keys.newest(keyring.SEALING).id, 0
    for row in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        old = {name: row.data[name] for name in SEALED if name in row.data}
        stale = {name: one for name, one in old.items() if sealing.key_id_of(one) != newest}
        if stale:
            row.data |= {
                name: seal(unseal(one, place=SECRETS), place=SECRETS) for name, one in stale.items()
            }
            row.save(update_fields=["data"])
            done += len(stale)
    return done
