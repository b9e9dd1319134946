from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "relier.privacy"
    label = "privacy"

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
