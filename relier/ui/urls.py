from django.urls import path

from relier.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.patterns, name="patterns"),
    path("person/", views.patterns_person, name="patterns_person"),
]
