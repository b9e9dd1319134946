from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "relier.people"
    label = "people"

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (declares what this room holds)
