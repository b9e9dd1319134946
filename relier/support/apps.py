from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "relier.support"
    label = "support"

    def ready(self) -> None:
        from . import journal_words, personal_data, sheets  # noqa: F401  (declare what this room says, holds and prints)
