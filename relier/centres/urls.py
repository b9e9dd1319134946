"""Addresses of a centre's own settings."""

from django.urls import path

from . import views

app_name = "centres"
urlpatterns = [
    path("welcome/", views.first_house, name="first_house"),
    path("which/", views.choose_centre, name="choose"),
    path("me/", views.my_settings, name="my_settings"),
    path("", views.team_settings, name="team_settings"),
    path("details/", views.centre_edit, name="centre_edit"),
    path("answers/", views.answer_delay, name="answer_delay"),
    path("officers/", views.officers, name="officers"),
    path("teams/new/", views.team_new, name="team_new"),
    path("teams/<int:pk>/", views.team_edit, name="team_edit"),
    path("members/new/", views.member_new, name="member_new"),
    path("members/<uuid:pk>/", views.member_edit, name="member_edit"),
    path("members/<uuid:pk>/password/", views.member_password, name="member_password"),
    path("members/<uuid:pk>/left/", views.member_left, name="member_left"),
]
