from django.apps import AppConfig


class InquiryConfig(AppConfig):
    name = "relier.inquiry"
    label = "inquiry"

    def ready(self) -> None:
        # What this room says, holds and prints.
        from . import journal_words, personal_data, sheets  # noqa: F401
