from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetencesConfig(AppConfig):
    name = "relier.competences"
    label = "competences"
    verbose_name = _("competences")

    def ready(self) -> None:
        from . import journal_words, personal_data, sheets  # noqa: F401  (declare what this room says, holds and prints)
