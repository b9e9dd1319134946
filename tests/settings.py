"""Settings for the tests: stricter than life, on SQLite in memory or the PostgreSQL given."""

import os
import tempfile
from datetime import UTC, datetime

os.environ.setdefault("RELIER_DATA", tempfile.mkdtemp(prefix="relier-tests-"))
os.environ.setdefault("RELIER_MODE", "office")
os.environ.setdefault("RELIER_KEYS", f"{os.environ['RELIER_DATA']}/keys.json")

from relier.config.settings import *  # noqa: F403
from relier.config.settings import DATABASES, KEYS_FILE, STATIC_ROOT, STORAGES, TEMPLATES
from relier.lib import keyring

# WhiteNoise warns of a missing folder, and warnings are errors.
STATIC_ROOT.mkdir(exist_ok=True)

# Each worker of the tests has a data folder of its own, so keys of its own.
if not KEYS_FILE.exists():
    keyring.write(keyring.new_ring(at=datetime.now(tz=UTC)), KEYS_FILE)

DATABASES["default"]["ENGINE"] = DATABASES["default"]["ENGINE"].replace("relier.journal", "tests")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}

# scrypt is slow on purpose; the tests sign in a thousand times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


# The walk of the walls signs in hundreds of visitors from one address.
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
MFA_RATE_LIMITS = False  # type: ignore[assignment]
TRIES_OF_STRANGERS = TRIES_OF_A_KNOWN_COMPUTER = TRIES_OF_SLIPS = ""


class Missing(str):
    """An unknown template variable is an error, unless a template asks `default`."""

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"The template knows no variable {name!r}.")

    def __contains__(self, part: object) -> bool:
        return part == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Missing("%s")  # type: ignore[index]
TEMPLATES[0]["OPTIONS"]["debug"] = True  # type: ignore[index]
