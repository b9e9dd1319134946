from django.urls import path

from relier.ui import views

app_name = "ui"
urlpatterns = [path("", views.patterns, name="patterns")]
