"""Settings of the run in `training.py`: Relier's own, without the files that browsers ask for."""

from relier.config.settings import *  # noqa: F403
from relier.config.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name.lower()]  # noqa: F405
