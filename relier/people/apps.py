from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "relier.people"
    label = "people"

    def ready(self) -> None:
        from . import directory, journal_words, personal_data, sheets  # noqa: F401  (declare what this room says, holds and prints)
