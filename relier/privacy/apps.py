from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "relier.privacy"
    label = "privacy"
    verbose_name = _("privacy")

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
