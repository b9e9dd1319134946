from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "relier.privacy"
    label = "privacy"

    def ready(self) -> None:
        from . import journal_words, personal_data  # noqa: F401  (declare what this room says and holds)
