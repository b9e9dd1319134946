from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "relier.deliberation"
    label = "deliberation"

    def ready(self) -> None:
        # What this room says and holds.
        from . import journal_words, personal_data, sheets  # noqa: F401
