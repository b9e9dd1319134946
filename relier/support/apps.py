from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "relier.support"
    label = "support"

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
