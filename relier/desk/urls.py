"""Addresses of the desk."""

from django.urls import path

from . import codes, views
from .officer import views as officer

urlpatterns = [
    path("", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("journal/", officer.journal_of_centre, name="officer_journal"),
    path("entering/recovery/paper/", codes.recovery_paper, name="recovery_paper"),
    path("centre/slips/<uuid:pk>/paper/", codes.slip_paper, name="slip_paper"),
    path("people/<uuid:pk>/", views.person_file, name="file"),
]
