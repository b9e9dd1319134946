from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "relier.desk"
    label = "desk"
