from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "relier.support"
    label = "support"
    verbose_name = _("support")

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
