from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "relier.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
