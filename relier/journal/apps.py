from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "relier.journal"
    label = "journal"

    def ready(self) -> None:
        from . import append_only, personal_data, words  # noqa: F401  (declare what is held, and said)

        post_migrate.connect(append_only.install_after_migrate, sender=self)
