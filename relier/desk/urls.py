"""Addresses of the desk."""

from django.urls import path

from . import views
from .officer import views as officer

urlpatterns = [
    path("", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("journal/", officer.journal_of_centre, name="officer_journal"),
    path("people/<uuid:pk>/", views.person_file, name="file"),
]
