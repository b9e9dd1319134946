"""Addresses of the desk."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("people/<uuid:pk>/", views.person_file, name="file"),
    path("", include("relier.desk.rights.urls")),
]
