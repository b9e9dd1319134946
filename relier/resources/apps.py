from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "relier.resources"
    label = "resources"

    def ready(self) -> None:
        # What this room says and holds.
        from . import journal_words, personal_data  # noqa: F401
