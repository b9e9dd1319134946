"""Answering a sheet on screen, and by voice."""

from django.urls import path

from relier.paper.views import answering, voice

urlpatterns = [
    path("fill/<str:name>/", answering.fill, name="fill"),
    path("voice/<str:name>/", voice.say, name="voice"),
]
