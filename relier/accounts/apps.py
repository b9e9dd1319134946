from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "relier.accounts"
    label = "accounts"
