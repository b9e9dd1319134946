from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "relier.paper"
    label = "paper"

    def ready(self) -> None:
        from . import journal_words, personal_data  # noqa: F401  (declare what this room says and holds)
