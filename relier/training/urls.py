"""Addresses of training."""

from django.urls import path

from .views import home, people, presence, sessions, workshops

app_name = "training"
urlpatterns = [
    path("", home.week, name="home"),
    path("workshops/", workshops.workshop_list, name="workshops"),
    path("workshops/new/", workshops.workshop_new, name="workshop_new"),
    path("workshops/<uuid:pk>/", workshops.workshop_read, name="workshop"),
    path("workshops/<uuid:pk>/edit/", workshops.workshop_edit, name="workshop_edit"),
    path("workshops/<uuid:pk>/series/", workshops.series_new, name="series_new"),
    path("workshops/<uuid:pk>/people/", people.workshop_people, name="workshop_people"),
    path("sessions/new/", sessions.session_new, name="session_new"),
    path("sessions/<uuid:pk>/", sessions.session_read, name="session"),
    path("sessions/<uuid:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<uuid:pk>/state/", sessions.session_state, name="session_state"),
    path("sessions/<uuid:pk>/people/", people.session_people, name="session_people"),
    path("sessions/<uuid:pk>/preparation/", sessions.preparation, name="preparation"),
    path("sessions/<uuid:pk>/presence/", presence.presence, name="presence"),
    path("sessions/<uuid:pk>/presence/undo/", presence.presence_undo, name="presence_undo"),
    path("expected/<int:pk>/", people.participation, name="participation"),
    path("preparing/", sessions.remote_rule, name="remote_rule"),
]
