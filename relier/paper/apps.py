from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "relier.paper"
    label = "paper"

    def ready(self) -> None:
        from . import (  # noqa: F401  (declare what this room asks, says and holds)
            ballot_sheet,
            journal_words,
            personal_data,
        )
