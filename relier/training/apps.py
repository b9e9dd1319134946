from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "relier.training"
    label = "training"

    def ready(self) -> None:
        from . import journal_words, personal_data  # noqa: F401  (declare what this room says and holds)
        from .importing import personal_data as of_imports  # noqa: F401
