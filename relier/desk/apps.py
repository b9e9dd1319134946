from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "relier.desk"
    label = "desk"

    def ready(self) -> None:
        from . import journal_words  # noqa: F401  (declares what this room says)
