"""Addresses of a centre's own settings."""

from django.urls import path

from . import slips, views

app_name = "centres"
urlpatterns = [
    path("welcome/", views.first_house, name="first_house"),
    path("which/", views.choose_centre, name="choose"),
    path("me/", views.my_settings, name="my_settings"),
    path("", views.team_settings, name="team_settings"),
    path("details/", views.centre_edit, name="centre_edit"),
    path("answers/", views.answer_delay, name="answer_delay"),
    path("officers/", views.officers, name="officers"),
    path("second-factor/", views.second_factor_rule, name="second_factor_rule"),
    path("teams/new/", views.team_new, name="team_new"),
    path("teams/<int:pk>/", views.team_edit, name="team_edit"),
    path("teams/<int:pk>/close/", views.team_close, name="team_close"),
    path("members/new/", views.member_new, name="member_new"),
    path("members/<uuid:pk>/", views.member_edit, name="member_edit"),
    path("members/<uuid:pk>/slips/<slug:what>/", slips.new, name="slip_new"),
    path("slips/<uuid:pk>/", slips.show, name="slip"),
    path("slips/<uuid:pk>/withdraw/", slips.withdraw, name="slip_withdraw"),
    path("members/<uuid:pk>/left/", views.member_left, name="member_left"),
]
