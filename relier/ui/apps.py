from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "relier.ui"
    label = "ui"
