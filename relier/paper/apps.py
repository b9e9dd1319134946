from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "relier.paper"
    label = "paper"
