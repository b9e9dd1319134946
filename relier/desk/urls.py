"""Addresses of the desk."""

from django.urls import include, path

from . import codes, views

urlpatterns = [
    path("", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("entering/recovery/paper/", codes.recovery_paper, name="recovery_paper"),
    path("centre/slips/<uuid:pk>/paper/", codes.slip_paper, name="slip_paper"),
    path("people/<uuid:pk>/", views.person_file, name="file"),
    path("", include("relier.desk.rights.urls")),
]
