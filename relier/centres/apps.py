from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "relier.centres"
    label = "centres"

    def ready(self) -> None:
        from . import journal_words, personal_data  # noqa: F401  (declare what is said and held)
        from .sign_in import listen

        listen()
