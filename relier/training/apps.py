from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "relier.training"
    label = "training"

    def ready(self) -> None:
        # What this room says, holds, prints, and puts in a calendar.
        from . import calendars, journal_words, personal_data, sheets  # noqa: F401
        from .importing import personal_data as of_imports  # noqa: F401
