from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CentresConfig(AppConfig):
    name = "relier.centres"
    label = "centres"
    verbose_name = _("centres")

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
