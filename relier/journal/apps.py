from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "relier.journal"
    label = "journal"
