from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "relier.config"
    label = "config"
