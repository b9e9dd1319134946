from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "relier.training"
    label = "training"

    def ready(self) -> None:
        # They declare what this room says, holds, and prints.
        from . import journal_words, personal_data, sheets  # noqa: F401
