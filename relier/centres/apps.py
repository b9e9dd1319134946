from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "relier.centres"
    label = "centres"

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
        from .sign_in import listen

        listen()
