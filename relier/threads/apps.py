from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "relier.threads"
    label = "threads"

    def ready(self) -> None:
        # What this floor says and holds, and what it ties.
        from . import journal_words, known, personal_data  # noqa: F401
