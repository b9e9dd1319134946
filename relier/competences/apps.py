from django.apps import AppConfig


class CompetencesConfig(AppConfig):
    name = "relier.competences"
    label = "competences"
